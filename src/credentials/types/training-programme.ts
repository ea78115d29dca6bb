import { defineType } from '../define.js'
import { byTrainingBody, EXAMPLE_PERSON } from '../fictional.js'
import { TRAINING_ROW } from '../rules/training.js'

/** Membership of a training programme. */
export const trainingProgramme = defineType({
  ...TRAINING_ROW,
  type: 'TrainingProgramme',
  label: 'Training programme',
  claimsKey: 'trainingProgramme',
  schemas: ['https://w3id.org/staff-passport/schemas/training-programme/v1'],
  disclosable: [],
  gateway: { template: 'TrainingProgramme', prefix: 'TPR' },
  examples: [
    {
      title: 'a specialty programme',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrainingBody(),
      claims: { programmeName: 'Geriatric Medicine, Region Nine', startDate: '2024-08-07', endDate: '2029-08-06' },
    },
  ],
})
