// Generated from schemas/ by scripts/generate.ts. Do not edit.

/**
 * The claims of each credential type.
 */
export type ClaimsByType = {
  AccessKey: AccessKeyClaims
  CoreSkill: CoreSkillClaims
  Covid19StaffPassport: Covid19StaffPassportClaims
  DbsSupportingInformation: DbsSupportingInformationClaims
  DisclosureAndBarringService: DisclosureAndBarringServiceClaims
  EmploymentAssignment: EmploymentAssignmentClaims
  EmploymentHistory: EmploymentHistoryClaims
  Identity: IdentityClaims
  Immunisation: ImmunisationClaims
  NewStarterInformation: NewStarterInformationClaims
  OccupationalHealth: OccupationalHealthClaims
  PersonalDetails: PersonalDetailsClaims
  ProfessionalRegistration: ProfessionalRegistrationClaims
  RightToWork: RightToWorkClaims
  TemporaryPlacement: TemporaryPlacementClaims
  TrainingPlacement: TrainingPlacementClaims
  TrainingProgramme: TrainingProgrammeClaims
  Tuberculosis: TuberculosisClaims
  Varicella: VaricellaClaims
}
/**
 * Lets its holder sign in to one employer's portal. Never shared onward.
 */
export type AccessKeyClaims = {
  /**
   * Employer. 1 to 500 characters of any script, without control characters.
   */
  employer: string
  /**
   * Employer (ODS). 3 to 10 capital letters and digits, such as RHQ; Welsh and Northern Irish codes too.
   */
  employerOds: string
  /**
   * Portal. The https address of the portal.
   */
  portal: string
  /**
   * Account reference. A random identifier of the account.
   */
  accountReference: string
  /**
   * Given on. A real calendar date, such as 2026-01-31.
   */
  givenOn: string
}
/**
 * A statutory and mandatory training subject, achieved. The 24 published subjects and levels, or another framework by name.
 */
export type CoreSkillClaims = {
  /**
   * Competency framework. CSTF for the 24 subjects; LOCAL, or another framework by name.
   */
  competencyFramework: string
  /**
   * Core skills subject. 1 to 500 characters of any script, without control characters.
   */
  statMandSubject: string
  /**
   * Level. Absent, or 1, for a subject of one level.
   */
  level?: string
  /**
   * Attainment status. ACHIEVED as ESR says, Completed or Passed as elfh does.
   */
  attainmentStatus: string
  /**
   * Competency name. 1 to 500 characters of any script, without control characters.
   */
  competencyName: string
  /**
   * Last date awarded. A real calendar date, such as 2026-01-31.
   */
  lastDateAwarded: string
  /**
   * Renewal period. How many units until it is due again.
   */
  renewalPeriod?: string
  /**
   * Units
   */
  units?: 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month' | 'Year'
  /**
   * Learning method. 1 to 500 characters of any script, without control characters.
   */
  learningMethod?: string
  /**
   * Date to. The end that the source gives; it wins over award and renewal.
   */
  dateTo?: string
  /**
   * Trust identifier. 1 to 500 characters of any script, without control characters.
   */
  trustIdentifier?: string
  /**
   * Employer. 1 to 500 characters of any script, without control characters.
   */
  employer?: string
  /**
   * Proficiency level
   */
  proficiencyLevel?: '0 - Not Assessed' | '1 - Assessed'
}
/**
 * The composite passport of 2020: every field is mandatory, and what is unknown says so in one of two literals.
 */
export type Covid19StaffPassportClaims = {
  /**
   * Preferred name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  preferredName: string
  /**
   * Last name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  lastName: string
  /**
   * Mobile. Digits, spaces, brackets, dots, slashes and hyphens, with a + for a country code; an extension may follow.
   */
  mobile: string
  /**
   * Email. A work address.
   */
  email: string
  /**
   * Employee ID. The ESR number, or one identifier that the employer uses for all its staff.
   */
  employeeId: string
  /**
   * Photo. A JPEG of less than 500 kB as a data URL, data:image/jpeg;base64,…
   */
  photo: string
  /**
   * Legal name. Or Not Available, or Not Applicable.
   */
  personalDetailsLegalName: string
  /**
   * Birth date. A date, or one of the two literals.
   */
  personalDetailsBirthDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Gender. Or Not Available, or Not Applicable.
   */
  personalDetailsGender: string
  /**
   * DBS level. Or Not Available, or Not Applicable.
   */
  dbsLevel: string
  /**
   * DBS certificate number. Or Not Available, or Not Applicable.
   */
  dbsCertificateNumber: string
  /**
   * DBS issue date. A date, or one of the two literals.
   */
  dbsIssueDate: string | ('Not Available' | 'Not Applicable')
  /**
   * DBS outcome. Or Not Available, or Not Applicable.
   */
  dbsOutcome: string
  /**
   * Right to work status. Or Not Available, or Not Applicable.
   */
  rightToWorkStatus: string
  /**
   * Right to work check date. A date, or one of the two literals.
   */
  rightToWorkCheckDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Right to work expiry date. A date, or one of the two literals.
   */
  rightToWorkExpiryDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Professional registration body. Or Not Available, or Not Applicable.
   */
  registrationBody: string
  /**
   * Professional registration number. Or Not Available, or Not Applicable.
   */
  registrationNumber: string
  /**
   * Professional registration expiry date. A date, or one of the two literals.
   */
  registrationExpiryDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Occupational health status. Or Not Available, or Not Applicable.
   */
  occupationalHealthStatus: string
  /**
   * Occupational health clearance date. A date, or one of the two literals.
   */
  occupationalHealthClearanceDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Employer. Or Not Available, or Not Applicable.
   */
  employer: string
  /**
   * Job title. Or Not Available, or Not Applicable.
   */
  jobTitle: string
  /**
   * Staff group. Or Not Available, or Not Applicable.
   */
  staffGroup: string
  /**
   * Employment start date. A date, or one of the two literals.
   */
  employmentStartDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Employment end date. A date, or one of the two literals.
   */
  employmentEndDate: string | ('Not Available' | 'Not Applicable')
  /**
   * Pay band. Or Not Available, or Not Applicable.
   */
  payBand: string
}
/**
 * What a registered body needs to apply for a new disclosure, without typing it again.
 */
export type DbsSupportingInformationClaims = {
  /**
   * First name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  firstName: string
  /**
   * Last name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  lastName: string
  /**
   * Date of birth. A real calendar date, such as 2026-01-31.
   */
  dateOfBirth: string
  /**
   * Current address
   */
  currentAddress: string
  /**
   * Current address verified
   */
  currentAddressVerified: boolean
  /**
   * Resident from. A real calendar date, such as 2026-01-31.
   */
  residentFrom?: string
  /**
   * Date of address check. A real calendar date, such as 2026-01-31.
   */
  dateOfAddressCheck?: string
  /**
   * Identity verified
   */
  identityVerified: boolean
  /**
   * Date of ID check. A real calendar date, such as 2026-01-31.
   */
  dateOfIdCheck: string
  /**
   * Evidence checked by. An organisation.
   */
  evidenceCheckedBy: string
  /**
   * Level of assurance. 1 to 500 characters of any script, without control characters.
   */
  levelOfAssurance?: string
  /**
   * Policy. 1 to 500 characters of any script, without control characters.
   */
  policy?: string
  /**
   * Evidence profile. The GPG 45 profile, only where the check was digital.
   */
  evidenceProfile?:
    | 'L1A'
    | 'L1B'
    | 'L1C'
    | 'L2A'
    | 'L2B'
    | 'L3A'
    | 'M1A'
    | 'M1B'
    | 'M1C'
    | 'M1D'
    | 'M2A'
    | 'M2B'
    | 'M2C'
    | 'M3A'
    | 'H1A'
    | 'H1B'
    | 'H1C'
    | 'H2A'
    | 'H2B'
    | 'H2C'
    | 'H2D'
    | 'H2E'
    | 'H3A'
    | 'V1A'
    | 'V1B'
    | 'V1C'
    | 'V1D'
    | 'V2A'
    | 'V2B'
    | 'V2C'
    | 'V2D'
    | 'V3A'
  /**
   * GPG 44 level. 1 to 500 characters of any script, without control characters.
   */
  gpg44Level?: string
  /**
   * Subject ID. A UUID, as RFC 9562 writes it.
   */
  subjectId?: string
  /**
   * Passport number. 1 to 500 characters of any script, without control characters.
   */
  passportNumber?: string
  /**
   * Passport date of birth. A real calendar date, such as 2026-01-31.
   */
  passportDateOfBirth?: string
  /**
   * Passport issue date. A real calendar date, such as 2026-01-31.
   */
  passportIssueDate?: string
  /**
   * Passport expiry date. A real calendar date, such as 2026-01-31.
   */
  passportExpiryDate?: string
  /**
   * Passport nationality. 1 to 500 characters of any script, without control characters.
   */
  passportNationality?: string
  /**
   * Passport issuing country. 1 to 500 characters of any script, without control characters.
   */
  passportIssuingCountry?: string
  /**
   * Driving licence number. 1 to 500 characters of any script, without control characters.
   */
  drivingLicenceNumber?: string
  /**
   * Driving licence issue date. A real calendar date, such as 2026-01-31.
   */
  drivingLicenceIssueDate?: string
  /**
   * Driving licence expiry date. A real calendar date, such as 2026-01-31.
   */
  drivingLicenceExpiryDate?: string
  /**
   * Driving licence valid from. A real calendar date, such as 2026-01-31.
   */
  drivingLicenceValidFrom?: string
  /**
   * Driving licence type. 1 to 500 characters of any script, without control characters.
   */
  drivingLicenceType?: string
  /**
   * Driving licence issue country. 1 to 500 characters of any script, without control characters.
   */
  drivingLicenceIssueCountry?: string
  /**
   * Level sought. The level of disclosure that it is for.
   */
  levelSought?: 'Basic' | 'Standard' | 'Enhanced'
  /**
   * Documents checked. Only where an employer checked documents.
   *
   * Items: Document checked. A kind of document that was seen; never its number.
   */
  documentsChecked?: string[]
}
/**
 * The outcome of a disclosure. Never the content of a conviction.
 */
export type DisclosureAndBarringServiceClaims = {
  /**
   * Disclosure body
   */
  disclosureBody: 'DBS' | 'Disclosure Scotland' | 'AccessNI'
  /**
   * Level. A level of the disclosure body.
   */
  level: string
  /**
   * Certificate reference number. Twelve digits for the DBS.
   */
  certificateReferenceNumber: string
  /**
   * Check outcome. Whether anything was recorded and assessed, never what.
   */
  checkOutcome: 'No information recorded' | 'Information recorded and assessed' | 'Not Available'
  /**
   * Update service. Whether the holder subscribes to the DBS update service.
   */
  updateService: boolean
  /**
   * Disclosure issue date. A real calendar date, such as 2026-01-31.
   */
  disclosureIssueDate: string
  /**
   * Barred list checked adult
   */
  barredListCheckedAdult: boolean
  /**
   * Barred list checked children
   */
  barredListCheckedChildren: boolean
  /**
   * Update service status check date. A real calendar date, such as 2026-01-31.
   */
  dbsUpdateServiceStatusCheckDate?: string
  /**
   * Update service status. What the status check said on that date.
   */
  updateServiceStatus?: 'No new information' | 'New information' | 'No match found'
  /**
   * Workforce
   */
  workforce: 'child' | 'adult' | 'childAndAdult' | 'other'
  /**
   * Original seen on. The day on which the original certificate was seen.
   */
  originalSeenOn: string
}
/**
 * An assignment with its employer, as the staff record holds it.
 */
export type EmploymentAssignmentClaims = {
  /**
   * Employing organisation. 1 to 500 characters of any script, without control characters.
   */
  employingOrganisation: string
  /**
   * Employing organisation (ODS). 3 to 10 capital letters and digits, such as RHQ; Welsh and Northern Irish codes too.
   */
  employingOrganisationOds: string
  /**
   * Department. 1 to 500 characters of any script, without control characters.
   */
  department?: string
  /**
   * Area of work. 1 to 500 characters of any script, without control characters.
   */
  areaOfWork?: string
  /**
   * Staff group
   */
  staffGroup?:
    | 'Additional Clinical Services'
    | 'Additional Professional Scientific and Technical'
    | 'Administrative and Clerical'
    | 'Allied Health Professionals'
    | 'Estates and Ancillary'
    | 'Healthcare Scientists'
    | 'Medical and Dental'
    | 'Nursing and Midwifery Registered'
    | 'Students - non-medical'
    | 'Students - medical undergraduate'
  /**
   * Job role. 1 to 500 characters of any script, without control characters.
   */
  jobRole: string
  /**
   * Job title. 1 to 500 characters of any script, without control characters.
   */
  jobTitle?: string
  /**
   * Assignment category. Such as Permanent or Fixed Term Temp.
   */
  assignmentCategory: string
  /**
   * Assignment status. Such as Active Assignment.
   */
  assignmentStatus: string
  /**
   * Assignment effective start date. A real calendar date, such as 2026-01-31.
   */
  assignmentEffectiveStartDate: string
  /**
   * Fixed term contract end date. A real calendar date, such as 2026-01-31.
   */
  fixedTermContractEndDate?: string
  /**
   * Occupation code
   */
  occupationCode?: string
  /**
   * Pay band or pay scale. 1 to 500 characters of any script, without control characters.
   */
  payBandOrPayScale?: string
  /**
   * VPD. The number of the organisation's ESR instance.
   */
  vpd?: string
  /**
   * ESR assignment number
   */
  esrAssignmentNumber?: string
}
/**
 * Where somebody worked before, with references, as checked.
 */
export type EmploymentHistoryClaims = {
  /**
   * Checked on. A real calendar date, such as 2026-01-31.
   */
  checkedOn: string
  /**
   * Employments
   */
  employments: {
    /**
     * Employer. 1 to 500 characters of any script, without control characters.
     */
    employer: string
    /**
     * Employer (ODS). 3 to 10 capital letters and digits, such as RHQ; Welsh and Northern Irish codes too.
     */
    employerOds?: string
    /**
     * Job title. 1 to 500 characters of any script, without control characters.
     */
    jobTitle: string
    /**
     * Start date. A real calendar date, such as 2026-01-31.
     */
    startDate: string
    /**
     * End date. Absent for the present employment.
     */
    endDate?: string
    /**
     * Reason for leaving. 1 to 500 characters of any script, without control characters.
     */
    reasonForLeaving?: string
    /**
     * Part of a rotational programme. Counts as continuous.
     */
    rotationalProgramme?: boolean
    /**
     * Reference
     */
    reference?: {
      /**
       * Outcome
       */
      outcome: 'Received' | 'Requested' | 'Refused' | 'Indeterminate'
      /**
       * Received on. A real calendar date, such as 2026-01-31.
       */
      receivedOn?: string
      /**
       * Role of the referee. A role, never a name.
       */
      refereeRole?: string
    }
  }[]
}
/**
 * Who somebody is, as checked by an employer or an identity provider. Every other credential is bound to it by the unique identifier.
 */
export type IdentityClaims = {
  /**
   * Legal first name. Somebody with one name has it here and as surname.
   */
  legalFirstName: string
  /**
   * Middle name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  middleName?: string
  /**
   * Legal surname. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  legalSurname: string
  /**
   * Birth date. A real calendar date, such as 2026-01-31.
   */
  birthDate: string
  /**
   * Legal gender
   */
  legalGender?: 'Male' | 'Female' | 'Not specified' | 'Not known'
  /**
   * Nationality. As the GOV.UK list of nationalities names it.
   */
  nationality?: string
  /**
   * Address line 1. 1 to 500 characters of any script, without control characters.
   */
  addressLine1: string
  /**
   * Address line 2. 1 to 500 characters of any script, without control characters.
   */
  addressLine2?: string
  /**
   * Town or city. 1 to 500 characters of any script, without control characters.
   */
  townOrCity: string
  /**
   * County. 1 to 500 characters of any script, without control characters.
   */
  county?: string
  /**
   * Postcode. A postcode of any country.
   */
  postcode: string
  /**
   * Country. 1 to 500 characters of any script, without control characters.
   */
  country: string
  /**
   * Photo. A JPEG of less than 500 kB as a data URL, data:image/jpeg;base64,…
   */
  photo?: string
  /**
   * Current address verified. As of the check: moving house invalidates nothing.
   */
  currentAddressVerified?: boolean
  /**
   * Issued on. The day on which the identity was checked.
   */
  issuedOn?: string
  /**
   * GPG 45 profile. Only where the check was digital.
   */
  gpg45Profile?:
    | 'L1A'
    | 'L1B'
    | 'L1C'
    | 'L2A'
    | 'L2B'
    | 'L3A'
    | 'M1A'
    | 'M1B'
    | 'M1C'
    | 'M1D'
    | 'M2A'
    | 'M2B'
    | 'M2C'
    | 'M3A'
    | 'H1A'
    | 'H1B'
    | 'H1C'
    | 'H2A'
    | 'H2B'
    | 'H2C'
    | 'H2D'
    | 'H2E'
    | 'H3A'
    | 'V1A'
    | 'V1B'
    | 'V1C'
    | 'V1D'
    | 'V2A'
    | 'V2B'
    | 'V2C'
    | 'V2D'
    | 'V3A'
  /**
   * Documents checked. Only where an employer checked documents.
   *
   * Items: Document checked. A kind of document that was seen; never its number.
   */
  documentsChecked?: string[]
}
/**
 * Immunity to a disease and how it is known, after the Green Book. Never a diagnosis.
 */
export type ImmunisationClaims = {
  /**
   * Target diseases. SNOMED CT codes: 38907003 varicella, 56717001 tuberculosis, 66071002 hepatitis B, 14189004 measles, 36989005 mumps, 36653000 rubella, 27836007 pertussis, 840539006 COVID-19, 6142004 influenza.
   */
  targetDiseases: (
    '38907003' | '56717001' | '66071002' | '14189004' | '36989005' | '36653000' | '27836007' | '840539006' | '6142004'
  )[]
  /**
   * Kind of evidence
   */
  evidenceKind:
    'vaccination' | 'serology' | 'documentedHistory' | 'scar' | 'igra' | 'mantoux' | 'declined' | 'contraindicated'
  /**
   * Immunity
   */
  immunityStatus: 'immune' | 'notImmune' | 'notDetermined'
  /**
   * Doses. Only for vaccination.
   */
  doses?: {
    /**
     * Date. A real calendar date, such as 2026-01-31.
     */
    date: string
    /**
     * Dose number
     */
    doseNumber: number
    /**
     * Vaccine product. 1 to 500 characters of any script, without control characters.
     */
    vaccineProduct?: string
  }[]
  /**
   * Course complete. As the Green Book counts it.
   */
  courseComplete?: boolean
  /**
   * Date of the evidence. Of the test, the record, or the decision.
   */
  evidenceDate: string
  /**
   * Test result. Of a serology, IGRA or Mantoux test; never for hepatitis B, where immunity alone is stated.
   */
  testResult?: 'positive' | 'negative' | 'equivocal'
  /**
   * Booster due. Apart from the credential's validity: a vaccination stays given.
   */
  boosterDue?: string
  /**
   * Recorded by. An organisation.
   */
  recordedBy: string
}
/**
 * What somebody says of themselves to a new employer. Declared, never verified.
 */
export type NewStarterInformationClaims = {
  /**
   * Preferred name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  preferredName?: string
  /**
   * Title. 1 to 500 characters of any script, without control characters.
   */
  title?: string
  /**
   * Previous names
   *
   * Items: Name of a person. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  previousNames?: string[]
  /**
   * Birth date. A real calendar date, such as 2026-01-31.
   */
  birthDate?: string
  /**
   * Marital status. 1 to 500 characters of any script, without control characters.
   */
  maritalStatus?: string
  /**
   * National Insurance number. Two letters, six digits and a letter A to D, as HMRC gives them; or a temporary TN number, which counts as absent.
   */
  nationalInsuranceNumber?: string
  /**
   * Identity documents. Kinds of document that can be shown; never their numbers.
   *
   * Items: Document checked. A kind of document that was seen; never its number.
   */
  identityDocuments?: string[]
  /**
   * Personal email
   */
  personalEmail?: string
  /**
   * Mobile. Digits, spaces, brackets, dots, slashes and hyphens, with a + for a country code; an extension may follow.
   */
  mobile?: string
  /**
   * Home telephone. Digits, spaces, brackets, dots, slashes and hyphens, with a + for a country code; an extension may follow.
   */
  homeTelephone?: string
  /**
   * Address line 1. 1 to 500 characters of any script, without control characters.
   */
  addressLine1?: string
  /**
   * Address line 2. 1 to 500 characters of any script, without control characters.
   */
  addressLine2?: string
  /**
   * Town or city. 1 to 500 characters of any script, without control characters.
   */
  townOrCity?: string
  /**
   * County. 1 to 500 characters of any script, without control characters.
   */
  county?: string
  /**
   * Postcode. A postcode of any country.
   */
  postcode?: string
  /**
   * Country. 1 to 500 characters of any script, without control characters.
   */
  country?: string
  /**
   * Emergency contacts. About other people: withheld unless asked for.
   */
  emergencyContacts?: {
    /**
     * Name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
     */
    name: string
    /**
     * Relationship. 1 to 500 characters of any script, without control characters.
     */
    relationship: string
    /**
     * Telephone. Digits, spaces, brackets, dots, slashes and hyphens, with a + for a country code; an extension may follow.
     */
    telephone: string
  }[]
  /**
   * Declared on. A real calendar date, such as 2026-01-31.
   */
  declaredOn: string
}
/**
 * Fitness for work as occupational health cleared it. Never a diagnosis, never a test result.
 */
export type OccupationalHealthClaims = {
  /**
   * Clearance outcome
   */
  clearanceOutcome:
    | 'Fit for role'
    | 'Fit for role with adjustments'
    | 'Fit for role with restrictions'
    | 'Temporarily unfit'
    | 'Awaiting further information'
  /**
   * Clearance date. A real calendar date, such as 2026-01-31.
   */
  clearanceDate: string
  /**
   * Cleared for role. 1 to 500 characters of any script, without control characters.
   */
  clearedForRole?: string
  /**
   * Restrictions on duties. What must not be done, never why.
   */
  restrictions?: string
  /**
   * Adjustments. What the employer provides, never why.
   */
  adjustments?: string
  /**
   * Exposure-prone procedures
   */
  exposureProneProcedures: 'Cleared' | 'Not cleared' | 'Not required'
  /**
   * Exposure-prone procedures cleared on. A real calendar date, such as 2026-01-31.
   */
  exposureProneProceduresClearanceDate?: string
  /**
   * Identified validated sample. Whether clearance rested on samples taken with identity checked.
   */
  identifiedValidatedSample?: 'Yes' | 'No'
  /**
   * Review due. A real calendar date, such as 2026-01-31.
   */
  reviewDate?: string
  /**
   * Occupational health provider. 1 to 500 characters of any script, without control characters.
   */
  providerName: string
}
/**
 * How to call and reach somebody. Beside what identity says.
 */
export type PersonalDetailsClaims = {
  /**
   * Title. 1 to 500 characters of any script, without control characters.
   */
  title?: string
  /**
   * Preferred name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  preferredName?: string
  /**
   * Legal first name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  legalFirstName: string
  /**
   * Middle name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  middleName?: string
  /**
   * Legal surname. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  legalSurname: string
  /**
   * Previous names
   *
   * Items: Name of a person. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  previousNames?: string[]
  /**
   * Birth date. A real calendar date, such as 2026-01-31.
   */
  birthDate: string
  /**
   * Mobile. Digits, spaces, brackets, dots, slashes and hyphens, with a + for a country code; an extension may follow.
   */
  mobile?: string
  /**
   * Work email
   */
  workEmail?: string
  /**
   * Personal email
   */
  personalEmail?: string
  /**
   * Employee identifier. The ESR number, or one identifier that the employer uses for all its staff.
   */
  employeeId?: string
  /**
   * Address line 1. 1 to 500 characters of any script, without control characters.
   */
  addressLine1?: string
  /**
   * Address line 2. 1 to 500 characters of any script, without control characters.
   */
  addressLine2?: string
  /**
   * Town or city. 1 to 500 characters of any script, without control characters.
   */
  townOrCity?: string
  /**
   * County. 1 to 500 characters of any script, without control characters.
   */
  county?: string
  /**
   * Postcode. A postcode of any country.
   */
  postcode?: string
  /**
   * Country. 1 to 500 characters of any script, without control characters.
   */
  country?: string
  /**
   * National Insurance number. Optional everywhere.
   */
  nationalInsuranceNumber?: string
  /**
   * Photo. A JPEG of less than 500 kB as a data URL, data:image/jpeg;base64,…
   */
  photo?: string
}
/**
 * An entry in a professional register, as it was checked. The live register decides.
 */
export type ProfessionalRegistrationClaims = {
  /**
   * Body. GMC, NMC, GPhC, GOC, GDC, HCPC, GOsC, GCC, PSNI, Social Work England, or another body by its name.
   */
  professionalBody: string
  /**
   * Staff member. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  staffMember: string
  /**
   * Registration number. As the body writes it.
   */
  registrationNumber: string
  /**
   * Registration date. A real calendar date, such as 2026-01-31.
   */
  registrationDate: string
  /**
   * Expiry date. A real calendar date, such as 2026-01-31.
   */
  expiryDate?: string
  /**
   * Status. 1 to 500 characters of any script, without control characters.
   */
  status: string
  /**
   * Part of the register, or profession. 1 to 500 characters of any script, without control characters.
   */
  registerPart?: string
  /**
   * Licence to practise. GMC. Not the Licence to Attend.
   */
  licenceToPractise?: boolean
  /**
   * Restrictions on practice. Whether there are any; the detail stays on the register.
   */
  restrictions: boolean
  /**
   * Register checked on. A real calendar date, such as 2026-01-31.
   */
  checkedOn: string
}
/**
 * A right-to-work check as it was made. It gives the next employer no statutory excuse of its own.
 */
export type RightToWorkClaims = {
  /**
   * Legal first name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  legalFirstName: string
  /**
   * Legal surname. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  legalSurname: string
  /**
   * Birth date. A real calendar date, such as 2026-01-31.
   */
  birthDate: string
  /**
   * Passport expiry date. A real calendar date, such as 2026-01-31.
   */
  passportExpiryDate?: string
  /**
   * Biometric page. A JPEG of less than 500 kB as a data URL, data:image/jpeg;base64,…
   */
  biometricPage?: string
  /**
   * Identity verified
   */
  identityVerified: 'Yes' | 'No'
  /**
   * Evidence checked by. An organisation.
   */
  evidenceCheckedBy: string
  /**
   * Date of ID check. A real calendar date, such as 2026-01-31.
   */
  dateOfIdCheck: string
  /**
   * GPG45 profile. Only where an identity service provider made the check.
   */
  gpg45Profile?:
    | 'L1A'
    | 'L1B'
    | 'L1C'
    | 'L2A'
    | 'L2B'
    | 'L3A'
    | 'M1A'
    | 'M1B'
    | 'M1C'
    | 'M1D'
    | 'M2A'
    | 'M2B'
    | 'M2C'
    | 'M3A'
    | 'H1A'
    | 'H1B'
    | 'H1C'
    | 'H2A'
    | 'H2B'
    | 'H2C'
    | 'H2D'
    | 'H2E'
    | 'H3A'
    | 'V1A'
    | 'V1B'
    | 'V1C'
    | 'V1D'
    | 'V2A'
    | 'V2B'
    | 'V2C'
    | 'V2D'
    | 'V3A'
  /**
   * Route. How the check was made.
   */
  route: 'manual' | 'homeOfficeOnline' | 'identityServiceProvider' | 'employerCheckingService'
  /**
   * Nationality. As the GOV.UK list of nationalities names it.
   */
  nationality: string
  /**
   * Basis. Whether the right ends, and how.
   */
  basis: 'continuous' | 'timeLimited' | 'verificationNotice'
  /**
   * Permission ends on. For a time-limited right.
   */
  permissionEndDate?: string
  /**
   * Date of the positive verification notice. From the Employer Checking Service.
   */
  verificationNoticeDate?: string
  /**
   * Follow-up check due. Apart from the credential's validity.
   */
  followUpDue?: string
  /**
   * Immigration status
   */
  immigrationStatus?: 'citizen' | 'settled' | 'preSettled' | 'indefiniteLeave' | 'limitedLeave' | 'other'
  /**
   * Work restrictions. Limits on hours or occupation.
   */
  workRestrictions?: string
  /**
   * Documents checked. Kinds of document seen in a manual check; never a share code.
   *
   * Items: Document checked. A kind of document that was seen; never its number.
   */
  documentsChecked?: string[]
}
/**
 * An unpaid or hosted placement with another organisation, issued by the host.
 */
export type TemporaryPlacementClaims = {
  /**
   * Position title. 1 to 500 characters of any script, without control characters.
   */
  positionTitle: string
  /**
   * Position number. May be unknown.
   */
  positionNumber?: string
  /**
   * Brief description of work pattern. 1 to 500 characters of any script, without control characters.
   */
  workPattern: string
  /**
   * Temporary placement start date. A real calendar date, such as 2026-01-31.
   */
  startDate: string
  /**
   * Temporary placement end date. The placement ends at the end of this day, UTC.
   */
  endDate: string
  /**
   * Permanent employer. 1 to 500 characters of any script, without control characters.
   */
  permanentEmployer: string
  /**
   * Host. 1 to 500 characters of any script, without control characters.
   */
  host: string
  /**
   * Department. 1 to 500 characters of any script, without control characters.
   */
  department: string
  /**
   * Department contact name. A name in any script: one word is enough; apostrophes, hyphens and diacritics are part of names.
   */
  departmentContactName: string
  /**
   * Department contact email address
   */
  departmentContactEmail: string
  /**
   * Department contact telephone number. Digits, spaces, brackets, dots, slashes and hyphens, with a + for a country code; an extension may follow.
   */
  departmentContactTelephone?: string
  /**
   * HR contact. 1 to 500 characters of any script, without control characters.
   */
  hrContact: string
  /**
   * Approved by. 1 to 500 characters of any script, without control characters.
   */
  approvedBy: string
  /**
   * Additional information. 1 to 4,000 characters; line breaks are allowed.
   */
  additionalInformation?: string
  /**
   * Licence to attend
   */
  licenceToAttend: 'Yes' | 'No'
  /**
   * Arrangement. Only these: a paid contract is an employment assignment.
   */
  arrangement: 'unpaid' | 'hosted'
  /**
   * Licence to attend accepted by
   */
  licenceToAttendAcceptedBy?: ('employer' | 'worker' | 'host')[]
}
/**
 * A placement within a postgraduate training programme.
 */
export type TrainingPlacementClaims = {
  /**
   * Specialty. 1 to 500 characters of any script, without control characters.
   */
  specialty: string
  /**
   * Grade. 1 to 500 characters of any script, without control characters.
   */
  grade: string
  /**
   * National post number
   */
  nationalPostNumber?: string
  /**
   * Employing body of post. 1 to 500 characters of any script, without control characters.
   */
  employingBody: string
  /**
   * Site. 1 to 500 characters of any script, without control characters.
   */
  site: string
  /**
   * Placement start date. A real calendar date, such as 2026-01-31.
   */
  startDate: string
  /**
   * Placement end date. A real calendar date, such as 2026-01-31.
   */
  endDate: string
}
/**
 * Membership of a postgraduate training programme.
 */
export type TrainingProgrammeClaims = {
  /**
   * Programme name. 1 to 500 characters of any script, without control characters.
   */
  programmeName: string
  /**
   * Programme start date. A real calendar date, such as 2026-01-31.
   */
  startDate: string
  /**
   * Programme end date. A real calendar date, such as 2026-01-31.
   */
  endDate: string
}
/**
 * Immunity to, or screening for, tuberculosis: the published name of an immunisation record.
 */
export type TuberculosisClaims = {
  /**
   * Target diseases. The SNOMED CT code of tuberculosis, 56717001.
   */
  targetDiseases: '56717001'[]
  /**
   * Kind of evidence
   */
  evidenceKind:
    'vaccination' | 'serology' | 'documentedHistory' | 'scar' | 'igra' | 'mantoux' | 'declined' | 'contraindicated'
  /**
   * Immunity
   */
  immunityStatus: 'immune' | 'notImmune' | 'notDetermined'
  /**
   * Doses. Only for vaccination.
   */
  doses?: {
    /**
     * Date. A real calendar date, such as 2026-01-31.
     */
    date: string
    /**
     * Dose number
     */
    doseNumber: number
    /**
     * Vaccine product. 1 to 500 characters of any script, without control characters.
     */
    vaccineProduct?: string
  }[]
  /**
   * Course complete. As the Green Book counts it.
   */
  courseComplete?: boolean
  /**
   * Date of the evidence. Of the test, the record, or the decision.
   */
  evidenceDate: string
  /**
   * Test result. Of a serology, IGRA or Mantoux test for immunity.
   */
  testResult?: 'positive' | 'negative' | 'equivocal'
  /**
   * Booster due. Apart from the credential's validity: a vaccination stays given.
   */
  boosterDue?: string
  /**
   * Recorded by. An organisation.
   */
  recordedBy: string
}
/**
 * Immunity to varicella: the published name of an immunisation record.
 */
export type VaricellaClaims = {
  /**
   * Target diseases. The SNOMED CT code of varicella, 38907003.
   */
  targetDiseases: '38907003'[]
  /**
   * Kind of evidence
   */
  evidenceKind:
    'vaccination' | 'serology' | 'documentedHistory' | 'scar' | 'igra' | 'mantoux' | 'declined' | 'contraindicated'
  /**
   * Immunity
   */
  immunityStatus: 'immune' | 'notImmune' | 'notDetermined'
  /**
   * Doses. Only for vaccination.
   */
  doses?: {
    /**
     * Date. A real calendar date, such as 2026-01-31.
     */
    date: string
    /**
     * Dose number
     */
    doseNumber: number
    /**
     * Vaccine product. 1 to 500 characters of any script, without control characters.
     */
    vaccineProduct?: string
  }[]
  /**
   * Course complete. As the Green Book counts it.
   */
  courseComplete?: boolean
  /**
   * Date of the evidence. Of the test, the record, or the decision.
   */
  evidenceDate: string
  /**
   * Test result. Of a serology, IGRA or Mantoux test for immunity.
   */
  testResult?: 'positive' | 'negative' | 'equivocal'
  /**
   * Booster due. Apart from the credential's validity: a vaccination stays given.
   */
  boosterDue?: string
  /**
   * Recorded by. An organisation.
   */
  recordedBy: string
}
/**
 * The assurance block that every credential carries.
 */
export type Assurance = {
  /**
   * Origin. Where the information comes from, such as NHS England or Substantive NHS Employing Organisation.
   */
  origin: string
  /**
   * Assurance policy. The policy it was assured under, such as GPG 45 or Core Skills Training Framework (CSTF).
   */
  assurancePolicy: string
  /**
   * Assurance outcome. What the policy came to, such as H1A or CSTF applied.
   */
  assuranceOutcome: string
  /**
   * Provider. Who provides the credential, such as the name of a trust.
   */
  provider: string
  /**
   * Verifier. Who verified it: Origin, Provider, or a named organisation.
   */
  verifier: string
  /**
   * Verification method. How it was verified, such as Record Verification or Document Verification.
   */
  verificationMethod: string
  /**
   * Pedigree. Whether it comes from the authoritative source or was passed on.
   */
  pedigree: 'Authoritative' | 'Sourced'
  /**
   * Last refresh. When the information was last taken from its source.
   */
  lastRefresh: string
}
/**
 * What the claims were drawn from (ours).
 */
export type SourceEvidence = {
  /**
   * Type
   */
  type: string[]
  /**
   * Identifier
   */
  id?: string
  /**
   * Identity credential relied on. SHA-256 of the identity credential, in hexadecimal.
   */
  identityCredentialDigest?: string
  /**
   * Route. The way from the source to this credential.
   */
  route: 'directToWallet' | 'viaPortal' | 'viaEsr' | 'manualEntry'
  /**
   * Role of the person who checked. A role, never a name.
   */
  checkedByRole?: string
}
