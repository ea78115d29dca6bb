import { endOfDay } from '../../codec/date-time.js'
import { defineType, type Rule } from '../define.js'
import { notAfter } from '../rules/dates.js'
import { namesIssuer } from '../rules/issuer.js'
import { at, textOf } from '../rules/read.js'

const RULES: readonly Rule[] = [
  namesIssuer(['employingOrganisation', 'employingOrganisationOds'], {
    code: 'schema.employerNotTheIssuer',
    sentence: 'The employing organisation is neither the issuer nor one that it succeeded.',
    mend: 'Let the employer itself issue it, or name the issuer’s predecessors.',
  }),
  {
    code: 'schema.fixedTermWithoutEnd',
    when: 'both',
    force: 'warn',
    sentence: 'The assignment is for a fixed term, and its end is missing.',
    mend: 'Add fixedTermContractEndDate.',
    check: ({ claims }) =>
      at(
        'fixedTermContractEndDate',
        /fixed term/i.test(textOf(claims, 'assignmentCategory') ?? '') && claims.fixedTermContractEndDate === undefined,
      ),
  },
]

/** An assignment with an employer. */
export const employmentAssignment = defineType({
  type: 'EmploymentAssignment',
  label: 'Employment assignment',
  claimsKey: 'employmentAssignment',
  schemas: ['https://w3id.org/staff-passport/schemas/employment-assignment/v1'],
  issuedBy: ['employer'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  disclosable: ['occupationCode', 'payBandOrPayScale', 'vpd', 'esrAssignmentNumber'],
  retention: 'As long as the person works for you.',
  doesNotProve: ['That the assignment has not changed since: ask the employer.', 'That a contract with you exists.'],
  validUntil: (claims) => {
    const end = textOf(claims, 'fixedTermContractEndDate')
    return end === undefined ? undefined : endOfDay(end)
  },
  rules: [
    ...RULES,
    notAfter('assignmentEffectiveStartDate', 'fixedTermContractEndDate', {
      code: 'schema.assignmentEndsBeforeItBegins',
      sentence: 'The contract ends before the assignment begins.',
      mend: 'Correct the dates.',
    }),
  ],
})
