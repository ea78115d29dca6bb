import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { createVerifier, type Verifier } from '../../src/verifier/create-verifier.js'
import { explain } from '../../src/verifier/explain.js'
import { resecured } from './support/format-cases.js'
import { CHANGES, changedAt, content, places } from './support/mutations.js'
import { presentationOf } from './support/presentation-cases.js'
import { expectReportShape } from './support/report-schema.js'
import { AUDIENCE, CHALLENGE, createWorld, northfieldSecuring, strangerSigner, type World } from './support/world.js'

let world: World
let verifier: Verifier
beforeAll(async () => {
  world = await createWorld()
  verifier = createVerifier(world.options)
})

const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }

// Asked as a presentation and as a credential: what is neither is accepted as neither.
const reportOn = async (input: unknown) => {
  const started = performance.now()
  const presented = await verifier.verify(input, ASK)
  const alone = await verifier.verify(input)
  expect(performance.now() - started).toBeLessThan(1_000)
  for (const { report } of [presented, alone]) {
    expectReportShape(report)
    expect(explain(report).length).toBeGreaterThan(0)
  }
  return presented.verdict === 'accepted' ? presented : alone
}

describe('anything at the front door gives a report in under a second', () => {
  const refused = async (input: unknown): Promise<void> => {
    expect((await reportOn(input)).verdict).not.toBe('accepted')
  }

  it('bytes', () => fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), refused), { numRuns: 150 }))
  it('text', () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2_000 }), refused), { numRuns: 150 }))
  it('any JSON', () => fc.assert(fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), refused), { numRuns: 150 }))
  it('anything at all', () =>
    fc.assert(fc.asyncProperty(fc.anything({ withBigInt: true, withDate: true, withMap: true }), refused), {
      numRuns: 150,
    }))

  const alike: fc.Arbitrary<JsonObject> = fc.record(
    {
      '@context': fc.oneof(fc.constant(['https://www.w3.org/ns/credentials/v2']), fc.jsonValue({ maxDepth: 1 })),
      type: fc.constantFrom(['VerifiableCredential'], ['VerifiablePresentation'], 'EnvelopedVerifiableCredential'),
      issuer: fc.oneof(fc.constant('did:web:localhost'), fc.jsonValue({ maxDepth: 1 })),
      holder: fc.jsonValue({ maxDepth: 1 }),
      credentialSubject: fc.jsonValue({ maxDepth: 3 }),
      credentialStatus: fc.jsonValue({ maxDepth: 3 }),
      verifiableCredential: fc.jsonValue({ maxDepth: 3 }),
      validFrom: fc.oneof(fc.constant('2026-01-01T00:00:00Z'), fc.string()),
      proof: fc.oneof(
        fc.record({
          type: fc.constant('DataIntegrityProof'),
          cryptosuite: fc.constant('eddsa-rdfc-2022'),
          verificationMethod: fc.oneof(fc.string(), fc.constant('did:web:127.0.0.1#key')),
          proofPurpose: fc.constantFrom('assertionMethod', 'authentication'),
          proofValue: fc.string().map((text) => `z${text}`),
        }),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    },
    { requiredKeys: ['type', '@context', 'proof'] },
  ) as unknown as fc.Arbitrary<JsonObject>
  it('what looks like a credential', () => fc.assert(fc.asyncProperty(alike, refused), { numRuns: 150 }))

  it('megabytes of nesting, of members and of text', async () => {
    for (const input of [
      '['.repeat(3_000_000),
      `{"a":${'{"a":'.repeat(500_000)}`,
      `"${'x'.repeat(3_999_000)}"`,
      `[${'0,'.repeat(1_500_000)}0]`,
    ])
      await refused(input)
  })

  it('documents that are much work', async () => {
    const signer = await strangerSigner()
    const golden = world.golden['data-integrity'].credential as JsonObject
    const heavy: readonly [string, (index: number) => Json, number][] = [
      ['termsOfUse', (index) => ({ id: `urn:x:${index}`, type: 'Identity' }), 30_000],
      ['credentialStatus', () => ({ type: 'BitstringStatusListEntry', statusListIndex: '1' }), 30_000],
      ['credentialSubject', (index) => ({ id: `urn:x:${index}` }), 900],
    ]
    for (const [member, item, count] of heavy) {
      const proof = { ...(golden.proof as JsonObject), verificationMethod: signer.keyId }
      const items = Array.from({ length: count }, (_, index) => item(index))
      await refused({ ...golden, issuer: signer.keyId.split('#')[0], proof, [member]: items })
      await refused({
        ...golden,
        issuer: signer.keyId.split('#')[0],
        proof: Array(16).fill(proof),
        [member]: items.slice(0, 900),
      })
    }
  })

  it('tokens that are much work', async () => {
    const securing = northfieldSecuring(world)
    for (const member of ['evidence', 'credentialStatus', 'termsOfUse', 'credentialSubject'])
      await refused(
        await resecured(
          world,
          'vc+jwt',
          (draft) => {
            draft[member] = Array.from({ length: 30_000 }, (_, index) => ({ id: `urn:x:${index}`, type: 'X' }))
          },
          securing,
        ),
      )
  })

  it('what lies about being JSON', async () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    const throwing = {
      get type(): string {
        throw new Error('no')
      },
    }
    for (const input of [
      circular,
      throwing,
      { toJSON: () => 'not an object' },
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    ])
      await refused(input)
  })
})

describe('an accepted mutation is equal in content to the original', () => {
  it('of a Data Integrity credential', async () => {
    const original = world.golden['data-integrity'].credential as JsonObject
    const all = places(original)
    const reversed = Object.fromEntries(Object.entries(original).reverse())
    expect((await reportOn(reversed)).verdict).toBe('accepted')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), fc.constantFrom(...CHANGES), async (path, change) => {
        const mutant = changedAt(original, path, change)
        const { verdict } = await reportOn(mutant)
        if (verdict !== 'accepted') return
        expect(content(mutant as Json)).toEqual(content(original))
      }),
      { numRuns: 150 },
    )
  })

  it('of a token', async () => {
    const original = String(world.golden['vc+jwt'].credential)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(original.length - 1),
        fc.constantFrom('A', 'B', 'z', '0', '-', '_', '.', '=', ' ', ''),
        async (index, character) => {
          const mutant = original.slice(0, index) + character + original.slice(index + 1)
          const { verdict } = await reportOn(mutant)
          if (verdict === 'accepted') expect(mutant.trim()).toBe(original)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('of a presentation', async () => {
    const original = (await presentationOf(world, 'data-integrity')) as JsonObject
    const all = places(original)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), fc.constantFrom(...CHANGES), async (path, change) => {
        const mutant = changedAt(original, path, change)
        const { verdict } = await verifier.verify(mutant, ASK)
        if (verdict === 'accepted') expect(content(mutant as Json)).toEqual(content(original))
      }),
      { numRuns: 40 },
    )
  })
})

describe('what the caller lends', () => {
  it('is copied before anything is awaited', async () => {
    const lent = structuredClone(world.golden['data-integrity'].credential) as { issuer: { name: string } }
    const under = verifier.verify(lent)
    lent.issuer.name = 'Somebody Else'
    const result = await under
    expect(result.verdict).toBe('accepted')
    expect(result.credential?.document.issuer).not.toMatchObject({ name: 'Somebody Else' })
  })

  it('is not changed', async () => {
    const lent = structuredClone(world.golden['data-integrity'].credential)
    await verifier.verify(lent)
    expect(lent).toEqual(world.golden['data-integrity'].credential)
  })
})

describe('requests', () => {
  it('go nowhere for a stranger', async () => {
    const asked: string[] = []
    const spying = createVerifier({
      ...world.options,
      statusLists: [],
      fetch: async (url) => {
        asked.push(url)
        throw new Error('nothing may be asked')
      },
    })
    const stranger = structuredClone(world.golden['data-integrity'].credential) as Record<string, unknown>
    for (const issuer of ['did:web:evil.example', 'https://evil.example/issuer', 'did:key:z6Mkevil']) {
      const proof = { ...(stranger.proof as object), verificationMethod: `${issuer}#key-1` }
      const { report } = await spying.verify({ ...stranger, issuer, proof })
      expect(report.verdict).toBe('rejected')
    }
    expect(asked).toEqual([])
  })
})
