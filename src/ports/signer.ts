/** The algorithms that we know. `EdDSA` means Ed25519; `ES256K` is only read, in tokens of VCDM 1.1. */
export type SignatureAlgorithm = 'EdDSA' | 'ES256' | 'ES384' | 'ES512' | 'ES256K'

/** A public key as a JWK (RFC 7517). */
export interface PublicKeyJwk {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y?: string
  readonly alg?: string
  readonly kid?: string
}

/**
 * Signs with a key that may live anywhere: in memory, in a key service, in hardware.
 * Implement it to keep your private key out of this process.
 */
export interface Signer {
  /** The key's only algorithm. */
  readonly algorithm: SignatureAlgorithm
  /** The verification method, an absolute DID URL such as `did:web:trust.example#key-1`. */
  readonly keyId: string
  readonly publicKeyJwk: PublicKeyJwk
  /**
   * Certificates of the key, to be sent along with tokens as `x5c`: DER in base64, the key's own first, the anchor left
   * out. Verifiers refuse them unless they bind issuers by certificate.
   */
  readonly certificateChain?: readonly string[]
  /**
   * Signs the bytes as they are: `r || s` for ES256 (64 bytes), ES384 (96) and ES512 (132), for EdDSA the 64 bytes of
   * RFC 8032.
   * A throw means that the key could not be used.
   */
  sign(data: Uint8Array): Promise<Uint8Array>
}
