import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asArray, isJsonObject, type JsonObject } from '../../src/core/json.js'
import { checkShape } from '../../src/formats/shape.js'
import { keepScore } from '../support/score.js'
import { hasVectors, VECTORS, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-data-model-2.0-inputs'

const inputs = hasVectors
  ? readdirSync(`${VECTORS}/${FOLDER}/input`, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('-ok.json'))
      .sort()
  : []

const kindOf = (document: { readonly type: string | readonly string[] }): 'credential' | 'presentation' =>
  [document.type].flat().includes('VerifiablePresentation') ? 'presentation' : 'credential'

const ISSUER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

/** The published inputs are templates: the suite fills in the issuer, and the dates that it names. */
const filled = (template: JsonObject): JsonObject => {
  if (kindOf(template as never) === 'presentation') {
    const credentials = template.verifiableCredential
    if (credentials === undefined) return template
    const fill = (one: JsonObject) => (asArray(one.type).includes('VerifiableCredential') ? filled(one) : one)
    return { ...template, verifiableCredential: asArray(credentials).filter(isJsonObject).map(fill) }
  }
  const { issuer, validFrom, validUntil } = template
  return {
    ...template,
    issuer: isJsonObject(issuer) ? { id: ISSUER, ...issuer } : (issuer ?? ISSUER),
    ...(validFrom === 'PAST DATE' ? { validFrom: '2026-01-01T00:00:00Z' } : {}),
    ...(validUntil === 'FUTURE DATE' ? { validUntil: '2027-01-01T00:00:00Z' } : {}),
  }
}

describe.runIf(hasVectors)('Verifiable Credentials Data Model 2.0: documents that must be accepted', () => {
  const score = keepScore('w3c-vc-data-model-2.0-inputs', { documents: inputs.length })

  it.each(inputs)('%s', (name) => {
    const document = filled(vectorJson(`${FOLDER}/input/${name}`))
    expect(checkShape(document, kindOf(document as never))).toEqual([])
    score.held('documents')
  })
})
