import { sql } from 'kysely'
import { PassportError } from '../../core/errors.js'
import type { Store } from '../../ports/store.js'
import type { VersionMemory } from '../../ports/version-memory.js'
import { type Database, guarded, openDatabase, writing } from './database.js'
import { verifyLog } from './event-log.js'
import { createLibsqlExchanges } from './exchanges.js'
import { createLibsqlRegister } from './register.js'
import { createLibsqlStatusLists } from './status-lists.js'

/** How to open the embedded store. */
export interface LibsqlOptions {
  /** The file. It is made, for this user only, when it is not there; a `-wal` and a `-shm` file lie beside it. */
  readonly path: string
  /** Milliseconds to wait for another process's write; by default 5,000. */
  readonly busyTimeout?: number
}

/** The embedded store: one file, shared by any number of processes of one machine. */
export interface LibsqlStore extends Store {
  /**
   * Reads the whole register again and checks every seal.
   * @returns how many events it holds
   * @throws PassportError `store.corrupt`, naming the first bad entry
   */
  verify(): Promise<number>
  /** A setting of the store's user, such as the address of its status lists. */
  setting(name: string): Promise<string | undefined>
  /** Keeps a setting. */
  remember(name: string, value: string): Promise<void>
}

const BUSY_TIMEOUT = 5_000
// Our own rows of the table begin otherwise.
const USER_PREFIX = 'user:'
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

const createSettings = (open: () => Database): Pick<LibsqlStore, 'setting' | 'remember'> => ({
  setting: (name) =>
    guarded(
      async () =>
        (
          await open()
            .selectFrom('setting')
            .select('value')
            .where('name', '=', USER_PREFIX + name)
            .executeTakeFirst()
        )?.value,
    ),
  remember: (name, value) =>
    writing(open(), async (connection) => {
      await connection
        .insertInto('setting')
        .values({ name: USER_PREFIX + name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
    }),
})

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
 * @throws PassportError `store.unavailable`, `store.corrupt`, `store.locked`
 */
export const openLibsqlStore = async (options: LibsqlOptions): Promise<LibsqlStore> => {
  const database = await openDatabase(options.path, options.busyTimeout ?? BUSY_TIMEOUT)
  let closed = false
  const open = (): Database => {
    if (closed) throw new PassportError('store.closed', 'The store was closed')
    return database
  }
  return {
    register: createLibsqlRegister(open),
    statusLists: createLibsqlStatusLists(open),
    versionMemory: createVersionMemory(open),
    exchanges: createLibsqlExchanges(open),
    verify: () => guarded(() => verifyLog(open())),
    ...createSettings(open),
    close: async () => {
      if (closed) return
      closed = true
      await database.destroy()
    },
  }
}
