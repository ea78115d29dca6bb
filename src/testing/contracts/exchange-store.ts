import type { ExchangeQuery, ExchangeRecord, ExchangeStore } from '../../ports/exchange-store.js'
import { type Case, collect, ensure } from './case.js'

/** Opens an exchange store that is empty, and closes it again. */
export type OpenExchanges = () => Promise<{ readonly exchanges: ExchangeStore; close(): Promise<void> }>

const OWNER = 'did:example:contract'
const EARLY = '2026-01-05T09:00:00Z'
const LATE = '2026-01-06T09:00:00Z'

const record = (more: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  id: globalThis.crypto.randomUUID(),
  owner: OWNER,
  version: 1,
  handles: [globalThis.crypto.randomUUID()],
  forgetAt: LATE,
  body: 'sealed',
  ...more,
})

const idsOf = async (exchanges: ExchangeStore, query: ExchangeQuery): Promise<readonly string[]> =>
  (await collect(exchanges.find(query))).map(({ id }) => id)

type Promised = readonly [name: string, run: (exchanges: ExchangeStore) => Promise<void>]

const PROMISES: readonly Promised[] = [
  [
    'keeps a record as it was given',
    async (exchanges) => {
      const given = record({ idempotencyKey: 'row 1', dueAt: EARLY, handles: ['a', 'b'] })
      ensure(await exchanges.put(given), 'a new record must be kept')
      const [kept] = await collect(exchanges.find({ id: given.id }))
      const sorted = kept && { ...kept, handles: [...kept.handles].sort() }
      ensure(
        JSON.stringify(Object.entries(sorted ?? {}).sort()) === JSON.stringify(Object.entries(given).sort()),
        'as it was given',
      )
    },
  ],
  [
    'finds by handle and by the owner’s own name, and nothing where there is nothing',
    async (exchanges) => {
      const given = record({ idempotencyKey: 'row 2' })
      await exchanges.put(given)
      ensure((await idsOf(exchanges, { handle: given.handles[0] ?? '' }))[0] === given.id, 'found by its handle')
      ensure((await idsOf(exchanges, { owner: OWNER, idempotencyKey: 'row 2' }))[0] === given.id, 'found by its name')
      const none: readonly ExchangeQuery[] = [
        { id: 'nobody' },
        { handle: 'nothing' },
        { owner: 'did:example:other', idempotencyKey: 'row 2' },
      ]
      for (const query of none) ensure((await idsOf(exchanges, query)).length === 0, 'nothing must be found')
    },
  ],
  [
    'takes the next version, and no other',
    async (exchanges) => {
      const first = record()
      await exchanges.put(first)
      ensure(!(await exchanges.put(first)), 'the same version again must be refused')
      ensure(!(await exchanges.put({ ...first, version: 3 })), 'a version left out must be refused')
      ensure(!(await exchanges.put(record({ version: 2 }))), 'the second version of nothing must be refused')
      ensure(await exchanges.put({ ...first, version: 2, body: 'changed', handles: ['new'] }), 'the next must be kept')
      ensure((await idsOf(exchanges, { handle: first.handles[0] ?? '' })).length === 0, 'an old handle must be gone')
      ensure(
        (await collect(exchanges.find({ handle: 'new' })))[0]?.body === 'changed',
        'the new handle must lead to it',
      )
    },
  ],
  [
    'lets exactly one of a hundred at once make the next version',
    async (exchanges) => {
      const first = record()
      await exchanges.put(first)
      const next = Array.from({ length: 100 }, () => exchanges.put({ ...first, version: 2 }))
      const won = (await Promise.all(next)).filter(Boolean).length
      ensure(won === 1, `exactly one must win, not ${won}`)
    },
  ],
  [
    'gives one name of an owner, and one handle, to one record only',
    async (exchanges) => {
      const first = record({ idempotencyKey: 'once' })
      await exchanges.put(first)
      ensure(!(await exchanges.put(record({ idempotencyKey: 'once' }))), 'the same name again must be refused')
      ensure(!(await exchanges.put(record({ handles: first.handles }))), 'the same handle again must be refused')
      const other = record({ idempotencyKey: 'once', owner: 'did:example:other' })
      ensure(await exchanges.put(other), 'another owner may use the same name')
    },
  ],
  [
    'finds what is due, of one owner, the longest due first',
    async (exchanges) => {
      const late = record({ dueAt: LATE })
      const early = record({ dueAt: EARLY })
      for (const one of [late, early, record(), record({ dueAt: EARLY, owner: 'did:example:other' })])
        await exchanges.put(one)
      const both = await idsOf(exchanges, { owner: OWNER, dueBy: LATE })
      ensure(both.join() === [early.id, late.id].join(), 'the longest due must come first')
      ensure((await idsOf(exchanges, { owner: OWNER, dueBy: EARLY })).join() === early.id, 'only what is due')
    },
  ],
  [
    'gives a name away once, to one of a hundred at once',
    async (exchanges) => {
      const claims = Array.from({ length: 100 }, () => exchanges.claim('nonce', LATE))
      const won = (await Promise.all(claims)).filter(Boolean).length
      ensure(won === 1, `exactly one must win, not ${won}`)
      ensure(await exchanges.claim('another nonce', LATE), 'another name must be free')
    },
  ],
  [
    'forgets what is over, and nothing else',
    async (exchanges) => {
      const over = record({ forgetAt: EARLY })
      const alive = record({ forgetAt: LATE })
      for (const one of [over, alive]) await exchanges.put(one)
      await exchanges.claim('over', EARLY)
      await exchanges.claim('alive', LATE)
      ensure((await exchanges.forget(EARLY)) === 1, 'one record must be forgotten')
      ensure((await idsOf(exchanges, { id: over.id })).length === 0, 'what is over must be gone')
      ensure((await idsOf(exchanges, { handle: over.handles[0] ?? '' })).length === 0, 'its handle too')
      ensure((await idsOf(exchanges, { id: alive.id })).length === 1, 'the other must be there')
      ensure(!(await exchanges.claim('alive', LATE)), 'a name whose time is not over must stay taken')
    },
  ],
  [
    'copies what it is lent',
    async (exchanges) => {
      const lent = { ...record(), handles: ['lent'] }
      const pending = exchanges.put(lent)
      lent.handles.length = 0
      await pending
      ensure((await idsOf(exchanges, { handle: 'lent' })).length === 1, 'a later change must not reach it')
    },
  ],
]

/**
 * The promises of every `ExchangeStore`. Each case opens a store of its own.
 *
 * ```ts
 * import { createMemoryStore } from 'staff-passport/stores/memory'
 * import { exchangeStoreContract } from 'staff-passport/testing'
 *
 * for (const { name, run } of exchangeStoreContract(async () => createMemoryStore())) {
 *   await run().catch((error) => { throw new Error(`broken promise: ${name}`, { cause: error }) })
 * }
 * ```
 */
export const exchangeStoreContract = (open: OpenExchanges): readonly Case[] =>
  PROMISES.map(([name, run]) => ({
    name,
    run: async () => {
      const opened = await open()
      try {
        await run(opened.exchanges)
      } finally {
        await opened.close()
      }
    },
  }))
