import { LIMITS } from '../core/limits.js'
import type { VersionMemory } from '../ports/version-memory.js'
import type { StatusEntry } from './entry.js'
import { FetchedLists } from './fetched-lists.js'
import type { ListSource, ListSourceOptions, LoadedList, RefusedList } from './lists.js'
import { SuppliedLists } from './supplied-lists.js'
import { isRefused, type KeptList, refused } from './unpack-list.js'

/** Whether a list may be used for the question: in force now, or, for a past moment, at all. */
const timeliness = (list: LoadedList, now: number, at: number | undefined): RefusedList | undefined => {
  if (list.validFromTime > now + LIMITS.clockSkew) return refused('status.listNotYetValid')
  if (at !== undefined) return undefined
  return list.validUntilTime <= now - LIMITS.clockSkew ? refused('status.listExpired') : undefined
}

const isRolledBack = async (list: LoadedList, url: string, memory: VersionMemory): Promise<boolean> => {
  const name = `status-list:${url}`
  const newest = await memory.newest(name)
  if (newest !== undefined && list.validFromTime < newest) return true
  await memory.remember(name, list.validFromTime)
  return false
}

type Load = ListSource['load']
type Moments = Pick<Parameters<Load>[1], 'now' | 'at'>

/** Creates a source of lists: those at hand first, then, if it may, the network. */
export const createListSource = (options: ListSourceOptions): ListSource => {
  const fetched = new FetchedLists(options)
  const supplied = new SuppliedLists(options)
  const { versionMemory: memory } = options
  const judge = (kept: KeptList | RefusedList, entry: StatusEntry, { now, at }: Moments): ReturnType<Load> => {
    if (isRefused(kept)) return kept
    if (!kept.purposes.includes(entry.purpose)) return refused('status.purposeMismatch')
    const untimely = timeliness(kept.list, now, at)
    if (untimely) return untimely
    const usable = { ok: true, list: kept.list } as const
    if (!memory || at !== undefined) return usable
    return isRolledBack(kept.list, entry.listUrl, memory).then((isOld) =>
      isOld ? refused('status.listRolledBack') : usable,
    )
  }
  const fetchAndJudge: Load = async (entry, question) =>
    judge(await fetched.get(entry, question.credentialIssuer, question.now), entry, question)
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
