import type { CheckCode } from '../core/codes.js'
import type { JsonObject } from '../core/json.js'
import type { CheckResult, Fault } from '../core/outcome.js'
import type { CompactJws } from '../crypto/compact-jws.js'
import type { PublicKey } from '../crypto/keys.js'

/** Whether an input is a credential or a presentation. */
export type Kind = 'credential' | 'presentation'

/** A securing format that we read. */
export type FormatName = 'data-integrity' | 'vc+jwt' | 'vp+jwt'

interface ReadDocument {
  /** SHA-256 of the input as it was given (of its RFC 8785 form, for an object), in hexadecimal. */
  readonly sha256: string
  /** The document without what secures it: no proof, no registered JWT claims. */
  readonly document: JsonObject
  /** The proofs of a Data Integrity document, as they stand; empty for a token. */
  readonly proofs: readonly JsonObject[]
  /** The token taken apart; absent for a Data Integrity document. */
  readonly jws?: CompactJws
  /** The registered claims of a token, in seconds since 1970 where they are times. */
  readonly token?: TokenClaims
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
  readonly format: 'data-integrity' | 'vc+jwt'
  readonly issuer: string
  readonly types: readonly string[]
}

/** A presentation that passed the front door. Nothing about it was verified. */
export interface ReadPresentation extends ReadDocument {
  readonly kind: 'presentation'
  readonly format: 'data-integrity' | 'vp+jwt'
  readonly holder?: string
  readonly types: readonly string[]
  /** The credentials in it, each fit for the front door again: documents, or tokens. */
  readonly credentials: readonly (JsonObject | string)[]
}

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
}

/** A key for a proof, or why there is none. */
export type FoundKey =
  | { readonly ok: true; readonly key: PublicKey }
  | { readonly ok: false; readonly outcome: 'failed' | 'inconclusive'; readonly code: CheckCode }

/** Finds the key that a proof names, for the purpose that it was made for. */
export type FindKey = (keyId: string, purpose: 'assertionMethod' | 'authentication') => Promise<FoundKey>

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
}
