import type { JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import type { CredentialFormat } from '../formats/input.js'
import type { CredentialReport, PresentationReport } from './report.js'

/** A credential that was accepted. */
export interface AcceptedCredential {
  /** The document that was signed, without its proof. */
  readonly document: JsonObject
  readonly format: CredentialFormat
  /** SHA-256 of what was given, in hexadecimal, as its report has it: whoever relies on it can name the report. */
  readonly sha256: string
  /** Its type in the catalogue, where it has one. */
  readonly type?: string
  /** The claims of that type. */
  readonly claims?: JsonObject
  /** Rules that warn but do not refuse. */
  readonly warnings: readonly Fault[]
}

/** A presentation that was accepted, with everything in it. */
export interface AcceptedPresentation {
  /** The DID of whoever presented it; where only a key was shown, its thumbprint as an RFC 9278 URN. */
  readonly holder: string
  readonly credentials: readonly AcceptedCredential[]
}

/** What came of verifying a credential. The credential is reachable only when it was accepted. */
export type CredentialResult =
  | {
      readonly verdict: 'accepted'
      readonly report: CredentialReport
      readonly credential: AcceptedCredential
      readonly presentation?: never
    }
  | {
      readonly verdict: 'rejected' | 'undecided'
      readonly report: CredentialReport
      readonly credential?: never
      readonly presentation?: never
    }

/** What came of verifying a presentation. Its contents are reachable only when all of it was accepted. */
export type PresentationResult =
  | {
      readonly verdict: 'accepted'
      readonly report: PresentationReport
      readonly presentation: AcceptedPresentation
      readonly credential?: never
    }
  | {
      readonly verdict: 'rejected' | 'undecided'
      readonly report: PresentationReport
      readonly presentation?: never
      readonly credential?: never
    }

/** What came of verifying something. */
export type VerificationResult = CredentialResult | PresentationResult
