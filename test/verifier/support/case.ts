import { expect } from 'vitest'
import { CHECK_NAMES, type CheckName, type CheckResult } from '../../../src/core/outcome.js'
import { createVerifier, type VerifierOptions } from '../../../src/verifier/create-verifier.js'
import { explain } from '../../../src/verifier/explain.js'
import type { CredentialReport } from '../../../src/verifier/report.js'
import type { VerifyOptions } from '../../../src/verifier/verify-options.js'
import { expectReportShape } from './report-schema.js'
import type { Format } from './sign.js'
import type { World } from './world.js'

/** One changed thing: what is verified, by whom, and what is asked. */
export interface Scenario {
  readonly input?: unknown
  readonly verifier?: Partial<VerifierOptions>
  readonly ask?: VerifyOptions
}

/** Golden plus one mutation. */
export interface MutationCase {
  readonly title: string
  readonly check: CheckName
  readonly code: string
  /** `failed` unless said. */
  readonly outcome?: 'failed' | 'inconclusive'
  /** Other checks that the one change honestly fails too, with their codes. */
  readonly also?: Readonly<Partial<Record<CheckName, string>>>
  /** Both formats unless said. */
  readonly formats?: readonly Format[]
  readonly make: (world: World, format: Format) => Scenario | Promise<Scenario>
}

const BLOCKS: Readonly<Partial<Record<CheckName, readonly CheckName[]>>> = {
  status: ['signature', 'issuerTrust'],
  holderBinding: ['signature'],
}

const isPassed = ({ outcome }: CheckResult): boolean => outcome === 'passed'

const expectUnmoved = (name: CheckName, report: CredentialReport): void => {
  const result = report.checks[name]
  const blockers = isPassed(report.checks.format)
    ? (BLOCKS[name] ?? []).filter((blocker) => !isPassed(report.checks[blocker]))
    : ['format']
  if (blockers.length > 0) expect(result, name).toEqual({ outcome: 'notRun', blockedBy: blockers })
  else
    expect(result.outcome, `${name} ${JSON.stringify(result)}`).toBe(
      name === 'holderBinding' ? 'notApplicable' : 'passed',
    )
}

const expectCode = (name: CheckName, code: string, outcome: string, report: CredentialReport): void => {
  expect(report.checks[name], name).toMatchObject({ outcome, code })
  const { faults } = report.checks[name] as { faults: readonly unknown[] }
  expect(faults.length).toBeGreaterThan(0)
}

/** Verifies a scenario and holds the report to its shape. */
export const verifyScenario = async (world: World, format: Format, scenario: Scenario): Promise<CredentialReport> => {
  const verifier = createVerifier({ ...world.options, ...scenario.verifier })
  const input = scenario.input ?? world.golden[format].credential
  const result = await verifier.verifyCredential(input, scenario.ask ?? {})
  expectReportShape(result.report)
  expect(Object.keys(result.report.checks)).toEqual(CHECK_NAMES)
  expect(result.verdict).toBe(result.report.verdict)
  expect(result.credential === undefined).toBe(result.verdict !== 'accepted')
  expect(explain(result.report).split('\n')[0]).toContain(result.verdict.toUpperCase())
  return result.report
}

/** Expects the one check to give the one code, and every other check to stay as it was or to say what blocks it. */
export const expectMutation = async (world: World, format: Format, one: MutationCase): Promise<void> => {
  const report = await verifyScenario(world, format, await one.make(world, format))
  const outcome = one.outcome ?? 'failed'
  expectCode(one.check, one.code, outcome, report)
  for (const [name, code] of Object.entries(one.also ?? {})) expectCode(name as CheckName, code, 'failed', report)
  for (const name of CHECK_NAMES) if (name !== one.check && one.also?.[name] === undefined) expectUnmoved(name, report)
  const verdict = outcome === 'failed' || one.also ? 'rejected' : 'undecided'
  expect(report.verdict).toBe(verdict)
  expect(report.reasons).toContainEqual({ check: one.check, code: one.code })
}
