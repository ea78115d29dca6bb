import { LIMITS } from '../core/limits.js'
import type { VersionMemory } from '../ports/version-memory.js'
import { FetchedLists } from './fetched-lists.js'
import type { ListSource, ListSourceOptions, LoadedList, RefusedList } from './lists.js'
import { SuppliedLists } from './supplied-lists.js'
import { isRefused, refused } from './unpack-list.js'

/** Whether a list may be used for the question: in force now, or, for a past moment, at all. */
const timeliness = (list: LoadedList, now: number, at: number | undefined): RefusedList | undefined => {
  if (list.validFromTime > now + LIMITS.clockSkew) return refused('status.listNotYetValid')
  if (at !== undefined) return undefined
  return list.validUntilTime <= now - LIMITS.clockSkew ? refused('status.listExpired') : undefined
}

const isRolledBack = async (list: LoadedList, url: string, memory: VersionMemory | undefined): Promise<boolean> => {
  if (!memory) return false
  const name = `status-list:${url}`
  const newest = await memory.newest(name)
  if (newest !== undefined && list.validFromTime < newest) return true
  await memory.remember(name, list.validFromTime)
  return false
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
