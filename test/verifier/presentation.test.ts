import { beforeAll, describe, expect, it } from 'vitest'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { explain } from '../../src/verifier/explain.js'
import { POLICIES } from '../../src/verifier/policy.js'
import type { PresentationReport } from '../../src/verifier/report.js'
import {
  PRESENTATION_CASES,
  PRESENTATION_FORMAT_NAMES,
  type PresentationCase,
  type PresentationFormat,
  type PresentationScenario,
  presentationOf,
} from './support/presentation-cases.js'
import { expectReportShape } from './support/report-schema.js'
import { AUDIENCE, CHALLENGE, createWorld, requestFor, type World } from './support/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }

const verify = async (scenario: PresentationScenario) => {
  const verifier = createVerifier({ ...world.options, ...scenario.verifier })
  const result = await verifier.verifyPresentation(scenario.input, { ...ASK, ...scenario.ask })
  expectReportShape(result.report)
  expect(result.verdict).toBe(result.report.verdict)
  expect(result.presentation === undefined).toBe(result.verdict !== 'accepted')
  expect(explain(result.report).split('\n')[0]).toContain(result.verdict.toUpperCase())
  return result
}

const expectCase = (one: PresentationCase, report: PresentationReport): void => {
  const outcome = one.outcome ?? 'failed'
  expect(report.verdict).toBe(outcome === 'failed' ? 'rejected' : 'undecided')
  if (one.check === 'credential') {
    const codes = report.credentials.map(({ checks }) => checks.holderBinding)
    expect(codes.some((result) => 'code' in result && result.code === one.code)).toBe(true)
    expect(report.holderBinding.outcome).toBe('passed')
    return
  }
  expect(report[one.check]).toMatchObject({ outcome, code: one.code, ...(one.faults ? { faults: one.faults } : {}) })
  expect(report.reasons).toContainEqual({ check: one.check, code: one.code })
  // The person's own identifier is in the presenter's key id, so nothing of it is filed.
  expect(JSON.stringify(report)).not.toContain(world.authority.holder.did)
}

describe.each(PRESENTATION_FORMAT_NAMES)('a golden presentation as %s', (format: PresentationFormat) => {
  it('is accepted, with a full report on every credential', async () => {
    const result = await verify({ input: await presentationOf(world, format) })
    expect(result.report.reasons).toEqual([])
    expect(result.verdict).toBe('accepted')
    expect(result.report.credentials.map(({ verdict, checks }) => [verdict, checks.holderBinding.outcome])).toEqual(
      Array(3).fill(['accepted', 'passed']),
    )
    expect(result.presentation?.holder).toBe(world.authority.holder.did)
    expect(result.presentation?.credentials.map(({ type }) => type)).toEqual([
      'Identity',
      'EmploymentAssignment',
      'EmploymentAssignment',
    ])
    expect(JSON.stringify(result.report)).not.toContain(world.authority.holder.did)
  })

  it.each(
    PRESENTATION_CASES.filter(({ formats }) => formats === undefined || formats.includes(format)).map(
      (one) => [one.title, one] as const,
    ),
  )('%s', async (_title, one) => {
    const { report } = await verify(await one.make(world, format))
    expectCase(one, report)
  })
})

describe('a presentation', () => {
  it('needs a challenge and an audience', async () => {
    const verifier = createVerifier(world.options)
    const input = await presentationOf(world, 'vp+jwt')
    await expect(verifier.verifyPresentation(input)).rejects.toThrow(TypeError)
    await expect(verifier.verify(input, { expectedChallenge: CHALLENGE })).rejects.toThrow(TypeError)
    await expect(verifier.verify(input, { expectedAudience: AUDIENCE })).rejects.toThrow(TypeError)
    await expect(verifier.verify(input, { ...ASK, expectedChallenge: '' })).rejects.toThrow(TypeError)
  })

  it('may lack the identity credential where the policy waives it, and says so', async () => {
    const policy = { ...POLICIES.nhs, name: 'one at a time', identityCredential: 'waived' } as const
    const credentials = [world.golden['data-integrity'].credential]
    const { verdict, report } = await verify({
      input: await presentationOf(world, 'vp+jwt', { credentials }),
      verifier: { policy },
    })
    expect(verdict).toBe('accepted')
    expect(report.samePerson).toMatchObject({ outcome: 'notRun', skipped: expect.stringContaining('waives') })
  })

  it('warns of another name, without saying either', async () => {
    const married = await world.authority.organisations.northfield.issuer.issue(
      'RightToWork',
      requestFor(world.authority, 'RightToWork', (draft) => {
        draft.claims.legalSurname = 'Zzyzx-Married'
      }),
    )
    const credentials = [world.identity.credential, married.credential]
    const { verdict, report } = await verify({
      input: await presentationOf(world, 'data-integrity', { credentials }),
      verifier: { statusLists: await world.authority.statusLists() },
    })
    expect(report.reasons).toEqual([])
    expect(verdict).toBe('accepted')
    expect(report.samePerson).toMatchObject({
      outcome: 'passed',
      evidence: { warnings: [{ path: '/credentials/1', code: 'holderBinding.nameDiffers' }] },
    })
    expect(JSON.stringify(report)).not.toContain('Zzyzx')
    expect(explain(report)).toContain('warning at /credentials/1')
  })

  it('under w3c-proof-only still needs its own signature, and no challenge', async () => {
    const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: world.options.clock! })
    const input = await presentationOf(world, 'vp+jwt')
    const good = await verifier.verifyPresentation(input)
    expect(good.verdict).toBe('accepted')
    expect(good.report.holderBinding).toMatchObject({ outcome: 'notRun', skipped: expect.any(String) })
    const bad = await verifier.verifyPresentation(String(input).replace(/\.([^.]{4})([^.]*)$/, '.AAAA$2'))
    expect(bad.verdict).toBe('rejected')
    expect(bad.report.holderBinding).toMatchObject({ outcome: 'failed', code: 'holderBinding.signatureInvalid' })
  })

  it('with one credential that cannot be read still reports on the others', async () => {
    const credentials = [world.identity.credential, { type: 'VerifiableCredential', proof: {} }]
    const { verdict, report } = await verify({ input: await presentationOf(world, 'vp+jwt', { credentials }) })
    expect(verdict).toBe('rejected')
    expect(report.credentials.map((one) => [one.verdict, one.checks.format.outcome])).toEqual([
      ['accepted', 'passed'],
      ['rejected', 'failed'],
    ])
  })
})
