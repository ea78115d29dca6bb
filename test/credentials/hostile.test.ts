import { describe, expect, it } from 'vitest'
import { common, types } from '../../scripts/generate/load.js'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { buildCredential } from '../../src/credentials/build.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { validateClaims } from '../../src/credentials/validate.js'
import { canonicalize } from '../../src/formats/data-integrity/canonicalize.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { edited } from '../verifier/support/sign.js'
import { createWorld } from '../verifier/support/world.js'
import { golden } from './support/check.js'

const TYPES = Object.keys(CREDENTIAL_TYPES) as CredentialTypeName[]

/** Time that a pattern in proportion to its text never needs, and one in its square always does. */
const PATIENCE = 400
const LONG = 60_000

const patternsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  )
}
const PATTERNS = [...new Set(patternsIn([common, types.map(({ schema }) => schema)]))]

// A beginning that the pattern takes, a middle that it may share out in many ways, an end that it refuses.
const HOSTILE = ['', 'a', 'a@', 'A:', '1'].flatMap((head) =>
  ['a', 'A', '1', '.', ' ', '-', '\u00a0'].flatMap((unit) =>
    ['\u0000', ' ', '!', '@'].map((tail) => head + unit.repeat(LONG) + tail),
  ),
)

const milliseconds = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

describe('long texts', () => {
  it('there are patterns to look at', () => expect(PATTERNS.length).toBeGreaterThan(15))

  it.each(PATTERNS)('are read by %s in time that grows with their length alone', (pattern) => {
    const read = new RegExp(pattern, 'u')
    for (const text of HOSTILE) expect(milliseconds(() => read.test(text))).toBeLessThan(PATIENCE)
  })

  it.each(TYPES)('anywhere in the claims of %s are refused at once', (type) => {
    const { claims } = golden(type)
    for (const name of Object.keys(claims))
      for (const text of [`a@${'.'.repeat(LONG)} `, `${'a'.repeat(LONG)}\u0000`]) {
        let faults: readonly unknown[] = []
        const needed = milliseconds(() => {
          faults = validateClaims(type, { ...claims, [name]: text })
        })
        expect(faults.length).toBeGreaterThan(0)
        expect(needed, name).toBeLessThan(PATIENCE)
      }
  })

  it('in a stranger’s document are refused within a second', async () => {
    const world = await createWorld()
    const document = edited(world.golden['data-integrity'].credential as Json, (draft) => {
      draft.credentialSubject.assurance.provider = `${'a'.repeat(400_000)}\u0007`
    })
    const verifier = createVerifier({ ...world.options, clock: fixedClock('2026-03-02T12:00:00Z') })
    const start = performance.now()
    const { report } = await verifier.verifyCredential(document)
    expect(performance.now() - start).toBeLessThan(1_000)
    expect(report.verdict).toBe('rejected')
    expect(report.checks.schema.outcome).toBe('failed')
  })
})

const SWAP = { jobTitle: 'https://evil.example/#payBand', payBandOrPayScale: 'https://evil.example/#jobTitle' }

describe('the meaning of claims, to any JSON-LD processor', () => {
  const employment = (more: JsonObject): JsonObject => {
    const { uniqueIdentifier, assurance, claims } = golden('EmploymentAssignment')
    return buildCredential('EmploymentAssignment', {
      id: 'urn:uuid:0b9a2c1e-0000-4c1f-9b61-4f2d8b7f6a10',
      issuer: { id: 'did:web:northfield.example' },
      subject: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      uniqueIdentifier,
      assurance,
      claims: { ...claims, ...more },
      validFrom: '2026-01-20T09:00:00Z',
      credentialStatus: [],
    })
  }

  it('is the catalogue’s', async () => {
    const quads = await canonicalize(employment({}))
    expect(quads).toContain('https://w3id.org/staff-passport/vocab/employment-assignment#jobTitle')
  })

  it('cannot be changed by a context among the claims', async () => {
    const swapped = employment({ '@context': SWAP })
    await expect(canonicalize(swapped)).rejects.toMatchObject({
      details: { code: 'protected term redefinition' },
    })
  })
})
