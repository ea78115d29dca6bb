import { defineType } from '../define.js'
import { byTrainingBody, EXAMPLE_PERSON } from '../fictional.js'
import { TRAINING_ROW } from '../rules/training.js'

/** A placement within a training programme. */
export const trainingPlacement = defineType({
  ...TRAINING_ROW,
  type: 'TrainingPlacement',
  label: 'Training placement',
  claimsKey: 'trainingPlacement',
  schemas: ['https://w3id.org/staff-passport/schemas/training-placement/v1'],
  gateway: { template: 'TrainingPlacement', prefix: 'TPL' },
  examples: [
    {
      title: 'a year in one place',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrainingBody(),
      claims: {
        specialty: 'Geriatric medicine',
        grade: 'ST4',
        nationalPostNumber: 'EX/RZ100/900/STR/001',
        employingBody: 'Northfield NHS Trust (fictional)',
        site: 'Northfield General Hospital (fictional)',
        startDate: '2025-08-06',
        endDate: '2026-08-04',
      },
    },
  ],
})
