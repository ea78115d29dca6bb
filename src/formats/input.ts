import type { CheckCode } from '../core/codes.js'
import type { Json, JsonObject } from '../core/json.js'
import type { CheckResult, Evidence, Fault } from '../core/outcome.js'
import type { CompactJws } from '../crypto/compact-jws.js'
import type { PublicKey } from '../crypto/keys.js'

/** Whether an input is a credential or a presentation. */
export type Kind = 'credential' | 'presentation'

/** A format of a credential that we read. */
export type CredentialFormat = 'data-integrity' | 'vc+jwt' | 'vc+sd-jwt' | 'dc+sd-jwt' | 'jwt_vc_json'

/** A format of a presentation that we read. `sd-jwt+kb` is one SD-JWT with a proof of its holder's key. */
export type PresentationFormat = 'data-integrity' | 'vp+jwt' | 'vp+sd-jwt' | 'sd-jwt+kb' | 'jwt_vp_json'

/** A securing format that we read. */
export type FormatName = CredentialFormat | PresentationFormat

interface ReadDocument {
  /** SHA-256 of the input as it was given (of its RFC 8785 form, for an object), in hexadecimal. */
  readonly sha256: string
  /**
   * The document without what secures it: no proof, no registered JWT claims. Always in the shape of VCDM 2.0; what a
   * token says in other words (VCDM 1.1, SD-JWT VC) is said in these.
   */
  readonly document: JsonObject
  /** The proofs of a Data Integrity document, as they stand; empty for a token. */
  readonly proofs: readonly JsonObject[]
  /** The token taken apart; absent for a Data Integrity document. */
  readonly jws?: CompactJws
  /** The registered claims of a token, in seconds since 1970 where they are times. */
  readonly token?: TokenClaims
  /** The holder may have withheld claims that the issuer signed. */
  readonly selective?: true
  /** The `status` claim of an SD-JWT VC, as it stands. */
  readonly status?: Json
  /** What the `vct` of an SD-JWT VC leads to, by the digest that the token states (`vct#integrity`). */
  readonly typeMetadata?: { readonly id: string; readonly digestSRI: string }
  /** The `cnf` claim: the key that the issuer bound the credential to (RFC 7800). */
  readonly confirmation?: JsonObject
}

/** What a key binding token says that it binds to, and what it is in fact attached to (RFC 9901, section 4.3.1). */
export interface KeyBinding {
  readonly sdHash: string
  readonly expectedSdHash: string
}

/** The registered JWT claims that a token carries beside its document. */
export interface TokenClaims {
  readonly issuedAt?: number
  readonly notBefore?: number
  readonly expires?: number
  readonly nonce?: string
  readonly audience?: readonly string[]
}

/** A credential that passed the front door. Nothing about it was verified. */
export interface ReadCredential extends ReadDocument {
  readonly kind: 'credential'
  readonly format: CredentialFormat
  readonly issuer: string
  readonly types: readonly string[]
}

/** A presentation that passed the front door. Nothing about it was verified. */
export interface ReadPresentation extends ReadDocument {
  readonly kind: 'presentation'
  readonly format: PresentationFormat
  readonly holder?: string
  readonly types: readonly string[]
  /** The credentials in it, each fit for the front door again: documents, or tokens. */
  readonly credentials: readonly (JsonObject | string)[]
  /** Of `sd-jwt+kb` alone. */
  readonly keyBinding?: KeyBinding
  /** Of `sd-jwt+kb` alone: what came of reading its one credential, which has to be read to know whose key must have signed. */
  readonly bound?: ReadResult
}

/** A token taken apart, whatever its format, or why it is not one that we read. */
export type TokenResult =
  | ({
      readonly ok: true
      readonly kind: Kind
      readonly format: FormatName
      readonly jws: CompactJws
      readonly token: TokenClaims
    } & Pick<ReadDocument, 'document' | 'selective' | 'status' | 'typeMetadata' | 'confirmation'> &
      Partial<Pick<ReadPresentation, 'credentials' | 'keyBinding'>> & {
        /** The credential that a key binding token is attached to. */
        readonly bound?: TokenResult
      })
  | { readonly ok: false; readonly format?: FormatName; readonly code: CheckCode; readonly faults: readonly Fault[] }

/** Something that passed the front door. */
export type ReadInput = ReadCredential | ReadPresentation

/** What came of reading an input. */
export type ReadResult =
  | { readonly ok: true; readonly input: ReadInput }
  | {
      readonly ok: false
      readonly sha256: string
      readonly kind?: Kind
      readonly format?: FormatName
      readonly code: CheckCode
      readonly faults: readonly Fault[]
    }

/** A JSON-LD context that the caller supplies; nothing is ever fetched. */
export interface ContextDocument {
  readonly url: string
  readonly document: JsonObject
}

/** How strictly contexts are matched. */
export interface ContextRules {
  /** `exact`: the lists of this catalogue and of the W3C's own documents. `anyKnown`: any list of contexts at hand. */
  readonly contexts?: 'exact' | 'anyKnown'
  readonly extraContexts?: readonly ContextDocument[]
  /** Whether a token may carry its chain of certificates; without, one that does is refused. */
  readonly certificateChain?: boolean
}

/** A key for a proof, or why there is none. */
export type FoundKey =
  | {
      readonly ok: true
      readonly key: PublicKey
      /** How the key came to be trusted, fit to be filed. */
      readonly evidence?: Evidence
    }
  | { readonly ok: false; readonly outcome: 'failed' | 'inconclusive'; readonly code: CheckCode }

/**
 * Finds the key that a proof names, for the purpose that it was made for.
 * @param chain the certificates that a token carries, where the front door lets them in
 */
export type FindKey = (
  keyId: string,
  purpose: 'assertionMethod' | 'authentication',
  chain?: readonly string[],
) => Promise<FoundKey>

/** What one proof of a presentation was made for. */
export interface Presented {
  readonly keyId: string
  readonly challenge?: string
  readonly audience: readonly string[]
  /** Milliseconds since 1970. */
  readonly created?: number
  readonly expires?: number
}

/** The answer to the signature check, and what a presentation's proofs say of their purpose. */
export interface SignatureFinding {
  readonly result: CheckResult
  /** One for each proof; empty unless the signature passed. */
  readonly presented: readonly Presented[]
}

/** What checking a signature needs. */
export interface SignatureOptions {
  readonly findKey: FindKey
  /** Milliseconds since 1970. */
  readonly now: number
  /** How far the signer's clock may differ, in milliseconds; `LIMITS.clockSkew` unless a past moment is asked about. */
  readonly skew?: number
  readonly extraContexts?: readonly ContextDocument[]
  /** `reference` forces the JSON-LD processor's own path where a compiled one would do. */
  readonly canonicalizer?: 'compiled' | 'reference'
}
