import { defineType, type Rule } from '../define.js'
import { at, textOf } from '../rules/read.js'

const LITERALS: readonly string[] = ['Not Available', 'Not Applicable']
const CONTACT: readonly string[] = ['preferredName', 'lastName', 'mobile', 'email', 'employeeId']
// Near misses of the two literals, which a person would take for them and software would not.
const NEAR_LITERAL = /^(?:n\/?a|none|unknown|not (?:available|applicable)|-)$/i

const RULES: readonly Rule[] = [
  {
    code: 'schema.contactFieldNotStated',
    when: 'both',
    force: 'refuse',
    sentence: 'A contact field is mandatory in earnest: neither Not Available nor Not Applicable will do.',
    mend: 'Write the name, number, address or identifier itself.',
    check: ({ claims }) => CONTACT.flatMap((name) => at(name, NEAR_LITERAL.test(textOf(claims, name) ?? ''))),
  },
  {
    code: 'schema.unknownNotLiteral',
    when: 'both',
    force: 'refuse',
    sentence: 'What is unknown is written as Not Available or Not Applicable, in full.',
    mend: 'Write one of the two literals exactly.',
    check: ({ claims }) =>
      Object.keys(claims)
        .filter((name) => !CONTACT.includes(name))
        .flatMap((name) => {
          const text = textOf(claims, name) ?? ''
          return at(name, NEAR_LITERAL.test(text) && !LITERALS.includes(text))
        }),
  },
]

/** The composite passport of 2020. */
export const covid19StaffPassport = defineType({
  type: 'Covid19StaffPassport',
  label: 'COVID-19 staff passport',
  claimsKey: 'covid19StaffPassport',
  schemas: ['https://w3id.org/staff-passport/schemas/covid-19-staff-passport/v1'],
  issuedBy: ['employer'],
  specialCategory: true,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'ours',
  disclosable: ['mobile', 'email', 'employeeId', 'photo', 'personalDetailsGender', 'dbsCertificateNumber', 'payBand'],
  retention: 'For the deployment; the parts as their own types say.',
  doesNotProve: ['What its separate credentials would: it repeats what the staff record held on one day.'],
  validUntil: () => undefined,
  rules: RULES,
})
