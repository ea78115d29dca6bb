import type { PublicKeyJwk, SignatureAlgorithm } from '../ports/signer.js'

/** A value now or later: Node answers at once, a browser's WebCrypto later. `await` takes both. */
export type MaybePromise<T> = T | Promise<T>

/** A key as the platform holds it, imported once. */
export interface PlatformKey {
  readonly algorithm: SignatureAlgorithm
  readonly handle: unknown
}

/** A private key as a JWK. */
export interface PrivateKeyJwk extends PublicKeyJwk {
  readonly d: string
}

/** What every platform must offer; `#runtime` is one implementation, chosen by the package's `imports`. */
export interface Runtime {
  readonly sha256: (data: Uint8Array) => Uint8Array
  readonly sha384: (data: Uint8Array) => Uint8Array
  readonly sha512: (data: Uint8Array) => Uint8Array
  /** The hash of a text's UTF-8 bytes, in hexadecimal: quicker than by way of bytes, where the platform can. */
  readonly hashText: (algorithm: 'SHA-256' | 'SHA-384', text: string) => string
  /** The same hash, as bytes. */
  readonly digestText: (algorithm: 'SHA-256' | 'SHA-384' | 'SHA-512', text: string) => Uint8Array
  /** Bytes as base64url without padding (RFC 4648, section 5; RFC 7515, section 2). */
  readonly encodeBase64url: (bytes: Uint8Array) => string
  /**
   * The bytes of a base64url text; `undefined` unless it is in its one canonical form: no padding, no white space, no
   * letter of another alphabet, and no bits set that carry no byte.
   */
  readonly decodeBase64url: (text: string) => Uint8Array | undefined
  readonly randomBytes: (length: number) => Uint8Array
  readonly importPublicKey: (algorithm: SignatureAlgorithm, jwk: PublicKeyJwk) => MaybePromise<PlatformKey>
  readonly importPrivateKey: (algorithm: SignatureAlgorithm, jwk: PrivateKeyJwk) => MaybePromise<PlatformKey>
  readonly generateKey: (algorithm: SignatureAlgorithm) => Promise<PrivateKeyJwk>
  readonly sign: (key: PlatformKey, data: Uint8Array) => MaybePromise<Uint8Array>
  readonly verify: (key: PlatformKey, data: Uint8Array, signature: Uint8Array) => MaybePromise<boolean>
  readonly gzip: (data: Uint8Array) => MaybePromise<Uint8Array>
  /** @throws RangeError when more than `maximumBytes` would come out; any other error when the data is not gzip. */
  readonly gunzip: (data: Uint8Array, maximumBytes: number) => MaybePromise<Uint8Array>
  /** Compresses as zlib (RFC 1950). */
  readonly deflate: (data: Uint8Array) => MaybePromise<Uint8Array>
  /** @throws RangeError when more than `maximumBytes` would come out; any other error when the data is not zlib. */
  readonly inflate: (data: Uint8Array, maximumBytes: number) => MaybePromise<Uint8Array>
}
