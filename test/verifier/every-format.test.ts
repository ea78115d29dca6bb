import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import type { CredentialTypeName } from '../../src/credentials/catalogue.js'
import { credentialFormat } from '../../src/formats/sign.js'
import type { Verifier } from '../../src/verifier/create-verifier.js'
import { createEveryFormat, type EveryFormat, TYPES, WAYS, type Way } from './support/every-format.js'
import { CHANGES, changedAt, content, places } from './support/mutations.js'
import { expectReportShape } from './support/report-schema.js'
import type { Draft } from './support/sign.js'
import { AUDIENCE, CHALLENGE } from './support/world.js'

let every: EveryFormat
beforeAll(async () => {
  every = await createEveryFormat()
})

// The rules of some examples compare names with the issuer's.
const AT_SOUTHMERE: Partial<Record<CredentialTypeName, (draft: Draft) => void>> = {
  AccessKey: ({ claims }) => {
    claims.employer = 'Southmere NHS Trust (fictional)'
    claims.employerOds = 'RZ2'
  },
  EmploymentAssignment: ({ claims }) => {
    claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
    claims.employingOrganisationOds = 'RZ2'
  },
}

const issue = (way: Way, type: CredentialTypeName) => every.issue(way, type, AT_SOUTHMERE[type])

/** Whatever it is, as it goes over the wire. */
const serialised = (credential: JsonObject | string): string =>
  typeof credential === 'string' ? credential : JSON.stringify(credential, null, 1)

describe('issued, serialised, parsed and verified, it says what was to be said', () => {
  it.each(TYPES)('%s, in every format with every key', async (type) => {
    for (const way of WAYS) {
      const { credential, document } = await issue(way, type)
      const verifier = await every.verifier()
      const result = await verifier.verify(serialised(credential))
      expect({ way, reasons: result.report.reasons }).toEqual({ way, reasons: [] })
      expectReportShape(result.report)
      expect(result.credential?.document).toEqual(document)
      expect(result.credential?.format).toBe(credentialFormat(way[0]).format)
    }
  })
})

describe.each(WAYS)('%s with %s', (...way) => {
  let verifier: Verifier
  let original: JsonObject | string
  let said: JsonObject
  beforeAll(async () => {
    const issued = await issue(way, 'EmploymentAssignment')
    original = issued.credential
    said = issued.document
    verifier = await every.verifier()
  })

  const judge = async (mutant: unknown): Promise<void> => {
    const result = await verifier.verify(mutant, { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE })
    expectReportShape(result.report)
    if (result.verdict === 'accepted') expect(content(result.credential?.document as Json)).toEqual(content(said))
  }

  it('an accepted mutation is equal in content to the original', async () => {
    if (typeof original === 'string') {
      const text = original
      const place = fc.nat(text.length - 1)
      const letter = fc.constantFrom('A', 'B', 'z', '0', '-', '_', '.', '~', '=', ' ', '')
      await fc.assert(
        fc.asyncProperty(place, letter, (at, character) => judge(text.slice(0, at) + character + text.slice(at + 1))),
        { numRuns: 40 },
      )
      return
    }
    const whole = original
    const somewhere = fc.constantFrom(...places(whole))
    await fc.assert(
      fc.asyncProperty(somewhere, fc.constantFrom(...CHANGES), (path, change) => judge(changedAt(whole, path, change))),
      { numRuns: 40 },
    )
  })

  it('is rejected once revoked, and undecided without its list', async () => {
    const { id, credential } = await issue(way, 'EmploymentAssignment')
    expect((await (await every.verifier({ statusLists: [] })).verify(credential)).verdict).toBe('undecided')
    await every.issuers.ES256.revoke(id, 'LeavingOrganisation')
    const { report } = await (await every.verifier()).verify(credential)
    expect(report.reasons).toEqual([{ check: 'status', code: 'status.revoked' }])
  })

  it('is rejected while suspended, and accepted again', async () => {
    const { id, credential } = await issue(way, 'EmploymentAssignment')
    await every.issuers.ES256.suspend(id, 'SuspectNoLongerValid')
    const { report } = await (await every.verifier()).verify(credential)
    expect(report.reasons).toEqual([{ check: 'status', code: 'status.suspended' }])
    await every.issuers.ES256.reinstate(id)
    expect((await (await every.verifier()).verify(credential)).verdict).toBe('accepted')
  })
})
