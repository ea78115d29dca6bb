import { endOfDay } from '../../codec/date-time.js'
import { defineType, type Rule } from '../define.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { at, textOf } from '../rules/read.js'

// Words that name a blood-borne virus, whose results never belong into a clearance.
const BLOOD_BORNE =
  /\b(?:HIV|HBV|HBs?Ag|HBeAg|HCV|hep(?:atitis)?[\s-]*[BC]|BBVs?|blood[\s-]*borne virus(?:es)?|viral load|RNA|antibod(?:y|ies))\b/i

const RULES: readonly Rule[] = [
  {
    code: 'schema.restrictionsMissing',
    when: 'both',
    force: 'refuse',
    sentence: 'The clearance is with restrictions, and does not say what must not be done.',
    mend: 'Add restrictions: the duty, never the reason.',
    check: ({ claims }) =>
      at(
        'restrictions',
        claims.clearanceOutcome === 'Fit for role with restrictions' && claims.restrictions === undefined,
      ),
  },
  {
    code: 'schema.adjustmentsMissing',
    when: 'both',
    force: 'refuse',
    sentence: 'The clearance is with adjustments, and does not say which.',
    mend: 'Add adjustments: what is provided, never the reason.',
    check: ({ claims }) =>
      at(
        'adjustments',
        claims.clearanceOutcome === 'Fit for role with adjustments' && claims.adjustments === undefined,
      ),
  },
  {
    code: 'schema.bloodBorneVirusStated',
    when: 'both',
    force: 'refuse',
    sentence: 'The text names a blood-borne virus or a test for one, which a clearance never states.',
    mend: 'State only cleared, not cleared or not required.',
    check: ({ claims }) =>
      ['restrictions', 'adjustments', 'clearedForRole'].flatMap((name) =>
        at(name, BLOOD_BORNE.test(textOf(claims, name) ?? '')),
      ),
  },
  {
    code: 'schema.sampleNotIdentifiedAndValidated',
    when: 'both',
    force: 'warn',
    sentence:
      'Clearance for exposure-prone procedures rests on identified validated samples, and this one does not say so.',
    mend: 'State identifiedValidatedSample, or have the samples taken again.',
    check: ({ claims }) =>
      at(
        'identifiedValidatedSample',
        claims.exposureProneProcedures === 'Cleared' && claims.identifiedValidatedSample !== 'Yes',
      ),
  },
  {
    code: 'schema.exposureProneClearanceDateMissing',
    when: 'both',
    force: 'warn',
    sentence: 'Exposure-prone procedures were cleared, and the claims do not say when.',
    mend: 'Add exposureProneProceduresClearanceDate.',
    check: ({ claims }) =>
      at(
        'exposureProneProceduresClearanceDate',
        claims.exposureProneProcedures === 'Cleared' && claims.exposureProneProceduresClearanceDate === undefined,
      ),
  },
]

const CONTRADICTIONS: readonly Rule[] = [
  {
    code: 'schema.limitsOnFullClearance',
    when: 'both',
    force: 'warn',
    sentence: 'The clearance is without limits, and restrictions or adjustments are stated.',
    mend: 'Write the outcome that has them, or leave them out.',
    check: ({ claims }) =>
      ['restrictions', 'adjustments'].flatMap((name) =>
        at(name, claims.clearanceOutcome === 'Fit for role' && claims[name] !== undefined),
      ),
  },
  {
    code: 'schema.exposureProneDateWithoutClearance',
    when: 'both',
    force: 'refuse',
    sentence: 'A date of clearance for exposure-prone procedures is stated, and they are not cleared.',
    mend: 'Leave the date out, or write Cleared.',
    check: ({ claims }) =>
      at(
        'exposureProneProceduresClearanceDate',
        claims.exposureProneProcedures !== 'Cleared' && claims.exposureProneProceduresClearanceDate !== undefined,
      ),
  },
]

/** Fitness for work. */
export const occupationalHealth = defineType({
  type: 'OccupationalHealth',
  label: 'Occupational health',
  claimsKey: 'occupationalHealth',
  schemas: ['https://w3id.org/staff-passport/schemas/occupational-health/v1'],
  issuedBy: ['employer'],
  specialCategory: true,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'ours',
  // What helps somebody at work is theirs to tell; what they may not do is not.
  disclosable: ['adjustments'],
  retention: 'As long as the person works for you; only occupational health may see it.',
  doesNotProve: ['Fitness for another role than the one cleared.', 'Anything about a diagnosis or a test.'],
  validUntil: (claims) => {
    const review = textOf(claims, 'reviewDate')
    return review === undefined ? undefined : endOfDay(review)
  },
  rules: [
    ...RULES,
    ...CONTRADICTIONS,
    notAfter('clearanceDate', 'reviewDate', {
      code: 'schema.reviewBeforeClearance',
      sentence: 'The review is due before the clearance.',
      mend: 'Correct the dates.',
    }),
    notInFuture('clearanceDate', {
      code: 'schema.clearedInFuture',
      sentence: 'The clearance is dated after the credential.',
      mend: 'Correct clearanceDate.',
    }),
    notInFuture('exposureProneProceduresClearanceDate', {
      code: 'schema.exposureProneClearedInFuture',
      sentence: 'Exposure-prone procedures were cleared after the credential was issued.',
      mend: 'Correct exposureProneProceduresClearanceDate.',
    }),
  ],
})
