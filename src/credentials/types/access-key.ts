import { defineType } from '../define.js'
import { notInFuture } from '../rules/dates.js'
import { namesIssuer } from '../rules/issuer.js'

/** Lets its holder sign in to a portal. */
export const accessKey = defineType({
  type: 'AccessKey',
  label: 'Access key',
  claimsKey: 'accessKey',
  schemas: ['https://w3id.org/staff-passport/schemas/access-key/v1'],
  issuedBy: ['employer', 'hostEmployer'],
  specialCategory: false,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'ours',
  disclosable: [],
  retention: 'Not at all: only the employer that gave it takes it back.',
  doesNotProve: ['Anything to anybody but the employer that gave it: it is never shared onward.'],
  validUntil: () => undefined,
  rules: [
    namesIssuer(['employer', 'employerOds'], {
      code: 'schema.accessKeyOfAnotherEmployer',
      sentence: 'The access key names another employer than its issuer.',
      mend: 'Each employer gives its own access key.',
    }),
    notInFuture('givenOn', {
      code: 'schema.accessKeyGivenInFuture',
      sentence: 'The access key was given after the credential was issued.',
      mend: 'Correct givenOn.',
    }),
  ],
})
