import { defineType } from '../define.js'
import { notInFuture } from '../rules/dates.js'
import { documentsOrProfile } from '../rules/gpg45.js'
import { textOf } from '../rules/read.js'

/** Who somebody is. */
export const identity = defineType({
  type: 'Identity',
  label: 'Identity',
  claimsKey: 'identity',
  schemas: ['https://w3id.org/staff-passport/schemas/identity/v1'],
  issuedBy: ['nationalBody', 'employer', 'identityProvider'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: true,
  origin: 'published',
  // A verifier needs the names and the birth date to know whom it is about, and what was checked to know how well.
  disclosable: [
    'middleName',
    'legalGender',
    'nationality',
    'addressLine1',
    'addressLine2',
    'townOrCity',
    'county',
    'postcode',
    'country',
    'photo',
  ],
  retention: 'As long as the person works for you, and as your own records policy says afterwards.',
  doesNotProve: [
    'That the person in front of you is the person in the photograph: compare them yourself.',
    'That the address is still right: it is as of the check.',
  ],
  gateway: { template: 'Identity', prefix: 'ID' },
  validUntil: () => undefined,
  rules: [
    notInFuture('birthDate', {
      code: 'schema.bornInFuture',
      sentence: 'The birth date lies after the day of issue.',
      mend: 'Correct the birth date.',
    }),
    notInFuture('issuedOn', {
      code: 'schema.identityCheckedInFuture',
      sentence: 'The identity was checked after the credential was issued.',
      mend: 'Correct issuedOn, or issue after the check.',
    }),
    ...documentsOrProfile(
      'gpg45Profile',
      (claims) => textOf(claims, 'gpg45Profile') !== undefined && claims.documentsChecked === undefined,
    ),
  ],
})
