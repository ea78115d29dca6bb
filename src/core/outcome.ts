import type { Json } from './json.js'

/** The seven checks, in the order in which every report lists them. */
export const CHECK_NAMES = [
  'format',
  'signature',
  'issuerTrust',
  'schema',
  'validityPeriod',
  'status',
  'holderBinding',
] as const

/** The name of one of the seven checks. */
export type CheckName = (typeof CHECK_NAMES)[number]

/** One thing wrong, and where: a JSON pointer and a stable code, never a value from the credential. */
export interface Fault {
  readonly path: string
  readonly code: string
}

/** What a check found out, fit to be filed: identifiers of keys, lists and organisations, digests and times. */
export type Evidence = { readonly [name: string]: Json }

/** We looked, and it holds. */
export interface Passed {
  readonly outcome: 'passed'
  readonly evidence: Evidence
}
/** We looked, and it does not hold. */
export interface Failed {
  readonly outcome: 'failed'
  readonly code: string
  readonly faults: readonly Fault[]
  readonly evidence: Evidence
}
/** We could not find out. */
export interface Inconclusive {
  readonly outcome: 'inconclusive'
  readonly code: string
  readonly faults: readonly Fault[]
  readonly evidence: Evidence
}
/** The question does not arise for this input. */
export interface NotApplicable {
  readonly outcome: 'notApplicable'
  readonly reason: string
}
/** We did not look: another check stands in the way, or the policy says not to, in a sentence. */
export type NotRun =
  | { readonly outcome: 'notRun'; readonly blockedBy: readonly CheckName[] }
  | { readonly outcome: 'notRun'; readonly skipped: string }

/** The answer to one check. */
export type CheckResult = Passed | Failed | Inconclusive | NotApplicable | NotRun

/** All seven answers; the compiler counts them. */
export type Checks = { readonly [Name in CheckName]: CheckResult }

/** The check holds. */
export const passed = (evidence: Evidence = {}): Passed => ({ outcome: 'passed', evidence })

/** The check does not hold; without faults of its own, the fault is the whole input (`''`). */
export const failed = (
  code: string,
  evidence: Evidence = {},
  faults: readonly Fault[] = [{ path: '', code }],
): Failed => ({
  outcome: 'failed',
  code,
  faults,
  evidence,
})

/** The check could not be answered. */
export const inconclusive = (
  code: string,
  evidence: Evidence = {},
  faults: readonly Fault[] = [{ path: '', code }],
): Inconclusive => ({ outcome: 'inconclusive', code, faults, evidence })

/** The question does not arise. */
export const notApplicable = (reason: string): NotApplicable => ({ outcome: 'notApplicable', reason })

/** The check waits for others that did not pass. */
export const blockedBy = (...checks: CheckName[]): NotRun => ({ outcome: 'notRun', blockedBy: checks })

/** The policy skips the check, and says why. */
export const skipped = (sentence: string): NotRun => ({ outcome: 'notRun', skipped: sentence })
