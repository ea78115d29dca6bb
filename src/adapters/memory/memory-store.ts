import { randomBytes } from '#runtime'
import { PassportError } from '../../core/errors.js'
import type { IssuanceRegister, RegisterEntry, RegisterQuery } from '../../ports/issuance-register.js'
import { changeStatus, isSet, refuseSecond, settle, unknownCredential } from '../../ports/register-laws.js'
import { FULL_ENOUGH, LIST_ENTRIES, randomBelow, randomListName } from '../../ports/status-list-laws.js'
import type { ListPurpose, StatusListStore } from '../../ports/status-list-store.js'
import type { Store } from '../../ports/store.js'
import type { VersionMemory } from '../../ports/version-memory.js'

const CAPABILITIES = { durable: false, shared: false } as const

const matches = (entry: RegisterEntry, query: RegisterQuery): boolean => {
  if ('credentialId' in query) return entry.credentialId === query.credentialId
  if ('idempotencyKey' in query) return entry.idempotencyKey === query.idempotencyKey
  if ('state' in query) return entry.state === query.state
  return entry.statusIndices.some(({ list, purpose }) => list === query.setInList && isSet(entry, purpose))
}

const createRegister = (refuseClosed: () => void): IssuanceRegister => {
  const entries = new Map<string, RegisterEntry>()
  const known = (credentialId: string): RegisterEntry => {
    refuseClosed()
    const entry = entries.get(credentialId)
    if (!entry) throw unknownCredential()
    return entry
  }
  const replace = (entry: RegisterEntry | undefined): void => {
    if (entry) entries.set(entry.credentialId, entry)
  }
  return {
    portVersion: 1,
    capabilities: CAPABILITIES,
    intend: async (intent) => {
      refuseClosed()
      const key = intent.idempotencyKey
      for (const entry of entries.values()) {
        const sameKey = key !== undefined && entry.idempotencyKey === key && entry.state !== 'abandoned'
        if (sameKey || entry.credentialId === intent.credentialId) refuseSecond(entry)
      }
      replace({ ...structuredClone(intent), state: 'intended', statusChanges: [] })
    },
    settle: async (credentialId, settlement) => replace(settle(known(credentialId), settlement)),
    changeStatus: async (credentialId, change) => replace(changeStatus(known(credentialId), { ...change })),
    find: async function* (query) {
      refuseClosed()
      for (const entry of [...entries.values()]) if (matches(entry, query)) yield structuredClone(entry)
    },
  }
}

interface MemoryList {
  readonly list: string
  readonly purpose: ListPurpose
  readonly taken: Set<number>
}

const createStatusLists = (refuseClosed: () => void): StatusListStore => {
  const lists: MemoryList[] = []
  const open = (purpose: ListPurpose): MemoryList => {
    const current = lists.find((list) => list.purpose === purpose && list.taken.size < LIST_ENTRIES * FULL_ENOUGH)
    if (current) return current
    const list = { list: randomListName(randomBytes), purpose, taken: new Set<number>() }
    lists.push(list)
    return list
  }
  const take = (purpose: ListPurpose) => {
    const { list, taken } = open(purpose)
    for (;;) {
      const index = randomBelow(LIST_ENTRIES, randomBytes)
      if (!taken.has(index)) {
        taken.add(index)
        return { purpose, list, index }
      }
    }
  }
  return {
    portVersion: 1,
    capabilities: CAPABILITIES,
    reserve: async (purpose, count = 1) => {
      refuseClosed()
      return Array.from({ length: count }, () => take(purpose))
    },
    lists: async () => {
      refuseClosed()
      return lists.map(({ list, purpose, taken }) => ({ list, purpose, entries: LIST_ENTRIES, reserved: taken.size }))
    },
  }
}

const createVersionMemory = (refuseClosed: () => void): VersionMemory => {
  const versions = new Map<string, number>()
  return {
    newest: async (name) => {
      refuseClosed()
      return versions.get(name)
    },
    remember: async (name, version) => {
      refuseClosed()
      if ((versions.get(name) ?? Number.NEGATIVE_INFINITY) < version) versions.set(name, version)
    },
  }
}

/**
 * A store that forgets everything when the process ends: for tests, examples and trying things out. What it issues can
 * be revoked only as long as it lives.
 */
export const createMemoryStore = (): Store => {
  let closed = false
  const refuseClosed = (): void => {
    if (closed) throw new PassportError('store.closed', 'The store was closed')
  }
  return {
    register: createRegister(refuseClosed),
    statusLists: createStatusLists(refuseClosed),
    versionMemory: createVersionMemory(refuseClosed),
    close: async () => {
      closed = true
    },
  }
}
