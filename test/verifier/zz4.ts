import { createDemoAuthority } from '../../src/doors/testing.js'
import { POLICIES, createVerifier } from '../../src/doors/verify.js'

const { trustList, anchor } = await createDemoAuthority()
const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor })
const { report } = await verifier.verify('an archived credential', { at: '2024-06-30T12:00:00Z' })
console.log(report.at, report.checkedAt)
