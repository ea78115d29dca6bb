/**
 * The front door, for whoever embeds issuing in a system of their own: the catalogue, keys and DIDs, issuing,
 * presenting and trust lists, and everything of the verify door.
 */

export { CHECK_CODES, ERROR_CODES } from '../core/codes.js'
export { type ClaimFault, ClaimsError, type PassportErrorOptions } from '../core/errors.js'
export { CREDENTIAL_TYPES, type CredentialTypeName, findType } from '../credentials/catalogue.js'
export { type CheckedClaims, type ClaimParts, checkClaims } from '../credentials/check-claims.js'
export { CORE_SKILLS_FRAMEWORK, type CoreSkillName, findCoreSkill } from '../credentials/core-skills-framework.js'
export {
  type CatalogueEntry,
  type CredentialTypeRow,
  type GoldenExample,
  ISSUER_ROLES,
  type IssuerRole,
  type Rule,
  type RuleFinding,
  type RuleInput,
} from '../credentials/define.js'
export { DISEASES } from '../credentials/diseases.js'
export { type Bilingual, type ClaimDisplay, displayOf, type TypeDisplay } from '../credentials/display.js'
export type * from '../credentials/generated/claims.js'
export { type KeyFileContent, openKeyFile, type SealOptions, sealKeyFile } from '../crypto/key-file.js'
export { generateKey, jwkThumbprint, parsePublicJwk, publicJwk } from '../crypto/keys.js'
export { createLocalSigner, type LocalSignerOptions } from '../crypto/local-signer.js'
export { decodeMultikey, encodeMultikey } from '../crypto/multikey.js'
export type { DidDocument, Relationship } from '../dids/did-document.js'
export { didJwk } from '../dids/did-jwk.js'
export { didKey, type NamedKey } from '../dids/did-key.js'
export { didWebUrl } from '../dids/did-web.js'
export { createDidDocument, type ParsedDidDocument, type PublishedKey, parseDidDocument } from '../dids/publish.js'
export {
  createDidResolver,
  type DidAnswer,
  type DidFault,
  type DidFaultCode,
  type DidResolver,
  type DidResolverOptions,
  type KeyAnswer,
} from '../dids/resolver.js'
export type { IssuingFormat } from '../formats/sign.js'
export { createIssuer } from '../issuer/create-issuer.js'
export type {
  ClaimsVerdict,
  IssuedCredential,
  IssueOptions,
  IssueRequest,
  Issuer,
} from '../issuer/issuer.js'
export type { IssuerOptions } from '../issuer/settings.js'
export type { StoreCapabilities } from '../ports/capabilities.js'
export {
  type Ending,
  type IssuanceIntent,
  type IssuanceRegister,
  type IssuanceState,
  type RegisterEntry,
  type RegisterQuery,
  type Settlement,
  STATUS_REASONS,
  type StatusChange,
  type StatusReason,
} from '../ports/issuance-register.js'
export type { SignatureAlgorithm, Signer } from '../ports/signer.js'
export type { StatusIndex, StatusListRecord, StatusListStore, StatusPurpose } from '../ports/status-list-store.js'
export type { Store } from '../ports/store.js'
export type { PrivateKeyJwk } from '../runtime/runtime.js'
export {
  createStatusPublisher,
  type PublishedList,
  type StatusPublisher,
  type StatusPublisherOptions,
} from '../status/publish.js'
export { type OpenedTrustList, type OpenTrustListResult, openTrustList } from '../trust/open.js'
export { signTrustList } from '../trust/sign.js'
export {
  type IssuingPermission,
  type ParsedTrustList,
  parseTrustList,
  type TrustedKey,
  type TrustedOrganisation,
  type TrustList,
} from '../trust/trust-list.js'
export { type DiscloseOptions, discloseClaims, type PresentTo } from '../wallet/disclose.js'
export { createPresentation, type PresentationOptions } from '../wallet/present.js'
export * from './verify.js'
