import type { ProfessionalRegistrationClaims } from '../../../credentials/generated/claims.js'
import { professionalBody } from '../../../credentials/registers.js'
import { parseWrittenDate } from '../generic-outbound/dates.js'
import type { RecordValues } from '../generic-outbound/layout.js'
import { given, type MappedClaims, settle, take } from './settle.js'

/** What only the live register says: whoever issues looked there. */
export interface RegisterCheck
  extends Pick<
    ProfessionalRegistrationClaims,
    'status' | 'restrictions' | 'checkedOn' | 'licenceToPractise' | 'registerPart'
  > {}

const PADDING = /^([A-Z]{2,3})0+(?=[1-9])/

/** The number as its body writes it: that of the HCPC is padded in other systems, never in a credential. */
const numberOf =
  (body: string | undefined) =>
  (number: string): string =>
    professionalBody(body ?? '')?.names.includes('hcpc') ? number.replace(PADDING, '$1') : number

const nameOf = (person: RecordValues<'PR'>): string | undefined =>
  [person['First Name'], person['Last Name']].filter(Boolean).join(' ') || undefined

/**
 * Claims of a professional registration, of what ESR keeps about it and what the live register said when you looked. ESR
 * alone is not enough: it does not say whether practice is restricted.
 */
export const professionalRegistrationClaims = (
  registration: RecordValues<'ET'>,
  person: RecordValues<'PR'>,
  check: RegisterCheck,
): MappedClaims<ProfessionalRegistrationClaims> => {
  const body = registration.PEI_INFORMATION1
  const part = take('ET', registration, 'PEI_ATTRIBUTE1')
  return settle('ProfessionalRegistration', {
    professionalBody: take('ET', registration, 'PEI_INFORMATION1'),
    staffMember: given(nameOf(person)),
    registrationNumber: take('ET', registration, 'PEI_INFORMATION2', numberOf(body)),
    registrationDate: take('ET', registration, 'PEI_INFORMATION3', parseWrittenDate, 'import.date'),
    expiryDate: take('ET', registration, 'PEI_INFORMATION5', parseWrittenDate, 'import.date'),
    registerPart: check.registerPart === undefined ? part : given(check.registerPart),
    status: given(check.status),
    restrictions: given(check.restrictions),
    checkedOn: given(check.checkedOn),
    licenceToPractise: given(check.licenceToPractise),
  })
}
