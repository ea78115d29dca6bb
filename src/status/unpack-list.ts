import { parseDateTime } from '../codec/date-time.js'
import type { CheckCode } from '../core/codes.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { decodeList } from './encoded-list.js'
import type { StatusEntry } from './entry.js'
import type { LoadedList, RefusedList, VerifiedList } from './lists.js'

const TYPE = 'BitstringStatusListCredential'
/** A list that must not be used: refused, unless said that we could not find out. */
export const refused = (code: CheckCode, outcome: RefusedList['outcome'] = 'failed'): RefusedList => ({
  ok: false,
  outcome,
  code,
})

interface ListSubject {
  readonly encodedList: string
  readonly purposes: readonly string[]
  readonly ttl: number
}

const subjectOf = (document: JsonObject): ListSubject | undefined => {
  const subjects = asArray(document.credentialSubject)
  const [subject] = subjects
  if (subjects.length !== 1 || !isJsonObject(subject) || subject.type !== 'BitstringStatusList') return undefined
  const { encodedList, statusPurpose, ttl } = subject
  const purposes = asArray(statusPurpose).filter((purpose) => typeof purpose === 'string')
  if (typeof encodedList !== 'string' || purposes.length === 0) return undefined
  return { encodedList, purposes, ttl: typeof ttl === 'number' && ttl > 0 ? ttl : 0 }
}

const momentOf = (value: unknown): number | undefined => (typeof value === 'string' ? parseDateTime(value) : undefined)

/** A list whose document was verified, in the form that it is kept in. */
export interface KeptList {
  readonly list: LoadedList
  readonly purposes: readonly string[]
  readonly ttl: number
}

/** Takes a verified list apart; one that does not say how long it holds is out of date. */
export const unpack = async (verified: VerifiedList, entry: StatusEntry): Promise<KeptList | RefusedList> => {
  const { document } = verified
  const subject = subjectOf(document)
  if (!subject || !asArray(document.type).includes(TYPE) || document.id !== entry.listUrl)
    return refused('status.listMalformed')
  const validFromTime = momentOf(document.validFrom)
  const validUntilTime = momentOf(document.validUntil)
  // A list that does not say how long it holds could be held back for ever.
  if (validFromTime === undefined || validUntilTime === undefined) return refused('status.listExpired')
  const decoded = await decodeList(subject.encodedList)
  if (!decoded.ok) return refused(decoded.code)
  const { issuer, digest } = verified
  const list = {
    bits: decoded.bits,
    issuer,
    digest,
    validFrom: String(document.validFrom),
    validFromTime,
    validUntilTime,
  }
  return { list, purposes: subject.purposes, ttl: subject.ttl }
}

/** Whether it is a refusal. */
export const isRefused = (value: object): value is RefusedList => 'ok' in value && value.ok === false
