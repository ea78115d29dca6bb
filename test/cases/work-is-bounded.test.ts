import { beforeAll, describe, expect, it } from 'vitest'
import { PassportError } from '../../src/core/errors.js'
import { LIMITS } from '../../src/core/limits.js'
import { createCredentialSchema } from '../../src/doors/json-schema.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createEveryFormat } from '../verifier/support/every-format.js'
import { type Draft, edited, FORMATS, secure } from '../verifier/support/sign.js'
import {
  createWorld,
  northfieldSecuring,
  strangerSigner,
  trustListWith,
  type World,
} from '../verifier/support/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

describe('WORK-1: a schema of one’s own runs for issuers who are believed', () => {
  const slow = createCredentialSchema({
    type: 'ParkingPermit',
    schema: {
      $id: 'https://southmere.example/schemas/parking-permit.json',
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: { credentialSubject: { properties: { bay: { type: 'string', pattern: '^([A-Z0-9]+-?)+$' } } } },
    },
  })
  let ran = 0
  const counted = {
    ...slow,
    validate: (document: Parameters<typeof slow.validate>[0]) => {
      ran++
      return slow.validate(document)
    },
  }
  const permit = (bay: string) =>
    edited(world.golden['vc+jwt'].document, (draft) => {
      draft.type = ['VerifiableCredential', 'ParkingPermit']
      draft.credentialSubject = { id: draft.credentialSubject.id, bay }
      draft.credentialSchema = { id: slow.id, type: 'JsonSchema' }
      delete draft.credentialStatus
    })
  const HOSTILE = `${'A'.repeat(60)}!`

  it('a stranger’s, and an unsigned one, are rejected at once, and the schema is not asked', async () => {
    const stranger = await strangerSigner()
    const verifier = createVerifier({ ...world.options, schemas: [counted] })
    const signed = await secure('vc+jwt', permit(HOSTILE), { ...northfieldSecuring(world), signer: stranger })
    const { report } = await verifier.verifyCredential(signed)
    expect(ran).toBe(0)
    expect(report.verdict).toBe('rejected')
    expect(report.checks.schema).toEqual({ outcome: 'notRun', blockedBy: ['signature', 'issuerTrust'] })
    const unsigned = `${String(signed).slice(0, -8)}AAAAAAAA`
    expect((await verifier.verifyCredential(unsigned)).verdict).toBe('rejected')
    const proofOnly = createVerifier({ policy: POLICIES['w3c-proof-only'], schemas: [counted] })
    expect((await proofOnly.verifyCredential(unsigned)).verdict).toBe('rejected')
    expect(ran).toBe(0)
  })

  it('a believed issuer’s is asked', async () => {
    const trustList = await trustListWith(world, 'northfield', (entry) => {
      entry.mayIssue = [{ type: '*' }]
    })
    const verifier = createVerifier({ ...world.options, trustList, schemas: [counted] })
    for (const [bay, outcome] of [
      ['A-1', 'passed'],
      ['a', 'failed'],
    ] as const) {
      const before = ran
      const { report } = await verifier.verifyCredential(await secure('vc+jwt', permit(bay), northfieldSecuring(world)))
      expect(report.checks.schema).toMatchObject({ outcome })
      expect(ran).toBe(before + 1)
    }
  })
})

describe('WORK-3: status entries are bounded, asked at once, and a dead host is asked once', () => {
  const withEntries = (count: number, host = (_: number) => 'status.northfield.example') =>
    edited(world.golden['vc+jwt'].document, (draft) => {
      const [entry] = draft.credentialStatus
      const more = Array.from({ length: count - draft.credentialStatus.length }, (_, index) => ({
        ...entry,
        id: undefined,
        statusListCredential: `https://${host(index)}/lists/${index + 100}`,
      }))
      draft.credentialStatus = JSON.parse(JSON.stringify([...draft.credentialStatus, ...more])) as Draft
    })

  it.each(FORMATS)('more than the limit are refused before anything is fetched, in %s', async (format) => {
    let asked = 0
    const fetch = async () => {
      asked++
      throw new PassportError('fetch.timeout', 'nobody answers')
    }
    const many = await secure(format, withEntries(300), northfieldSecuring(world))
    const { report } = await createVerifier({ ...world.options, fetch }).verifyCredential(many)
    expect(report.checks.status).toMatchObject({ outcome: 'failed', code: 'status.tooManyEntries' })
    expect(asked).toBe(0)
  })

  it('as many as may be are asked together', async () => {
    let [under, most] = [0, 0]
    const fetch = async () => {
      under++
      most = Math.max(most, under)
      await new Promise((resolve) => setImmediate(resolve))
      under--
      throw new PassportError('fetch.failed', 'it is gone')
    }
    const some = await secure(
      'vc+jwt',
      withEntries(LIMITS.statusEntries, (index) => `h${index}.example`),
      northfieldSecuring(world),
    )
    const { report } = await createVerifier({ ...world.options, fetch }).verifyCredential(some)
    expect(report.checks.status).toMatchObject({ outcome: 'inconclusive', code: 'status.listUnavailable' })
    expect(most).toBe(LIMITS.statusEntries - 2)
  })

  it('a host that lets us wait is asked once in a verification, and again in the next', async () => {
    let asked = 0
    const fetch = async () => {
      asked++
      throw new PassportError('fetch.timeout', 'nobody answers')
    }
    let now = Date.parse('2026-03-02T12:00:00Z')
    const clock = { now: () => new Date(now) }
    const { statusLists: _, ...options } = world.options
    const verifier = createVerifier({ ...options, clock, fetch })
    const one = await secure('vc+jwt', withEntries(2), northfieldSecuring(world))
    await verifier.verifyCredential(one)
    const first = asked
    await verifier.verifyCredential(one)
    expect(asked).toBe(first)
    now += 1000
    await verifier.verifyCredential(one)
    expect(asked).toBeGreaterThan(first)
  })
})

describe('WORK-5: the status of a token that has expired is not asked', () => {
  it('its list is not fetched, and the report says why', async () => {
    const every = await createEveryFormat()
    const { credential } = await every.issue(['dc+sd-jwt', 'ES256'], 'EmploymentAssignment', (draft) => {
      draft.claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
      draft.claims.employingOrganisationOds = 'RZ2'
      draft.validUntil = '2026-03-02T10:00:00Z'
    })
    let asked = 0
    const fetch = async () => {
      asked++
      throw new PassportError('fetch.failed', 'nobody answers')
    }
    const verifier = await every.verifier({ fetch, statusLists: [] })
    const { report } = await verifier.verifyCredential(credential)
    expect(report.checks.validityPeriod).toMatchObject({ outcome: 'failed', code: 'validityPeriod.expired' })
    expect(report.checks.status).toEqual({ outcome: 'notRun', blockedBy: ['validityPeriod'] })
    expect(report.verdict).toBe('rejected')
    expect(asked).toBe(0)
  })
})
