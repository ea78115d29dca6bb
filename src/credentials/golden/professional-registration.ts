import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'
import type { ProfessionalRegistrationClaims } from '../generated/claims.js'

const COMMON = {
  staffMember: 'Ŵyn O’Example-Testwell',
  registrationDate: '2015-08-01',
  status: 'Registered',
  restrictions: false,
  checkedOn: '2026-01-05',
}

const assurance = byTrust()

type Rest = Omit<ProfessionalRegistrationClaims, keyof typeof COMMON> & Partial<ProfessionalRegistrationClaims>

const example = (title: string, claims: Rest) => ({
  title,
  uniqueIdentifier: EXAMPLE_PERSON,
  assurance,
  claims: { ...COMMON, ...claims },
})

/** Worked examples of a professional registration credential. The first is what `example` prints. */
export const professionalRegistrationExamples: GoldenExamples<'ProfessionalRegistration', 7> = [
  example('doctor, GMC', {
    professionalBody: 'GMC',
    registrationNumber: '9999999',
    registerPart: 'Specialist Register',
    licenceToPractise: true,
    expiryDate: '2026-08-01',
  }),
  example('nurse, NMC', {
    professionalBody: 'NMC',
    registrationNumber: '99Z9999Z',
    registerPart: 'Sub-part 1 Adult',
  }),
  example('physiotherapist, HCPC', {
    professionalBody: 'HCPC',
    registrationNumber: 'PH999',
    registerPart: 'Physiotherapist',
  }),
  example('pharmacist, GPhC', { professionalBody: 'GPhC', registrationNumber: '2999999' }),
  example('optometrist, GOC', { professionalBody: 'GOC', registrationNumber: '01-99999' }),
  example('dentist, GDC', { professionalBody: 'GDC', registrationNumber: '99999' }),
  example('social worker, another body', { professionalBody: 'Social Work England', registrationNumber: 'SW99999' }),
]
