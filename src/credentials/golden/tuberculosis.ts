import type { GoldenExamples } from '../define.js'
import { DISEASE } from '../diseases.js'
import { immunityExample } from './immunisation.js'

/** Worked examples of a tuberculosis credential. The first is what `example` prints. */
export const tuberculosisExamples: GoldenExamples<'Tuberculosis', 4> = [
  immunityExample('BCG scar seen', {
    targetDiseases: [DISEASE.tuberculosis],
    evidenceKind: 'scar',
    immunityStatus: 'notDetermined',
  }),
  immunityExample('IGRA', {
    targetDiseases: [DISEASE.tuberculosis],
    evidenceKind: 'igra',
    testResult: 'negative',
    immunityStatus: 'notDetermined',
  }),
  immunityExample('Mantoux', {
    targetDiseases: [DISEASE.tuberculosis],
    evidenceKind: 'mantoux',
    testResult: 'equivocal',
    immunityStatus: 'notDetermined',
  }),
  immunityExample('BCG vaccination, documented', {
    targetDiseases: [DISEASE.tuberculosis],
    evidenceKind: 'vaccination',
    immunityStatus: 'notDetermined',
    doses: [{ date: '2003-05-12', doseNumber: 1, vaccineProduct: 'BCG' }],
    courseComplete: true,
  }),
]
