import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'

const received = { outcome: 'Received', receivedOn: '2025-12-10', refereeRole: 'Clinical supervisor' } as const

/** Worked examples of an employment history credential. The first is what `example` prints. */
export const employmentHistoryExamples: GoldenExamples<'EmploymentHistory', 2> = [
  {
    title: 'a rotational programme',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: {
      checkedOn: '2026-01-05',
      employments: [
        {
          employer: 'Southmere NHS Trust (fictional)',
          employerOds: 'RZ2',
          jobTitle: 'Foundation Doctor',
          startDate: '2022-08-03',
          endDate: '2024-08-06',
          rotationalProgramme: true,
          reference: received,
        },
        {
          employer: 'Northfield NHS Trust (fictional)',
          employerOds: 'RZ1',
          jobTitle: 'Specialty Registrar',
          startDate: '2024-08-07',
          rotationalProgramme: true,
        },
      ],
    },
  },
  {
    title: 'with a gap, which is reported and not refused',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: {
      checkedOn: '2026-01-05',
      employments: [
        {
          employer: 'Example Care Homes (fictional)',
          jobTitle: 'Care assistant',
          startDate: '2021-02-01',
          endDate: '2024-03-28',
          reasonForLeaving: 'Study',
          reference: received,
        },
        { employer: 'Northfield NHS Trust (fictional)', jobTitle: 'Healthcare assistant', startDate: '2025-06-02' },
      ],
    },
  },
]
