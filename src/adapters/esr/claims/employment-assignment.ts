import type { EmploymentAssignmentClaims } from '../../../credentials/generated/claims.js'
import { folded } from '../../../credentials/rules/read.js'
import type { StaffAssignment } from '../index/staff-record.js'
import { firstOf, given, type MappedClaims, settle, take } from './settle.js'

/** The employer, which the assignment does not name. */
export interface Employer {
  readonly name: string
  readonly odsCode: string
  /** The number of its ESR instance. */
  readonly vpd?: string
}

/** The published staff groups, as ESR shortens some of them. */
const STAFF_GROUPS: readonly (readonly [published: string, ...others: string[]])[] = [
  ['Additional Clinical Services'],
  ['Additional Professional Scientific and Technical', 'Add Prof Scientific and Technic'],
  ['Administrative and Clerical'],
  ['Allied Health Professionals'],
  ['Estates and Ancillary'],
  ['Healthcare Scientists'],
  ['Medical and Dental'],
  ['Nursing and Midwifery Registered'],
  ['Students - non-medical'],
  ['Students - medical undergraduate'],
]

const staffGroup = (text: string): string | undefined =>
  STAFF_GROUPS.find((names) => names.some((name) => folded(name) === folded(text)))?.[0]

// A job is named by its staff group and its role, with a bar between.
const roleOf = (jobName: string): string | undefined => jobName.split('|')[1]?.trim() || undefined

/** Claims of an employment assignment. */
export const employmentAssignmentClaims = (
  { assignment, position, organisation }: StaffAssignment,
  employer: Employer,
): MappedClaims<EmploymentAssignmentClaims> =>
  settle('EmploymentAssignment', {
    employingOrganisation: given(employer.name),
    employingOrganisationOds: given(employer.odsCode),
    department: take('OR', organisation, 'Organisation Name'),
    staffGroup: take('PO', position, 'Job Staff Group', staffGroup),
    jobRole: firstOf(take('PO', position, 'Job Role'), take('AS', assignment, 'Job Name', roleOf)),
    jobTitle: firstOf(take('AS', assignment, 'Position Name'), take('PO', position, 'Position Name')),
    assignmentCategory: take('AS', assignment, 'Assignment Category'),
    assignmentStatus: take('AS', assignment, 'User Assignment Status'),
    assignmentEffectiveStartDate: take('AS', assignment, 'Effective Start Date'),
    fixedTermContractEndDate: given(assignment['Contract End Date']),
    occupationCode: take('PO', position, 'Occupation Code'),
    payBandOrPayScale: firstOf(take('PO', position, 'Payscale'), take('AS', assignment, 'Grade')),
    vpd: given(employer.vpd),
    esrAssignmentNumber: take('AS', assignment, 'Assignment Number'),
  })
