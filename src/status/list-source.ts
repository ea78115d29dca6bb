import { hashText } from '#runtime'
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

/**
 * What is wrong with a list beside those that were seen before. An address is its owner's: lists are remembered by issuer and
 * address, so that what another publishes under it counts for nothing.
 */
async function compareWithSeen(
  list: LoadedList,
  entry: StatusEntry,
  memory: VersionMemory,
): Promise<RefusedList | undefined> {
  const name = `status-list:${list.issuer} ${entry.listUrl}`
  const newest = await memory.newest(name)
  if (newest !== undefined && list.validFromTime < newest) return refused('status.listRolledBack')
  const isRevoked = isRevocation(entry, list)
  const revoked = `revoked:${hashText('SHA-256', `${name} ${entry.purpose} ${entry.index}`)}`
  // Revocation is final. Remembered by a digest of the place, and only where it happened.
  if (isRevoked === false && (await memory.newest(revoked)) !== undefined) return refused('status.revocationWithdrawn')
  if (isRevoked) await memory.remember(revoked, 1)
  await memory.remember(name, list.validFromTime)
  return undefined
}

/** Whether the entry's value revokes; `undefined` where it is no entry that could, or lies outside the list. */
function isRevocation({ purpose, index, size }: StatusEntry, list: LoadedList): boolean | undefined {
  if ((purpose !== 'revocation' && purpose !== 'status') || index >= list.entries(size)) return undefined
  const value = list.valueAt(index, size)
  return purpose === 'revocation' ? value !== 0 : value === TOKEN_INVALID
}

// Token Status List, section 7.1.
const TOKEN_INVALID = 1

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
    return compareWithSeen(kept.list, entry, memory).then((fault) => fault ?? usable)
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
