import { endOfDay } from '../../codec/date-time.js'
import { defineType, type Rule } from '../define.js'
import { notAfter } from '../rules/dates.js'
import { namesIssuer } from '../rules/issuer.js'
import { at, folded, textOf } from '../rules/read.js'

const PARTIES: readonly string[] = ['employer', 'worker', 'host']

const RULES: readonly Rule[] = [
  namesIssuer(['host'], {
    code: 'schema.hostNotTheIssuer',
    sentence: 'The host is neither the issuer nor one that it succeeded; a temporary placement is issued by its host.',
    mend: 'Let the host issue it.',
  }),
  {
    code: 'schema.hostIsEmployer',
    when: 'both',
    force: 'refuse',
    sentence: 'The permanent employer and the host are the same.',
    mend: 'For work with one’s own employer issue an employment assignment.',
    check: ({ claims }) =>
      at('host', folded(textOf(claims, 'host') ?? '') === folded(textOf(claims, 'permanentEmployer') ?? ' ')),
  },
  {
    code: 'schema.licenceToAttendNotAcceptedByAll',
    when: 'both',
    force: 'warn',
    sentence: 'The licence to attend is not accepted by all three: employer, worker and host.',
    mend: 'Have it accepted and list all three in licenceToAttendAcceptedBy.',
    check: ({ claims }) => {
      const accepted = Array.isArray(claims.licenceToAttendAcceptedBy) ? claims.licenceToAttendAcceptedBy : []
      return at(
        'licenceToAttendAcceptedBy',
        claims.licenceToAttend === 'Yes' && !PARTIES.every((party) => accepted.includes(party)),
      )
    },
  },
]

/** An unpaid or hosted placement. */
export const temporaryPlacement = defineType({
  type: 'TemporaryPlacement',
  label: 'Temporary placement',
  claimsKey: 'temporaryPlacement',
  schemas: ['https://w3id.org/staff-passport/schemas/temporary-placement/v1'],
  issuedBy: ['hostEmployer'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  disclosable: ['positionNumber', 'departmentContactName', 'departmentContactEmail', 'departmentContactTelephone'],
  retention: 'For the placement, and as your own records policy says afterwards.',
  doesNotProve: [
    'A contract of employment with the host.',
    'That the placement has not been cut short: see its status.',
  ],
  validUntil: (claims) => {
    const end = textOf(claims, 'endDate')
    return end === undefined ? undefined : endOfDay(end)
  },
  rules: [
    ...RULES,
    notAfter('startDate', 'endDate', {
      code: 'schema.placementEndsBeforeItBegins',
      sentence: 'The placement ends before it begins.',
      mend: 'Correct the dates.',
    }),
  ],
})
