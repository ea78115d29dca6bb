import { defineType } from '../define.js'
import { IMMUNITY_ROW } from './immunisation.js'

/** Tuberculosis: the published name of an immunisation record. */
export const tuberculosis = defineType({
  ...IMMUNITY_ROW,
  type: 'Tuberculosis',
  label: 'Tuberculosis',
  claimsKey: 'tuberculosis',
  schemas: ['https://w3id.org/staff-passport/schemas/tuberculosis/v1'],
  origin: 'ours',
  disclosable: ['doses', 'testResult'],
})
