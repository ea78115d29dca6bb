import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { buildCredential } from '../../src/credentials/build.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import type { CatalogueEntry } from '../../src/credentials/define.js'
import { validateCredential } from '../../src/credentials/validate.js'
import { checkChanged, golden, type Parts } from './support/check.js'
import { claimsSchemaOf, keywordMutations } from './support/keyword-mutations.js'

const TYPES = Object.keys(CREDENTIAL_TYPES) as CredentialTypeName[]

const credentialOf = (type: CredentialTypeName, { uniqueIdentifier, assurance, claims, evidence }: Parts): JsonObject =>
  buildCredential(type, {
    id: 'urn:uuid:0b9a2c1e-0000-4c1f-9b61-4f2d8b7f6a10',
    issuer: { id: 'did:web:northfield.example', name: 'Northfield NHS Trust (fictional)' },
    subject: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    uniqueIdentifier,
    assurance,
    claims,
    evidence: evidence ?? [],
    validFrom: '2026-01-20T09:00:00Z',
    credentialStatus: [],
  })

// The example with the most claims, so that a change finds something to break.
const fullest = (row: CatalogueEntry): number => {
  const sizes = row.examples.map(({ claims }) => Object.keys(claims).length)
  return sizes.indexOf(Math.max(...sizes))
}

describe.each(TYPES)('every keyword of the schema of %s, broken once', (type) => {
  const row: CatalogueEntry = CREDENTIAL_TYPES[type]
  const variant = fullest(row)
  const mutations = keywordMutations(type, golden(type, variant).claims)

  it('is at every property', () =>
    expect(mutations.length).toBeGreaterThan(Object.keys(claimsSchemaOf(type).properties ?? {}).length))

  it('is nowhere in the golden example', () =>
    expect(validateCredential(type, credentialOf(type, golden(type, variant)))).toEqual([]))

  it.each(mutations.map((mutation) => [mutation.title, mutation] as const))('%s', (_, { code, path, change }) => {
    const { faults } = checkChanged(type, variant, ({ claims }) => change(claims))
    expect(faults.map((fault) => [fault.code, fault.path])).toContainEqual([code, path])
    // The whole credential is refused for the same reason, and for nothing elsewhere.
    const parts = golden(type, variant)
    change(parts.claims)
    const whole = path.replace('/claims', `/credentialSubject/${row.claimsKey}`)
    const inDocument = validateCredential(type, credentialOf(type, parts))
    expect(inDocument).toContainEqual({ path: whole, code })
    expect(inDocument.filter((fault) => fault.path !== whole && !fault.path.startsWith(`${whole}/`))).toEqual([])
  })

  it('a property that the type does not have, whose name is not repeated', () => {
    const { faults } = checkChanged(type, variant, ({ claims }) => {
      claims.Zzyzx = true
    })
    expect(faults.map(({ path, code }) => [path, code])).toEqual([['/claims/*', 'schema.unknownProperty']])
  })

  it('no value of a claim is in what is said about it', () => {
    for (const name of Object.keys(claimsSchemaOf(type).properties ?? {})) {
      const verdict = checkChanged(type, variant, ({ claims }) => {
        claims[name] = 'Zzyzx\u0007'
      })
      expect(verdict.faults.length, name).toBeGreaterThan(0)
      expect(JSON.stringify(verdict)).not.toContain('Zzyzx')
    }
  })
})
