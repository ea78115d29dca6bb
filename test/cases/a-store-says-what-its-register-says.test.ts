import { readFileSync, writeFileSync } from 'node:fs'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PassportError } from '../../src/core/errors.js'
import { everyAnswer, fillStore, GOOD, newFolder, publish, REVOKED, withStore } from './support/small-store.js'

let folder: Awaited<ReturnType<typeof newFolder>>
let whole: Buffer
let wholeAnchor: Buffer
let answers: string

beforeAll(async () => {
  folder = await newFolder()
  const options = { path: folder.path('store.db'), anchor: folder.anchor }
  await withStore(options, fillStore)
  await withStore(options, async (store) => {
    answers = await everyAnswer(store)
  })
  whole = readFileSync(options.path)
  wholeAnchor = readFileSync(folder.anchor.path)
})
afterAll(() => folder.remove())

/** A copy of the store, with its anchor as it was. */
function copyOf(bytes: Buffer, statements = '') {
  const path = folder.path('copy.db')
  writeFileSync(path, bytes)
  writeFileSync(folder.anchor.path, wholeAnchor)
  const file = new Libsql(path)
  if (statements) file.exec(statements)
  file.prepare('pragma wal_checkpoint(truncate)').all([])
  file.close()
  return { path, anchor: folder.anchor }
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof PassportError ? error.code : String(error)),
  )

const DERIVED = [
  ['a revocation unset', 'update register_place set is_set = 0'],
  ['one of them unset', `update register_place set is_set = 0 where credential_id = '${REVOKED}'`],
  ['a place set', `update register_place set is_set = 1 where credential_id = '${GOOD}'`],
  ['a place gone', `delete from register_place where credential_id = '${REVOKED}'`],
  ['a place of nobody’s', "insert into register_place select list, 131071, 'urn:uuid:x', 1 from status_list limit 1"],
  ['a place moved', `update register_place set place = (place + 1) % 131072 where credential_id = '${REVOKED}'`],
  ['an entry gone', `delete from register_entry where credential_id = '${REVOKED}'`],
  ['an entry of nobody’s', "insert into register_entry values ('urn:uuid:x', 99, 'issued', null)"],
  ['an entry in another state', `update register_entry set state = 'issued' where state = 'abandoned'`],
  [
    'an idempotency key changed',
    `update register_entry set idempotency_key = 'mine' where state = 'issued' and first_seq = 2`,
  ],
  ['an idempotency key gone', `update register_entry set idempotency_key = null where first_seq = 2`],
  ['the order changed', 'update register_entry set first_seq = first_seq + 100'],
  ['a list gone', "pragma foreign_keys = off; delete from status_list where purpose = 'revocation'"],
  ['a list of another purpose', "update status_list set purpose = 'suspension'"],
  ['a list of another length', 'update status_list set entries = 8'],
  ['a list that forgot its places', 'delete from status_index; update status_list set reserved = 0'],
  [
    'a place that may be given again',
    'delete from status_index where rowid in (select 1); update status_list set reserved = reserved - 1',
  ],
] as const

describe('tables that no longer say what the log says', () => {
  it.each(DERIVED)('REST-1: %s → verify says so, nothing is published, repair mends it', async (_, statements) => {
    const copy = copyOf(
      whole,
      statements.replace('rowid in (select 1)', 'place in (select min(place) from status_index)'),
    )
    expect(await codeOf(withStore(copy, (store) => store.verify()))).toBe('store.tablesDisagree')
    expect(await codeOf(withStore(copy, publish))).toBe('store.tablesDisagree')
    expect(await withStore(copy, (store) => store.repair())).toBe(12)
    expect(await withStore(copy, everyAnswer)).toBe(answers)
  })

  it('REST-1: an untouched store is whole, is published, and repaired comes out the same', async () => {
    const copy = copyOf(whole)
    expect(await withStore(copy, (store) => store.verify())).toBe(12)
    await withStore(copy, (store) => store.repair())
    expect(await withStore(copy, everyAnswer)).toBe(answers)
  })

  it('REST-1: another process that changes the tables is noticed while the store is open', async () => {
    const copy = copyOf(whole)
    await withStore(copy, async (store) => {
      expect(await publish(store)).toHaveLength(2)
      const file = new Libsql(copy.path)
      file.exec('update register_place set is_set = 0')
      file.close()
      expect(await codeOf(publish(store))).toBe('store.tablesDisagree')
    })
  })
})

const LOG = [
  ['an event changed', "update register_event set body = replace(body, 'LostPhone', 'NoLongerValid')"],
  ['an event gone from the middle', 'delete from register_event where seq = 4'],
  [
    'an address of status lists changed',
    "update register_event set body = replace(body, 'northfield', 'southmere') where seq = 1",
  ],
  [
    'an index that lost a row',
    "pragma writable_schema = on; update sqlite_schema set sql = replace(sql, '(idempotency_key)', '(state)') where name = 'register_entry_any_key'",
  ],
  ['a trigger', 'create trigger t after update on register_place begin update register_place set is_set = 0; end'],
  [
    'a table behind a view',
    'alter table register_place rename to hidden; create view register_place as select list, place, credential_id, 0 as is_set from hidden',
  ],
] as const

describe('a log that is not whole', () => {
  it.each(LOG)('REST-1: %s → found, not published, and never repaired from', async (_, statements) => {
    const copy = copyOf(whole, statements)
    const before = readFileSync(copy.path)
    expect(await codeOf(withStore(copy, (store) => store.verify()))).toBe('store.corrupt')
    expect(await codeOf(withStore(copy, publish))).toBe('store.corrupt')
    expect(await codeOf(withStore(copy, (store) => store.repair()))).toBe('store.corrupt')
    expect(readFileSync(copy.path).equals(before), 'nothing was changed').toBe(true)
  })
})

// Numbers that look random and are the same each time (a linear congruential generator).
function* seeded(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

const FOUND = ['store.corrupt', 'store.tablesDisagree', 'store.rolledBack', 'store.anchorMismatch', 'store.unavailable']

async function outcomeOf(bytes: Buffer): Promise<string> {
  const path = folder.path('flipped.db')
  writeFileSync(path, bytes)
  writeFileSync(folder.anchor.path, wholeAnchor)
  const work = async () =>
    withStore({ path, anchor: folder.anchor }, async (store) => {
      await store.verify()
      return (await everyAnswer(store)) === answers ? 'harmless' : 'UNSEEN'
    })
  return work().catch((error: unknown) => (error instanceof PassportError ? error.code : `THROWN ${String(error)}`))
}

describe('a disk that flips bits', () => {
  // Pages that hold nothing are most of a small file: half of the bits are of bytes that say something.
  it.each([
    ['anywhere', 200, () => true],
    ['where something is written', 200, (byte: number) => byte !== 0],
  ] as const)(
    'REST-1: bits flipped %s → each of %i is found or changes nothing',
    async (_, count, where) => {
      const random = seeded(20_261_201)
      const bytes = [...whole.keys()].filter((at) => where(whole[at] ?? 0))
      const missed: unknown[] = []
      let found = 0
      for (let n = 0; n < count; n++) {
        const at = bytes[Math.floor(random.next().value * bytes.length)] ?? 0
        const bit = Math.floor(random.next().value * 8)
        const flipped = Buffer.from(whole)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const outcome = await outcomeOf(flipped)
        if (FOUND.includes(outcome)) found += 1
        else if (outcome !== 'harmless') missed.push({ at, bit, outcome })
      }
      expect(missed).toEqual([])
      expect(found).toBeGreaterThan(5)
    },
    60_000,
  )
})
