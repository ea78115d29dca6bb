// Generated from schemas/ by scripts/generate.ts. Do not edit.

/** What a validator found. */
export interface ValidationError {
  readonly instancePath: string
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
export const VALIDATORS: Readonly<
  Record<
    'AccessKey' | 'CoreSkill' | 'Covid19StaffPassport' | 'DbsSupportingInformation' | 'DisclosureAndBarringService' | 'EmploymentAssignment' | 'EmploymentHistory' | 'Identity' | 'Immunisation' | 'NewStarterInformation' | 'OccupationalHealth' | 'PersonalDetails' | 'ProfessionalRegistration' | 'RightToWork' | 'TemporaryPlacement' | 'TrainingPlacement' | 'TrainingProgramme' | 'Tuberculosis' | 'Varicella',
    { readonly credential: Validator; readonly claims: Validator }
  >
>
