import { parseDateTime } from '../codec/date-time.js'
import type { VersionMemory } from '../ports/version-memory.js'
import type { OpenedTrustList, TrustFaultCode } from './open.js'

/**
 * What is wrong with a list beside those that were seen before. Versions are remembered per anchor: whoever keeps the list counts
 * them, each version is one list, and a later version is issued later.
 */
export async function compareWithSeen(
  { list, digest, anchorThumbprint }: OpenedTrustList,
  memory: VersionMemory,
): Promise<TrustFaultCode | undefined> {
  const name = `trust-list:${anchorThumbprint}`
  const issuedAt = parseDateTime(list.issuedAt) ?? 0
  const [version, issued] = [await memory.newest(name), await memory.newest(`${name} issued`)]
  if (version !== undefined && list.version < version) return 'issuerTrust.listRolledBack'
  if (version !== undefined && list.version > version && issued !== undefined && issuedAt < issued)
    return 'issuerTrust.listIssuedEarlier'
  if ((await memory.pin(`${name} ${list.version}`, digest)) !== digest) return 'issuerTrust.listEquivocates'
  await memory.remember(name, list.version)
  await memory.remember(`${name} issued`, issuedAt)
  return undefined
}
