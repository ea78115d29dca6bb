import { endOfDay } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { defineType, type Rule } from '../define.js'
import { professionalBody } from '../registers.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { at, textOf } from '../rules/read.js'

const bodyOf = (claims: JsonObject) => professionalBody(textOf(claims, 'professionalBody') ?? '')
/** Whether the number has the published form; where none is published, any will do. */
const hasFormOfBody = (claims: JsonObject): boolean => {
  const body = bodyOf(claims)
  if (!body?.number || body.otherwiseIn?.test(textOf(claims, 'registerPart') ?? '')) return true
  return body.number.test(textOf(claims, 'registrationNumber') ?? '')
}

const isDoctor = (claims: JsonObject): boolean => bodyOf(claims)?.names.includes('gmc') === true

const RULES: readonly Rule[] = [
  {
    code: 'schema.registrationNumberNotOfBody',
    when: 'both',
    force: 'refuse',
    sentence: 'The registration number does not have the form that the body gives it.',
    mend: 'GMC: seven digits, associates A and seven. NMC: 71A2998E. GPhC: seven digits. GOC: 01-12345. GDC: four to six digits. HCPC: PH95159, without leading zeros.',
    check: ({ claims }) => at('registrationNumber', !hasFormOfBody(claims)),
  },
  {
    code: 'schema.licenceToPractiseMissing',
    when: 'both',
    force: 'warn',
    sentence: 'The claims do not say whether the doctor holds a licence to practise.',
    mend: 'Add licenceToPractise. It is not the Licence to Attend.',
    check: ({ claims }) => at('licenceToPractise', isDoctor(claims) && claims.licenceToPractise === undefined),
  },
  {
    code: 'schema.licenceToPractiseNotOfBody',
    when: 'both',
    force: 'warn',
    sentence: 'Only the GMC gives a licence to practise.',
    mend: 'Leave licenceToPractise out.',
    check: ({ claims }) => at('licenceToPractise', !isDoctor(claims) && claims.licenceToPractise !== undefined),
  },
  {
    code: 'schema.registrationExpiredAtCheck',
    when: 'both',
    force: 'refuse',
    sentence: 'The registration had expired on the day on which the register was checked.',
    mend: 'Check the register again, or do not issue.',
    check: ({ claims }) =>
      at('expiryDate', (textOf(claims, 'expiryDate') ?? '9999-12-31') < (textOf(claims, 'checkedOn') ?? '')),
  },
]

/** An entry in a professional register. */
export const professionalRegistration = defineType({
  type: 'ProfessionalRegistration',
  label: 'Professional registration',
  claimsKey: 'professionalRegistration',
  schemas: ['https://w3id.org/staff-passport/schemas/professional-registration/v1'],
  issuedBy: ['employer', 'nationalBody'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  // Nothing: a restriction that could be withheld would be none.
  disclosable: [],
  retention: 'As long as the person works for you.',
  doesNotProve: [
    'That the entry still stands: ask the live register, which alone decides.',
    'What any restrictions are.',
  ],
  validUntil: (claims) => {
    const expiry = textOf(claims, 'expiryDate')
    return expiry === undefined ? undefined : endOfDay(expiry)
  },
  rules: [
    ...RULES,
    notAfter('registrationDate', 'checkedOn', {
      code: 'schema.registeredAfterCheck',
      sentence: 'The registration began after the register was checked.',
      mend: 'Correct the dates.',
    }),
    notAfter('registrationDate', 'expiryDate', {
      code: 'schema.registrationEndsBeforeItBegins',
      sentence: 'The registration expires before it begins.',
      mend: 'Correct the dates.',
    }),
    notInFuture('checkedOn', {
      code: 'schema.registerCheckedInFuture',
      sentence: 'The register was checked after the credential was issued.',
      mend: 'Correct checkedOn.',
    }),
  ],
})
