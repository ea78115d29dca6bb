import { endOfDay } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { defineType } from '../define.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { documentsOrProfile } from '../rules/gpg45.js'
import { textOf } from '../rules/read.js'
import { isDigital, noticeEnd, RIGHT_TO_WORK_RULES } from '../rules/right-to-work.js'

const endOf = (claims: JsonObject): string | undefined => {
  const end = claims.basis === 'timeLimited' ? textOf(claims, 'permissionEndDate') : noticeEnd(claims)
  return end === undefined ? undefined : endOfDay(end)
}

/** The right to work in the United Kingdom, as it was checked. */
export const rightToWork = defineType({
  type: 'RightToWork',
  label: 'Right to work',
  claimsKey: 'rightToWork',
  schemas: ['https://w3id.org/staff-passport/schemas/right-to-work/v1'],
  issuedBy: ['employer', 'identityProvider'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  // An image and a document's own end say nothing of the permission; its basis, its end and its restrictions do.
  disclosable: ['passportExpiryDate', 'biometricPage'],
  retention: 'For the whole of the employment, and two years after it ends.',
  doesNotProve: [
    'A statutory excuse for you: every employer makes its own right-to-work check.',
    'That the person in front of you is the person checked: compare them yourself.',
  ],
  validUntil: (claims) => (claims.basis === 'continuous' ? undefined : endOf(claims)),
  rules: [
    notInFuture('dateOfIdCheck', {
      code: 'schema.rightToWorkCheckedInFuture',
      sentence: 'The check was made after the credential was issued.',
      mend: 'Correct dateOfIdCheck, or issue after the check.',
    }),
    notAfter('dateOfIdCheck', 'permissionEndDate', {
      code: 'schema.permissionEndedBeforeCheck',
      sentence: 'The permission had ended before the check.',
      mend: 'Correct the dates, or do not issue.',
    }),
    ...documentsOrProfile('gpg45Profile', isDigital),
    ...RIGHT_TO_WORK_RULES,
  ],
})
