import type { GoldenExamples } from '../define.js'
import { byIdentityProvider, byTrust, EXAMPLE_NAMES, EXAMPLE_PERSON } from '../fictional.js'

const COMMON = {
  firstName: EXAMPLE_NAMES.legalFirstName,
  lastName: EXAMPLE_NAMES.legalSurname,
  dateOfBirth: EXAMPLE_NAMES.birthDate,
  currentAddress: '1 Example Street, Northfield, NX1 1AA',
  currentAddressVerified: true,
  residentFrom: '2020-03-01',
  dateOfAddressCheck: '2026-01-05',
  identityVerified: true,
  dateOfIdCheck: '2026-01-05',
} as const

/** Worked examples of a dbs supporting information credential. The first is what `example` prints. */
export const dbsSupportingInformationExamples: GoldenExamples<'DbsSupportingInformation', 2> = [
  {
    title: 'digital identity',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byIdentityProvider(),
    claims: {
      ...COMMON,
      evidenceCheckedBy: 'Plainview Identity (fictional)',
      levelOfAssurance: 'H1A',
      policy: 'GPG 45',
      evidenceProfile: 'H1A',
      gpg44Level: 'Medium',
      subjectId: EXAMPLE_PERSON,
      passportNumber: '999000001',
      passportDateOfBirth: EXAMPLE_NAMES.birthDate,
      passportIssueDate: '2020-07-01',
      passportExpiryDate: '2030-06-28',
      passportNationality: 'British',
      passportIssuingCountry: 'United Kingdom',
      levelSought: 'Enhanced',
    },
  },
  {
    title: 'documents checked by an employer',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust({ verificationMethod: 'Document Verification' }),
    claims: {
      ...COMMON,
      evidenceCheckedBy: 'Northfield NHS Trust (fictional)',
      documentsChecked: ['Passport', 'Driving licence', 'Utility bill'],
      levelSought: 'Enhanced',
    },
  },
]
