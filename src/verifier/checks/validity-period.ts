import { formatDateTime, parseDateTime } from '../../codec/date-time.js'
import type { CheckCode } from '../../core/codes.js'
import type { Json } from '../../core/json.js'
import { type CheckResult, type Evidence, failed, notApplicable, passed } from '../../core/outcome.js'
import { askedMoment, type CredentialCase, skewOf } from '../case.js'

interface Limit {
  readonly path: string
  /** Milliseconds since 1970; `undefined` where it is not a time. */
  readonly time: number | undefined
}

const SECOND = 1000

const ofDocument = (path: string, value: Json | undefined): readonly Limit[] =>
  value === undefined ? [] : [{ path, time: typeof value === 'string' ? parseDateTime(value) : undefined }]

const ofToken = (path: string, seconds: number | undefined): readonly Limit[] =>
  seconds === undefined ? [] : [{ path, time: seconds * SECOND }]

// A token's own times count as well as its document's: the latest beginning and the earliest end.
const limitsOf = ({ input: { document, token } }: CredentialCase) => ({
  from: [...ofDocument('/validFrom', document.validFrom), ...ofToken('/nbf', token?.notBefore)],
  issued: ofToken('/iat', token?.issuedAt),
  until: [...ofDocument('/validUntil', document.validUntil), ...ofToken('/exp', token?.expires)],
})

const fail = (code: CheckCode, evidence: Evidence, limits: readonly Limit[]): CheckResult =>
  failed(code, evidence, limits.length === 0 ? undefined : limits.map(({ path }) => ({ path, code })))

const timesOf = (limits: readonly Limit[]): readonly number[] => limits.flatMap(({ time }) => time ?? [])

const saysWhen = ({ input: { document } }: CredentialCase): boolean => document.validFrom !== undefined

/**
 * Is it valid at the moment asked about? From its first moment on, until but not at its last, in every format; with a
 * minute's allowance for clocks that differ, unless a past moment is asked about.
 */
export const checkValidityPeriod = (subject: CredentialCase): CheckResult => {
  const { from, issued, until } = limitsOf(subject)
  const malformed = [...from, ...until].filter(({ time }) => time === undefined)
  if (malformed.length > 0) return fail('validityPeriod.malformed', {}, malformed)
  if (!saysWhen(subject) && !subject.settings.policy.mayBeAbsent.includes('validityPeriod'))
    return fail('validityPeriod.missing', {}, [{ path: '/validFrom', time: undefined }])
  if (from.length + until.length === 0) return notApplicable('The credential states no period of validity.')
  const moment = askedMoment(subject.moments)
  const skew = skewOf(subject.moments)
  const start = Math.max(...timesOf(from))
  const end = Math.min(...timesOf(until))
  const evidence: Evidence = {
    ...(Number.isFinite(start) ? { validFrom: formatDateTime(start) } : {}),
    ...(Number.isFinite(end) ? { validUntil: formatDateTime(end) } : {}),
  }
  if (end < start) return fail('validityPeriod.endBeforeStart', evidence, until)
  const early = [...from, ...issued].filter(({ time = 0 }) => moment < time - skew)
  if (early.length > 0) return fail('validityPeriod.notYetValid', evidence, early)
  const late = until.filter(({ time = 0 }) => moment >= time + skew)
  return late.length > 0 ? fail('validityPeriod.expired', evidence, late) : passed(evidence)
}
