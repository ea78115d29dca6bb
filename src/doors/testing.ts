/** The test kit: the contracts that every port ships, and a small world of organisations that really sign. */

export type { Case } from '../testing/contracts/case.js'
export {
  type EsrApplicantsUnderTest,
  esrApplicantsContract,
  type OpenEsrApplicants,
  type OpenTrainingRecruitment,
  type TrainingRecruitmentUnderTest,
  trainingRecruitmentContract,
} from '../testing/contracts/doctors-in-training.js'
export { exchangeStoreContract } from '../testing/contracts/exchange-store.js'
export {
  type IdentityProviderUnderTest,
  identityProviderContract,
  type OpenIdentityProvider,
} from '../testing/contracts/identity-provider.js'
export {
  identitySessionStoreContract,
  type OpenIdentitySessionStore,
} from '../testing/contracts/identity-session-store.js'
export { issuanceRegisterContract } from '../testing/contracts/issuance-register.js'
export {
  type OpenRecordSystem,
  type RecordSystemUnderTest,
  recordSystemContract,
} from '../testing/contracts/record-system.js'
export {
  type OpenRecruitmentSystem,
  type RecruitmentSystemUnderTest,
  recruitmentSystemContract,
} from '../testing/contracts/recruitment-system.js'
export { statusListStoreContract } from '../testing/contracts/status-list-store.js'
export { type SystemApiUnderTest, systemApiContract } from '../testing/contracts/system-api.js'
export {
  createDemoAuthority,
  type DemoAuthority,
  type DemoAuthorityOptions,
  type DemoHolder,
  type DemoOrganisation,
  type DemoOrganisationName,
} from '../testing/demo-authority.js'
export { type LabelledPair, matchingPairs } from '../testing/matching-pairs.js'
export type { EntraAuthenticator, ScannedRequest } from '../testing/simulators/entra/authenticator.js'
export type { EntraFaults } from '../testing/simulators/entra/faults.js'
export type { MadeCallback } from '../testing/simulators/entra/tenant.js'
export { createEntraSimulator, type EntraSimulator, type EntraSimulatorOptions } from '../testing/simulators/entra.js'
export type { GatewayHolder, VisitedPage } from '../testing/simulators/gateway/holder.js'
export type { HeldCredential, Revocation } from '../testing/simulators/gateway/state.js'
export {
  createGatewaySimulator,
  type GatewayRegistration,
  type GatewaySimulator,
  type GatewaySimulatorOptions,
} from '../testing/simulators/gateway.js'
export type { Answered, RegisteredIssuer, UnsignedToken } from '../testing/simulators/govuk-wallet/one-login.js'
export type {
  GovukNotification,
  OpenedGovukOffer,
  SimulatedGovukWallet,
} from '../testing/simulators/govuk-wallet/wallet.js'
export {
  createGovukWalletSimulator,
  type GovukWalletSimulator,
  type GovukWalletSimulatorOptions,
} from '../testing/simulators/govuk-wallet.js'
export type { TransportFaults } from '../testing/simulators/loopback.js'
export {
  type SimulatedEsrApplicants,
  type SimulatedTrainingRecruitment,
  simulateEsrApplicants,
  simulateTrainingRecruitment,
} from '../testing/simulators/systems/doctors-in-training.js'
export type {
  EsrCells,
  EsrKind,
  EsrPost,
  EsrUsers,
} from '../testing/simulators/systems/esr/esr-state.js'
export {
  type SimulatedEsr,
  type SimulatedEsrAccess,
  type SimulatedEsrEmployer,
  simulateEsr,
} from '../testing/simulators/systems/esr/simulate-esr.js'
export {
  createOpenIdSimulator,
  type OpenIdRegistration,
  type OpenIdSimulator,
  type OpenIdSimulatorOptions,
} from '../testing/simulators/systems/identity/openid.js'
export type { PassedCheck } from '../testing/simulators/systems/identity/person.js'
export {
  createYotiSimulator,
  type YotiRegistration,
  type YotiSimulator,
} from '../testing/simulators/systems/identity/yoti.js'
export {
  IDENTITY_PROVIDERS,
  type IdentityProviderName,
  type SimulatedIdentityProvider,
  simulateIdentityProvider,
} from '../testing/simulators/systems/identity-provider.js'
export {
  createMemoryRecords,
  type EnteredRecord,
  type SimulatedRecords,
  type SimulatedSystem,
  type SystemUsers,
} from '../testing/simulators/systems/memory-records.js'
export { PRODUCTS, type ProductName, simulateRecords } from '../testing/simulators/systems/products.js'
export {
  ELIGIBLE_STAGES,
  type SimulatedTrac,
  type SimulatedTracOptions,
  simulateTrac,
  TRAC_STAGES,
  type TracApplication,
  type TracChecks,
  type TracRecruiters,
  type TracStage,
} from '../testing/simulators/systems/trac.js'
