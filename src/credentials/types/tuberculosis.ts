import { defineType } from '../define.js'
import { DISEASE } from '../diseases.js'
import { IMMUNITY_ROW, immunityExample } from './immunisation.js'

/** Tuberculosis: the published name of an immunisation record. */
export const tuberculosis = defineType({
  ...IMMUNITY_ROW,
  type: 'Tuberculosis',
  label: 'Tuberculosis',
  claimsKey: 'tuberculosis',
  schemas: ['https://w3id.org/staff-passport/schemas/tuberculosis/v1'],
  origin: 'ours',
  disclosable: [],
  examples: [
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
  ],
})
