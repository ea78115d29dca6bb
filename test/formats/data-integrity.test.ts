import { p256 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalizeJson } from '../../src/codec/jcs.js'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../src/core/json.js'
import { ALGORITHMS } from '../../src/crypto/algorithms.js'
import { computeHashData, createForms } from '../../src/formats/data-integrity/hash-data.js'
import { addProof } from '../../src/formats/data-integrity/sign.js'
import { CRYPTOSUITES, type CryptosuiteName, linkedDataSuite } from '../../src/formats/data-integrity/suites.js'
import type { SignatureAlgorithm, Signer } from '../../src/ports/signer.js'
import { keyOf, plainDocument, type Somebody, SUITES, signatureOutcome, somebody } from '../support/suites.js'
import { CHANGES, changedAt, places } from '../verifier/support/mutations.js'
import { type Draft, edited } from '../verifier/support/sign.js'

const CREATED = new Date('2026-03-02T09:00:00Z')
const ALL: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']
const MANDATORY = ['/issuer', '/validFrom', '/validUntil']

const people = new Map<SignatureAlgorithm, Somebody>()
beforeAll(async () => {
  for (const algorithm of ALL) people.set(algorithm, await somebody(algorithm))
})

const personWith = (algorithm: SignatureAlgorithm): Somebody => {
  const person = people.get(algorithm)
  if (!person) throw new Error(`nobody has a key for ${algorithm}`)
  return person
}

const sign = (document: JsonObject, signer: Signer, cryptosuite: CryptosuiteName, more: object = {}) =>
  addProof(document, signer, {
    cryptosuite,
    created: CREATED,
    ...(cryptosuite === 'ecdsa-sd-2023' ? { mandatoryPointers: MANDATORY } : {}),
    ...more,
  })

/** What linked data reads: sets, where one value alone, in a list or as `@value` is the same. Shapes are for schemas. */
const statements = (value: Json): Json => {
  if (Array.isArray(value)) return [...new Set(value.map((item) => canonicalizeJson(statements(item as Json))))].sort()
  if (!isJsonObject(value)) return value
  const names = Object.keys(value)
  if (names.length === 1 && names[0] === '@value') return value['@value'] as Json
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, statements([...asArray(inner)])]))
}

describe.each(SUITES)('%s, %s', (name, algorithm) => {
  let signer: Signer
  let signed: JsonObject
  beforeAll(async () => {
    const person = personWith(algorithm)
    signer = person.signer
    signed = await sign(plainDocument(person.did), signer, name)
  })

  const outcome = (input: unknown) => signatureOutcome(input, keyOf(signer))
  const withValue = (change: (value: string) => Json | undefined) =>
    edited(signed as Json, (draft) => {
      const value = change(draft.proof.proofValue)
      if (value === undefined) delete draft.proof.proofValue
      else draft.proof.proofValue = value
    })

  it('holds', async () => {
    expect(await outcome(signed)).toBe('passed')
  })

  it('every other cryptosuite’s name over the same value is refused', async () => {
    for (const other of Object.keys(CRYPTOSUITES).filter((suite) => suite !== name)) {
      const renamed = edited(signed as Json, (draft) => {
        draft.proof.cryptosuite = other
      })
      expect(await outcome(renamed)).toMatch(/^signature\.(keyMismatch|invalid|proofMalformed)$/)
    }
  })

  it('a key of every other algorithm is refused, not tried', async () => {
    const suite: readonly SignatureAlgorithm[] = CRYPTOSUITES[name].algorithms
    for (const other of ALL.filter((each) => each !== algorithm)) {
      const expected = suite.includes(other) ? 'signature.invalid' : 'signature.keyMismatch'
      expect(await signatureOutcome(signed, keyOf(personWith(other).signer))).toBe(expected)
    }
  })

  const rebased = (value: string): string =>
    value.startsWith('u') ? `z${value.slice(1)}` : encodeMultibase('u', decodeMultibase(value) ?? new Uint8Array())
  const bytesChanged = (change: (bytes: Uint8Array) => Uint8Array) => (value: string) =>
    encodeMultibase(value.startsWith('u') ? 'u' : 'z', change(decodeMultibase(value) ?? new Uint8Array()))

  it.each<[string, (value: string) => Json | undefined]>([
    ['missing', () => undefined],
    ['null', () => null],
    ['empty', () => ''],
    ['in the other base', rebased],
    ['without its header', (value) => value.slice(1)],
    ['with white space', (value) => `${value} `],
    ['a byte short', bytesChanged((bytes) => bytes.slice(0, -1))],
    ['a byte long', bytesChanged((bytes) => Uint8Array.from([...bytes, 0]))],
    ['in a list', (value) => [value]],
  ])('a proofValue %s is malformed', async (_title, change) => {
    expect(await outcome(withValue(change))).toBe('signature.proofMalformed')
  })

  it('a signature of zeroes is refused', async () => {
    const length = ALGORITHMS[algorithm].signatureBytes
    const zero = bytesChanged((bytes) =>
      bytes.length === length
        ? new Uint8Array(length)
        : Uint8Array.from(bytes, (byte, at) => (at > 6 && at < 70 ? 0 : byte)),
    )
    expect(await outcome(withValue(zero))).toBe('signature.invalid')
  })

  const MEMBERS: readonly (readonly [string, Json | undefined])[] = [
    ['created', '2026-03-02T09:00:01Z'],
    ['created', undefined],
    ['expires', '2030-01-01T00:00:00Z'],
    ['verificationMethod', 'did:example:somebody#else'],
    ['domain', 'https://elsewhere.example'],
    ['challenge', 'x'],
    ['id', 'urn:uuid:0'],
  ]
  it.each(MEMBERS)('%s of the proof, made %j, breaks it', async (member, value) => {
    const changed = edited(signed as Json, (draft) => {
      if (value === undefined) delete draft.proof[member]
      else draft.proof[member] = value
    })
    expect(await outcome(changed)).toBe('signature.invalid')
  })

  it('an accepted mutation is equal in content to the original', async () => {
    const said = statements(plainDocument(personWith(algorithm).did))
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places(signed)), fc.constantFrom(...CHANGES), async (path, change) => {
        const mutant = changedAt(signed, path, change)
        if ((await outcome(mutant)) !== 'passed') return
        accepted++
        const { proof: _, ...document } = mutant as JsonObject
        expect(statements(document as Json)).toEqual(said)
      }),
      { numRuns: 150 },
    )
    // Some changes say the same in other words; were there none, nothing would have been shown.
    expect(accepted).toBeGreaterThan(0)
  })
})

describe('which key signs what', () => {
  it.each([
    ['EdDSA', 'eddsa-rdfc-2022'],
    ['ES256', 'ecdsa-rdfc-2019'],
    ['ES384', 'ecdsa-rdfc-2019'],
    ['ES512', undefined],
    ['ES256K', undefined],
  ] as const)('the linked-data suite of %s is %s', (algorithm, name) => {
    expect(linkedDataSuite(algorithm)).toBe(name)
  })

  it.each([
    ['ES512', undefined],
    ['ES256', 'eddsa-rdfc-2022'],
    ['ES256', 'eddsa-jcs-2022'],
    ['EdDSA', 'ecdsa-jcs-2019'],
    ['EdDSA', 'ecdsa-sd-2023'],
    ['ES384', 'ecdsa-sd-2023'],
  ] as const)('a key of %s cannot sign with %s', async (algorithm, cryptosuite) => {
    const { did, signer } = personWith(algorithm)
    const signing = addProof(plainDocument(did), signer, { created: CREATED, ...(cryptosuite ? { cryptosuite } : {}) })
    await expect(signing).rejects.toThrow(TypeError)
  })

  it('a signer that gives no signature is a failure of the signer', async () => {
    for (const [name, algorithm] of SUITES) {
      const { did, signer } = personWith(algorithm)
      const silent = { ...signer, sign: async () => new Uint8Array(10) }
      await expect(sign(plainDocument(did), silent, name)).rejects.toMatchObject({ code: 'key.signingFailed' })
    }
  })
})

// (r, n − s) verifies wherever (r, s) does: ECDSA says so, and the published examples are not all of the low kind.
describe('the other face of an ECDSA signature', () => {
  const toInteger = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n)
  const toBytes = (value: bigint): number[] =>
    Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * (31 - index))) & 255n))

  it('says the same of the same document, and nothing of another', async () => {
    const { did, signer } = personWith('ES256')
    const signed = await sign(plainDocument(did), signer, 'ecdsa-rdfc-2019')
    const other = edited(signed as Json, (draft) => {
      const bytes = decodeMultibase(draft.proof.proofValue) ?? new Uint8Array()
      const s = p256.Point.Fn.ORDER - toInteger(bytes.slice(32))
      draft.proof.proofValue = encodeMultibase('z', Uint8Array.from([...bytes.slice(0, 32), ...toBytes(s)]))
    })
    expect(await signatureOutcome(other, keyOf(signer))).toBe('passed')
    const changed = edited(other, (draft) => {
      draft.validUntil = '2099-01-01T00:00:00Z'
    })
    expect(await signatureOutcome(changed, keyOf(signer))).toBe('signature.invalid')
  })

  it('a signature in DER is refused', async () => {
    const { did, signer } = personWith('ES256')
    const signed = await sign(plainDocument(did), signer, 'ecdsa-rdfc-2019')
    const der = edited(signed as Json, (draft) => {
      const bytes = decodeMultibase(draft.proof.proofValue) ?? new Uint8Array()
      draft.proof.proofValue = encodeMultibase('z', p256.Signature.fromBytes(bytes).toBytes('der'))
    })
    expect(await signatureOutcome(der, keyOf(signer))).toBe('signature.proofMalformed')
  })
})

describe('sets and chains of several suites', () => {
  const FIRST = 'urn:uuid:00000000-0000-4000-8000-000000000001'
  const SECOND = 'urn:uuid:00000000-0000-4000-8000-000000000002'
  const byAny = () => {
    const keys = [...people.values()].map(({ signer }) => [signer.keyId, keyOf(signer)] as const)
    return async (...asked: Parameters<ReturnType<typeof keyOf>>) =>
      keys.find(([keyId]) => keyId === asked[0])?.[1](...asked) ??
      ({ ok: false, outcome: 'failed', code: 'signature.keyNotFound' } as const)
  }

  const chain = async (): Promise<JsonObject> => {
    const one = await sign(plainDocument('did:example:issuer'), personWith('EdDSA').signer, 'eddsa-jcs-2022', {
      id: FIRST,
    })
    const two = await sign(one, personWith('ES384').signer, 'ecdsa-rdfc-2019', { id: SECOND })
    return sign(two, personWith('ES256').signer, 'ecdsa-jcs-2019', { previousProof: [FIRST, SECOND] })
  }

  it('every proof holds', async () => {
    expect(await signatureOutcome(await chain(), byAny())).toBe('passed')
  })

  const CASES: readonly (readonly [string, string, (draft: Draft) => void])[] = [
    ['a link taken out', 'signature.chainBroken', (draft) => draft.proof.shift()],
    [
      'a link changed',
      'signature.invalid',
      (draft) => {
        draft.proof[0].created = '2026-03-02T09:00:01Z'
      },
    ],
    [
      'one link fewer',
      'signature.invalid',
      (draft) => {
        draft.proof[2].previousProof = [FIRST]
      },
    ],
    [
      'the document changed',
      'signature.invalid',
      (draft) => {
        draft.validUntil = '2099-01-01T00:00:00Z'
      },
    ],
  ]
  it.each(CASES)('%s: %s', async (_title, code, change) => {
    expect(await signatureOutcome(edited((await chain()) as Json, change), byAny())).toBe(code)
  })

  it('a proof of every suite on one document', async () => {
    let document = plainDocument('did:example:issuer')
    for (const [name, algorithm] of SUITES) document = await sign(document, personWith(algorithm).signer, name)
    expect(document.proof).toHaveLength(SUITES.length)
    expect(await signatureOutcome(document, byAny())).toBe('passed')
  })

  it.each([['urn:uuid:nobody'], [[FIRST, 'urn:uuid:nobody']], [[FIRST, FIRST]]])(
    'nothing builds on %j',
    async (previousProof) => {
      const { signer } = personWith('EdDSA')
      const one = await sign(plainDocument('did:example:issuer'), signer, 'eddsa-jcs-2022', { id: FIRST })
      await expect(sign(one, signer, 'eddsa-jcs-2022', { previousProof })).rejects.toThrow(TypeError)
    },
  )
})

describe('canonical forms', () => {
  it('are made once for a document, however often they are asked for', () => {
    const formOf = createForms()
    const document = plainDocument('did:example:issuer')
    for (const form of ['rdfc', 'rdfc-384', 'jcs'] as const) expect(formOf(document, form)).toBe(formOf(document, form))
  })

  it('a document is not the same as its copy', async () => {
    const formOf = createForms()
    const document = plainDocument('did:example:issuer')
    const before = await formOf(document, 'jcs')
    expect(await formOf({ ...document, name: 'Another' }, 'jcs')).not.toBe(before)
  })

  it('what a proof signs depends on the contexts that a JCS proof states itself', async () => {
    const document = plainDocument('did:example:issuer')
    const proof: JsonObject = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-jcs-2022' }
    const without = await computeHashData(document, proof)
    const stated = await computeHashData(document, { ...proof, '@context': document['@context'] as Json })
    expect(without.canonicalProof).not.toBe(stated.canonicalProof)
    expect(without.canonicalDocument).toBe(stated.canonicalDocument)
  })

  it('a document that nobody can read as linked data is not signed as such', async () => {
    const { did, signer } = personWith('EdDSA')
    const unknown = { ...plainDocument(did), isConsultant: true }
    await expect(sign(unknown, signer, 'eddsa-rdfc-2022')).rejects.toThrow()
    const jcs = await sign(unknown, signer, 'eddsa-jcs-2022')
    expect(await signatureOutcome(jcs, keyOf(signer))).toBe('passed')
  })
})
