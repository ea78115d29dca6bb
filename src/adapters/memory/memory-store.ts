import { randomBytes } from '#runtime'
import { PassportError } from '../../core/errors.js'
import { FULL_ENOUGH, LIST_ENTRIES, randomBelow, randomListName } from '../../ports/status-list-laws.js'
import type { ListPurpose, StatusListStore } from '../../ports/status-list-store.js'
import type { Store } from '../../ports/store.js'
import type { VersionMemory } from '../../ports/version-memory.js'
import { createMemoryExchanges } from './exchanges.js'
import { createMemoryRegister } from './register.js'

const CAPABILITIES = { durable: false, shared: false } as const

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
  const pinned = new Map<string, string>()
  return {
    newest: async (name) => {
      refuseClosed()
      return versions.get(name)
    },
    remember: async (name, version) => {
      refuseClosed()
      if ((versions.get(name) ?? Number.NEGATIVE_INFINITY) < version) versions.set(name, version)
    },
    pin: async (name, digest) => {
      refuseClosed()
      if (!pinned.has(name)) pinned.set(name, digest)
      return pinned.get(name) ?? digest
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
    register: createMemoryRegister(refuseClosed),
    statusLists: createStatusLists(refuseClosed),
    versionMemory: createVersionMemory(refuseClosed),
    exchanges: createMemoryExchanges(refuseClosed),
    close: async () => {
      closed = true
    },
  }
}
