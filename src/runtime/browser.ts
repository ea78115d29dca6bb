import type { SignatureAlgorithm } from '../ports/signer.js'
import type { PlatformKey, PrivateKeyJwk, Runtime } from './runtime.js'
import { sha256, sha384, sha512 } from './sha2.js'

export { decodeBase64url, encodeBase64url } from './base64url.js'
export { createGuardedFetch, createGuardedRequest } from './guarded-fetch-browser.js'
export { sha256, sha384, sha512 } from './sha2.js'

const TEXT_HASHES = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const

/** {@inheritDoc Runtime.digestText} */
export const digestText: Runtime['digestText'] = (algorithm, text) =>
  TEXT_HASHES[algorithm](new TextEncoder().encode(text))

/** {@inheritDoc Runtime.hashText} */
export const hashText: Runtime['hashText'] = (algorithm, text) =>
  Array.from(digestText(algorithm, text), (byte) => byte.toString(16).padStart(2, '0')).join('')

interface WebAlgorithm {
  readonly key: EcKeyImportParams | AlgorithmIdentifier
  readonly signature: EcdsaParams | AlgorithmIdentifier
}

const ecdsa = (namedCurve: string, hash: string): WebAlgorithm => ({
  key: { name: 'ECDSA', namedCurve } as EcKeyImportParams,
  signature: { name: 'ECDSA', hash } as EcdsaParams,
})

const WEB_ALGORITHMS: Record<SignatureAlgorithm, WebAlgorithm> = {
  EdDSA: { key: { name: 'Ed25519' }, signature: { name: 'Ed25519' } },
  ES256: ecdsa('P-256', 'SHA-256'),
  ES384: ecdsa('P-384', 'SHA-384'),
  ES512: ecdsa('P-521', 'SHA-512'),
  // Web Cryptography has no such curve: a browser answers NotSupportedError, which is what it is.
  ES256K: ecdsa('K-256', 'SHA-256'),
}

const asCryptoKey = (key: PlatformKey): CryptoKey => key.handle as CryptoKey

// WebCrypto refuses bytes that may be shared between threads; a copy never is.
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)

const importKey = async (algorithm: SignatureAlgorithm, jwk: JsonWebKey, use: KeyUsage): Promise<PlatformKey> => {
  const { kty, crv, x, y, d } = jwk
  const bare: JsonWebKey = {
    kty,
    crv,
    x,
    ...(y === undefined ? {} : { y }),
    ...(d === undefined ? {} : { d }),
  } as JsonWebKey
  return { algorithm, handle: await crypto.subtle.importKey('jwk', bare, WEB_ALGORITHMS[algorithm].key, false, [use]) }
}

/** Random bytes from the platform. */
export const randomBytes: Runtime['randomBytes'] = (length) => crypto.getRandomValues(new Uint8Array(length))

/** Imports a public key that `crypto/` has checked. */
export const importPublicKey: Runtime['importPublicKey'] = (algorithm, jwk) => importKey(algorithm, jwk, 'verify')

/** Imports a private key that `crypto/` has checked. */
export const importPrivateKey: Runtime['importPrivateKey'] = (algorithm, jwk) => importKey(algorithm, jwk, 'sign')

/** Makes a key pair; its JWK holds the private part. */
export const generateKey: Runtime['generateKey'] = async (algorithm) => {
  const pair = (await crypto.subtle.generateKey(WEB_ALGORITHMS[algorithm].key, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { kty, crv, x, d, ...(y === undefined ? {} : { y }) } as PrivateKeyJwk
}

/** Signs: as many bytes as the algorithm's row says. */
export const sign: Runtime['sign'] = async (key, data) =>
  new Uint8Array(await crypto.subtle.sign(WEB_ALGORITHMS[key.algorithm].signature, asCryptoKey(key), owned(data)))

/** Whether the signature is the key's over the data. */
export const verify: Runtime['verify'] = (key, data, signature) =>
  crypto.subtle.verify(WEB_ALGORITHMS[key.algorithm].signature, asCryptoKey(key), owned(signature), owned(data))

// Little at a time goes in, so that what came out is counted before a bomb is read to its end: a stream that goes wrong
// forgets what it had already inflated.
const PIECE_BYTES = 1_024

const inPieces = (data: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const bytes = owned(data)
  let position = 0
  return new ReadableStream({
    pull: (controller) => {
      if (position >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(position, position + PIECE_BYTES))
      position += PIECE_BYTES
    },
  })
}

const through = (
  data: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): ReadableStreamDefaultReader<Uint8Array> => inPieces(data).pipeThrough(stream).getReader()

const collect = async (reader: ReadableStreamDefaultReader<Uint8Array>, maximumBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > maximumBytes) {
      await reader.cancel()
      throw new RangeError('more than the limit comes out')
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let position = 0
  for (const chunk of chunks) {
    bytes.set(chunk, position)
    position += chunk.length
  }
  return bytes
}

/** Compresses as gzip (RFC 1952). */
export const gzip: Runtime['gzip'] = (data) =>
  collect(through(data, new CompressionStream('gzip')), Number.POSITIVE_INFINITY)

/** Compresses as zlib (RFC 1950), which browsers call deflate. */
export const deflate: Runtime['deflate'] = (data) =>
  collect(through(data, new CompressionStream('deflate')), Number.POSITIVE_INFINITY)

/** Inflates zlib, at most so many bytes. */
export const inflate: Runtime['inflate'] = (data, maximumBytes) =>
  collect(through(data, new DecompressionStream('deflate')), maximumBytes)

/** Inflates gzip, at most so many bytes. */
export const gunzip: Runtime['gunzip'] = (data, maximumBytes) =>
  collect(through(data, new DecompressionStream('gzip')), maximumBytes)
