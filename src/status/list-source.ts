import { parseDateTime } from '../codec/date-time.js'
import type { CheckCode } from '../core/codes.js'
import { PassportError } from '../core/errors.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { FetchResponse, GuardedFetch } from '../ports/guarded-fetch.js'
import type { VersionMemory } from '../ports/version-memory.js'
import { decodeList } from './encoded-list.js'
import type { StatusEntry } from './entry.js'

/** A status list credential whose signature holds and whose issuer may speak for the credential's. */
export interface VerifiedList {
  readonly ok: true
  readonly document: JsonObject
  readonly issuer: string
  /** SHA-256 of the list credential as received, in hexadecimal. */
  readonly digest: string
}

/** Why a list must not be used. */
export interface RefusedList {
  readonly ok: false
  readonly outcome: 'failed' | 'inconclusive'
  readonly code: CheckCode
}

/**
 * Verifies a status list credential: its form, its signature, and that its issuer may speak for the credential's.
 * Given by the verifier, which knows about trust.
 */
export type VerifyList = (credential: unknown, credentialIssuer: string) => Promise<VerifiedList | RefusedList>

/** A status list, ready to be asked. */
export interface LoadedList {
  readonly bits: Uint8Array
  readonly issuer: string
  readonly digest: string
  readonly validFrom: string
  /** Milliseconds since 1970. */
  readonly validFromTime: number
  readonly validUntilTime: number
}

/** Where status lists come from. */
export interface ListSource {
  load(
    entry: StatusEntry,
    question: { readonly credentialIssuer: string; readonly now: number; readonly at?: number },
  ): Promise<{ readonly ok: true; readonly list: LoadedList } | RefusedList>
}

/** What a source of lists is made of. */
export interface ListSourceOptions {
  readonly verifyList: VerifyList
  /** Lists at hand, found by their own `id`: credentials as they were published. */
  readonly supplied?: (listUrl: string) => readonly unknown[]
  /** Without it, a list that is not at hand is `status.listUnavailable`. */
  readonly fetch?: GuardedFetch
  readonly versionMemory?: VersionMemory
}

const TYPE = 'BitstringStatusListCredential'
const refused = (code: CheckCode, outcome: RefusedList['outcome'] = 'failed'): RefusedList => ({
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
interface KeptList {
  readonly list: LoadedList
  readonly purposes: readonly string[]
  readonly ttl: number
}

const unpack = async (verified: VerifiedList, entry: StatusEntry): Promise<KeptList | RefusedList> => {
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

const isRefused = (value: object): value is RefusedList => 'ok' in value && value.ok === false

/** Whether a list may be used for the question: in force now, or, for a past moment, at all. */
const timeliness = (list: LoadedList, now: number, at: number | undefined): RefusedList | undefined => {
  if (list.validFromTime > now + LIMITS.clockSkew) return refused('status.listNotYetValid')
  if (at !== undefined) return undefined
  return list.validUntilTime <= now - LIMITS.clockSkew ? refused('status.listExpired') : undefined
}

const fetchList = async (fetch: GuardedFetch, url: string): Promise<FetchResponse | RefusedList> => {
  try {
    const accept = 'application/vc, application/vc+jwt, application/ld+json, application/json'
    return await fetch(url, { maximumBytes: LIMITS.statusListBytes, accept })
  } catch (error) {
    if (!(error instanceof PassportError)) throw error
    return error.code === 'fetch.tooLarge'
      ? refused('status.listTooLarge')
      : refused('status.listUnavailable', 'inconclusive')
  }
}

interface CachedList {
  readonly until: number
  readonly kept: KeptList
}

/** Lists that were fetched, kept until their time to live or their validity ends; one fetch at a time for each. */
class FetchedLists {
  private readonly kept = new Map<string, CachedList>()
  private readonly underWay = new Map<string, Promise<KeptList | RefusedList>>()
  private readonly options: ListSourceOptions

  constructor(options: ListSourceOptions) {
    this.options = options
  }

  async get(entry: StatusEntry, issuer: string, now: number): Promise<KeptList | RefusedList> {
    const name = JSON.stringify([entry.listUrl, issuer])
    const cached = this.kept.get(name)
    if (cached && now < cached.until) return cached.kept
    const running =
      this.underWay.get(name) ?? this.fetch(name, entry, issuer, now).finally(() => this.underWay.delete(name))
    this.underWay.set(name, running)
    return running
  }

  private async fetch(name: string, entry: StatusEntry, issuer: string, now: number): Promise<KeptList | RefusedList> {
    if (!this.options.fetch) return refused('status.listUnavailable', 'inconclusive')
    const response = await fetchList(this.options.fetch, entry.listUrl)
    if (isRefused(response)) return response
    const verified = await this.options.verifyList(response.body, issuer)
    // What answers but is no list at all tells us nothing about the credential.
    if (!verified.ok)
      return verified.code === 'status.listMalformed' ? refused('status.listUnavailable', 'inconclusive') : verified
    const kept = await unpack(verified, entry)
    if (!isRefused(kept)) this.keep(name, kept, now)
    return kept
  }

  private keep(name: string, kept: KeptList, now: number): void {
    const [oldest] = this.kept.keys()
    if (this.kept.size >= LIMITS.cacheEntries && oldest !== undefined) this.kept.delete(oldest)
    const until = Math.min(now + Math.min(kept.ttl, LIMITS.fetchCacheMaximum), kept.list.validUntilTime)
    this.kept.set(name, { kept, until })
  }
}

// Several lists of one id may be at hand, of different times: the one that speaks for the moment, else the newest.
const choose = (lists: readonly KeptList[], moment: number): KeptList | undefined => {
  const newestFirst = [...lists].sort((a, b) => b.list.validFromTime - a.list.validFromTime)
  return newestFirst.find(({ list }) => list.validFromTime <= moment && moment < list.validUntilTime) ?? newestFirst[0]
}

const isRolledBack = async (list: LoadedList, url: string, memory: VersionMemory | undefined): Promise<boolean> => {
  if (!memory) return false
  const name = `status-list:${url}`
  const newest = await memory.newest(name)
  if (newest !== undefined && list.validFromTime < newest) return true
  await memory.remember(name, list.validFromTime)
  return false
}

interface Supplied {
  readonly kept: readonly KeptList[]
  readonly refusal?: RefusedList
}

/** Lists at hand, each verified once for each issuer that it is asked about. */
class SuppliedLists {
  private readonly known = new Map<string, Promise<Supplied>>()
  private readonly options: ListSourceOptions

  constructor(options: ListSourceOptions) {
    this.options = options
  }

  async get(entry: StatusEntry, issuer: string, moment: number): Promise<KeptList | RefusedList | undefined> {
    const credentials = this.options.supplied?.(entry.listUrl) ?? []
    if (credentials.length === 0) return undefined
    const name = JSON.stringify([entry.listUrl, issuer])
    const known = this.known.get(name) ?? this.verifyAll(credentials, entry, issuer)
    if (this.known.size < LIMITS.cacheEntries) this.known.set(name, known)
    const { kept, refusal } = await known
    return choose(kept, moment) ?? refusal
  }

  private async verifyAll(credentials: readonly unknown[], entry: StatusEntry, issuer: string): Promise<Supplied> {
    const results = await Promise.all(
      credentials.map(async (credential) => {
        const verified = await this.options.verifyList(credential, issuer)
        return verified.ok ? unpack(verified, entry) : verified
      }),
    )
    const refusal = results.find(isRefused)
    const kept = results.filter((result): result is KeptList => !isRefused(result))
    return { kept, ...(refusal ? { refusal } : {}) }
  }
}

/** Creates a source of lists: those at hand first, then, if it may, the network. */
export const createListSource = (options: ListSourceOptions): ListSource => {
  const fetched = new FetchedLists(options)
  const supplied = new SuppliedLists(options)
  return {
    load: async (entry, { credentialIssuer, now, at }) => {
      const kept =
        (await supplied.get(entry, credentialIssuer, at ?? now)) ?? (await fetched.get(entry, credentialIssuer, now))
      if (isRefused(kept)) return kept
      if (!kept.purposes.includes(entry.purpose)) return refused('status.purposeMismatch')
      const untimely = timeliness(kept.list, now, at)
      if (untimely) return untimely
      if (at === undefined && (await isRolledBack(kept.list, entry.listUrl, options.versionMemory)))
        return refused('status.listRolledBack')
      return { ok: true, list: kept.list }
    },
  }
}
