import { closeSync, existsSync, openSync } from 'node:fs'
import {
  CompiledQuery,
  type Dialect,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { PassportError } from '../../core/errors.js'
import { CarefulDriver, type DatabaseFile } from './careful-driver.js'

/** The tables. Times are RFC 3339. */
export interface Tables {
  setting: { name: string; value: string }
  status_list: { list: string; purpose: string; entries: number; reserved: number }
  status_index: { list: string; place: number }
  /** The register itself: append-only, each row sealed by a hash over it and the row before. */
  register_event: { seq: number; credential_id: string; body: string; hash: string }
  /** Drawn from the events, to be found by. */
  register_entry: { credential_id: string; first_seq: number; state: string; idempotency_key: string | null }
  register_place: { list: string; place: number; credential_id: string; is_set: number }
  seen_version: { name: string; version: number }
  exchange: {
    id: string
    owner: string
    version: number
    idempotency_key: string | null
    due_at: string | null
    forget_at: string
    body: string
  }
  exchange_handle: { handle: string; exchange: string }
  /** Names that may be taken once, such as nonces. */
  claimed_name: { name: string; until: string }
}

/** The open database. */
export type Database = Kysely<Tables>

const FIRST_VERSION = [
  'create table setting (name text primary key, value text not null) strict',
  'create table status_list (list text primary key, purpose text not null, entries integer not null, reserved integer not null) strict',
  'create table status_index (list text not null references status_list, place integer not null, primary key (list, place)) strict, without rowid',
  'create table register_event (seq integer primary key, credential_id text not null, body text not null, hash text not null) strict',
  'create index register_event_credential on register_event (credential_id, seq)',
  'create table register_entry (credential_id text primary key, first_seq integer not null, state text not null, idempotency_key text) strict',
  "create unique index register_entry_key on register_entry (idempotency_key) where state <> 'abandoned'",
  'create index register_entry_state on register_entry (state, first_seq)',
  'create table register_place (list text not null, place integer not null, credential_id text not null, is_set integer not null, primary key (list, place)) strict, without rowid',
  'create index register_place_set on register_place (list) where is_set = 1',
  'create table seen_version (name text primary key, version integer not null) strict',
] as const

// What each version of this software changed; a store of an older one is brought up to date when it is opened.
const VERSIONS: readonly (readonly string[])[] = [
  FIRST_VERSION,
  ['create index register_entry_any_key on register_entry (idempotency_key) where idempotency_key is not null'],
  [
    'create table exchange (id text primary key, owner text not null, version integer not null, idempotency_key text, due_at text, forget_at text not null, body text not null) strict',
    'create unique index exchange_key on exchange (owner, idempotency_key) where idempotency_key is not null',
    'create index exchange_due on exchange (owner, due_at) where due_at is not null',
    'create index exchange_forget on exchange (forget_at)',
    'create table exchange_handle (handle text primary key, exchange text not null) strict, without rowid',
    'create index exchange_handle_exchange on exchange_handle (exchange)',
    'create table claimed_name (name text primary key, until text not null) strict, without rowid',
    'create index claimed_name_until on claimed_name (until)',
  ],
]

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** What SQLite or the system says, as one of our errors. Its prose may hold values, so only its code is shown. */
const storeError = (error: unknown): PassportError => {
  if (error instanceof PassportError) return error
  const code = String(codeOf(error) ?? '')
  if (/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT|EFBIG)/.test(code))
    return new PassportError('store.full', 'There is no room left for the store', { retryable: true, cause: error })
  if (/SQLITE_(BUSY|LOCKED)/.test(code))
    return new PassportError('store.locked', 'Another process holds the store', { retryable: true, cause: error })
  if (/SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(code))
    return new PassportError('store.corrupt', 'The file is not a store, or is damaged', { cause: error })
  return new PassportError('store.unavailable', `The store failed (${code || 'unknown'})`, { cause: error })
}

/** Runs work with SQLite's errors turned into ours. */
export const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw storeError(error)
  }
}

/** Runs work that only reads, on the store as it is at one moment, whatever other processes write meanwhile. */
export const reading = <T>(database: Database, work: (connection: Database) => Promise<T>): Promise<T> =>
  guarded(() => database.transaction().setAccessMode('read only').execute(work))

/**
 * Runs work in a transaction that takes the write lock first, so that what it reads cannot change before it writes,
 * whatever process else is at work.
 */
export const writing = <T>(database: Database, work: (connection: Database) => Promise<T>): Promise<T> =>
  guarded(() => database.transaction().execute(work))

// SQLite takes at most 32,766 values in one statement; few rows at once make few different statements to prepare.
const ROWS_AT_ONCE = 100

const insertion = (table: string, columns: readonly string[], rows: number): string => {
  const row = `(${columns.map(() => '?').join(', ')})`
  return `insert into ${table} (${columns.join(', ')}) values ${Array(rows).fill(row).join(', ')}`
}

/** Inserts rows, many in one statement. Call it inside `writing`. */
export const insertAll = async <Name extends keyof Tables>(
  connection: Database,
  table: Name,
  rows: readonly Tables[Name][],
): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {}) as (keyof Tables[Name] & string)[]
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = rows.slice(first, first + ROWS_AT_ONCE)
    const values = some.flatMap((row) => columns.map((column) => row[column]))
    await connection.executeQuery(CompiledQuery.raw(insertion(table, columns, some.length), values))
  }
}

const dialectOver = (file: DatabaseFile): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new CarefulDriver(file),
  createIntrospector: (database) => new SqliteIntrospector(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

const schemaVersion = async (connection: Database): Promise<number> => {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(connection)
  return Number(rows[0]?.user_version ?? 0)
}

/** The statements that make a table and its indexes, as this version of the software has them. */
export const statementsFor = (table: keyof Tables): readonly string[] =>
  VERSIONS.flat().filter((statement) => RegExp(`^create (table ${table} |.* on ${table} )`).test(statement))

const asSchema = (statement: string): string => statement.toLowerCase().replace(/\s+/g, ' ')

/**
 * That the tables are those that this software made: no trigger, no view, and no column that reads otherwise. What other
 * programs added beside them, such as a replicator's own table, is left alone.
 */
async function checkSchema(connection: Database, version: number): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string | null }>`select type, sql from sqlite_schema`.execute(
    connection,
  )
  const found = new Set(rows.map((row) => asSchema(row.sql ?? '')))
  const isOurs = VERSIONS.slice(0, version)
    .flat()
    .every((statement) => found.has(asSchema(statement)))
  if (!isOurs || rows.some(({ type }) => type === 'trigger' || type === 'view'))
    throw new PassportError('store.corrupt', 'The tables of the store are not those that this software made')
}

const migrate = async (connection: Database): Promise<void> => {
  const version = await schemaVersion(connection)
  if (version > VERSIONS.length)
    throw new PassportError('store.unavailable', `The store was made by a later version (${version}) of this software`)
  await checkSchema(connection, version)
  if (version === VERSIONS.length) return
  for (const statement of VERSIONS.slice(version).flat()) await sql.raw(statement).execute(connection)
  await sql.raw(`pragma user_version = ${VERSIONS.length}`).execute(connection)
}

// Created by us first, so that nobody else may read it from its first moment on.
const createPrivateFile = (path: string): void => {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

/**
 * Opens the file, creating it and its tables when they are not there.
 * @throws PassportError `store.unavailable`, `store.corrupt`, `store.locked`
 */
export const openDatabase = (path: string, busyTimeout: number): Promise<Database> =>
  guarded(async () => {
    const { default: Libsql } = await import('libsql')
    createPrivateFile(path)
    const file = new Libsql(path)
    // The wait for a lock has to be set before the first statement that needs one.
    file.pragma(`busy_timeout = ${busyTimeout}`)
    file.pragma('journal_mode = WAL')
    file.pragma('synchronous = FULL')
    file.pragma('foreign_keys = ON')
    const database = new Kysely<Tables>({ dialect: dialectOver(file) })
    try {
      await writing(database, migrate)
    } catch (error) {
      await database.destroy()
      throw error
    }
    return database
  })
