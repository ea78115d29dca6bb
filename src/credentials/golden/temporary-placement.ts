import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'

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

/** Worked examples of a temporary placement credential. The first is what `example` prints. */
export const temporaryPlacementExamples: GoldenExamples<'TemporaryPlacement', 2> = [
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
]
