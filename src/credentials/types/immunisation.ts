import { defineType } from '../define.js'
import { IMMUNITY_RULES } from '../rules/immunity.js'

/** What the three rows of immunity share. */
export const IMMUNITY_ROW = {
  issuedBy: ['employer'],
  specialCategory: true,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  retention: 'As long as the person works for you; only occupational health may see it.',
  doesNotProve: ['Fitness for a role: see occupational health.', 'That immunity lasts: see when a booster is due.'],
  // A vaccination stays given when the next one is due.
  validUntil: (): undefined => undefined,
  rules: IMMUNITY_RULES,
} as const

/** Immunity to a disease. */
export const immunisation = defineType({
  ...IMMUNITY_ROW,
  type: 'Immunisation',
  label: 'Immunisation',
  claimsKey: 'immunisation',
  schemas: ['https://w3id.org/staff-passport/schemas/immunisation/v1'],
  origin: 'ours',
  // What was measured and how often, but never whether it made anybody immune.
  disclosable: ['doses', 'testResult'],
})
