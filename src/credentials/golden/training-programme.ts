import type { GoldenExample } from '../define.js'
import { byTrainingBody, EXAMPLE_PERSON } from '../fictional.js'

/** Worked examples of a training programme credential. The first is what `example` prints. */
export const trainingProgrammeExamples: readonly [GoldenExample, ...GoldenExample[]] = [
  {
    title: 'a specialty programme',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrainingBody(),
    claims: { programmeName: 'Geriatric Medicine, Region Nine', startDate: '2024-08-07', endDate: '2029-08-06' },
  },
]
