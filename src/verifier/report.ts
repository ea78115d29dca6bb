import type { CheckName, CheckResult, Checks } from '../core/outcome.js'
import type { FormatName } from '../formats/input.js'

/** What came of a verification. */
export type Verdict = 'accepted' | 'rejected' | 'undecided'

/** Why a verdict is not `accepted`: which check, and its code. */
export interface Reason {
  readonly check: CheckName | 'samePerson'
  readonly code: string
  /** In the report of a presentation: which of its credentials, from 0; absent for the presentation itself. */
  readonly credential?: number
}

/** How a credential stands to one requirement of the policy's `suitability`. */
export interface Suitability {
  readonly requirement: 'maximumAge' | 'requiredLevel' | 'requiredWorkforce' | 'refreshPeriods'
  readonly outcome: 'meets' | 'fallsShort' | 'cannotSay'
}

/** What was looked at: never its contents. */
export interface ReportInput {
  /** Hexadecimal; of the bytes as given, or of the RFC 8785 form of an object. */
  readonly sha256: string
  readonly format?: FormatName
  readonly type?: string
  readonly issuer?: string
}

interface ReportFrame {
  readonly reportVersion: 1
  readonly verdict: Verdict
  /** What decided against acceptance; empty when accepted. */
  readonly reasons: readonly Reason[]
  /** The one reading of the clock (RFC 3339, UTC). */
  readonly checkedAt: string
  /** The past moment that was asked about; absent when the question was about now. */
  readonly at?: string
  readonly policy: { readonly name: string; readonly digest: string }
  readonly input: ReportInput
  readonly software: { readonly name: string; readonly version: string }
}

/** The report on one credential: seven answers and what follows from them. */
export interface CredentialReport extends ReportFrame {
  readonly kind: 'credential'
  readonly checks: Checks
  /** Present when the policy asks for it and the credential was accepted. */
  readonly suitability?: readonly Suitability[]
}

/** The report on a presentation, with a full report on every credential in it. */
export interface PresentationReport extends ReportFrame {
  readonly kind: 'presentation'
  /** Whether the presentation is whole, signed by its presenter, fresh and meant for us. */
  readonly holderBinding: CheckResult
  /** Whether all its credentials are about the person of its identity credential. */
  readonly samePerson: CheckResult
  readonly credentials: readonly CredentialReport[]
}

/** A verification as a document that can be filed: plain JSON, described by `schemas/report.v1.json`. */
export type Report = CredentialReport | PresentationReport
