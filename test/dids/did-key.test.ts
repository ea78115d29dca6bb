import { createPrivateKey, createPublicKey } from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url } from '#runtime'
import { decodeBase58, encodeBase58 } from '../../src/codec/base58.js'
import { encodeMultibase } from '../../src/codec/multibase.js'
import { generateKey } from '../../src/crypto/keys.js'
import { didKey } from '../../src/dids/did-key.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'
import { hasVectors, vectorJson } from '../support/vectors.js'

const { resolve, findKey } = createDidResolver()

const keyIdOf = (did: string): string => `${did}#${did.slice('did:key:'.length)}`

/** The public keys of a vector: each file of the folder writes them in its own way. */
interface Method {
  readonly id: string
  readonly publicKeyBase58?: string
  readonly publicKeyJwk?: PublicKeyJwk
}
interface Vector {
  readonly verificationMethod?: Method
  readonly verificationKeyPair?: Method
  readonly didDocument: { readonly verificationMethod: readonly Method[] }
}

const vectors = (file: string): readonly [string, Vector][] =>
  hasVectors ? Object.entries(vectorJson(`did-key/${file}`) as Record<string, Vector>) : []

const ED25519 = vectors('ed25519-x25519.json')
const CURVES = [...vectors('nist-curves.json'), ...vectors('secp256k1.json')]

const UNSUPPORTED: readonly [string, string][] = [
  ...vectors('rsa.json').map(([did]): [string, string] => [did, 'RSA']),
  ...vectors('bls12381.json').map(([did]): [string, string] => [
    did,
    did.startsWith('did:key:zUC7') ? 'BLS12-381 G2' : 'BLS12-381 G1 and G2',
  ]),
  ...Object.keys(hasVectors ? vectorJson('did-key/x25519.json').didDocument : {}).map((did): [string, string] => [
    did,
    'X25519',
  ]),
]

describe.skipIf(!hasVectors)('did-key vectors', () => {
  it('are all there', () => {
    expect([ED25519.length, CURVES.length, UNSUPPORTED.length]).toEqual([5, 13, 12])
  })

  it.each(ED25519)('%s holds the Ed25519 key of its document', async (did, { didDocument }) => {
    const [method] = didDocument.verificationMethod
    const answer = await findKey(method?.id ?? '', 'assertionMethod')
    if (!answer.ok) throw new Error(answer.code)
    // The folder writes keys in base58 or as a JWK.
    const published =
      method?.publicKeyJwk?.x ?? encodeBase64url(decodeBase58(method?.publicKeyBase58 ?? '') as Uint8Array)
    expect(answer.publicKeyJwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: published })
    expect(didKey(answer.publicKeyJwk)).toEqual({ did, keyId: method?.id })
  })

  it.each(CURVES)('%s holds the key on the curve of its document', async (did, { didDocument }) => {
    const [method] = didDocument.verificationMethod
    const answer = await findKey(keyIdOf(did), 'authentication')
    if (!answer.ok || !method) throw new Error('no key')
    // One document of the folder gives its key compressed in base58 instead of as a JWK.
    if (method.publicKeyJwk) expect(answer.publicKeyJwk).toEqual(onlyPublic(method.publicKeyJwk))
    else expect(decodeBase58(method.publicKeyBase58 ?? '')?.slice(1)).toEqual(decodeBase64url(answer.publicKeyJwk.x))
    expect(didKey(answer.publicKeyJwk).did).toBe(did)
  })

  it.each(UNSUPPORTED)('%s is refused by the name of its kind of key, %s', async (did, unsupported) => {
    const refused = { ok: false, code: 'signature.didInvalid', retryable: false, unsupported }
    expect(await resolve(did)).toEqual(refused)
    expect(await findKey(keyIdOf(did), 'assertionMethod')).toEqual(refused)
  })
})

const onlyPublic = ({ kty, crv, x, y }: PublicKeyJwk) => ({ kty, crv, x, y })

describe('did:key of our own keys', () => {
  it.each(['EdDSA', 'ES256'] as const)('%s: there and back, without the private part', async (algorithm) => {
    const key = await generateKey(algorithm)
    const { did, keyId } = didKey(key)
    const answer = await findKey(keyId, 'assertionMethod')
    const { d: _private, ...publicKeyJwk } = key
    expect(answer).toEqual({ ok: true, publicKeyJwk, controller: did })
  })

  it.each([
    ['another curve', { kty: 'OKP', crv: 'X25519', x: 'a'.repeat(43) }],
    ['a short coordinate', { kty: 'OKP', crv: 'Ed25519', x: 'aaaa' }],
    ['a point off the curve', { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }],
  ])('is not made of %s', (_what, jwk) => {
    expect(() => didKey(jwk as PublicKeyJwk)).toThrow(TypeError)
  })
})

const ED_PREFIX = [0xed, 0x01]
const ID = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const withBytes = (...bytes: number[]): string => encodeMultibase('z', Uint8Array.from(bytes))

describe('a did:key that is not quite one', () => {
  it.each([
    ['without its multibase letter', ID.slice(1)],
    ['in another multibase', `u${ID.slice(1)}`],
    ['with a letter that base58 does not have', `${ID.slice(0, -1)}0`],
    ['with a byte too few', withBytes(...ED_PREFIX, ...new Array(31).fill(7))],
    ['with a byte too many', withBytes(...ED_PREFIX, ...new Array(33).fill(7))],
    ['with no key at all', withBytes(...ED_PREFIX)],
    ['with a zero byte in front', `z1${ID.slice(1)}`],
    ['with a multicodec that does not end', withBytes(0xff, 0xff, 0xff, 1, 2, 3)],
    ['with an uncompressed P-256 point', withBytes(0x80, 0x24, 4, ...new Array(64).fill(1))],
    ['with a P-256 point off the curve', withBytes(0x80, 0x24, 2, ...new Array(32).fill(0xff))],
    ['of a version that does not exist', `1.1:${ID}`],
  ])('%s is refused', async (_what, id) => {
    expect(await resolve(`did:key:${id}`)).toEqual({ ok: false, code: 'signature.didInvalid', retryable: false })
  })

  it('has one key and no other', async () => {
    expect(await findKey(`did:key:${ID}#key-1`, 'assertionMethod')).toMatchObject({ code: 'signature.keyNotFound' })
  })
})

interface OracleDocument {
  readonly id: string
  readonly publicKey: readonly Method[]
  readonly assertionMethod: readonly string[]
  readonly authentication: readonly string[]
}

/** What the older library gives: keys in base58 under `publicKey`. */
interface Oracle {
  readonly driver: { get(from: { did: string }): Promise<OracleDocument> }
  readonly Ed25519KeyPair: { fingerprintFromPublicKey(key: { publicKeyBase58: string }): string }
}

describe('differential: @transmute/did-key-ed25519 agrees', () => {
  const { driver, Ed25519KeyPair } = createRequire(import.meta.url)('@transmute/did-key-ed25519') as Oracle

  const keyOfSeed = (seed: Uint8Array): PublicKeyJwk => {
    const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
    const { kty, crv, x } = createPublicKey({
      key: createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }),
    }).export({ format: 'jwk' })
    return { kty, crv, x } as PublicKeyJwk
  }

  it('on the text, the key and what it is for, for many keys', async () => {
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const jwk = keyOfSeed(seed)
        const { did, keyId } = didKey(jwk)
        const publicKeyBase58 = encodeBase58(decodeBase64url(jwk.x) as Uint8Array)
        expect(did).toBe(`did:key:${Ed25519KeyPair.fingerprintFromPublicKey({ publicKeyBase58 })}`)
        const theirs = await driver.get({ did })
        expect(theirs).toMatchObject({ id: did, publicKey: [{ publicKeyBase58 }] })
        const [, fragment] = keyId.split('#')
        expect([theirs.assertionMethod, theirs.authentication]).toEqual([[`#${fragment}`], [`#${fragment}`]])
        expect(await findKey(keyId, 'assertionMethod')).toEqual({ ok: true, publicKeyJwk: jwk, controller: did })
      }),
      { numRuns: 150 },
    )
  })

  it('on the text of bytes that need not be a key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const theirs = Ed25519KeyPair.fingerprintFromPublicKey({ publicKeyBase58: encodeBase58(bytes) })
        expect(didKey({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(bytes) }).did).toBe(`did:key:${theirs}`)
      }),
      { numRuns: 500 },
    )
  })
})
