import { defineType } from '../define.js'
import { notInFuture } from '../rules/dates.js'
import { at, textOf } from '../rules/read.js'

/** How to call and reach somebody. */
export const personalDetails = defineType({
  type: 'PersonalDetails',
  label: 'Personal details',
  claimsKey: 'personalDetails',
  schemas: ['https://w3id.org/staff-passport/schemas/personal-details/v1'],
  issuedBy: ['employer'],
  specialCategory: false,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'ours',
  disclosable: [
    'title',
    'preferredName',
    'middleName',
    'previousNames',
    'mobile',
    'workEmail',
    'personalEmail',
    'employeeId',
    'addressLine1',
    'addressLine2',
    'townOrCity',
    'county',
    'postcode',
    'country',
    'nationalInsuranceNumber',
    'photo',
  ],
  retention: 'As long as the person works for you.',
  doesNotProve: ['Who somebody is: only identity does.', 'That an address or number is still right.'],
  validUntil: () => undefined,
  rules: [
    notInFuture('birthDate', {
      code: 'schema.personBornInFuture',
      sentence: 'The birth date lies after the day of issue.',
      mend: 'Correct the birth date.',
    }),
    {
      code: 'schema.temporaryNationalInsuranceNumber',
      when: 'both',
      force: 'warn',
      sentence: 'The National Insurance number is a temporary placeholder, which counts as absent.',
      mend: 'Leave it out until the real one is known.',
      check: ({ claims }) => at('nationalInsuranceNumber', /^TN/.test(textOf(claims, 'nationalInsuranceNumber') ?? '')),
    },
  ],
})
