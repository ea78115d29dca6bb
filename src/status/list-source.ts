import { LIMITS } from '../core/limits.js'
import type { StatusEntry } from './entry.js'
import type { FetchedLists } from './fetched-lists.js'
import type { ListSource, ListSourceOptions, LoadedList, RefusedList } from './lists.js'
import { SuppliedLists } from './supplied-lists.js'
import { isRefused, type KeptList, refused } from './unpack-list.js'

/** Whether a list may be used for the question: in force now, or, for a past moment, at all. */
const timeliness = (list: LoadedList, now: number, at: number | undefined): RefusedList | undefined => {
  if (list.validFromTime > now + LIMITS.clockSkew) return refused('status.listNotYetValid')
  if (at !== undefined) return undefined
  return list.validUntilTime <= now - LIMITS.clockSkew ? refused('status.listExpired') : undefined
}

type Load = ListSource['load']
type Moments = Pick<Parameters<Load>[1], 'now' | 'at'>

/** Creates a source of lists: those at hand first, then, if it may, the network. */
export const createListSource = (options: ListSourceOptions): ListSource => {
  // Loaded where something is fetched.
  let fetched: Promise<FetchedLists> | undefined
  const fetching = (): Promise<FetchedLists> => {
    fetched ??= import('./fetched-lists.js').then(({ FetchedLists }) => new FetchedLists(options))
    return fetched
  }
  const supplied = new SuppliedLists(options)
  const { versionMemory: memory } = options
  const judge = (kept: KeptList | RefusedList, entry: StatusEntry, { now, at }: Moments): ReturnType<Load> => {
    if (isRefused(kept)) return kept
    if (!kept.purposes.includes(entry.purpose)) return refused('status.purposeMismatch')
    const untimely = timeliness(kept.list, now, at)
    if (untimely) return untimely
    const usable = { ok: true, list: kept.list } as const
    if (!memory || at !== undefined) return usable
    // Loaded where somebody remembers.
    return import('./compare-with-seen.js').then(async ({ compareWithSeen }) => {
      const fault = await compareWithSeen(kept.list, entry, memory)
      return fault ?? usable
    })
  }
  const fetchAndJudge: Load = async (entry, question) =>
    judge(await (await fetching()).get(entry, question.credentialIssuer, question.now), entry, question)
  return {
    load: (entry, question) => {
      const { credentialIssuer, now, at } = question
      const kept = supplied.get(entry, credentialIssuer, at ?? now)
      if (kept === undefined) return fetchAndJudge(entry, question)
      if (!(kept instanceof Promise)) return judge(kept, entry, question)
      return kept.then((found) => (found ? judge(found, entry, question) : fetchAndJudge(entry, question)))
    },
  }
}
