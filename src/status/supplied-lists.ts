import { LIMITS } from '../core/limits.js'
import type { MaybePromise } from '../runtime/runtime.js'
import type { StatusEntry } from './entry.js'
import type { ListSourceOptions, RefusedList } from './lists.js'
import { isRefused, type KeptList, unpack } from './unpack-list.js'

// Several lists of one id may be at hand, of different times: the one that speaks for the moment, else the newest.
const choose = (lists: readonly KeptList[], moment: number): KeptList | undefined => {
  const newestFirst = [...lists].sort((a, b) => b.list.validFromTime - a.list.validFromTime)
  return newestFirst.find(({ list }) => list.validFromTime <= moment && moment < list.validUntilTime) ?? newestFirst[0]
}

interface Supplied {
  readonly kept: readonly KeptList[]
  readonly refusal?: RefusedList
}

const chosen = ({ kept, refusal }: Supplied, moment: number): KeptList | RefusedList | undefined =>
  (kept.length > 1 ? choose(kept, moment) : kept[0]) ?? refusal

/** Lists at hand, each verified once for each issuer that it is asked about. */
export class SuppliedLists {
  private readonly known = new Map<string, MaybePromise<Supplied>>()
  private readonly options: ListSourceOptions

  constructor(options: ListSourceOptions) {
    this.options = options
  }

  get(entry: StatusEntry, issuer: string, moment: number): MaybePromise<KeptList | RefusedList | undefined> {
    const name = JSON.stringify([entry.kind, entry.listUrl, issuer])
    const known = this.known.get(name) ?? this.load(name, entry, issuer)
    return known instanceof Promise ? known.then((found) => chosen(found, moment)) : known && chosen(known, moment)
  }

  private load(name: string, entry: StatusEntry, issuer: string): Promise<Supplied> | undefined {
    const credentials = this.options.supplied?.(entry.listUrl, entry.kind) ?? []
    if (credentials.length === 0) return undefined
    const loading = this.verifyAll(credentials, entry, issuer).then((supplied) => {
      if (this.known.has(name)) this.known.set(name, supplied)
      return supplied
    })
    if (this.known.size < LIMITS.cacheEntries) this.known.set(name, loading)
    return loading
  }

  private async verifyAll(credentials: readonly unknown[], entry: StatusEntry, issuer: string): Promise<Supplied> {
    const results = await Promise.all(
      credentials.map(async (credential) => {
        const verified = await this.options.verifyList(credential, issuer, entry.kind)
        return verified.ok ? unpack(verified, entry) : verified
      }),
    )
    const refusal = results.find(isRefused)
    const kept = results.filter((result): result is KeptList => !isRefused(result))
    return { kept, ...(refusal ? { refusal } : {}) }
  }
}
