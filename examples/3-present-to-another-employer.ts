// The employee presents two credentials; the next employer verifies them, bound to its own challenge.
import { createPresentation, createVerifier, POLICIES } from 'staff-passport'
import { createDemoAuthority } from 'staff-passport/testing'

const { organisations, holder, trustList, anchor, statusLists } = await createDemoAuthority()
const person = {
  subject: holder.did,
  uniqueIdentifier: '0b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10',
  assurance: {
    origin: 'Substantive NHS Employing Organisation',
    assurancePolicy: 'Local contractual arrangement',
    assuranceOutcome: 'Onboarding complete',
    provider: 'Northfield NHS Trust (fictional)',
    verifier: 'Provider',
    verificationMethod: 'Document Verification',
    pedigree: 'Authoritative',
    lastRefresh: '2026-01-05',
  },
} as const
const names = { legalFirstName: 'Ŵyn', legalSurname: 'O’Example-Testwell', birthDate: '1990-02-28' }

const identity = await organisations.northfield.issuer.issue('Identity', {
  ...person,
  claims: {
    ...names,
    addressLine1: '1 Example Street',
    townOrCity: 'Northfield',
    postcode: 'NX1 1AA',
    country: 'United Kingdom',
  },
})
const details = await organisations.northfield.issuer.issue('PersonalDetails', {
  ...person,
  claims: { ...names, preferredName: 'Wyn' },
})

const challenge = crypto.randomUUID()
const audience = 'https://passport.southmere.example'
const presentation = await createPresentation({
  credentials: [identity.credential, details.credential],
  holder: holder.did,
  signer: holder.signer,
  challenge,
  audience,
})

const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor, statusLists: await statusLists() })
const expected = { expectedChallenge: challenge, expectedAudience: audience }
const result = await verifier.verifyPresentation(presentation, expected)
console.log(`to the right challenge: ${result.verdict}`)

const replayed = await verifier.verifyPresentation(presentation, {
  ...expected,
  expectedChallenge: crypto.randomUUID(),
})
console.log(`to another: ${replayed.verdict}, ${replayed.report.reasons[0]?.code}`)
