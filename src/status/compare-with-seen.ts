import { hashText } from '#runtime'
import type { VersionMemory } from '../ports/version-memory.js'
import type { StatusEntry } from './entry.js'
import type { LoadedList, RefusedList } from './lists.js'
import { refused } from './unpack-list.js'

/**
 * What is wrong with a list beside those that were seen before. An address is its owner's: lists are remembered by issuer and
 * address, so that what another publishes under it counts for nothing.
 */
export async function compareWithSeen(
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
