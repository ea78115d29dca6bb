import { sql } from 'kysely'
import { PassportError } from '../../core/errors.js'
import type { Store } from '../../ports/store.js'
import type { VersionMemory } from '../../ports/version-memory.js'
import type { AnchorOptions } from './anchor-file.js'
import { type Database, guarded, openDatabase, reading, writing } from './database.js'
import { rebuildTables, verifyTables } from './derived-tables.js'
import { appendSetting, readSetting, verifyLog } from './event-log.js'
import { createLibsqlExchanges } from './exchanges.js'
import { createLibsqlRegister } from './register.js'
import { openRegister, type RegisterGuard } from './register-guard.js'
import { createLibsqlStatusLists } from './status-lists.js'

/** How to open the embedded store. */
export interface LibsqlOptions {
  /** The file. It is made, for this user only, when it is not there; a `-wal` and a `-shm` file lie beside it. */
  readonly path: string
  /** Milliseconds to wait for another process's write; by default 5,000. */
  readonly busyTimeout?: number
  /**
   * Where the end of the register is noted outside the store, so that an older copy, a log that was cut off, and a log
   * that was written anew are noticed. Give it beside the keys, and each time: once anchored, always anchored.
   */
  readonly anchor?: AnchorOptions
  /**
   * Takes what the store holds for the truth, whatever its anchor says, if its log is whole. What was issued and revoked
   * since is forgotten; the status lists that there are give out no more places, so that none is given twice.
   */
  readonly acceptStore?: boolean
}

/** The embedded store: one file, shared by any number of processes of one machine. */
export interface LibsqlStore extends Store {
  /**
   * Reads the whole register again: checks every seal, that it ends where its anchor says, that the tables drawn from it
   * say what it says, and the file.
   * @returns how many events it holds
   * @throws PassportError `store.corrupt`, naming the first bad entry; `store.tablesDisagree`, which `repair` can mend;
   * `store.rolledBack`, `store.anchorMismatch`, `store.anchorUnusable`
   */
  verify(): Promise<number>
  /**
   * Makes the tables drawn from the register anew, from a register that is whole.
   * @returns how many events it holds
   * @throws PassportError as `verify` does, when the register itself is not whole; nothing was changed
   */
  repair(): Promise<number>
  /** A setting of the store's user, such as the address of its status lists. */
  setting(name: string): Promise<string | undefined>
  /** Keeps a setting. */
  remember(name: string, value: string): Promise<void>
}

const BUSY_TIMEOUT = 5_000
const PINNED_PREFIX = 'pinned:'

const createVersionMemory = (open: () => Database): VersionMemory => ({
  newest: (name) =>
    guarded(
      async () =>
        (await open().selectFrom('seen_version').select('version').where('name', '=', name).executeTakeFirst())
          ?.version,
    ),
  remember: (name, version) =>
    writing(open(), async (connection) => {
      await sql`insert into seen_version (name, version) values (${name}, ${version})
        on conflict (name) do update set version = max(version, excluded.version)`.execute(connection)
    }),
  pin: (name, digest) =>
    writing(open(), async (connection) => {
      const key = PINNED_PREFIX + name
      const doNothing = connection.insertInto('setting').values({ name: key, value: digest })
      await doNothing.onConflict((conflict) => conflict.column('name').doNothing()).execute()
      const kept = connection.selectFrom('setting').select('value').where('name', '=', key)
      return (await kept.executeTakeFirstOrThrow()).value
    }),
})

/** Checks the whole store, unless nobody else wrote to it since it was checked. */
type WholeCheck = (withLists: boolean) => Promise<void>

/** The check before anything is published. What this process itself writes follows from what was checked. */
const createWholeCheck = (open: () => Database, guard: RegisterGuard): WholeCheck => {
  let checked: { readonly version: number | undefined; readonly withLists: boolean } | undefined
  return async (withLists) => {
    const database = open()
    const version = await guarded(() => dataVersion(database))
    if (checked && checked.version === version && (checked.withLists || !withLists)) return
    await guard.check()
    checked = await reading(database, async (connection) => {
      const current = await dataVersion(connection)
      await verifyWhole(connection, withLists)
      return { version: current, withLists }
    })
  }
}

/** Another number whenever another connection has written to the file. */
async function dataVersion(connection: Database): Promise<number | undefined> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(connection)
  return rows[0]?.data_version
}

async function verifyWhole(connection: Database, withLists: boolean): Promise<number> {
  const events = await verifyLog(connection)
  await verifyTables(connection, withLists)
  return events
}

async function repairTables(connection: Database): Promise<number> {
  const events = await verifyLog(connection)
  await rebuildTables(connection)
  return events
}

/**
 * Opens the embedded store: the default for one machine. Every acknowledged write is on disk, and several processes may
 * issue from one file at once.
 *
 * ```ts
 * import { mkdtemp } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { openLibsqlStore } from 'staff-passport/stores/libsql'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'store-'))
 * const store = await openLibsqlStore({ path: join(folder, 'passport.db') })
 * await store.verify()
 * await store.close()
 * ```
 *
 * @throws PassportError `store.unavailable`, `store.corrupt`, `store.locked`, `store.full`; with an anchor also
 * `store.rolledBack`, `store.anchorMismatch`, `store.anchorUnusable`
 */
export const openLibsqlStore = async (options: LibsqlOptions): Promise<LibsqlStore> => {
  const database = await openDatabase(options.path, options.busyTimeout ?? BUSY_TIMEOUT)
  const guard = await openRegister(database, options).catch(async (error: unknown) => {
    await database.destroy()
    throw error
  })
  let closed = false
  const open = (): Database => {
    if (closed) throw new PassportError('store.closed', 'The store was closed')
    return database
  }
  const write: RegisterGuard['write'] = async (work) => {
    open()
    return guard.write(work)
  }
  const requireWhole = createWholeCheck(open, guard)
  return {
    register: createLibsqlRegister(open, write, () => requireWhole(false)),
    statusLists: createLibsqlStatusLists(open, () => requireWhole(true)),
    versionMemory: createVersionMemory(open),
    exchanges: createLibsqlExchanges(open),
    verify: async () => {
      const database = open()
      await guard.check()
      return reading(database, (connection) => verifyWhole(connection, true))
    },
    repair: () => write(repairTables),
    setting: (name) => guarded(() => readSetting(open(), name)),
    remember: (name, value) => write((connection) => appendSetting(connection, name, value)),
    close: async () => {
      if (closed) return
      closed = true
      await guard.close()
      await database.destroy()
    },
  }
}
