import type { RecordValues } from '../generic-outbound/layout.js'

/** An assignment, with what its identifiers lead to in the same files. */
export interface StaffAssignment {
  readonly assignment: RecordValues<'AS'>
  readonly position: RecordValues<'PO'> | undefined
  readonly organisation: RecordValues<'OR'> | undefined
  readonly location: RecordValues<'LC'> | undefined
}

/** A competence of somebody, and its definition, where the files have it. */
export interface StaffCompetence {
  readonly competence: RecordValues<'CM'>
  readonly definition: RecordValues<'CD'> | undefined
}

/** What the files say of somebody on a day. */
export interface StaffRecord {
  /** The number of the employer's ESR instance. */
  readonly vpd: string | undefined
  readonly person: RecordValues<'PR'>
  /** Those that are in effect on the day, the primary one first. */
  readonly assignments: readonly StaffAssignment[]
  /** Of professional bodies. */
  readonly registrations: readonly RecordValues<'ET'>[]
  readonly competences: readonly StaffCompetence[]
  readonly qualifications: readonly RecordValues<'QL'>[]
}

// Of applicants, and of assignments that came to their end: neither is employment.
const APPLICANT = 'A'
const TERMINATED = 'TERM_ASSIGN'

/** Whether an assignment is employment on a day. */
export const isEmployment =
  (on: string) =>
  (assignment: RecordValues<'AS'>): boolean =>
    assignment['Assignment Type'] !== APPLICANT &&
    assignment['System Assignment Status'] !== TERMINATED &&
    on <= (assignment['Assignment End Date'] ?? on)
