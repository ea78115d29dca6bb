import type { IssuanceIntent, IssuanceRegister, RegisterEntry, RegisterQuery } from '../../ports/issuance-register.js'
import { changeStatus, isSet, refuseSecond, refuseTwins, settle, unknownCredential } from '../../ports/register-laws.js'

interface Entries {
  readonly byId: Map<string, RegisterEntry>
  /** Ids of the entries of each idempotency key, oldest first. */
  readonly byKey: Map<string, readonly string[]>
}

const entriesOfKeys = ({ byId, byKey }: Entries, keys: readonly string[]): readonly RegisterEntry[] =>
  keys.flatMap((key) => byKey.get(key) ?? []).flatMap((id) => byId.get(id) ?? [])

const select = (entries: Entries, query: RegisterQuery): readonly RegisterEntry[] => {
  if ('credentialId' in query) return [entries.byId.get(query.credentialId) ?? []].flat()
  if ('idempotencyKey' in query) return entriesOfKeys(entries, [query.idempotencyKey])
  if ('idempotencyKeys' in query) return entriesOfKeys(entries, query.idempotencyKeys)
  const all = [...entries.byId.values()]
  if ('state' in query) return all.filter(({ state }) => state === query.state)
  const isSetIn = (entry: RegisterEntry) =>
    entry.statusIndices.some(({ list, purpose }) => list === query.setInList && isSet(entry, purpose))
  return all.filter(isSetIn)
}

const refuseIfLive = (entries: Entries, { credentialId, idempotencyKey }: IssuanceIntent): void => {
  const known = entries.byId.get(credentialId)
  if (known) refuseSecond(known)
  const sameKey = idempotencyKey === undefined ? [] : entriesOfKeys(entries, [idempotencyKey])
  for (const entry of sameKey) if (entry.state !== 'abandoned') refuseSecond(entry)
}

const record = ({ byId, byKey }: Entries, intent: IssuanceIntent): void => {
  const { credentialId, idempotencyKey } = intent
  byId.set(credentialId, { ...structuredClone(intent), state: 'intended', statusChanges: [] })
  if (idempotencyKey !== undefined) byKey.set(idempotencyKey, [...(byKey.get(idempotencyKey) ?? []), credentialId])
}

/** A register in this process's memory. */
export const createMemoryRegister = (refuseClosed: () => void): IssuanceRegister => {
  const entries: Entries = { byId: new Map(), byKey: new Map() }
  const known = (credentialId: string): RegisterEntry => {
    refuseClosed()
    const entry = entries.byId.get(credentialId)
    if (!entry) throw unknownCredential()
    return entry
  }
  const replace = (entry: RegisterEntry | undefined): void => {
    if (entry) entries.byId.set(entry.credentialId, entry)
  }
  return {
    portVersion: 1,
    capabilities: { durable: false, shared: false },
    intend: async (intents) => {
      refuseClosed()
      refuseTwins(intents)
      for (const intent of intents) refuseIfLive(entries, intent)
      for (const intent of intents) record(entries, intent)
    },
    settle: async (settlements) => {
      // Everything is judged before anything is changed.
      const settled = new Map<string, RegisterEntry>()
      for (const { credentialId, ...ending } of settlements) {
        const before = settled.get(credentialId) ?? known(credentialId)
        settled.set(credentialId, settle(before, ending) ?? before)
      }
      for (const entry of settled.values()) replace(entry)
    },
    changeStatus: async (credentialId, change) => {
      const after = changeStatus(known(credentialId), { ...change })
      replace(after)
      return after !== undefined
    },
    find: async function* (query) {
      refuseClosed()
      for (const entry of select(entries, query)) yield structuredClone(entry)
    },
  }
}
