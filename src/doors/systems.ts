/** The door for whoever connects an employer's systems: their ports, a client for them, and connections with them. */

export { createEventSender, type SendEvent } from '../adapters/dsp-api/create-event-sender.js'
export {
  createRecordSystemClient,
  createRecruitmentSystemClient,
  type SystemDescription,
} from '../adapters/dsp-api/create-system-client.js'
export type { ProviderCallOptions } from '../adapters/identity/call.js'
export type { CertifiedFor } from '../adapters/identity/capabilities.js'
export {
  createOpenIdProvider,
  type OpenIdProvider,
  type OpenIdProviderOptions,
} from '../adapters/identity/openid/create-openid-provider.js'
export { createMemorySessions, type IdentitySessionStore } from '../adapters/identity/sessions.js'
export { createYotiProvider, type YotiOptions } from '../adapters/identity/yoti/create-yoti-provider.js'
export { foldName, isSameName } from '../codec/fold-name.js'
export {
  type FieldEvidence,
  MATCH_THRESHOLDS,
  type MatchThresholds,
  matchRecords,
  type PersonRecord,
  type RankedCandidate,
  type Ranking,
  type RecordVerdict,
  rankCandidates,
} from '../matching/match-records.js'
export { LIKELIHOODS, type Likelihood, type MatchedField } from '../matching/weights.js'
export type { Actor } from '../patterns/actor.js'
export {
  type ConnectedPassport,
  type Connection,
  type ConnectionEvent,
  type ConnectionItem,
  CREDENTIALS_TO_CONNECT,
} from '../patterns/connections/connection.js'
export {
  type ConnectionOptions,
  type Connections,
  createConnections,
} from '../patterns/connections/create-connections.js'
export {
  createDirectToWallet,
  type DirectToWallet,
  type DirectToWalletOptions,
  type Download,
  NOT_DOWNLOADED_REASONS,
  type NotDownloadedReason,
} from '../patterns/direct-to-wallet.js'
export {
  createGatewayDownloads,
  type GatewayDownload,
  type GatewayDownloads,
  type GatewayDownloadsOptions,
  lastModifiedIn,
} from '../patterns/gateway-downloads.js'
export { identityShown, type ShownIdentity } from '../patterns/identity-shown.js'
export { createInbound, type InboundOptions, type InboundPattern } from '../patterns/inbound/create-inbound.js'
export { INBOUND_REASONS, type Inbound, type InboundItem } from '../patterns/inbound/inbound.js'
export {
  createLedger,
  type Entry,
  type EntryDecision,
  type EntryName,
  type Ledger,
  type LedgerOptions,
} from '../patterns/ledger.js'
export {
  createOutbound,
  type Offers,
  type OutboundOptions,
  type OutboundPattern,
  type RefusedRecord,
  type Updated,
} from '../patterns/outbound/create-outbound.js'
export type { UnmatchOptions } from '../patterns/outbound/matches.js'
export type { Outbound, OutboundPerson, Provided } from '../patterns/outbound/passport.js'
export { OUTBOUND_ROUTES, type OutboundRoute } from '../patterns/outbound/routes.js'
export { recordsOf } from '../patterns/records-of.js'
export { type TellChangesOptions, tellChanges } from '../patterns/tell-changes.js'
export {
  type ChosenApplicant,
  NOT_TRANSFERRED_REASONS,
  type NotTransferredReason,
  type Transfer,
  type TransferOptions,
  type TransferPreconditions,
  type TransferRecord,
  type TransferredApplication,
  transferChecks,
  transferOf,
  transferRecruited,
} from '../patterns/transfer-checks.js'
export type { SystemClientOptions } from '../systems/call-system.js'
export {
  EMPLOYMENT_CHECK_TYPES,
  type EmploymentCheck,
  type EmploymentCheckType,
  type EsrApplicant,
  type EsrApplicantSearch,
  type EsrApplicants,
  faultsOfCheck,
  isApplicantOf,
  type Recruit,
  type TrainingRecruitment,
} from '../systems/doctors-in-training.js'
export type { EmploymentChecks } from '../systems/generated/employment-checks.js'
export {
  type IdentityFailure,
  type IdentityOutcome,
  type IdentityProvider,
  type IdentityProviderCapabilities,
  type IdentityRequest,
  type IdentitySession,
  VOUCHED_TYPES,
  type VouchedRecord,
  type VouchedType,
} from '../systems/identity-provider.js'
export { createIdentityRecords } from '../systems/identity-records.js'
export { NOT_SENT_REASONS, type NotSentReason, SENT_ON_CONNECTION, whyNotSent } from '../systems/not-sent.js'
export type {
  Added,
  LearningRecords,
  NewRecord,
  NotAddedReason,
  OccupationalHealthRecords,
  PersonSearch,
  RecordSystem,
  StaffRecords,
  SystemCapabilities,
  SystemChange,
  SystemPerson,
  SystemRecord,
  TrainingRecords,
} from '../systems/record-system.js'
export {
  type Applicant,
  type ApplicantReadiness,
  BRITISH_STATUS,
  DBS_LEVELS,
  type DbsLevel,
  type RecruitmentSystem,
} from '../systems/recruitment-system.js'
export { type ComparedDetail, sideBySide } from '../systems/side-by-side.js'
export { PUBLISHED_USE_CASES, type SystemKind, type UseCase } from '../systems/use-cases.js'
