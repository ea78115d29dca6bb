import { describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { createDemoAuthority } from '../../src/testing/demo-authority.js'
import { openTrustList } from '../../src/trust/open.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'

const clock = fixedClock('2026-03-02T09:00:00Z')

describe('the demo authority', () => {
  it('signs a trust list that opens under its anchor, and under no other', async () => {
    const authority = await createDemoAuthority({ clock })
    const opened = await openTrustList(authority.trustList, authority.anchor)
    expect(opened).toMatchObject({ ok: true, list: authority.list })
    expect(await openTrustList(authority.trustList, authority.holder.did)).toMatchObject({
      ok: false,
      code: 'issuerTrust.listNotSignedByAnchor',
    })
  })

  it('is plainly fictional, with both algorithms, and nobody shares a key', async () => {
    const { organisations } = await createDemoAuthority({ clock })
    const all = Object.values(organisations)
    for (const { entry } of all) expect(entry.name).toContain('(fictional)')
    expect(organisations.northfield.entry.odsCode).toBeDefined()
    expect(organisations.southmere.entry.odsCode).toBeDefined()
    expect(new Set(all.map(({ signer }) => signer.algorithm))).toEqual(new Set(['EdDSA', 'ES256']))
    expect(new Set(all.map(({ signer }) => signer.publicKeyJwk.x)).size).toBe(all.length)
  })

  it('has somebody who may issue every type', async () => {
    const { list } = await createDemoAuthority({ clock })
    const allowed = new Set(list.organisations.flatMap(({ mayIssue }) => mayIssue.map(({ type }) => type)))
    expect(Object.keys(CREDENTIAL_TYPES).filter((type) => !allowed.has(type))).toEqual([])
  })

  it('issues what its verifier accepts, and publishes a revocation', async () => {
    const authority = await createDemoAuthority({ clock })
    const { issuer } = authority.organisations.identityProvider
    const type: CredentialTypeName = 'Identity'
    const [{ uniqueIdentifier, assurance, claims }] = CREDENTIAL_TYPES[type].examples
    const request = { subject: authority.holder.did, uniqueIdentifier, assurance, claims }
    const issued = await issuer.issue(type, request as never)
    const verify = async () => {
      const { trustList, anchor } = authority
      const statusLists = await authority.statusLists()
      return createVerifier({ policy: POLICIES.nhs, trustList, anchor, statusLists, clock }).verify(issued.credential)
    }
    expect((await verify()).verdict).toBe('accepted')
    await issuer.revoke(issued.id, 'CredentialProvidedInError')
    expect((await verify()).report.reasons).toEqual([{ check: 'status', code: 'status.revoked' }])
  })

  it('signs another list, for a change in the world', async () => {
    const authority = await createDemoAuthority({ clock })
    const changed = await authority.signTrustList({ ...authority.list, version: 2 })
    expect(await openTrustList(changed, authority.anchor)).toMatchObject({ ok: true, list: { version: 2 } })
  })

  it('makes holders with either algorithm', async () => {
    const authority = await createDemoAuthority({ clock })
    expect((await authority.newHolder()).signer.algorithm).toBe('EdDSA')
    expect((await authority.newHolder('ES256')).signer.algorithm).toBe('ES256')
  })
})
