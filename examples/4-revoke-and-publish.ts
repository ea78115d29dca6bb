// Revoke, publish, and what a verifier then says: now, and of the day before.
import { CREDENTIAL_TYPES, createVerifier, type IssueRequest, POLICIES } from 'staff-passport'
import { createDemoAuthority } from 'staff-passport/testing'

let now = new Date('2026-03-02T09:00:00Z')
const clock = { now: () => now }
const { organisations, holder, trustList, anchor, statusLists } = await createDemoAuthority({ clock })
const { issuer } = organisations.northfield

const { uniqueIdentifier, assurance, claims } = CREDENTIAL_TYPES.DisclosureAndBarringService.examples[0]
// The example's claims come out of a table of all types, so they are given as what they are.
const request = { subject: holder.did, uniqueIdentifier, assurance, claims } as unknown
const issued = await issuer.issue('DisclosureAndBarringService', request as IssueRequest<'DisclosureAndBarringService'>)
const listsOfMonday = await statusLists()

now = new Date('2026-03-03T09:00:00Z')
await issuer.revoke(issued.id, 'NoLongerValid')
for await (const { purpose, set } of issuer.publishStatus()) console.log(`${purpose}: ${set} set`)

const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor, clock, statusLists: await statusLists() })
const today = await verifier.verifyCredential(issued.credential)
console.log(`today: ${today.verdict} ${today.report.reasons.map(({ code }) => code).join()}`)

const at = '2026-03-02T10:00:00Z'
const onMonday = await verifier.verifyCredential(issued.credential, { at, statusLists: listsOfMonday })
console.log(`on Monday, by Monday's list: ${onMonday.verdict}`)
