// Generated from schemas/ by scripts/generate.ts. Do not edit.

/** What a validator found. */
export interface ValidationError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A precompiled validator; its errors are those of its last call. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly ValidationError[] | null
}

export const assurance: Validator
export const sourceEvidence: Validator
export const uuid: Validator
export const AccessKeyCredential: Validator
export const AccessKeyClaims: Validator
export const CoreSkillCredential: Validator
export const CoreSkillClaims: Validator
export const Covid19StaffPassportCredential: Validator
export const Covid19StaffPassportClaims: Validator
export const DbsSupportingInformationCredential: Validator
export const DbsSupportingInformationClaims: Validator
export const DisclosureAndBarringServiceCredential: Validator
export const DisclosureAndBarringServiceClaims: Validator
export const EmploymentAssignmentCredential: Validator
export const EmploymentAssignmentClaims: Validator
export const EmploymentHistoryCredential: Validator
export const EmploymentHistoryClaims: Validator
export const IdentityCredential: Validator
export const IdentityClaims: Validator
export const ImmunisationCredential: Validator
export const ImmunisationClaims: Validator
export const NewStarterInformationCredential: Validator
export const NewStarterInformationClaims: Validator
export const OccupationalHealthCredential: Validator
export const OccupationalHealthClaims: Validator
export const PersonalDetailsCredential: Validator
export const PersonalDetailsClaims: Validator
export const ProfessionalRegistrationCredential: Validator
export const ProfessionalRegistrationClaims: Validator
export const RightToWorkCredential: Validator
export const RightToWorkClaims: Validator
export const TemporaryPlacementCredential: Validator
export const TemporaryPlacementClaims: Validator
export const TrainingPlacementCredential: Validator
export const TrainingPlacementClaims: Validator
export const TrainingProgrammeCredential: Validator
export const TrainingProgrammeClaims: Validator
export const TuberculosisCredential: Validator
export const TuberculosisClaims: Validator
export const VaricellaCredential: Validator
export const VaricellaClaims: Validator
