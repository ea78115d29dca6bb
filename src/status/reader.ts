import { getBit } from '../codec/bitstring.js'
import { asArray, type Json } from '../core/json.js'
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
import { parseStatusEntry, type StatusEntry } from './entry.js'
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

/** Reads the status of credentials. */
export interface StatusReader {
  /** Answers the `status` check from a credential's `credentialStatus`. */
  check(credentialStatus: Json | undefined, question: StatusQuestion): Promise<CheckResult>
}

const SET_CODES = { revocation: 'status.revoked', suspension: 'status.suspended' } as const

const evidenceOf = (entry: StatusEntry, list: LoadedList): Evidence => ({
  purpose: entry.purpose,
  list: entry.listUrl,
  index: entry.index,
  listDigest: list.digest,
  listIssuer: list.issuer,
  listValidFrom: list.validFrom,
})

/** What an entry's bit means: now, or at a past moment that this list may or may not speak for. */
const judge = (entry: StatusEntry, list: LoadedList, at: number | undefined, path: string): CheckResult => {
  const set = getBit(list.bits, entry.index)
  const evidence = { ...evidenceOf(entry, list), set }
  const fault = (code: string): readonly Fault[] => [{ path, code }]
  const speaksForThen = at === undefined || (list.validFromTime <= at && at < list.validUntilTime)
  // Revocation is for ever: what is not revoked at or after a moment was not revoked then.
  const neverRevoked = entry.purpose === 'revocation' && !set && at !== undefined && list.validFromTime >= at
  if (!speaksForThen && !neverRevoked)
    return inconclusive('status.unknownAtTime', evidence, fault('status.unknownAtTime'))
  return set ? failed(SET_CODES[entry.purpose], evidence, fault(SET_CODES[entry.purpose])) : passed(evidence)
}

const checkEntry = async (
  source: ListSource,
  json: Json,
  path: string,
  question: StatusQuestion,
): Promise<CheckResult> => {
  const parsed = parseStatusEntry(json)
  if (!parsed.ok) return failed(parsed.code, {}, [{ path: path + parsed.path, code: parsed.code }])
  const { entry } = parsed
  const answer = await source.load(entry, question)
  if (!answer.ok) {
    const make = answer.outcome === 'failed' ? failed : inconclusive
    return make(answer.code, { list: entry.listUrl, purpose: entry.purpose }, [{ path, code: answer.code }])
  }
  if (entry.index >= answer.list.bits.length * 8)
    return failed('status.indexOutOfRange', evidenceOf(entry, answer.list), [
      { path: `${path}/statusListIndex`, code: 'status.indexOutOfRange' },
    ])
  return judge(entry, answer.list, question.at, path)
}

const RANKS: Readonly<Record<string, number>> = { 'status.revoked': 0, 'status.suspended': 1 }

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

const missingPurposes = (entries: readonly Json[], required: readonly StatusPurpose[]): readonly StatusPurpose[] => {
  const stated = entries.map(parseStatusEntry).map((parsed) => (parsed.ok ? parsed.entry.purpose : undefined))
  // A malformed entry is reported as such; what it was meant for is not guessed.
  return stated.includes(undefined) ? [] : required.filter((purpose) => !stated.includes(purpose))
}

/** Creates a reader of status over a source of lists. */
export const createStatusReader = (source: ListSource): StatusReader => ({
  check: async (credentialStatus, question) => {
    const entries = asArray(credentialStatus)
    if (entries.length === 0) {
      return question.requiredPurposes.length === 0
        ? notApplicable('The credential has no status, and its type needs none.')
        : failed('status.missing', {}, [{ path: '/credentialStatus', code: 'status.missing' }])
    }
    if (missingPurposes(entries, question.requiredPurposes).length > 0)
      return failed('status.missing', {}, [{ path: '/credentialStatus', code: 'status.missing' }])
    const single = !Array.isArray(credentialStatus)
    const results: CheckResult[] = []
    for (const [index, entry] of entries.entries())
      results.push(
        await checkEntry(source, entry, single ? '/credentialStatus' : `/credentialStatus/${index}`, question),
      )
    return combine(results)
  },
})
