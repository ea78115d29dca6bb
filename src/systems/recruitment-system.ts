import type { CredentialTypeName } from '../credentials/rows.js'
import type { Added, NewRecord, PersonSearch, SystemCapabilities, SystemPerson, SystemRecord } from './record-system.js'

/** Somebody who applies, as their application stands. */
export interface Applicant extends SystemPerson {
  readonly jobRole: string
  /** In the system's own words, such as `Offer: Conditional`. */
  readonly stage: string
}

/** A level of a criminal record check. */
export const DBS_LEVELS = ['Basic', 'Standard', 'Enhanced'] as const
/** A level of a criminal record check. */
export type DbsLevel = (typeof DBS_LEVELS)[number]

/** The immigration status under which British and Irish nationals are recorded. */
export const BRITISH_STATUS = 'British citizen with right to work in the UK'

/** What has to be so in the recruitment system before anything can be sent: people set it there, and nobody here. */
export interface ApplicantReadiness {
  /** Whether the employer switched the integration on. */
  readonly integrationOn: boolean
  /** Whether the application is neither too early nor too late. */
  readonly lifecycle: 'tooEarly' | 'eligible' | 'tooLate'
  readonly dbsLevel?: DbsLevel
  /** Whether "Check NHS Digital Staff Passport" was pressed for the ID check. */
  readonly idCheckAsked: boolean
  /** Whether it was pressed for the visa or work permit. */
  readonly permitCheckAsked: boolean
  readonly immigrationStatus?: string
}

/**
 * The system that an employer recruits with, such as Civica Trac. `undefined` means "no such application"; a throw means
 * "could not ask".
 */
export interface RecruitmentSystem {
  readonly portVersion: 1
  /** The product, such as `Civica Trac`. */
  readonly name: string
  readonly capabilities: SystemCapabilities
  /** Finds applications that are neither too early nor too late. @throws PassportError when it cannot be asked */
  find(search: PersonSearch): Promise<readonly Applicant[]>
  /** How an application stands; `undefined` when there is none. @throws PassportError when it cannot be asked */
  readiness(applicationId: string): Promise<ApplicantReadiness | undefined>
  /** As {@link RecordSystem.read}: what comes back, such as the outcome of a criminal record check. */
  read(applicationId: string, types: readonly CredentialTypeName[]): Promise<readonly SystemRecord[] | undefined>
  /** As {@link RecordSystem.add}. */
  add(applicationId: string, record: NewRecord, idempotencyKey: string): Promise<Added>
}
