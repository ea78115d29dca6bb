import { formatDateTime } from '../codec/date-time.js'
import { type Clock, systemClock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import { createSeal } from '../crypto/seal.js'
import { handleOf, newSecret } from '../exchange/book/handles.js'
import type { ExchangeQuery, ExchangeRecord, ExchangeStore } from '../ports/exchange-store.js'

/** Where patterns keep what they are at: sealed, in the store that exchanges are kept in. */
export interface LedgerOptions {
  readonly store: ExchangeStore
  /** The employer: nobody else's entries are ever found. */
  readonly owner: string
  /** 32 random bytes. */
  readonly sealingKey: Uint8Array
  readonly clock?: Clock
  /** How long what has ended is remembered, in days; by default seven years, as employment records are. */
  readonly rememberForDays?: number
}

/** What an entry is called: what kind of thing it is, of which system, of whom. No part runs into the next. */
export type EntryName = readonly string[]

/** An entry, and what it is kept under. */
export interface Entry<Body extends JsonObject> {
  readonly id: string
  readonly body: Body
}

/** What changes, and what whoever asked is told. */
export interface EntryDecision<Body, Answer> {
  readonly body?: Body
  /** Whether its name is free for another from now on. */
  readonly releases?: boolean
  readonly answer: Answer
}

/** A ledger of entries, each with a name that leads to one entry at a time. */
export interface Ledger {
  now(): string
  /** Begins an entry, or finds the one of this name. */
  begin<Body extends JsonObject>(name: EntryName, body: Body, days?: number): Promise<Entry<Body>>
  byId<Body extends JsonObject>(id: string): Promise<Entry<Body> | undefined>
  byName<Body extends JsonObject>(name: EntryName): Promise<Entry<Body> | undefined>
  /**
   * Changes an entry as decided by a function that looks at it as it stands, and does nothing but decide.
   * @param days how long it is remembered from now on; by default as long as everything is
   */
  change<Body extends JsonObject, Answer>(
    id: string,
    decide: (body: Body) => EntryDecision<Body, Answer>,
    days?: number,
  ): Promise<Answer>
}

const DAY = 86_400_000
const SEVEN_YEARS = 2_557
const ATTEMPTS = 20
const KIND = 'ledger-name'

/** Opens a ledger. @throws TypeError */
export const createLedger = (options: LedgerOptions): Ledger => {
  const { store, owner, clock = systemClock, rememberForDays = SEVEN_YEARS } = options
  if (store?.portVersion !== 1) throw new TypeError('store must implement ExchangeStore, version 1')
  const seal = createSeal(options.sealingKey)
  const handle = (name: EntryName): string => handleOf(KIND, JSON.stringify([owner, ...name]))
  const first = async (query: ExchangeQuery): Promise<ExchangeRecord | undefined> => {
    for await (const record of store.find(query)) return record.owner === owner ? record : undefined
    return undefined
  }
  const open = async <Body extends JsonObject>(record: ExchangeRecord | undefined): Promise<Entry<Body> | undefined> =>
    record && { id: record.id, body: (await seal.open(record.body, record.id)) as Body }
  interface Kept extends Pick<ExchangeRecord, 'id' | 'version' | 'handles'> {
    readonly body: JsonObject
    readonly days: number
  }
  const recordOf = async ({ id, version, handles, body, days }: Kept): Promise<ExchangeRecord> => ({
    id,
    owner,
    version,
    handles,
    forgetAt: formatDateTime(clock.now().getTime() + days * DAY),
    body: await seal.close(body, id),
  })
  const byName = async <Body extends JsonObject>(name: EntryName) => open<Body>(await first({ handle: handle(name) }))
  const changeOnce = async <Body extends JsonObject, Answer>(
    id: string,
    decide: (body: Body) => EntryDecision<Body, Answer>,
    days: number,
  ): Promise<{ readonly answer: Answer } | undefined> => {
    const record = await first({ id })
    const entry = await open<Body>(record)
    if (!record || !entry) throw new PassportError('exchange.unknown', 'There is no such entry')
    const { body, releases, answer } = decide(entry.body)
    if (!body) return { answer }
    const handles = releases ? [] : record.handles
    const next = await recordOf({ id, version: record.version + 1, handles, body, days })
    return (await store.put(next)) ? { answer } : undefined
  }
  return {
    now: () => formatDateTime(clock.now().getTime()),
    byName,
    byId: async <Body extends JsonObject>(id: string) => open<Body>(await first({ id })),
    begin: async <Body extends JsonObject>(name: EntryName, body: Body, days = rememberForDays) => {
      const id = newSecret()
      if (await store.put(await recordOf({ id, version: 1, handles: [handle(name)], body, days }))) return { id, body }
      const known = await byName<Body>(name)
      if (!known) throw new PassportError('exchange.conflict', 'The entry could not be kept', { retryable: true })
      return known
    },
    change: async (id, decide, days = rememberForDays) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const done = await changeOnce(id, decide, days)
        if (done) return done.answer
      }
      throw new PassportError('exchange.conflict', 'The entry is being changed by others', { retryable: true })
    },
  }
}
