import { CHECK_NAMES, type CheckResult, type Checks } from '../core/outcome.js'
import type { Policy, SkippableCheck } from './policy.js'
import type { CredentialReport, Reason, Verdict } from './report.js'

/** A verdict and what led to it. */
export interface Decision {
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
}

type Finding = Reason & { readonly weight: 'rejected' | 'undecided' }

/** What the policy says of one question. */
interface Terms {
  readonly mayBeAbsent: boolean
  readonly maySkip: boolean
  readonly isExplained: (result: CheckResult) => boolean
}

const judge = (check: Reason['check'], result: CheckResult, terms: Terms): readonly Finding[] => {
  const required: Finding = { check, code: 'policy.checkRequired', weight: 'rejected' }
  switch (result.outcome) {
    case 'passed':
      return []
    case 'failed':
      return [{ check, code: result.code, weight: 'rejected' }]
    case 'inconclusive':
      return [{ check, code: result.code, weight: 'undecided' }]
    case 'notApplicable':
      return terms.mayBeAbsent ? [] : [required]
    case 'notRun':
      if ('skipped' in result) return terms.maySkip ? [] : [required]
      return terms.isExplained(result) ? [] : [{ ...required, weight: 'undecided' }]
  }
}

const conclude = (findings: readonly Finding[]): Decision => {
  const verdict = findings.some(({ weight }) => weight === 'rejected')
    ? 'rejected'
    : findings.length > 0
      ? 'undecided'
      : 'accepted'
  const deciding = findings.filter(({ weight }) => weight === verdict)
  return { verdict, reasons: deciding.map(({ weight: _, ...reason }) => reason) }
}

const isExplainedBy =
  (checks: Checks) =>
  (result: CheckResult): boolean =>
    'blockedBy' in result && result.blockedBy.some((name) => ['failed', 'inconclusive'].includes(checks[name].outcome))

/**
 * Judges seven facts. Any failure rejects; else anything that could not be found out leaves it undecided; a check that
 * does not apply, or was skipped, counts only where the policy says so.
 */
export const decide = (checks: Checks, policy: Policy): Decision =>
  conclude(
    CHECK_NAMES.flatMap((name) =>
      judge(name, checks[name], {
        mayBeAbsent: policy.mayBeAbsent.includes(name),
        maySkip: Object.hasOwn(policy.skip, name),
        isExplained: isExplainedBy(checks),
      }),
    ),
  )

/** What is known of a presentation. */
export interface PresentationFacts {
  readonly holderBinding: CheckResult
  readonly samePerson: CheckResult
  readonly credentials: readonly CredentialReport[]
}

const maySkip = (policy: Policy, check: SkippableCheck): boolean => Object.hasOwn(policy.skip, check)

/** Judges a presentation: its own two answers, and the verdict on each credential in it. */
export const decidePresentation = (facts: PresentationFacts, policy: Policy): Decision => {
  const { holderBinding, samePerson, credentials } = facts
  const isExplained = (): boolean => holderBinding.outcome === 'failed' || holderBinding.outcome === 'inconclusive'
  const own = [
    ...judge('holderBinding', holderBinding, {
      mayBeAbsent: false,
      maySkip: maySkip(policy, 'holderBinding'),
      isExplained,
    }),
    ...judge('samePerson', samePerson, {
      mayBeAbsent: false,
      maySkip: policy.identityCredential === 'waived',
      isExplained,
    }),
  ]
  // That nobody proved to present it is told once, not of every credential again.
  const isTold = ({ check, code }: Reason): boolean => own.some((told) => told.check === check && told.code === code)
  const inside = credentials.flatMap(({ verdict, reasons }, credential) =>
    verdict === 'accepted'
      ? []
      : reasons.filter((reason) => !isTold(reason)).map((reason) => ({ ...reason, credential, weight: verdict })),
  )
  return conclude([...own, ...inside])
}
