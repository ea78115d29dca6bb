import { isSameName } from '../codec/fold-name.js'
import { compileSchemas } from '../credentials/compile-schema.js'
import { EMPLOYMENT_CHECK_SCHEMAS, type EmploymentChecks } from './generated/employment-checks.js'

/** The six records that go from recruitment to ESR. Identity is not among them, and never will be: see below. */
export const EMPLOYMENT_CHECK_TYPES = [
  'DbsRecord',
  'ProfessionalRegistrationRecord',
  'ReferencesRecord',
  'EmploymentChecklistRecord',
  'IllegalWorkingChecklistRecord',
  'EuStatusRecord',
] as const satisfies readonly (keyof EmploymentChecks)[]
/** One of the six. */
export type EmploymentCheckType = (typeof EMPLOYMENT_CHECK_TYPES)[number]

/** One of the six records. */
export type EmploymentCheck = {
  readonly [Type in EmploymentCheckType]: { readonly type: Type; readonly content: EmploymentChecks[Type] }
}[EmploymentCheckType]

/** A doctor in training whose employment checks were done in recruitment. */
export interface Recruit {
  readonly applicationId: string
  readonly firstName: string
  readonly lastName: string
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
  /** Their number with the General Medical Council, where it is known. */
  readonly gmcNumber?: string
  /** The ODS code of the employer whose ESR has the record. */
  readonly leadEmployer: string
  /** The ODS code of the trust where they work; it may be another. */
  readonly hostTrust: string
  /** Whether the outcome is that they were recruited. */
  readonly isRecruited: boolean
  readonly checksComplete: boolean
}

/** Recruitment of doctors in training, such as Civica Trac. A throw means "could not ask". */
export interface TrainingRecruitment {
  readonly portVersion: 1
  /** `undefined` when there is no such application. */
  recruit(applicationId: string): Promise<Recruit | undefined>
  checks(applicationId: string): Promise<readonly EmploymentCheck[]>
  /** The application ids of everybody who was recruited and whose checks are complete. */
  recruited(): AsyncIterable<string>
}

/** An applicant whom the training system created in ESR. */
export interface EsrApplicant {
  readonly id: string
  readonly leadEmployer: string
  /** Their number with the General Medical Council, where ESR has it. */
  readonly gmcNumber?: string
}

/**
 * Whom to find in ESR: at the lead employer, of this birth date, and of these names ({@link isSameName} says whether they are the
 * same) or of this GMC number. Whoever has another GMC number is somebody else.
 */
export type EsrApplicantSearch = Pick<Recruit, 'firstName' | 'lastName' | 'birthDate' | 'leadEmployer' | 'gmcNumber'>

/** Whether an applicant is whom a search means. */
export function isApplicantOf(applicant: EsrApplicantSearch, search: EsrApplicantSearch): boolean {
  if (applicant.birthDate !== search.birthDate || applicant.leadEmployer !== search.leadEmployer) return false
  if (applicant.gmcNumber !== undefined && search.gmcNumber !== undefined)
    return applicant.gmcNumber === search.gmcNumber
  return isSameName(applicant.firstName, search.firstName) && isSameName(applicant.lastName, search.lastName)
}

/** Applicants in ESR. A throw means "could not ask". */
export interface EsrApplicants {
  readonly portVersion: 1
  find(search: EsrApplicantSearch): Promise<readonly EsrApplicant[]>
  /** Whether the checks of somebody were transferred before, by whomever. */
  wasTransferred(applicantId: string): Promise<boolean>
  /** Adds a record. The same key again is the same record, added once. */
  add(applicantId: string, check: EmploymentCheck, idempotencyKey: string): Promise<void>
}

const validatorOf = compileSchemas(EMPLOYMENT_CHECK_SCHEMAS)

/**
 * Where a record breaks its schema, as JSON pointers; an empty list where it holds. What is not one of the six is refused whole,
 * whatever it says: identity stays a task for people, because ESR's records of it lead to smartcards.
 */
export const faultsOfCheck = ({ type, content }: EmploymentCheck): readonly string[] => {
  if (!EMPLOYMENT_CHECK_TYPES.includes(type)) return ['/type']
  return validatorOf(type)(content).map(({ instancePath }) => `/content${instancePath}`)
}
