import { beforeAll, describe, expect, it } from 'vitest'
import { CHECK_CODES } from '../../src/core/codes.js'
import type { CredentialCase } from '../../src/verifier/case.js'
import { checkIssuerTrust } from '../../src/verifier/checks/issuer-trust.js'
import { checkValidityPeriod } from '../../src/verifier/checks/validity-period.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { expectMutation, type MutationCase, verifyScenario } from './support/case.js'
import { SCHEMA_CASES, STATUS_CASES, VALIDITY_CASES } from './support/content-cases.js'
import { FORMAT_CASES } from './support/format-cases.js'
import { PRESENTATION_CASES } from './support/presentation-cases.js'
import { FORMATS } from './support/sign.js'
import { SIGNATURE_CASES, TRUST_CASES } from './support/signature-cases.js'
import { createWorld, type World } from './support/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const TABLES: Readonly<Record<string, readonly MutationCase[]>> = {
  format: FORMAT_CASES,
  signature: SIGNATURE_CASES,
  issuerTrust: TRUST_CASES,
  schema: SCHEMA_CASES,
  validityPeriod: VALIDITY_CASES,
  status: STATUS_CASES,
}

describe.each(FORMATS)('a golden credential as %s', (format) => {
  it('is accepted, with every check answered', async () => {
    const report = await verifyScenario(world, format, {})
    expect(report.reasons).toEqual([])
    expect(Object.values(report.checks).map(({ outcome }) => outcome)).toEqual([
      ...Array(6).fill('passed'),
      'notApplicable',
    ])
  })

  describe.each(Object.entries(TABLES))('%s', (_check, cases) => {
    it.each(
      cases
        .filter(({ formats }) => formats === undefined || formats.includes(format))
        .map((one) => [one.title, one] as const),
    )('%s', (_title, one) => expectMutation(world, format, one))
  })

  it('a check that the policy does not let be absent', async () => {
    const policy = { ...POLICIES.nhs, name: 'presented only', mayBeAbsent: [] }
    const report = await verifyScenario(world, format, { verifier: { policy } })
    expect(report.verdict).toBe('rejected')
    expect(report.reasons).toEqual([{ check: 'holderBinding', code: 'policy.checkRequired' }])
  })
})

// Codes that no input can bring about by itself, asked of the check directly.
const DIRECT: Readonly<Record<string, () => unknown>> = {
  'issuerTrust.listMissing': () => checkIssuerTrust({} as CredentialCase),
  'validityPeriod.malformed': () =>
    checkValidityPeriod({
      settings: { policy: POLICIES.nhs },
      moments: { now: 0 },
      input: { document: { validFrom: 'yesterday' } },
    } as unknown as CredentialCase),
}

describe('codes', () => {
  it.each(Object.entries(DIRECT))('%s', (code, ask) => {
    expect(ask()).toMatchObject({ outcome: 'failed', code })
  })

  // Codes that stand in faults, or are asked elsewhere; each with where.
  const ELSEWHERE: Readonly<Record<string, RegExp>> = {
    'the faults of schema.invalid (test/credentials)':
      /^schema\.(required|type|pattern|format|enum|const|length|range|unknownProperty|repeated|shape)$/,
    'test/conformance/vc-json-schema': /^schema\.indeterminate$/,
    'test/adversarial/group-c': /^signature\.keyBindingMismatch$/,
    'test/adversarial/group-g': /^status\.notValid$/,
    'test/verifier/certificates': /^signature\.certificate(Malformed|Untrusted|NotIssuers)$/,
    'test/verifier/algorithm-unavailable': /^signature\.algorithmUnavailable$/,
    'a warning, in test/verifier/presentation': /^holderBinding\.nameDiffers$/,
    'test/cases/trust-is-of-one-meaning':
      /^(issuerTrust\.(listEquivocates|listIssuedEarlier|nameDiffers)|status\.revocationWithdrawn)$/,
    'test/cases/work-is-bounded': /^status\.tooManyEntries$/,
    'test/cases/to-the-letter-of-the-specification': /^signature\.baseProof$/,
    'test/cases/a-token-for-somebody-else': /^format\.audienceMismatch$/,
    'test/cases/the-question-decides': /^holderBinding\.(presentationMissing|challengeNotStated)$/,
    'above, of every format': /^policy\.checkRequired$/,
  }

  it('every code has its case', () => {
    const tables = [...Object.values(TABLES).flat(), ...PRESENTATION_CASES]
    const covered = new Set([...tables.map(({ code }) => code), ...Object.keys(DIRECT)])
    const missing = Object.keys(CHECK_CODES).filter(
      (code) => !covered.has(code) && !Object.values(ELSEWHERE).some((pattern) => pattern.test(code)),
    )
    expect(missing).toEqual([])
  })
})
