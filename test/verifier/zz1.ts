import { createPresentation } from '../../src/doors/index.js'
import { createDemoAuthority } from '../../src/doors/testing.js'
import { POLICIES, createVerifier } from '../../src/doors/verify.js'

const { trustList, anchor, holder } = await createDemoAuthority()
const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor })

const expectedChallenge = crypto.randomUUID()
const expectedAudience = 'https://southmere.example/verifier'

const presentation = await createPresentation({
  credentials: [{ type: 'VerifiableCredential', issuer: 'nobody' }],
  holder: holder.did,
  signer: holder.signer,
  challenge: expectedChallenge,
  audience: expectedAudience,
  format: 'vp+jwt',
})

const result = await verifier.verifyPresentation(presentation, { expectedChallenge, expectedAudience })
console.log(result.report.holderBinding.outcome) // passed: the presenter is who they say
console.log(result.verdict) // rejected: what they present is no credential
