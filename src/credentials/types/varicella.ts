import { defineType } from '../define.js'
import { DISEASE } from '../diseases.js'
import { IMMUNITY_ROW, immunityExample } from './immunisation.js'

/** Varicella: the published name of an immunisation record. */
export const varicella = defineType({
  ...IMMUNITY_ROW,
  type: 'Varicella',
  label: 'Varicella',
  claimsKey: 'varicella',
  schemas: ['https://w3id.org/staff-passport/schemas/varicella/v1'],
  origin: 'ours',
  disclosable: [],
  examples: [
    immunityExample('history of chickenpox', {
      targetDiseases: [DISEASE.varicella],
      evidenceKind: 'documentedHistory',
      immunityStatus: 'immune',
    }),
    immunityExample('serology', {
      targetDiseases: [DISEASE.varicella],
      evidenceKind: 'serology',
      testResult: 'positive',
      immunityStatus: 'immune',
    }),
    immunityExample('two doses of vaccine', {
      targetDiseases: [DISEASE.varicella],
      evidenceKind: 'vaccination',
      immunityStatus: 'immune',
      doses: [
        { date: '2024-03-04', doseNumber: 1 },
        { date: '2024-04-22', doseNumber: 2 },
      ],
      courseComplete: true,
    }),
  ],
})
