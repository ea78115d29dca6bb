import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'

const selfDeclared = byTrust({
  origin: 'Self-declared',
  verificationMethod: 'Not verified',
  assuranceOutcome: 'Declared',
  pedigree: 'Sourced',
})

/** Worked examples of a new starter information credential. The first is what `example` prints. */
export const newStarterInformationExamples: GoldenExamples<'NewStarterInformation', 2> = [
  {
    title: 'with an emergency contact',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: selfDeclared,
    claims: {
      preferredName: 'Wyn',
      personalEmail: 'wyn@mail.example',
      mobile: '+44 7700 900001',
      identityDocuments: ['Passport'],
      emergencyContacts: [{ name: 'Sam Placeholder', relationship: 'Sibling', telephone: '+44 7700 900002' }],
      declaredOn: '2026-01-04',
    },
  },
  {
    title: 'nothing declared',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: selfDeclared,
    claims: { declaredOn: '2026-01-04' },
  },
]
