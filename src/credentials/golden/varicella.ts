import type { GoldenExamples } from '../define.js'
import { DISEASE } from '../diseases.js'
import { immunityExample } from './immunisation.js'

/** Worked examples of a varicella credential. The first is what `example` prints. */
export const varicellaExamples: GoldenExamples<'Varicella', 3> = [
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
]
