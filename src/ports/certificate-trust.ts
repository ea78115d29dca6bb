import type { PublicKeyJwk } from './signer.js'

/** Whose certificate it should be, and when. */
export interface CertificateQuestion {
  /** The issuer that the credential names: an https identifier or a DID. */
  readonly issuer: string
  /** The moment by which the certificates are judged, in milliseconds since 1970. */
  readonly at: number
}

/** The key of a chain's first certificate, or why it may not be used. */
export type CertificateAnswer =
  | {
      readonly ok: true
      readonly publicKeyJwk: PublicKeyJwk
      /** SHA-256 of the first certificate and of the anchor, in hexadecimal. */
      readonly certificate: string
      readonly anchor: string
    }
  | {
      readonly ok: false
      readonly code:
        | 'signature.certificateMalformed'
        | 'signature.certificateUntrusted'
        | 'signature.certificateNotIssuers'
    }

/** Judges chains of certificates by anchors that were given out of band (RFC 5280, section 6). */
export interface CertificateTrust {
  readonly portVersion: 1
  /** @param chain certificates as `x5c` holds them: DER in base64, the signer's first (RFC 7515, section 4.1.6) */
  keyOf(chain: readonly string[], question: CertificateQuestion): Promise<CertificateAnswer>
}
