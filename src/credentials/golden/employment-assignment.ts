import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'

const EXAMPLE = {
  employingOrganisation: 'Northfield NHS Trust (fictional)',
  employingOrganisationOds: 'RZ1',
  department: 'Elderly Care',
  areaOfWork: 'Elderly Care Medicine',
  staffGroup: 'Medical and Dental',
  jobRole: 'Specialty Registrar',
  jobTitle: 'Specialty Registrar in Geriatric Medicine',
  assignmentStatus: 'Active Assignment',
  assignmentEffectiveStartDate: '2024-08-07',
  occupationCode: '11',
  payBandOrPayScale: 'MN37',
  vpd: '218',
  esrAssignmentNumber: '30679710',
} as const

/** Worked examples of an employment assignment credential. The first is what `example` prints. */
export const employmentAssignmentExamples: GoldenExamples<'EmploymentAssignment', 2> = [
  {
    title: 'permanent',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: { ...EXAMPLE, assignmentCategory: 'Permanent' },
  },
  {
    title: 'fixed term',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: {
      ...EXAMPLE,
      assignmentCategory: 'Fixed Term Temp',
      fixedTermContractEndDate: '2027-08-03',
      esrAssignmentNumber: '30679710-2',
    },
  },
]
