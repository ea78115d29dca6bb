import { defineType } from '../define.js'
import { IMMUNITY_ROW } from './immunisation.js'

/** Varicella: the published name of an immunisation record. */
export const varicella = defineType({
  ...IMMUNITY_ROW,
  type: 'Varicella',
  label: 'Varicella',
  claimsKey: 'varicella',
  schemas: ['https://w3id.org/staff-passport/schemas/varicella/v1'],
  origin: 'ours',
  disclosable: ['doses', 'testResult'],
})
