import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CredentialTypeRow } from '../../src/credentials/define.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'

const rows: readonly CredentialTypeRow[] = Object.values(CREDENTIAL_ROWS)

const propertiesOf = ({ schemas }: CredentialTypeRow): readonly string[] => {
  const name = schemas[0].split('/').at(-2)
  const schema = JSON.parse(readFileSync(new URL(`../../schemas/${name}.v1.json`, import.meta.url), 'utf8'))
  return Object.keys(schema.$defs.claims.properties)
}

// Words of claims whose absence could mislead, whatever the type.
const DECIDING =
  /restrict|outcome|status|level|basis|permission|barred|expiryDate$|endDate|effective|immunity|exposure|clear/i
// A document's own end is not that of what it proves.
const DOCUMENTS = /^(passport|drivingLicence)ExpiryDate$|^maritalStatus$/

describe('claims that a holder may withhold', () => {
  it.each(rows.map((row) => [row.type, row] as const))('%s: each is a claim of the type, once', (_, row) => {
    const properties = propertiesOf(row)
    expect(row.disclosable.filter((name) => !properties.includes(name))).toEqual([])
    expect(new Set(row.disclosable).size).toBe(row.disclosable.length)
  })

  it.each(rows.map((row) => [row.type, row] as const))('%s: nothing that decides is among them', (_, row) => {
    expect(row.disclosable.filter((name) => DECIDING.test(name) && !DOCUMENTS.test(name))).toEqual([])
  })

  it('most types have some, and every type has some that are always shown', () => {
    expect(rows.filter(({ disclosable }) => disclosable.length > 0).length).toBeGreaterThan(10)
    for (const row of rows) expect(row.disclosable.length).toBeLessThan(propertiesOf(row).length)
  })
})
