import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import type { CatalogueEntry } from '../../src/credentials/define.js'
import type { IssueRequest } from '../../src/issuer/issuer.js'
import { createDemoAuthority, type DemoAuthority, type DemoOrganisation } from '../../src/testing/demo-authority.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'

const clock = fixedClock('2026-01-20T12:00:00Z')
const rows: readonly CatalogueEntry[] = Object.values(CREDENTIAL_TYPES)
const EXAMPLES = rows.flatMap(({ type, examples }) =>
  examples.map(({ title }, variant) => [`${type}: ${title}`, type as CredentialTypeName, variant] as const),
)

let world: DemoAuthority
beforeAll(async () => {
  world = await createDemoAuthority({ clock })
})

const requestOf = (type: CredentialTypeName, variant: number): IssueRequest<CredentialTypeName> =>
  ({
    ...rows.find((row) => row.type === type)?.examples[variant],
    subject: world.holder.did,
  }) as unknown as IssueRequest<CredentialTypeName>

// Who may issue it, and whom the claims do not contradict.
const issuersOf = (type: CredentialTypeName, variant: number): readonly DemoOrganisation[] =>
  Object.values(world.organisations).filter(
    ({ entry, issuer }) =>
      entry.mayIssue.some((permission) => permission.type === type) &&
      issuer.check(type, requestOf(type, variant)).faults.length === 0,
  )

describe('every golden example is issued, and then accepted', () => {
  it.each(EXAMPLES)('%s', async (_, type, variant) => {
    const issuers = issuersOf(type, variant)
    expect(issuers.length).toBeGreaterThan(0)
    for (const { issuer } of issuers) {
      const { credential } = await issuer.issue(type, requestOf(type, variant))
      const { trustList, anchor } = world
      const statusLists = await world.statusLists()
      const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor, statusLists, clock })
      const { report } = await verifier.verifyCredential(credential)
      expect(report.reasons).toEqual([])
      expect(report.verdict).toBe('accepted')
    }
  })
})
