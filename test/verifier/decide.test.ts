import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blockedBy,
  CHECK_NAMES,
  type CheckResult,
  type Checks,
  failed,
  inconclusive,
  notApplicable,
  passed,
  skipped,
} from '../../src/core/outcome.js'
import { decide, decidePresentation } from '../../src/verifier/decide.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import type { CredentialReport } from '../../src/verifier/report.js'

const GOOD: Checks = {
  format: passed(),
  signature: passed(),
  issuerTrust: passed(),
  schema: passed(),
  validityPeriod: passed(),
  status: passed(),
  holderBinding: notApplicable('on its own'),
}

const SKIPPING: Policy = { ...POLICIES.nhs, skip: { schema: 'Not asked.' } }

const CASES: readonly [string, Partial<Checks>, Policy, string, readonly string[]][] = [
  ['everything holds', {}, POLICIES.nhs, 'accepted', []],
  ['one fails', { schema: failed('schema.invalid') }, POLICIES.nhs, 'rejected', ['schema schema.invalid']],
  [
    'two fail: both are told, in order',
    { validityPeriod: failed('validityPeriod.expired'), signature: failed('signature.invalid') },
    POLICIES.nhs,
    'rejected',
    ['signature signature.invalid', 'validityPeriod validityPeriod.expired'],
  ],
  [
    'one could not be found out',
    { status: inconclusive('status.listUnavailable') },
    POLICIES.nhs,
    'undecided',
    ['status status.listUnavailable'],
  ],
  [
    'a failure weighs more than a doubt',
    { status: inconclusive('status.listUnavailable'), schema: failed('schema.invalid') },
    POLICIES.nhs,
    'rejected',
    ['schema schema.invalid'],
  ],
  [
    'a block that a failure explains adds nothing',
    { signature: failed('signature.invalid'), status: blockedBy('signature'), holderBinding: blockedBy('signature') },
    POLICIES.nhs,
    'rejected',
    ['signature signature.invalid'],
  ],
  [
    'a block that a doubt explains stays undecided',
    { signature: inconclusive('signature.keyUnavailable'), status: blockedBy('signature') },
    POLICIES.nhs,
    'undecided',
    ['signature signature.keyUnavailable'],
  ],
  [
    'a block that nothing explains is undecided',
    { status: blockedBy('signature') },
    POLICIES.nhs,
    'undecided',
    ['status policy.checkRequired'],
  ],
  [
    'a check that does not apply, and must',
    { status: notApplicable('none') },
    POLICIES.nhs,
    'rejected',
    ['status policy.checkRequired'],
  ],
  ['a check skipped by the policy', { schema: skipped('Not asked.') }, SKIPPING, 'accepted', []],
  [
    'a check skipped by nobody',
    { schema: skipped('Not asked.') },
    POLICIES.nhs,
    'rejected',
    ['schema policy.checkRequired'],
  ],
  [
    'a signature skipped, whatever the policy says',
    { signature: skipped('Not asked.') },
    SKIPPING,
    'rejected',
    ['signature policy.checkRequired'],
  ],
]

describe('decide', () => {
  it.each(CASES)('%s', (_title, change, policy, verdict, reasons) => {
    const decision = decide({ ...GOOD, ...change }, policy)
    expect(decision.verdict).toBe(verdict)
    expect(decision.reasons.map(({ check, code }) => `${check} ${code}`)).toEqual(reasons)
  })

  const anyResult = fc.constantFrom<CheckResult>(
    passed(),
    failed('schema.invalid'),
    inconclusive('status.listUnavailable'),
    notApplicable('none'),
    blockedBy('format'),
    blockedBy('signature', 'issuerTrust'),
    skipped('Not asked.'),
  )
  const anyChecks = fc.record(
    Object.fromEntries(CHECK_NAMES.map((name) => [name, anyResult])),
  ) as unknown as fc.Arbitrary<Checks>
  const anyPolicy = fc.constantFrom<Policy>(POLICIES.nhs, POLICIES['w3c-proof-only'], SKIPPING)

  it('accepts only what it can answer for, whatever the facts', () => {
    fc.assert(
      fc.property(anyChecks, anyPolicy, (checks, policy) => {
        const { verdict, reasons } = decide(checks, policy)
        const results = Object.values(checks)
        if (results.some(({ outcome }) => outcome === 'failed')) expect(verdict).toBe('rejected')
        if (verdict !== 'accepted') expect(reasons.length).toBeGreaterThan(0)
        if (verdict !== 'accepted') return
        expect(reasons).toEqual([])
        for (const name of CHECK_NAMES) {
          const result = checks[name]
          const excused =
            (result.outcome === 'notApplicable' && policy.mayBeAbsent.includes(name)) ||
            ('skipped' in result && Object.hasOwn(policy.skip, name))
          expect(result.outcome === 'passed' || excused).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('never accepts an unproven signature', () => {
    for (const policy of [...Object.values(POLICIES), SKIPPING])
      for (const signature of [skipped('No.'), blockedBy('format'), notApplicable('none')])
        expect(decide({ ...GOOD, signature }, policy).verdict).not.toBe('accepted')
  })
})

const report = (verdict: CredentialReport['verdict'], code?: string): CredentialReport =>
  ({
    verdict,
    reasons: code === undefined ? [] : [{ check: 'status', code }],
  }) as unknown as CredentialReport

const OWN = { holderBinding: passed(), samePerson: passed() }

const PRESENTATIONS: readonly [string, Parameters<typeof decidePresentation>[0], Policy, string, readonly string[]][] =
  [
    ['everything holds', { ...OWN, credentials: [report('accepted')] }, POLICIES.nhs, 'accepted', []],
    [
      'one credential is rejected',
      { ...OWN, credentials: [report('accepted'), report('rejected', 'status.revoked')] },
      POLICIES.nhs,
      'rejected',
      ['1 status.revoked'],
    ],
    [
      'one credential is undecided',
      { ...OWN, credentials: [report('undecided', 'status.listUnavailable')] },
      POLICIES.nhs,
      'undecided',
      ['0 status.listUnavailable'],
    ],
    [
      'the presenter fails',
      { ...OWN, holderBinding: failed('holderBinding.challengeMismatch'), credentials: [report('accepted')] },
      POLICIES.nhs,
      'rejected',
      ['own holderBinding.challengeMismatch'],
    ],
    [
      'the identity credential is not waived',
      { ...OWN, samePerson: skipped('Waived.'), credentials: [report('accepted')] },
      POLICIES.nhs,
      'rejected',
      ['own policy.checkRequired'],
    ],
    [
      'the identity credential is waived',
      { ...OWN, samePerson: skipped('Waived.'), credentials: [report('accepted')] },
      { ...POLICIES.nhs, identityCredential: 'waived' },
      'accepted',
      [],
    ],
  ]

describe('decidePresentation', () => {
  it.each(PRESENTATIONS)('%s', (_title, facts, policy, verdict, reasons) => {
    const decision = decidePresentation(facts, policy)
    expect(decision.verdict).toBe(verdict)
    expect(decision.reasons.map(({ credential, code }) => `${credential ?? 'own'} ${code}`)).toEqual(reasons)
  })
})
