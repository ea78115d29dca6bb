import type { CheckResult, Fault } from '../../core/outcome.js'
import { codeText } from '../../verifier/code-text.js'
import type { Reason, Report } from '../../verifier/report.js'
import { type ProblemDetails, problem } from '../problem.js'
import { problemType } from '../problem-types.js'

const CREDENTIAL = '/verifiableCredential'
const PRESENTATION = '/verifiablePresentation'

const resultFor = (report: Report, check: Reason['check']): CheckResult | undefined => {
  if (report.kind === 'credential') return check === 'samePerson' ? undefined : report.checks[check]
  if (check === 'samePerson') return report.samePerson
  return check === 'holderBinding' ? report.holderBinding : undefined
}

// Faults say where; a reason alone says what.
const faultsOf = (result: CheckResult | undefined, code: string): readonly Fault[] =>
  result !== undefined && 'faults' in result && result.faults.length > 0 ? result.faults : [{ path: '', code }]

const explain = (report: Report, { check, code }: Reason, pointer: string): readonly ProblemDetails[] => {
  const securedBy = report.input.format === 'data-integrity' ? 'proof' : 'token'
  return faultsOf(resultFor(report, check), code).map((fault) => {
    const { meaning, mend } = codeText(fault.code) ?? codeText(code) ?? { meaning: 'It did not verify.', mend: '' }
    const more = { code: fault.code, pointer: pointer + fault.path }
    return problem(problemType(fault.code, securedBy), `${meaning} ${mend}`.trim(), more)
  })
}

/** Why a verdict is not `accepted`, as problems with pointers into the request; none where it is. */
export const problemsOf = (report: Report): readonly ProblemDetails[] =>
  report.reasons.flatMap((reason) => {
    if (report.kind === 'credential') return explain(report, reason, CREDENTIAL)
    const inner = reason.credential === undefined ? undefined : report.credentials[reason.credential]
    return inner
      ? explain(inner, reason, `${PRESENTATION}${CREDENTIAL}/${reason.credential}`)
      : explain(report, reason, PRESENTATION)
  })
