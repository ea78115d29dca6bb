import type { ExchangeQuery, ExchangeRecord, ExchangeStore } from '../../ports/exchange-store.js'

const overlaps = (a: ExchangeRecord, b: ExchangeRecord): boolean =>
  a.id !== b.id &&
  ((a.owner === b.owner && a.idempotencyKey !== undefined && a.idempotencyKey === b.idempotencyKey) ||
    a.handles.some((handle) => b.handles.includes(handle)))

const byDueTime = (a: ExchangeRecord, b: ExchangeRecord): number => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1)

/** Exchanges that are gone when the process ends. */
export const createMemoryExchanges = (refuseClosed: () => void): ExchangeStore => {
  const records = new Map<string, ExchangeRecord>()
  const claimed = new Map<string, string>()
  const all = (keep: (record: ExchangeRecord) => boolean): readonly ExchangeRecord[] =>
    [...records.values()].filter(keep)
  const select = (query: ExchangeQuery): readonly ExchangeRecord[] => {
    if ('id' in query) return all(({ id }) => id === query.id)
    if ('handle' in query) return all(({ handles }) => handles.includes(query.handle))
    if ('idempotencyKey' in query)
      return all(({ owner, idempotencyKey }) => owner === query.owner && idempotencyKey === query.idempotencyKey)
    const due = all(({ owner, dueAt }) => owner === query.owner && dueAt !== undefined && dueAt <= query.dueBy)
    return [...due].sort(byDueTime)
  }
  return {
    portVersion: 1,
    capabilities: { durable: false, shared: false },
    put: async (lent) => {
      refuseClosed()
      const record = structuredClone(lent)
      const isNext = record.version === (records.get(record.id)?.version ?? 0) + 1
      if (!isNext || all((other) => overlaps(record, other)).length > 0) return false
      records.set(record.id, record)
      return true
    },
    find: async function* (query) {
      refuseClosed()
      for (const record of select({ ...query })) yield structuredClone(record)
    },
    claim: async (name, until) => {
      refuseClosed()
      if (claimed.has(name)) return false
      claimed.set(name, until)
      return true
    },
    forget: async (now) => {
      refuseClosed()
      for (const [name, until] of claimed) if (until <= now) claimed.delete(name)
      const over = all(({ forgetAt }) => forgetAt <= now)
      for (const { id } of over) records.delete(id)
      return over.length
    },
  }
}
