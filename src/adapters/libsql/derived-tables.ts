import { sql } from 'kysely'
import { PassportError } from '../../core/errors.js'
import type { RegisterEntry } from '../../ports/issuance-register.js'
import { LIST_ENTRIES } from '../../ports/status-list-laws.js'
import type { ListPurpose } from '../../ports/status-list-store.js'
import { type Database, insertAll, statementsFor, type Tables } from './database.js'
import { type DerivedRows, insertRows, rowsFor } from './derived-rows.js'
import { readEntries } from './event-log.js'

/**
 * Compares every table that things are found by with the log that it follows from, and has SQLite check the file. Call it
 * inside a transaction, on a log that is whole.
 * @param withLists whether the places in the log were given out by this store, as they are unless somebody keeps the
 * register here and the status lists elsewhere
 * @throws PassportError `store.corrupt`, `store.tablesDisagree`
 */
export async function verifyTables(connection: Database, withLists: boolean): Promise<void> {
  await checkIntegrity(connection)
  const lists = new Map<string, ListPurpose>()
  let entries = 0
  let places = 0
  for await (const batch of entriesOfTheLog(connection)) {
    const rows = batch.map(({ entry, first }) => rowsFor(entry, first))
    await compareEntries(connection, rows)
    for (const [list, places] of byList(rows)) {
      await comparePlaces(connection, list, places)
      if (withLists) await compareGiven(connection, list, places)
    }
    entries += rows.length
    for (const { entry } of batch) for (const { list, purpose } of entry.statusIndices) lists.set(list, purpose)
    places += rows.reduce((sum, row) => sum + row.places.length, 0)
  }
  if ((await count(connection, 'register_entry')) !== entries) throw disagree('register_entry', 'has rows of no entry')
  if ((await count(connection, 'register_place')) !== places) throw disagree('register_place', 'has rows of no entry')
  if (withLists) await compareLists(connection, lists)
}

/**
 * Makes those tables anew from the log. Call it inside `writing`, on a log that is whole.
 * @throws PassportError `store.corrupt` when the file is damaged elsewhere, too
 */
export async function rebuildTables(connection: Database): Promise<void> {
  for (const table of ['register_entry', 'register_place'] as const) {
    await sql.raw(`drop table ${table}`).execute(connection)
    for (const statement of statementsFor(table)) await sql.raw(statement).execute(connection)
  }
  await sql.raw('reindex').execute(connection)
  for await (const batch of entriesOfTheLog(connection)) {
    await restoreLists(connection, batch)
    await insertRows(
      connection,
      batch.map(({ entry, first }) => rowsFor(entry, first)),
    )
  }
  await tidyLists(connection)
  await verifyTables(connection, true)
}

const disagree = (table: keyof Tables, why: string): PassportError =>
  new PassportError('store.tablesDisagree', `The table ${table} ${why}; the log itself is whole`)

const differs = (table: keyof Tables, seq: number): PassportError =>
  disagree(table, `differs from the log in what entry ${seq} began`)

async function checkIntegrity(connection: Database): Promise<void> {
  const { rows } = await sql<{ line: string }>`select integrity_check as line from pragma_integrity_check(1)`.execute(
    connection,
  )
  if (rows[0]?.line !== 'ok')
    throw new PassportError('store.corrupt', `The file is damaged: ${rows[0]?.line ?? 'nothing is said of it'}`)
}

interface LoggedEntry {
  readonly entry: RegisterEntry
  /** The number of its first event. */
  readonly first: number
}

// Well below the number of values that one statement takes.
const BATCH = 500

/** Every entry, as the log tells it, oldest first, a batch at a time. */
async function* entriesOfTheLog(connection: Database): AsyncGenerator<readonly LoggedEntry[]> {
  let after = 0
  for (;;) {
    const rows = await connection
      .selectFrom('register_event')
      .select(['seq', 'credential_id'])
      .where('seq', '>', after)
      .where('body', 'like', '{"kind":"intended"%')
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    const entries = await readEntries(
      connection,
      rows.map(({ credential_id }) => credential_id),
    )
    yield rows.flatMap(({ seq, credential_id }) => {
      const entry = entries.get(credential_id)
      return entry ? [{ entry, first: seq }] : []
    })
    if (rows.length < BATCH) return
    after = rows.at(-1)?.seq ?? after
  }
}

async function count(connection: Database, table: keyof Tables): Promise<number> {
  const { total } = await connection
    .selectFrom(table)
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

async function compareEntries(connection: Database, rows: readonly DerivedRows[]): Promise<void> {
  if (rows.length === 0) return
  const found = await connection
    .selectFrom('register_entry')
    .select(['credential_id', 'first_seq', 'state', 'idempotency_key'])
    .where(
      'credential_id',
      'in',
      rows.map(({ entry }) => entry.credential_id),
    )
    .execute()
  const byId = new Map(found.map((row) => [row.credential_id, row]))
  for (const { entry } of rows) {
    const row = byId.get(entry.credential_id)
    const isSame =
      row?.first_seq === entry.first_seq && row.state === entry.state && row.idempotency_key === entry.idempotency_key
    if (!isSame) throw differs('register_entry', entry.first_seq)
  }
}

async function comparePlaces(connection: Database, list: string, places: Places): Promise<void> {
  const found = await connection
    .selectFrom('register_place')
    .select(['place', 'credential_id', 'is_set'])
    .where('list', '=', list)
    .where('place', 'in', [...places.keys()])
    .execute()
  const byPlace = new Map(found.map((row) => [row.place, row]))
  for (const [number, { place, seq }] of places) {
    const row = byPlace.get(number)
    if (row?.credential_id !== place.credential_id || row.is_set !== place.is_set) throw differs('register_place', seq)
  }
}

/** That every place of the log is among those that were given out, and will not be given again. */
async function compareGiven(connection: Database, list: string, places: Places): Promise<void> {
  const taken = await connection
    .selectFrom('status_index')
    .select('place')
    .where('list', '=', list)
    .where('place', 'in', [...places.keys()])
    .execute()
  const given = new Set(taken.map(({ place }) => place))
  for (const [number, { seq }] of places) if (!given.has(number)) throw differs('status_index', seq)
}

interface PlaceOfEntry {
  readonly place: Tables['register_place']
  /** The number of its entry's first event. */
  readonly seq: number
}

type Places = ReadonlyMap<number, PlaceOfEntry>

function byList(rows: readonly DerivedRows[]): ReadonlyMap<string, Places> {
  const lists = new Map<string, Map<number, PlaceOfEntry>>()
  for (const { entry, places } of rows)
    for (const place of places) {
      const known = lists.get(place.list) ?? new Map<number, PlaceOfEntry>()
      lists.set(place.list, known.set(place.place, { place, seq: entry.first_seq }))
    }
  return lists
}

const PURPOSES: readonly string[] = ['revocation', 'suspension', 'status'] satisfies readonly ListPurpose[]

async function compareLists(connection: Database, logged: ReadonlyMap<string, ListPurpose>): Promise<void> {
  const rows = await connection.selectFrom('status_list').select(['list', 'purpose', 'entries', 'reserved']).execute()
  const { rows: counted } = await sql<{ list: string; taken: number; highest: number; lowest: number }>`
    select list, count(*) as taken, max(place) as highest, min(place) as lowest from status_index group by list`.execute(
    connection,
  )
  const taken = new Map(counted.map((row) => [row.list, row]))
  for (const { list, purpose, entries, reserved } of rows) {
    const places = taken.get(list)
    const isSound =
      PURPOSES.includes(logged.get(list) ?? purpose) &&
      purpose === (logged.get(list) ?? purpose) &&
      entries === LIST_ENTRIES &&
      (reserved === places?.taken || reserved === entries) &&
      (places === undefined || (places.lowest >= 0 && places.highest < entries))
    if (!isSound) throw disagree('status_list', 'differs from the log, or from the places that were given out')
  }
  const known = new Set(rows.map(({ list }) => list))
  if ([...logged.keys(), ...taken.keys()].some((list) => !known.has(list)))
    throw disagree('status_list', 'lacks a list of which places were given out')
}

async function restoreLists(connection: Database, batch: readonly LoggedEntry[]): Promise<void> {
  const places = batch.flatMap(({ entry }) => entry.statusIndices)
  const lists = new Map(places.map(({ list, purpose }) => [list, purpose]))
  for (const [list, purpose] of lists)
    await connection
      .insertInto('status_list')
      .values({ list, purpose, entries: LIST_ENTRIES, reserved: 0 })
      .onConflict((conflict) => conflict.column('list').doUpdateSet({ purpose, entries: LIST_ENTRIES }))
      .execute()
  const missing: Tables['status_index'][] = []
  for (const { list, index: place } of places) {
    const taken = await connection
      .selectFrom('status_index')
      .select('place')
      .where('list', '=', list)
      .where('place', '=', place)
      .executeTakeFirst()
    if (!taken) missing.push({ list, place })
  }
  if (missing.length > 0) await insertAll(connection, 'status_index', missing)
}

/** What of the lists the log does not know: places that were reserved, and given to nothing. */
async function tidyLists(connection: Database): Promise<void> {
  await connection
    .deleteFrom('status_index')
    .where((where) =>
      where.or([
        where('list', 'not in', where.selectFrom('status_list').select('list')),
        where('place', '<', 0),
        where('place', '>=', LIST_ENTRIES),
      ]),
    )
    .execute()
  await connection
    .deleteFrom('status_list')
    .where((where) =>
      where.or([
        where('list', 'not in', where.selectFrom('status_index').select('list')),
        where('purpose', 'not in', PURPOSES),
      ]),
    )
    .execute()
  await sql`update status_list set entries = ${LIST_ENTRIES},
    reserved = case when reserved = ${LIST_ENTRIES} then ${LIST_ENTRIES}
      else (select count(*) from status_index where status_index.list = status_list.list) end`.execute(connection)
}
