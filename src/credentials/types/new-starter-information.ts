import { defineType, type Rule } from '../define.js'
import { notInFuture } from '../rules/dates.js'
import { at, textOf } from '../rules/read.js'

const RULES: readonly Rule[] = [
  {
    code: 'schema.selfDeclaredButVerified',
    when: 'both',
    force: 'refuse',
    sentence: 'What somebody declares of themselves is never verified, and the assurance block says otherwise.',
    mend: 'Write Not verified as the verification method.',
    check: ({ assurance }) =>
      assurance.verificationMethod === 'Not verified' ? [] : [{ path: '/assurance/verificationMethod' }],
  },
  {
    code: 'schema.declaredTemporaryNationalInsuranceNumber',
    when: 'both',
    force: 'warn',
    sentence: 'The National Insurance number is a temporary placeholder, which counts as absent.',
    mend: 'Leave it out until the real one is known.',
    check: ({ claims }) => at('nationalInsuranceNumber', /^TN/.test(textOf(claims, 'nationalInsuranceNumber') ?? '')),
  },
]

/** What somebody says of themselves. */
export const newStarterInformation = defineType({
  type: 'NewStarterInformation',
  label: 'New starter information',
  claimsKey: 'newStarterInformation',
  schemas: ['https://w3id.org/staff-passport/schemas/new-starter-information/v1'],
  issuedBy: ['employer'],
  specialCategory: false,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'ours',
  // Everything but when it was declared, and whose it is: a new employer asks for what it needs.
  disclosable: [
    'preferredName',
    'title',
    'previousNames',
    'maritalStatus',
    'nationalInsuranceNumber',
    'identityDocuments',
    'personalEmail',
    'mobile',
    'homeTelephone',
    'addressLine1',
    'addressLine2',
    'townOrCity',
    'county',
    'postcode',
    'country',
    'emergencyContacts',
  ],
  retention:
    'Until onboarding is complete. Emergency contacts only while the person works for you: they are about other people.',
  doesNotProve: ['Anything: it is declared, not verified.', 'Identity or right to work, which it never satisfies.'],
  validUntil: () => undefined,
  rules: [
    ...RULES,
    notInFuture('declaredOn', {
      code: 'schema.declaredInFuture',
      sentence: 'The declaration is dated after the credential.',
      mend: 'Correct declaredOn.',
    }),
  ],
})
