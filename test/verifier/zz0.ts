import { createDemoAuthority } from '../../src/doors/testing.js'
import { POLICIES, createVerifier, explain } from '../../src/doors/verify.js'

const authority = await createDemoAuthority()
const verifier = createVerifier({
  policy: POLICIES.nhs,
  trustList: authority.trustList,
  anchor: authority.anchor,
  statusLists: await authority.statusLists(),
})

const result = await verifier.verify('{"not": "a credential"}')
if (result.verdict !== 'accepted') console.log(explain(result.report))
