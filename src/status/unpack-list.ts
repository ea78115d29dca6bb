import { getEntry, getTokenEntry } from '../codec/bitstring.js'
import { formatDateTime, parseDateTime } from '../codec/date-time.js'
import type { CheckCode } from '../core/codes.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { decodeList, decodeOldList, decodeTokenList } from './encoded-list.js'
import type { EntryPurpose, ListKind, StatusEntry } from './entry.js'
import type { LoadedList, RefusedList, VerifiedList } from './lists.js'

/** A list that must not be used: refused, unless said that we could not find out. */
export const refused = (code: CheckCode, outcome: RefusedList['outcome'] = 'failed'): RefusedList => ({
  ok: false,
  outcome,
  code,
})

/** Whether it is a refusal. */
export const isRefused = (value: object): value is RefusedList => 'ok' in value && value.ok === false

/** A list whose document was verified, in the form that it is kept in. */
export interface KeptList {
  readonly list: LoadedList
  readonly purposes: readonly string[]
  /** How long it may be kept before it is asked for again, in milliseconds. */
  readonly ttl: number
}

interface ListSubject {
  readonly encodedList: string
  readonly purposes: readonly string[]
  readonly ttl: number
}

interface ListWriting {
  readonly type: string
  readonly subjectType: string
  readonly decode: typeof decodeList
}

const WRITINGS: Readonly<Record<Exclude<ListKind, 'token'>, ListWriting>> = {
  bitstring: { type: 'BitstringStatusListCredential', subjectType: 'BitstringStatusList', decode: decodeList },
  statusList2021: { type: 'StatusList2021Credential', subjectType: 'StatusList2021', decode: decodeOldList },
}

const subjectOf = (document: JsonObject, { subjectType }: ListWriting): ListSubject | undefined => {
  const subjects = asArray(document.credentialSubject)
  const [subject] = subjects
  if (subjects.length !== 1 || !isJsonObject(subject) || subject.type !== subjectType) return undefined
  const { encodedList, statusPurpose, ttl } = subject
  const purposes = asArray(statusPurpose).filter((purpose) => typeof purpose === 'string')
  if (typeof encodedList !== 'string' || purposes.length === 0) return undefined
  return { encodedList, purposes, ttl: typeof ttl === 'number' && ttl > 0 ? ttl : 0 }
}

const momentOf = (value: unknown): number | undefined => (typeof value === 'string' ? parseDateTime(value) : undefined)

const BITS_PER_BYTE = 8

const unpackCredential = async (
  verified: VerifiedList,
  { kind, listUrl }: StatusEntry & { readonly kind: Exclude<ListKind, 'token'> },
): Promise<KeptList | RefusedList> => {
  const { document, issuer, digest } = verified
  const writing = WRITINGS[kind]
  const subject = subjectOf(document, writing)
  if (!subject || !asArray(document.type).includes(writing.type) || document.id !== listUrl)
    return refused('status.listMalformed')
  const validFromTime = momentOf(document.validFrom)
  const validUntilTime = momentOf(document.validUntil)
  // A list that does not say how long it holds could be held back for ever.
  if (validFromTime === undefined || validUntilTime === undefined) return refused('status.listExpired')
  const decoded = await writing.decode(subject.encodedList)
  if (!decoded.ok) return refused(decoded.code)
  const { bytes } = decoded
  const list: LoadedList = {
    valueAt: (index, size) => getEntry(bytes, index, size),
    entries: (size) => Math.floor((bytes.length * BITS_PER_BYTE) / size),
    issuer,
    digest,
    validFrom: String(document.validFrom),
    validFromTime,
    validUntilTime,
  }
  return { list, purposes: subject.purposes, ttl: subject.ttl }
}

const SECOND = 1000
const TOKEN_BITS = [1, 2, 4, 8]

const seconds = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER / SECOND ? value * SECOND : undefined

/** Until when a token list holds: what it says, or as long as it asks to be kept. */
const endOf = ({ exp, ttl }: JsonObject, from: number): number | undefined => {
  const end = seconds(exp)
  if (end !== undefined) return end
  const kept = seconds(ttl)
  return kept === undefined || kept === 0 ? undefined : from + Math.min(kept, LIMITS.fetchCacheMaximum)
}

/** @see Token Status List, sections 5.1 and 8.3 */
const unpackToken = async (verified: VerifiedList, { listUrl }: StatusEntry): Promise<KeptList | RefusedList> => {
  const { document: claims, issuer, digest } = verified
  const { sub, status_list: holder, ttl, iat, nbf = iat, exp = 0 } = claims
  const times = [iat, nbf, exp].map(seconds)
  if (sub !== listUrl || times.includes(undefined) || !isJsonObject(holder)) return refused('status.listMalformed')
  // Neither before it was made nor before it says that it begins (RFC 7519, 4.1.5).
  const [made = 0, begins = 0] = times
  const from = Math.max(made, begins)
  const { bits, lst } = holder
  const size = TOKEN_BITS.find((known) => known === bits)
  if (size === undefined || typeof lst !== 'string') return refused('status.listMalformed')
  const validUntilTime = endOf(claims, from)
  if (validUntilTime === undefined) return refused('status.listExpired')
  const decoded = await decodeTokenList(lst)
  if (!decoded.ok) return refused(decoded.code)
  const { bytes } = decoded
  const purposes: readonly EntryPurpose[] = ['status']
  const list: LoadedList = {
    valueAt: (index) => getTokenEntry(bytes, index, size),
    entries: () => Math.floor((bytes.length * BITS_PER_BYTE) / size),
    issuer,
    digest,
    validFrom: formatDateTime(from),
    validFromTime: from,
    validUntilTime,
  }
  return { list, purposes, ttl: seconds(ttl) ?? 0 }
}

/** Takes a verified list apart; one that does not say how long it holds is out of date. */
export const unpack = (verified: VerifiedList, entry: StatusEntry): Promise<KeptList | RefusedList> => {
  const { kind } = entry
  return kind === 'token' ? unpackToken(verified, entry) : unpackCredential(verified, { ...entry, kind })
}
