import type { CheckCode } from '../core/codes.js'
import { asArray, type Json } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import {
  type CheckResult,
  type Evidence,
  type Fault,
  failed,
  inconclusive,
  notApplicable,
  passed,
} from '../core/outcome.js'
import type { StatusPurpose } from '../ports/status-list-store.js'
import type { MaybePromise } from '../runtime/runtime.js'
import { parseStatusClaim, parseStatusEntry, type StatusEntry, type StatusEntryResult } from './entry.js'
import type { ListSource, LoadedList } from './lists.js'

/** What the status of one credential is asked for. */
export interface StatusQuestion {
  readonly credentialIssuer: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** A past moment asked about instead of now. */
  readonly at?: number
  /** Purposes for which the credential's type must carry an entry. */
  readonly requiredPurposes: readonly StatusPurpose[]
}

/** What a credential says of its status. */
export interface StatedStatus {
  /** The member of its document. */
  readonly credentialStatus: Json | undefined
  /** The claim of its token. */
  readonly statusClaim: Json | undefined
}

/** Reads the status of credentials. */
export interface StatusReader {
  /** Answers the `status` check from what a credential says of its status. */
  check(status: StatedStatus, question: StatusQuestion): Promise<CheckResult>
}

// Token Status List, 7.1: 1 is invalid, for ever, and 2 suspended; what more means is the issuer's own business.
const TOKEN_CODES: Readonly<Record<number, CheckCode>> = { 1: 'status.revoked', 2: 'status.suspended' }

/** The code that a value stands for; `undefined` where nothing is wrong. */
const codeOf = ({ purpose }: StatusEntry, value: number): CheckCode | undefined => {
  if (value === 0 || purpose === 'message' || purpose === 'refresh') return undefined
  if (purpose === 'status') return TOKEN_CODES[value] ?? 'status.notValid'
  return purpose === 'revocation' ? 'status.revoked' : 'status.suspended'
}

const evidenceOf = (entry: StatusEntry, list: LoadedList): Evidence => ({
  purpose: entry.purpose,
  list: entry.listUrl,
  index: entry.index,
  listDigest: list.digest,
  listIssuer: list.issuer,
  listValidFrom: list.validFrom,
})

// One bit is set or not; more say what they say as a number, which is the issuer's and no claim of the credential's.
const valueEvidence = ({ kind, size }: StatusEntry, value: number): Evidence =>
  kind !== 'token' && size === 1 ? { set: value !== 0 } : { set: value !== 0, value: `0x${value.toString(16)}` }

/** What an entry's value means: now, or at a past moment that this list may or may not speak for. */
const judge = (entry: StatusEntry, list: LoadedList, at: number | undefined, path: string): CheckResult => {
  const value = list.valueAt(entry.index, entry.size)
  const evidence = { ...evidenceOf(entry, list), ...valueEvidence(entry, value) }
  const fault = (code: string): readonly Fault[] => [{ path, code }]
  const speaksForThen = at === undefined || (list.validFromTime <= at && at < list.validUntilTime)
  // Revocation is for ever: what is not revoked at or after a moment was not revoked then.
  const neverRevoked = entry.purpose === 'revocation' && value === 0 && at !== undefined && list.validFromTime >= at
  const decides = entry.purpose !== 'message' && entry.purpose !== 'refresh'
  if (decides && !speaksForThen && !neverRevoked)
    return inconclusive('status.unknownAtTime', evidence, fault('status.unknownAtTime'))
  const code = codeOf(entry, value)
  return code ? failed(code, evidence, fault(code)) : passed(evidence)
}

/** An entry as it was read, and where it stands. */
interface Stated {
  readonly parsed: StatusEntryResult
  readonly path: string
}

type Answer = Awaited<ReturnType<ListSource['load']>>

const checkEntry = (
  source: ListSource,
  { parsed, path }: Stated,
  question: StatusQuestion,
): MaybePromise<CheckResult> => {
  if (!parsed.ok) return failed(parsed.code, {}, [{ path: path + parsed.path, code: parsed.code }])
  const { entry } = parsed
  const answer = source.load(entry, question)
  if (answer instanceof Promise) return answer.then((found) => judgeBy(found, entry, path, question))
  return judgeBy(answer, entry, path, question)
}

const judgeBy = (answer: Answer, entry: StatusEntry, path: string, question: StatusQuestion): CheckResult => {
  if (!answer.ok) {
    const make = answer.outcome === 'failed' ? failed : inconclusive
    return make(answer.code, { list: entry.listUrl, purpose: entry.purpose }, [{ path, code: answer.code }])
  }
  if (entry.index >= answer.list.entries(entry.size))
    return failed('status.indexOutOfRange', evidenceOf(entry, answer.list), [
      {
        path: entry.kind === 'token' ? `${path}/status_list/idx` : `${path}/statusListIndex`,
        code: 'status.indexOutOfRange',
      },
    ])
  return judge(entry, answer.list, question.at, path)
}

const RANKS: Readonly<Record<string, number>> = { 'status.revoked': 0, 'status.suspended': 1, 'status.notValid': 1 }

const rank = (result: CheckResult): number => {
  if (result.outcome === 'failed') return RANKS[result.code] ?? 2
  return result.outcome === 'inconclusive' ? 3 : 4
}

/** The worst answer decides; the faults of all of them are told. */
const combine = (results: readonly CheckResult[]): CheckResult => {
  const worst = [...results].sort((a, b) => rank(a) - rank(b))[0]
  const lists = results.map((result) => ('evidence' in result ? result.evidence : {}))
  if (!worst || worst.outcome === 'passed') return passed({ lists })
  if (worst.outcome !== 'failed' && worst.outcome !== 'inconclusive') return worst
  const faults = results.flatMap((result) => ('faults' in result ? result.faults : []))
  return { ...worst, faults, evidence: { ...worst.evidence, lists } }
}

const missingPurposes = (stated: readonly Stated[], required: readonly StatusPurpose[]): readonly StatusPurpose[] => {
  const purposes = stated.map(({ parsed }) => (parsed.ok ? parsed.entry.purpose : undefined))
  // A malformed entry is reported as such; what it was meant for is not guessed.
  if (purposes.includes(undefined) || purposes.includes('status')) return []
  return required.filter((purpose) => !purposes.includes(purpose))
}

const statedIn = ({ credentialStatus, statusClaim }: StatedStatus): readonly Stated[] => {
  const single = !Array.isArray(credentialStatus)
  return [
    ...asArray(credentialStatus).map((json, index) => ({
      parsed: parseStatusEntry(json),
      path: single ? '/credentialStatus' : `/credentialStatus/${index}`,
    })),
    ...(statusClaim === undefined ? [] : [{ parsed: parseStatusClaim(statusClaim), path: '/status' }]),
  ]
}

const MISSING: CheckResult = failed('status.missing', {}, [{ path: '/credentialStatus', code: 'status.missing' }])

const TOO_MANY: CheckResult = failed('status.tooManyEntries', {}, [
  { path: '/credentialStatus', code: 'status.tooManyEntries' },
])

const isSettled = (answer: MaybePromise<CheckResult>): answer is CheckResult => !(answer instanceof Promise)

/** Creates a reader of status over a source of lists. */
export const createStatusReader = (source: ListSource): StatusReader => ({
  check: async (status, question) => {
    const stated = statedIn(status)
    if (stated.length === 0 && question.requiredPurposes.length === 0)
      return notApplicable('The credential has no status, and its type needs none.')
    if (stated.length > LIMITS.statusEntries) return TOO_MANY
    if (stated.length === 0 || missingPurposes(stated, question.requiredPurposes).length > 0) return MISSING
    // All at once: one list that does not answer keeps no other waiting.
    const answers = stated.map((one) => checkEntry(source, one, question))
    return combine(answers.every(isSettled) ? answers : await Promise.all(answers))
  },
})
