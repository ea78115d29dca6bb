import { createDemoAuthority } from '../../src/doors/testing.js'
import { POLICIES, createVerifier } from '../../src/doors/verify.js'

const { trustList, anchor } = await createDemoAuthority()
const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor })
const result = await verifier.verifyCredential('what somebody sent')

if (result.verdict === 'accepted') console.log(result.credential.type)
else for (const { check, code } of result.report.reasons) console.log(check, code) // format format.unknown
