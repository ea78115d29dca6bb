import { endOfDay } from '../../codec/date-time.js'
import { defineType, type Rule } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'
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

const EXAMPLE = {
  positionTitle: 'Visiting Registrar',
  workPattern: 'Tuesdays and Thursdays',
  startDate: '2026-02-02',
  endDate: '2026-12-28',
  permanentEmployer: 'Northfield NHS Trust (fictional)',
  host: 'Southmere NHS Trust (fictional)',
  department: 'Stroke Unit',
  departmentContactName: 'Robin Placeholder',
  departmentContactEmail: 'stroke.unit@southmere.example',
  hrContact: 'Workforce team',
  approvedBy: 'Head of Workforce',
}

const bySouthmere = byTrust({ provider: EXAMPLE.host })

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
  disclosable: [],
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
  examples: [
    {
      title: 'hosted by another trust',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: bySouthmere,
      claims: {
        ...EXAMPLE,
        arrangement: 'hosted',
        licenceToAttend: 'Yes',
        licenceToAttendAcceptedBy: ['employer', 'worker', 'host'],
      },
    },
    {
      title: 'unpaid, without a licence to attend',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: bySouthmere,
      claims: {
        ...EXAMPLE,
        positionTitle: 'Observer',
        workPattern: 'Two weeks',
        endDate: '2026-02-15',
        arrangement: 'unpaid',
        licenceToAttend: 'No',
        additionalInformation: 'Observes only.\nNo contact with patients.',
      },
    },
  ],
})
