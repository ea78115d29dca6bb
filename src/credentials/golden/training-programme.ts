import type { GoldenExamples } from '../define.js'
import { byTrainingBody, EXAMPLE_PERSON } from '../fictional.js'

/** Worked examples of a training programme credential. The first is what `example` prints. */
export const trainingProgrammeExamples: GoldenExamples<'TrainingProgramme', 1> = [
  {
    title: 'a specialty programme',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrainingBody(),
    claims: { programmeName: 'Geriatric Medicine, Region Nine', startDate: '2024-08-07', endDate: '2029-08-06' },
  },
]
