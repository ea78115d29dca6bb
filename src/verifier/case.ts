import type { Clock } from '../core/clock.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { CheckResult } from '../core/outcome.js'
import type { CredentialTypeRow } from '../credentials/define.js'
import type { DidResolver } from '../dids/resolver.js'
import type { ContextDocument, ContextRules, ReadCredential } from '../formats/input.js'
import type { RelatedResource } from '../formats/related-resources.js'
import type { CertificateTrust } from '../ports/certificate-trust.js'
import type { OpenedTrustList } from '../trust/open.js'
import type { Trust, TrustAnswer } from '../trust/trust.js'
import type { CredentialSchema } from './credential-schema.js'
import type { Policy } from './policy.js'

/** Asks the status lists about credentials, and remembers the lists while they hold. */
export interface StatusChecker {
  check(subject: CredentialCase): Promise<CheckResult>
}

/** A verifier's options with every default filled in. */
export interface VerifierSettings {
  readonly policy: Policy
  readonly policyDigest: string
  readonly clock: Clock
  /** Present where the policy binds issuers by certificate. */
  readonly certificates?: CertificateTrust
  /** Absent only where the policy skips `issuerTrust`. */
  readonly trust?: Trust
  readonly resolver: DidResolver
  readonly status: StatusChecker
  readonly extraContexts: readonly ContextDocument[]
  readonly canonicalizer: 'compiled' | 'reference'
  /** What the front door lets in. */
  readonly rules: ContextRules
  /** What credentials may name by its digest, and is at hand. */
  readonly resources: readonly RelatedResource[]
  /** By credential type. */
  readonly schemas: ReadonlyMap<string, CredentialSchema>
}

/** When a credential was registered, in the words of whoever vouches for it. */
export interface Registration {
  /** RFC 3339. */
  readonly time: string
  /** How the caller knows, such as `receipt of the register of Northfield, entry 12`. Filed in the report. */
  readonly how: string
}

/** The moments of one verification, in milliseconds since 1970. The clock was read once. */
export interface Moments {
  readonly now: number
  /** The past moment asked about; absent when the question is about now. */
  readonly at?: number
  readonly registered?: { readonly time: number; readonly how: string }
}

/** The moment by which dates are judged. */
export const askedMoment = ({ now, at }: Moments): number => at ?? now

/** How far two clocks may differ: nothing, where a past moment is asked about. */
export const skewOf = ({ at }: Moments): number => (at === undefined ? LIMITS.clockSkew : 0)

/** One credential on the table, with what every check may look at. */
export interface CredentialCase {
  readonly settings: VerifierSettings
  readonly moments: Moments
  readonly input: ReadCredential
  /** The row of its type; `undefined` where the catalogue does not know it, or knows two. */
  readonly row: CredentialTypeRow | undefined
  readonly trustAnswer: TrustAnswer | undefined
}

/** The trust list to judge by, where there is one. */
export const openedTrust = ({ trustAnswer }: Pick<CredentialCase, 'trustAnswer'>): OpenedTrustList | undefined =>
  trustAnswer?.ok ? trustAnswer : undefined

/** The credential subjects of a document. */
export const subjectsOf = (document: JsonObject): readonly JsonObject[] =>
  asArray(document.credentialSubject).filter(isJsonObject)
