import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { type Clock, fixedClock } from '../../src/core/clock.js'
import { PassportError } from '../../src/core/errors.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { LIMITS } from '../../src/core/limits.js'
import { generateKey, publicJwk } from '../../src/crypto/keys.js'
import { encodeMultikey } from '../../src/crypto/multikey.js'
import type { Relationship } from '../../src/dids/did-document.js'
import { didJwk } from '../../src/dids/did-jwk.js'
import { didKey } from '../../src/dids/did-key.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'

const DID = 'did:web:trust.example'
const KEY_ID = `${DID}#key-1`
const NOW = '2026-06-01T12:00:00Z'

let ed25519: PublicKeyJwk
let p256: PublicKeyJwk
beforeAll(async () => {
  ed25519 = publicJwk(await generateKey('EdDSA'))
  p256 = publicJwk(await generateKey('ES256'))
})

const serving = (document: Json, freshFor = 0): GuardedFetch & { asked: string[] } => {
  const asked: string[] = []
  const fetch: GuardedFetch = async (url) => {
    asked.push(url)
    return { url, contentType: 'application/did+json', body: encodeUtf8(JSON.stringify(document)), freshFor }
  }
  return Object.assign(fetch, { asked })
}

const failing = (error: unknown): GuardedFetch & { asked: string[] } => {
  const asked: string[] = []
  const fetch: GuardedFetch = async (url) => {
    asked.push(url)
    throw error
  }
  return Object.assign(fetch, { asked })
}

const asKeyMethod = (more: JsonObject = {}): JsonObject => ({
  id: KEY_ID,
  type: 'Multikey',
  controller: DID,
  publicKeyMultibase: encodeMultikey(ed25519),
  ...more,
})

const golden = (): JsonObject => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: DID,
  verificationMethod: [asKeyMethod()],
  assertionMethod: [KEY_ID],
  authentication: [KEY_ID],
})

const ask = (document: Json, relationship: Relationship = 'assertionMethod', keyId = KEY_ID) =>
  createDidResolver({ fetch: serving(document), clock: fixedClock(NOW) }).findKey(keyId, relationship)

const withMethod = (method: JsonObject): JsonObject => ({ ...golden(), verificationMethod: [method] })
const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))

describe('a did:web document', () => {
  it('gives its key', async () => {
    expect(await ask(golden())).toEqual({ ok: true, publicKeyJwk: ed25519, controller: DID })
  })

  const ACCEPTED: readonly [string, () => JsonObject, () => PublicKeyJwk][] = [
    [
      'Ed25519VerificationKey2020',
      () => withMethod(asKeyMethod({ type: 'Ed25519VerificationKey2020' })),
      () => ed25519,
    ],
    ['a P-256 Multikey', () => withMethod(asKeyMethod({ publicKeyMultibase: encodeMultikey(p256) })), () => p256],
    [
      'JsonWebKey',
      () => withMethod({ id: KEY_ID, type: 'JsonWebKey', controller: DID, publicKeyJwk: { ...p256 } }),
      () => p256,
    ],
    [
      'JsonWebKey2020 with hints that agree',
      () =>
        withMethod({
          id: KEY_ID,
          type: 'JsonWebKey2020',
          controller: DID,
          publicKeyJwk: { ...ed25519, alg: 'EdDSA', use: 'sig', kid: 'key-1' },
        }),
      () => ed25519,
    ],
    [
      'ids relative to the document',
      () => ({ ...golden(), verificationMethod: [asKeyMethod({ id: '#key-1' })], assertionMethod: ['#key-1'] }),
      () => ed25519,
    ],
    ['a method embedded in its relationship', () => ({ id: DID, assertionMethod: [asKeyMethod()] }), () => ed25519],
    ['a relationship that is not in an array', () => ({ ...golden(), assertionMethod: KEY_ID }), () => ed25519],
    ['the same method written twice alike', () => ({ ...golden(), assertionMethod: [asKeyMethod()] }), () => ed25519],
    ['a key that expires later', () => withMethod(asKeyMethod({ expires: '2026-06-01T12:00:01Z' })), () => ed25519],
    [
      'a neighbour that nobody understands',
      () => ({ ...golden(), verificationMethod: ['what', { id: `${DID}#other`, type: 'New' }, asKeyMethod()] }),
      () => ed25519,
    ],
  ]
  it.each(ACCEPTED)('may hold %s', async (_what, document, key) => {
    expect(await ask(document())).toEqual({ ok: true, publicKeyJwk: key(), controller: DID })
  })

  const REFUSED: readonly [string, () => Json, string][] = [
    ['somebody else’s id', () => ({ ...golden(), id: 'did:web:other.example' }), 'signature.didDocumentInvalid'],
    ['an id in capitals', () => ({ ...golden(), id: DID.toUpperCase() }), 'signature.didDocumentInvalid'],
    ['no id', () => without(golden(), 'id'), 'signature.didDocumentInvalid'],
    ['an array', () => [golden()], 'signature.didDocumentInvalid'],
    ['no methods', () => without(golden(), 'verificationMethod'), 'signature.keyNotFound'],
    ['another key id', () => withMethod(asKeyMethod({ id: `${DID}#key-2` })), 'signature.keyNotFound'],
    ['a key id that differs in case', () => withMethod(asKeyMethod({ id: `${DID}#KEY-1` })), 'signature.keyNotFound'],
    ['a method without a type', () => withMethod(without(asKeyMethod(), 'type')), 'signature.keyNotFound'],
    ['a method without a controller', () => withMethod(without(asKeyMethod(), 'controller')), 'signature.keyNotFound'],
    ['a key under no relationship', () => without(golden(), 'assertionMethod'), 'signature.keyPurpose'],
    [
      'another controller',
      () => withMethod(asKeyMethod({ controller: 'did:web:b.example' })),
      'signature.didDocumentInvalid',
    ],
    [
      'two keys of one id',
      () => ({
        ...golden(),
        verificationMethod: [asKeyMethod(), asKeyMethod({ publicKeyMultibase: encodeMultikey(p256) })],
      }),
      'signature.didDocumentInvalid',
    ],
    [
      'another key of that id embedded elsewhere',
      () => ({
        ...golden(),
        authentication: [asKeyMethod({ id: '#key-1', publicKeyMultibase: encodeMultikey(p256) })],
      }),
      'signature.didDocumentInvalid',
    ],
    ['an unknown type', () => withMethod(asKeyMethod({ type: 'Ed25519VerificationKey2018' })), 'signature.keyRejected'],
    ['a type that objects inherit', () => withMethod(asKeyMethod({ type: 'constructor' })), 'signature.keyRejected'],
    ['no key material', () => withMethod(without(asKeyMethod(), 'publicKeyMultibase')), 'signature.keyRejected'],
    [
      'a P-256 key that calls itself Ed25519',
      () => withMethod(asKeyMethod({ type: 'Ed25519VerificationKey2020', publicKeyMultibase: encodeMultikey(p256) })),
      'signature.keyRejected',
    ],
    [
      'a private key',
      () => withMethod({ id: KEY_ID, type: 'JsonWebKey', controller: DID, publicKeyJwk: { ...ed25519, d: ed25519.x } }),
      'signature.keyRejected',
    ],
    ['a key that has expired', () => withMethod(asKeyMethod({ expires: NOW })), 'signature.keyRejected'],
    [
      'a key that was revoked',
      () => withMethod(asKeyMethod({ revoked: '2026-01-01T00:00:00Z' })),
      'signature.keyRejected',
    ],
    ['a key that expires at no time', () => withMethod(asKeyMethod({ expires: 'soon' })), 'signature.keyRejected'],
    ['a key that expires as a number', () => withMethod(asKeyMethod({ expires: 4102444800 })), 'signature.keyRejected'],
  ]
  it.each(REFUSED)('is refused with %s', async (_what, document, code) => {
    expect(await ask(document())).toEqual({ ok: false, code, retryable: false })
  })

  it.each([
    ['for signing', 'assertionMethod', { ok: true }],
    ['for authentication', 'authentication', { ok: false, code: 'signature.keyPurpose' }],
  ] as const)('lends its key only for what it is listed: %s', async (_what, relationship, expected) => {
    expect(await ask(without(golden(), 'authentication'), relationship)).toMatchObject(expected)
  })

  it.each([
    ['twice the same member', `{"id":"${DID}","id":"${DID}"}`],
    ['a byte order mark', `\ufeff{"id":"${DID}"}`],
    ['no JSON', '<html></html>'],
    ['nothing', ''],
  ])('is refused when what is served is %s', async (_what, text) => {
    const fetch: GuardedFetch = async (url) => ({ url, contentType: '', body: encodeUtf8(text), freshFor: 0 })
    expect(await createDidResolver({ fetch }).resolve(DID)).toEqual({
      ok: false,
      code: 'signature.didDocumentInvalid',
      retryable: false,
    })
  })
})

describe('keys of small order', () => {
  // Eight points under which anybody can forge: the encodings are published, their order divides eight.
  const POINTS = ED25519_TORSION_SUBGROUP.map((hex) => [hex, encodeBase64url(Buffer.from(hex, 'hex'))] as const)

  it('are eight', () => expect(POINTS).toHaveLength(8))

  it.each(POINTS)('%s is refused in did:key, did:jwk and a document', async (_hex, x) => {
    const jwk: PublicKeyJwk = { kty: 'OKP', crv: 'Ed25519', x }
    const refused = { ok: false, code: 'signature.keyRejected', retryable: false }
    const { findKey } = createDidResolver()
    expect(await findKey(didKey(jwk).keyId, 'assertionMethod')).toEqual(refused)
    expect(await findKey(didJwk(jwk).keyId, 'assertionMethod')).toEqual(refused)
    expect(await ask(withMethod(asKeyMethod({ publicKeyMultibase: encodeMultikey(jwk) })))).toEqual(refused)
    const method = { id: KEY_ID, type: 'JsonWebKey', controller: DID, publicKeyJwk: { ...jwk } }
    expect(await ask(withMethod(method))).toEqual(refused)
  })
})

describe('the network', () => {
  it('is not needed for a did:key or a did:jwk', async () => {
    const fetch = failing(new Error('must not be called'))
    const { findKey } = createDidResolver({ fetch })
    for (const { keyId } of [didKey(ed25519), didJwk(p256)])
      expect(await findKey(keyId, 'assertionMethod')).toMatchObject({ ok: true })
    expect(fetch.asked).toEqual([])
  })

  it.each([
    ['is not there', undefined, false],
    ['blocks the address', new PassportError('fetch.blocked', 'no'), false],
    ['fails for now', new PassportError('fetch.failed', 'no', { retryable: true }), true],
    ['times out', new PassportError('fetch.timeout', 'no', { retryable: true }), true],
  ] as const)('%s: the key is unavailable', async (_what, error, retryable) => {
    const options = error ? { fetch: failing(error) } : {}
    const answer = await createDidResolver(options).findKey(KEY_ID, 'assertionMethod')
    expect(answer).toEqual({ ok: false, code: 'signature.keyUnavailable', retryable })
  })

  it('passes on an error that is not of the world', async () => {
    const { resolve } = createDidResolver({ fetch: failing(new RangeError('a bug')) })
    await expect(resolve(DID)).rejects.toThrow(RangeError)
  })

  it.each([
    ['a method that is not ours', 'did:ion:abc', 'did:ion'],
    ['a method that objects inherit', 'did:constructor:abc', 'did:constructor'],
    ['a malformed did:web', 'did:web:trust.example:..', undefined],
    ['no DID', 'https://trust.example', undefined],
  ])('is left alone for %s', async (_what, did, unsupported) => {
    const fetch = failing(new Error('must not be called'))
    const refused = { ok: false, code: 'signature.didInvalid', retryable: false }
    expect(await createDidResolver({ fetch }).resolve(did)).toEqual(
      unsupported === undefined ? refused : { ...refused, unsupported },
    )
    expect(fetch.asked).toEqual([])
  })
})

describe('a document', () => {
  it('is the same for everybody who asks, and nobody can change it', async () => {
    const { resolve } = createDidResolver({ fetch: serving(golden()) })
    for (const did of [DID, didKey(ed25519).did, didJwk(p256).did]) {
      const [first, second] = [await resolve(did), await resolve(did)]
      if (!first.ok || !second.ok) throw new Error('not resolved')
      expect(second.document).toBe(first.document)
      const draft = first.document as unknown as { assertionMethod: string[] }
      expect(() => draft.assertionMethod.push('did:web:evil.example#1')).toThrow(TypeError)
    }
  })
})

describe('a did:web is asked', () => {
  const ticking = (): Clock & { add(milliseconds: number): void } => {
    let now = Date.parse(NOW)
    return {
      now: () => new Date(now),
      add: (milliseconds) => {
        now += milliseconds
      },
    }
  }

  it.each([
    ['once a minute, when its sender says nothing', 0, LIMITS.didDocumentKept],
    ['as seldom as its sender allows', 3_600_000, 3_600_000],
    ['once a day, whatever its sender says', 31_536_000_000, LIMITS.fetchCacheMaximum],
  ])('%s', async (_what, freshFor, kept) => {
    const clock = ticking()
    const fetch = serving(golden(), freshFor)
    const { findKey } = createDidResolver({ fetch, clock })
    const times = async (): Promise<number> => {
      expect(await findKey(KEY_ID, 'assertionMethod')).toMatchObject({ ok: true })
      return fetch.asked.length
    }
    expect([await times(), await times()]).toEqual([1, 1])
    clock.add(kept - 1)
    expect(await times()).toBe(1)
    clock.add(1)
    expect(await times()).toBe(2)
    expect(new Set(fetch.asked)).toEqual(new Set(['https://trust.example/.well-known/did.json']))
  })

  it('once for all who ask at the same time', async () => {
    const fetch = serving(golden())
    const { findKey } = createDidResolver({ fetch })
    await Promise.all(Array.from({ length: 20 }, () => findKey(KEY_ID, 'assertionMethod')))
    expect(fetch.asked).toHaveLength(1)
  })

  it('again a few seconds after a failure, not at once', async () => {
    const clock = ticking()
    const fetch = failing(new PassportError('fetch.failed', 'no', { retryable: true }))
    const { findKey } = createDidResolver({ fetch, clock })
    const times = async (): Promise<number> => {
      expect(await findKey(KEY_ID, 'assertionMethod')).toMatchObject({ retryable: true })
      return fetch.asked.length
    }
    expect([await times(), await times()]).toEqual([1, 1])
    clock.add(LIMITS.didFailureKept)
    expect(await times()).toBe(2)
  })

  it('again when its document has fallen out of a full cache', async () => {
    const asked: string[] = []
    const fetch: GuardedFetch = async (url) => {
      asked.push(url)
      const { hostname } = new URL(url)
      return { url, contentType: '', body: encodeUtf8(JSON.stringify({ id: `did:web:${hostname}` })), freshFor: 0 }
    }
    const { resolve } = createDidResolver({ fetch, clock: fixedClock(NOW) })
    for (let count = 0; count <= LIMITS.cacheEntries; count++) await resolve(`did:web:h${count}.example`)
    await resolve(`did:web:h${LIMITS.cacheEntries}.example`)
    expect(asked).toHaveLength(LIMITS.cacheEntries + 1)
    await resolve('did:web:h0.example')
    expect(asked).toHaveLength(LIMITS.cacheEntries + 2)
  })
})
