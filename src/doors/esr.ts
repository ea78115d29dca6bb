/** The door to ESR, the Electronic Staff Record: its files and its interface, asked about people, and what they say as claims. Node only. */

export {
  type CompetenceName,
  parseCompetenceName,
  type Renewal,
} from '../adapters/esr/claims/competence-name.js'
export { type CoreSkillOptions, type CoreSkillSubject, coreSkillClaims } from '../adapters/esr/claims/core-skill.js'
export { DISCLOSURE_OUTCOMES, disclosureClaims, WORKFORCES } from '../adapters/esr/claims/disclosure.js'
export { type Employer, employmentAssignmentClaims } from '../adapters/esr/claims/employment-assignment.js'
export {
  EVIDENCE_KINDS,
  IMMUNISATION_TYPES,
  IMMUNITY,
  immunisationClaims,
} from '../adapters/esr/claims/immunisation.js'
export { type IdentityNames, identityNames, personalDetailsClaims } from '../adapters/esr/claims/personal-details.js'
export { professionalRegistrationClaims, type RegisterCheck } from '../adapters/esr/claims/professional-registration.js'
export type { ClaimGap, EsrRecordType, MappedClaims } from '../adapters/esr/claims/settle.js'
export { createEsrFileRecords, type EsrFileOptions } from '../adapters/esr/create-esr-file-records.js'
export {
  type GenericOutboundFileName,
  parseGenericOutboundFileName,
} from '../adapters/esr/generic-outbound/file-name.js'
export {
  type ColumnName,
  RECORD_TYPES,
  type RecordType,
  type RecordValues,
} from '../adapters/esr/generic-outbound/layout.js'
export type { FileEncoding } from '../adapters/esr/generic-outbound/lines.js'
export {
  type GenericOutboundOptions,
  type ReadingProgress,
  readGenericOutbound,
} from '../adapters/esr/generic-outbound/read-generic-outbound.js'
export type {
  Delete,
  End,
  GenericOutboundRow,
  Header,
  LineFault,
  Lookup,
  RecordCount,
  Upsert,
  UpsertOf,
} from '../adapters/esr/generic-outbound/rows.js'
export {
  type GenericOutboundFiles,
  type OpenGenericOutboundOptions,
  openGenericOutbound,
} from '../adapters/esr/index/open-generic-outbound.js'
export type { StaffAssignment, StaffCompetence, StaffRecord } from '../adapters/esr/index/staff-record.js'
export type { EsrMappingOptions } from '../adapters/esr/map-records.js'
export {
  createEsrApplicantsClient,
  createEsrClient,
  type EsrClientOptions,
} from '../adapters/esr/rest/create-esr-client.js'
export {
  REST_COLUMNS,
  type RestColumn,
  type RestRecordType,
  type RestValues,
  type StaffDocument,
} from '../adapters/esr/rest/resources.js'
