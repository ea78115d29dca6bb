import type { GoldenExamples } from '../define.js'
import { byIdentityProvider, byTrust, EXAMPLE_JPEG, EXAMPLE_NAMES, EXAMPLE_PERSON } from '../fictional.js'

const ADDRESS = {
  addressLine1: '1 Example Street',
  townOrCity: 'Northfield',
  postcode: 'NX1 1AA',
  country: 'United Kingdom',
}

/** Worked examples of an identity credential. The first is what `example` prints. */
export const identityExamples: GoldenExamples<'Identity', 2> = [
  {
    title: 'checked by an identity service provider',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byIdentityProvider(),
    claims: {
      ...EXAMPLE_NAMES,
      legalGender: 'Not specified',
      nationality: 'British',
      ...ADDRESS,
      photo: EXAMPLE_JPEG,
      currentAddressVerified: true,
      issuedOn: '2026-01-05',
      gpg45Profile: 'H1A',
    },
  },
  {
    title: 'documents checked by an employer',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust({ verificationMethod: 'Document Verification' }),
    claims: {
      ...EXAMPLE_NAMES,
      ...ADDRESS,
      issuedOn: '2026-01-05',
      documentsChecked: ['Passport', 'Council tax bill'],
    },
  },
]
