/** The door for whoever offers credentials to wallets and asks wallets for them. */

export { createGuardedRequest } from '#runtime'
export {
  type AccessKeyOptions,
  type AccessKeys,
  type AccessKeyVerdict,
  createAccessKeys,
} from '../exchange/access-keys.js'
export { ExchangeBook, type ExchangeBookOptions, type ExchangeListener } from '../exchange/book/exchange-book.js'
export { createKeeper, type ExchangeKeeper, type KeeperOptions } from '../exchange/book/keeper.js'
export { createWebhooks, type WebhookOptions } from '../exchange/book/webhooks.js'
export { createOpenidExchange, type OpenidExchangeOptions } from '../exchange/create-openid-exchange.js'
export {
  createEntraAdmin,
  type EntraAdmin,
  type EntraAdminOptions,
  type EntraContractRecord,
  type EntraIssuedCredential,
} from '../exchange/entra/admin.js'
export {
  createEntraClient,
  type EntraCall,
  type EntraClient,
  type EntraClientOptions,
} from '../exchange/entra/client.js'
export {
  type EntraClaimMapping,
  type EntraContract,
  type EntraContractOptions,
  type EntraDisplay,
  type EntraRules,
  entraContract,
} from '../exchange/entra/contracts.js'
export { createEntraExchange, type Entra, type EntraExchange } from '../exchange/entra/create-entra-exchange.js'
export type { EntraCredential, EntraFaceCheckResult, EntraFault, EntraOutcome } from '../exchange/entra/outcome.js'
export type {
  EntraConstraint,
  EntraFaceCheck,
  EntraPresentationRequest,
  EntraRequestedCredential,
} from '../exchange/entra/questions.js'
export type { EntraOptions } from '../exchange/entra/settings.js'
export {
  EXCHANGE_STATES,
  type Exchange,
  type ExchangeEvent,
  type ExchangeKind,
  type ExchangeReason,
  type ExchangeState,
  type GatewayReason,
  ITEM_STATES,
  type ItemState,
} from '../exchange/exchange.js'
export type { IssuanceRequest } from '../exchange/gateway/begin-issuance.js'
export type { BrowserInvitation, VerificationRequest } from '../exchange/gateway/begin-verification.js'
export type { GatewayTemplate, PresentedClaims } from '../exchange/gateway/claim-names.js'
export { createGateway, type Gateway } from '../exchange/gateway/create-gateway.js'
export { createGatewayExchange, type GatewayExchangeOptions } from '../exchange/gateway/create-gateway-exchange.js'
export type { KnownPerson, VerifiedSession } from '../exchange/gateway/flow.js'
export type { IssuanceOutcome, UnsuccessfulOutcome, VerificationOutcome } from '../exchange/gateway/outcome.js'
export type { SourceChange } from '../exchange/gateway/revoke.js'
export type { GatewayOptions, SourceReference } from '../exchange/gateway/settings.js'
export { type SignedSource, type SourceRecord, type SourceSigning, signSource } from '../exchange/gateway/source.js'
export {
  createGovukWalletExchange,
  type GovukWallet,
  type GovukWalletExchange,
} from '../exchange/govuk-wallet/create-govuk-wallet-exchange.js'
export type { GovukOfferRequest } from '../exchange/govuk-wallet/make-offer.js'
export {
  GOVUK_ENVIRONMENTS,
  type GovukEnvironment,
  type GovukPreviousKey,
  type GovukWalletOptions,
} from '../exchange/govuk-wallet/settings.js'
export { HAIP_ISSUER, HAIP_VERIFIER } from '../exchange/haip.js'
export { credentialsForNewEmployer, type NewEmployerOptions, type Post } from '../exchange/new-employer.js'
export { type EndpointAnswer, type EndpointRequest, OAuthRefusal } from '../exchange/oauth/refusal.js'
export type { SignInOutcome, SigningIn } from '../exchange/openid4vci/authorization.js'
export { createOpenid4vci, type Endpoint, type Openid4vci } from '../exchange/openid4vci/create-openid4vci.js'
export type { IssuerDisplay, Openid4vciOptions, WalletClient } from '../exchange/openid4vci/settings.js'
export { createOpenid4vp, type Openid4vp } from '../exchange/openid4vp/create-openid4vp.js'
export type { VpFormat } from '../exchange/openid4vp/dcql.js'
export type { ClientIdentity, Openid4vpOptions } from '../exchange/openid4vp/settings.js'
export { qrCode, qrCodeText } from '../exchange/qr-code.js'
export {
  type LostCredential,
  type ReplacementOptions,
  type ReplacementParts,
  replaceWallet,
} from '../exchange/replace-wallet.js'
export type {
  ExchangeCapabilities,
  ExchangeView,
  FactsOf,
  FollowOptions,
  Invitation,
  OfferedCredential,
  OfferRequest,
  PresentationOutcome,
  PresentationRequest,
  RequestedCredential,
  ResponseReport,
  WalletExchange,
} from '../exchange/wallet-exchange.js'
export { matchNames, type NameMatching } from '../matching/match-names.js'
export { matchPerson, type PersonFacts } from '../matching/match-person.js'
export type { ExchangeQuery, ExchangeRecord, ExchangeStore } from '../ports/exchange-store.js'
export type { GuardedRequest, OutboundRequest, OutboundResponse } from '../ports/guarded-request.js'
