import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  type JsonWebKeyInput,
  type KeyObject,
  randomBytes as nodeRandomBytes,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto'
import { promisify } from 'node:util'
import { deflate as nodeDeflate, gzip as nodeGzip } from 'node:zlib'
import type { SignatureAlgorithm } from '../ports/signer.js'
import type { PlatformKey, PrivateKeyJwk, Runtime } from './runtime.js'

export { createGuardedFetch, createGuardedRequest } from './guarded-fetch-node.js'
export { gunzip, inflate } from './inflate-node.js'

const generate = promisify(generateKeyPair)
const gzipLater = promisify<Uint8Array, Buffer>(nodeGzip)
const deflateLater = promisify<Uint8Array, Buffer>(nodeDeflate)

const NODE_ALGORITHMS = {
  EdDSA: { hash: null, generate: () => generate('ed25519') },
  ES256: { hash: 'sha256', generate: () => generate('ec', { namedCurve: 'P-256' }) },
  ES384: { hash: 'sha384', generate: () => generate('ec', { namedCurve: 'P-384' }) },
  ES512: { hash: 'sha512', generate: () => generate('ec', { namedCurve: 'P-521' }) },
  ES256K: { hash: 'sha256', generate: () => generate('ec', { namedCurve: 'secp256k1' }) },
} as const satisfies Record<
  SignatureAlgorithm,
  { hash: string | null; generate: () => Promise<{ privateKey: KeyObject }> }
>

const asKeyObject = (key: PlatformKey): KeyObject => key.handle as KeyObject

// RFC 7518, 3.4: a JOSE signature is r and s side by side, not DER.
const keyInput = (key: PlatformKey) => ({ key: asKeyObject(key), dsaEncoding: 'ieee-p1363' as const })

/** {@inheritDoc Runtime.sha256} */
export const sha256: Runtime['sha256'] = (data) => hash('sha256', data, 'buffer')

/** {@inheritDoc Runtime.sha384} */
export const sha384: Runtime['sha384'] = (data) => hash('sha384', data, 'buffer')

/** {@inheritDoc Runtime.sha512} */
export const sha512: Runtime['sha512'] = (data) => hash('sha512', data, 'buffer')

const TEXT_HASHES = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const

/** {@inheritDoc Runtime.hashText} */
export const hashText: Runtime['hashText'] = (algorithm, text) => hash(TEXT_HASHES[algorithm], text, 'hex')

/** {@inheritDoc Runtime.digestText} */
export const digestText: Runtime['digestText'] = (algorithm, text) => hash(TEXT_HASHES[algorithm], text, 'buffer')

/** {@inheritDoc Runtime.encodeBase64url} */
export const encodeBase64url: Runtime['encodeBase64url'] = (bytes) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')

/** {@inheritDoc Runtime.decodeBase64url} */
export const decodeBase64url: Runtime['decodeBase64url'] = (text) => {
  const bytes = Buffer.from(text, 'base64url')
  // Node reads around what is not base64url; only the one canonical text is what its bytes are written as.
  return bytes.toString('base64url') === text ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : undefined
}

/** Random bytes from the operating system. */
export const randomBytes: Runtime['randomBytes'] = (length) => nodeRandomBytes(length)

const jwkInput = (jwk: object): JsonWebKeyInput => ({ key: { ...jwk }, format: 'jwk' })

/** Imports a public key that `crypto/` has checked. */
export const importPublicKey: Runtime['importPublicKey'] = (algorithm, jwk) => ({
  algorithm,
  handle: createPublicKey(jwkInput(jwk)),
})

/** Imports a private key that `crypto/` has checked. */
export const importPrivateKey: Runtime['importPrivateKey'] = (algorithm, jwk) => ({
  algorithm,
  handle: createPrivateKey(jwkInput(jwk)),
})

/** Makes a key pair; its JWK holds the private part. */
export const generateKey: Runtime['generateKey'] = async (algorithm) => {
  const { privateKey } = await NODE_ALGORITHMS[algorithm].generate()
  return privateKey.export({ format: 'jwk' }) as unknown as PrivateKeyJwk
}

/** Signs: as many bytes as the algorithm's row says. */
export const sign: Runtime['sign'] = (key, data) => nodeSign(NODE_ALGORITHMS[key.algorithm].hash, data, keyInput(key))

/** Whether the signature is the key's over the data. */
export const verify: Runtime['verify'] = (key, data, signature) =>
  nodeVerify(NODE_ALGORITHMS[key.algorithm].hash, data, keyInput(key), signature)

/** Compresses as gzip (RFC 1952). */
export const gzip: Runtime['gzip'] = (data) => gzipLater(data)

/** Compresses as zlib (RFC 1950). */
export const deflate: Runtime['deflate'] = (data) => deflateLater(data)
