/** The algorithms a signer of ours may have. `EdDSA` means Ed25519. */
export type SignatureAlgorithm = 'EdDSA' | 'ES256'

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
   * Signs the bytes as they are: for ES256 the 64 bytes `r || s`, for EdDSA the 64 bytes of RFC 8032.
   * A throw means that the key could not be used.
   */
  sign(data: Uint8Array): Promise<Uint8Array>
}
