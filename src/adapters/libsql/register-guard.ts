import { randomUUID } from 'node:crypto'
import { PassportError } from '../../core/errors.js'
import { type AnchorFile, type AnchorOptions, type AnchorRecord, createAnchorFile } from './anchor-file.js'
import { type Database, writing } from './database.js'
import { verifyTables } from './derived-tables.js'
import { adoptOldSettings, type Head, readHead, verifyLog } from './event-log.js'
import { closeLists } from './status-lists.js'

/** Stands between the register and whoever writes it: nothing is appended to a log that does not end where it should. */
export interface RegisterGuard {
  /** Runs work that may append to the log, in a transaction of its own. */
  write<T>(work: (connection: Database) => Promise<T>): Promise<T>
  /** @throws PassportError unless the log ends where its anchor says */
  check(): Promise<void>
  /** Call it before the store is closed. Never throws: what it leaves undone is done at the next opening. */
  close(): Promise<void>
}

/** Opens a register. With `accept`, what the store holds is taken for the truth, whatever its anchor says. */
export async function openRegister(
  database: Database,
  options: { readonly anchor?: AnchorOptions; readonly acceptStore?: boolean },
): Promise<RegisterGuard> {
  if (options.anchor) return openAnchored(database, createAnchorFile(options.anchor), options.acceptStore ?? false)
  if (options.acceptStore) throw new TypeError('acceptStore needs anchor')
  await writing(database, async (connection) => {
    if (!(await readName(connection))) await adoptOldSettings(connection)
  })
  return {
    write: (work) =>
      writing(database, async (connection) => {
        if (await readName(connection)) throw needsAnchor()
        return work(connection)
      }),
    check: async () => {},
    close: async () => {},
  }
}

async function openAnchored(database: Database, file: AnchorFile, accept: boolean): Promise<RegisterGuard> {
  // Closed for good before they are anchored, so that nothing that comes between leaves them open.
  if (accept) await writing(database, closeWhatIsWhole)
  await writing(database, (connection) => (accept ? anchorHere(connection, file) : begin(connection, file)))
  // What this process has committed cannot be undone by anybody without its noticing, even before it is confirmed.
  let committed = 0
  return {
    write: async (work) => {
      let end = 0
      const result = await writing(database, async (connection) => {
        const { store, head } = await requireMatch(connection, file, committed)
        const done = await work(connection)
        const to = await readHead(connection)
        if (to.seq !== head.seq) file.write({ store, from: head, to })
        end = to.seq
        return done
      })
      committed = Math.max(committed, end)
      return result
    },
    check: () => writing(database, async (connection) => void (await requireMatch(connection, file, committed))),
    close: () => writing(database, (connection) => confirm(connection, file)).catch(() => {}),
  }
}

/** Compares a store that was anchored before; anchors one that is seen for the first time. */
async function begin(connection: Database, file: AnchorFile): Promise<void> {
  const record = file.read()
  const name = await readName(connection)
  const head = await readHead(connection)
  if (record === undefined) {
    if (name !== undefined) throw needsAnchor()
    await adoptOldSettings(connection)
    await verifyLog(connection)
    await verifyTables(connection, false)
    return anchorHere(connection, file)
  }
  // Cut off between the first writing of the anchor and the store's own note of it.
  if (name === undefined && same(head, record.to)) return anchorHere(connection, file, record.store)
  await confirm(connection, file)
}

async function closeWhatIsWhole(connection: Database): Promise<void> {
  await verifyLog(connection)
  await closeLists(connection)
}

async function anchorHere(connection: Database, file: AnchorFile, given?: string): Promise<void> {
  const store = (await readName(connection)) ?? given ?? randomUUID()
  await connection
    .insertInto('setting')
    .values({ name: NAME, value: store })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const head = await readHead(connection)
  file.write({ store, from: head, to: head })
}

/** Says in the anchor that the last change is done: from now on it cannot be taken back unnoticed. */
async function confirm(connection: Database, file: AnchorFile): Promise<void> {
  const { store, head, isConfirmed } = await requireMatch(connection, file, 0)
  if (!isConfirmed) file.write({ store, from: head, to: head })
}

const NAME = 'register anchor'

/** The name by which the anchor knows the store; absent where it was never anchored. */
async function readName(connection: Database): Promise<string | undefined> {
  const row = await connection.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  return row?.value
}

interface Matched {
  readonly store: string
  readonly head: Head
  readonly isConfirmed: boolean
}

async function requireMatch(connection: Database, file: AnchorFile, committed: number): Promise<Matched> {
  const record = file.read()
  if (record === undefined) throw needsAnchor()
  const head = await readHead(connection)
  const name = await readName(connection)
  if (name !== undefined && name !== record.store) throw mismatch('it is the anchor of another store')
  const isAt = same(head, record.to) || (same(head, record.from) && head.seq >= committed)
  if (!isAt) throw whyNot(head, record)
  if (name === undefined) throw mismatch('the store’s own note of it is gone')
  const { store, from, to } = record
  return { store, head, isConfirmed: same(head, to) && same(head, from) }
}

function same(one: Head, other: Head): boolean {
  return one.seq === other.seq && one.hash === other.hash
}

function whyNot(head: Head, { to }: AnchorRecord): PassportError {
  if (head.seq > to.seq) return mismatch(`the store ends at event ${head.seq}, its anchor at ${to.seq}`)
  if (head.seq === to.seq) return mismatch(`event ${head.seq} is not the one that was anchored`)
  return new PassportError(
    'store.rolledBack',
    `The store ends at event ${head.seq}, and had ${to.seq}: an older copy was put back, or its end was cut off`,
  )
}

function mismatch(why: string): PassportError {
  return new PassportError('store.anchorMismatch', `The store and the anchor of its register do not fit: ${why}`)
}

function needsAnchor(): PassportError {
  return new PassportError('store.anchorUnusable', 'The register of this store is anchored, and its anchor is not here')
}
