/**
 * The verify door: everything that a verifier needs and nothing that signs, stores or serves. It loads no Node
 * built-ins by itself, and the linked-data libraries only when a Data Integrity proof is checked.
 */

export { createGuardedFetch } from '#runtime'
export { type Clock, fixedClock, systemClock } from '../core/clock.js'
export type { CheckCode, CodeText, ErrorCode } from '../core/codes.js'
export { PassportError } from '../core/errors.js'
export type { Json, JsonArray, JsonObject } from '../core/json.js'
export {
  CHECK_NAMES,
  type CheckName,
  type CheckResult,
  type Checks,
  type Evidence,
  type Failed,
  type Fault,
  type Inconclusive,
  type NotApplicable,
  type NotRun,
  type Passed,
} from '../core/outcome.js'
export type { ContextDocument } from '../formats/input.js'
export type { RelatedResource } from '../formats/related-resources.js'
export type { CertificateAnswer, CertificateQuestion, CertificateTrust } from '../ports/certificate-trust.js'
export type { FetchRequest, FetchResponse, GuardedFetch } from '../ports/guarded-fetch.js'
export type { PublicKeyJwk } from '../ports/signer.js'
export type { VersionMemory } from '../ports/version-memory.js'
export type { GuardedFetchOptions } from '../runtime/fetch-rules.js'
export type { HostAddress, NodeFetchOptions } from '../runtime/guarded-fetch-node.js'
export type { Anchor } from '../trust/open.js'
export { codeText } from '../verifier/code-text.js'
export { createVerifier, type Verifier, type VerifierOptions } from '../verifier/create-verifier.js'
export type { CredentialSchema } from '../verifier/credential-schema.js'
export { explain } from '../verifier/explain.js'
export {
  POLICIES,
  type Policy,
  parsePolicy,
  policyDigest,
  type SkippableCheck,
  type TypeRequirements,
} from '../verifier/policy.js'
export type {
  CredentialReport,
  PresentationReport,
  Reason,
  Report,
  ReportInput,
  Suitability,
  Verdict,
} from '../verifier/report.js'
export type {
  AcceptedCredential,
  AcceptedPresentation,
  CredentialResult,
  PresentationResult,
  VerificationResult,
} from '../verifier/result.js'
export type { VerifyOptions } from '../verifier/verify-options.js'
