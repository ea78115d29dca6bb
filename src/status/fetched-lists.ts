import { PassportError } from '../core/errors.js'
import { keep } from '../core/keep.js'
import { LIMITS } from '../core/limits.js'
import type { FetchResponse } from '../ports/guarded-fetch.js'
import type { ListKind, StatusEntry } from './entry.js'
import type { ListSourceOptions, RefusedList } from './lists.js'
import { isRefused, type KeptList, refused, unpack } from './unpack-list.js'

const CREDENTIALS = 'application/vc, application/vc+jwt, application/ld+json, application/json'
const ACCEPT: Readonly<Record<ListKind, string>> = {
  bitstring: CREDENTIALS,
  statusList2021: `${CREDENTIALS}, application/jwt`,
  token: 'application/statuslist+jwt',
}

interface CachedList {
  readonly until: number
  readonly kept: KeptList
}

/** Lists that were fetched, kept until their time to live or their validity ends; one fetch at a time for each. */
export class FetchedLists {
  private readonly kept = new Map<string, CachedList>()
  /** Hosts that did not answer in time, and the verification (by its reading of the clock) that found out. */
  private readonly silent = new Map<string, number>()
  private readonly underWay = new Map<string, Promise<KeptList | RefusedList>>()
  private readonly options: ListSourceOptions

  constructor(options: ListSourceOptions) {
    this.options = options
  }

  async get(entry: StatusEntry, issuer: string, now: number): Promise<KeptList | RefusedList> {
    const name = JSON.stringify([entry.kind, entry.listUrl, issuer])
    const cached = this.kept.get(name)
    if (cached && now < cached.until) return cached.kept
    const running =
      this.underWay.get(name) ?? this.fetch(name, entry, issuer, now).finally(() => this.underWay.delete(name))
    this.underWay.set(name, running)
    return running
  }

  /** Asks a host once for each verification: one that does not answer is not waited for again and again. */
  private async ask(entry: StatusEntry, now: number): Promise<FetchResponse | RefusedList> {
    if (!this.options.fetch) return refused('status.listUnavailable', 'inconclusive')
    const host = URL.canParse(entry.listUrl) ? new URL(entry.listUrl).host : entry.listUrl
    if (this.silent.get(host) === now) return refused('status.listUnavailable', 'inconclusive')
    try {
      return await this.options.fetch(entry.listUrl, {
        maximumBytes: LIMITS.statusListBytes,
        accept: ACCEPT[entry.kind],
      })
    } catch (error) {
      if (!(error instanceof PassportError)) throw error
      if (error.code === 'fetch.timeout') keep(this.silent, host, now)
      return error.code === 'fetch.tooLarge'
        ? refused('status.listTooLarge')
        : refused('status.listUnavailable', 'inconclusive')
    }
  }

  private async fetch(name: string, entry: StatusEntry, issuer: string, now: number): Promise<KeptList | RefusedList> {
    const response = await this.ask(entry, now)
    if (isRefused(response)) return response
    const verified = await this.options.verifyList(response.body, issuer, entry.kind)
    // What answers but is no list at all tells us nothing about the credential.
    if (!verified.ok)
      return verified.code === 'status.listMalformed' ? refused('status.listUnavailable', 'inconclusive') : verified
    const kept = await unpack(verified, entry)
    if (!isRefused(kept)) this.keep(name, kept, now)
    return kept
  }

  private keep(name: string, kept: KeptList, now: number): void {
    const ttl = Math.min(Math.max(kept.ttl, LIMITS.statusListKept), LIMITS.fetchCacheMaximum)
    const until = Math.min(now + ttl, kept.list.validUntilTime)
    keep(this.kept, name, { kept, until })
  }
}
