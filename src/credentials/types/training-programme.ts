import { defineType } from '../define.js'
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
})
