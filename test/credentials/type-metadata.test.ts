import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { typeMetadataFiles } from '../../scripts/generate/type-metadata.js'
import type { CredentialTypeRow } from '../../src/credentials/define.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'
import { typeOfVct } from '../../src/formats/sd-jwt/vct.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorJson } from '../support/vectors.js'

const FILES = Object.keys(typeMetadataFiles())
const rows: readonly CredentialTypeRow[] = Object.values(CREDENTIAL_ROWS)
const published = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))

describe('type metadata of SD-JWT VCs', () => {
  it('is there for every type, and says which claims may be withheld', () => {
    expect(FILES.length).toBe(rows.length)
    for (const file of FILES) {
      const { vct, claims } = published(file)
      const row = typeOfVct(vct)?.row
      const withheld = claims
        .filter(({ sd }: { sd: string }) => sd === 'always')
        .map(({ path }: { path: string[] }) => path)
      expect(withheld.sort()).toEqual(row?.disclosable.map((name) => [row.claimsKey, name]).sort())
    }
  })
})

describe.runIf(hasVectors)('type metadata and the conformance schemas', () => {
  const score = keepScore('oidf-conformance-schemas (type metadata)', { 'types valid': FILES.length })
  const validate = hasVectors
    ? new Ajv2020({ strict: false, validateFormats: false }).compile(
        vectorJson('oidf-conformance-schemas/json-schemas/sdjwtvc/type_metadata.json'),
      )
    : () => false

  it.each(FILES)('%s', (file) => {
    expect(validate(published(file))).toBe(true)
    score.held('types valid')
  })
})
