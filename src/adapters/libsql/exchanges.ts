import { sql } from 'kysely'
import type { ExchangeQuery, ExchangeRecord, ExchangeStore } from '../../ports/exchange-store.js'
import { type Database, guarded, insertAll, type Tables, writing } from './database.js'

type Row = Tables['exchange']

const toRow = (record: ExchangeRecord): Row => ({
  id: record.id,
  owner: record.owner,
  version: record.version,
  idempotency_key: record.idempotencyKey ?? null,
  due_at: record.dueAt ?? null,
  forget_at: record.forgetAt,
  body: record.body,
})

const fromRow = (row: Row, handles: readonly string[]): ExchangeRecord => ({
  id: row.id,
  owner: row.owner,
  version: Number(row.version),
  ...(row.idempotency_key === null ? {} : { idempotencyKey: row.idempotency_key }),
  handles,
  ...(row.due_at === null ? {} : { dueAt: row.due_at }),
  forgetAt: row.forget_at,
  body: row.body,
})

const COLUMNS = [
  'kept.id',
  'kept.owner',
  'kept.version',
  'kept.idempotency_key',
  'kept.due_at',
  'kept.forget_at',
  'kept.body',
] as const

const selectRows = (connection: Database, query: ExchangeQuery): Promise<Row[]> => {
  const rows = connection.selectFrom('exchange as kept').select(COLUMNS)
  if ('id' in query) return rows.where('id', '=', query.id).execute()
  if ('handle' in query)
    return rows
      .innerJoin('exchange_handle', 'exchange_handle.exchange', 'kept.id')
      .where('exchange_handle.handle', '=', query.handle)
      .execute()
  const owned = rows.where('owner', '=', query.owner)
  if ('idempotencyKey' in query) return owned.where('idempotency_key', '=', query.idempotencyKey).execute()
  return owned.where('due_at', '<=', query.dueBy).orderBy('due_at').execute()
}

const handlesOf = async (connection: Database, id: string): Promise<readonly string[]> => {
  const rows = await connection.selectFrom('exchange_handle').select('handle').where('exchange', '=', id).execute()
  return rows.map(({ handle }) => handle)
}

const isTaken = async (connection: Database, { id, owner, idempotencyKey, handles }: ExchangeRecord) => {
  const others = connection.selectFrom('exchange').select('id').where('id', '!=', id).where('owner', '=', owner)
  const named =
    idempotencyKey !== undefined && (await others.where('idempotency_key', '=', idempotencyKey).executeTakeFirst())
  const led =
    handles.length > 0 &&
    (await connection
      .selectFrom('exchange_handle')
      .select('handle')
      .where('exchange', '!=', id)
      .where('handle', 'in', handles)
      .executeTakeFirst())
  return Boolean(named || led)
}

const replaceHandles = async (connection: Database, { id, handles }: ExchangeRecord): Promise<void> => {
  await connection.deleteFrom('exchange_handle').where('exchange', '=', id).execute()
  if (handles.length > 0)
    await insertAll(
      connection,
      'exchange_handle',
      handles.map((handle) => ({ handle, exchange: id })),
    )
}

const putRecord = async (connection: Database, record: ExchangeRecord): Promise<boolean> => {
  const kept = await connection.selectFrom('exchange').select('version').where('id', '=', record.id).executeTakeFirst()
  if (record.version !== Number(kept?.version ?? 0) + 1 || (await isTaken(connection, record))) return false
  const row = toRow(record)
  if (kept) await connection.updateTable('exchange').set(row).where('id', '=', record.id).execute()
  else await insertAll(connection, 'exchange', [row])
  await replaceHandles(connection, record)
  return true
}

/** Exchanges in the embedded store. */
export const createLibsqlExchanges = (open: () => Database): ExchangeStore => ({
  portVersion: 1,
  capabilities: { durable: true, shared: true },
  put: (lent) => {
    const record = structuredClone(lent)
    return writing(open(), (connection) => putRecord(connection, record))
  },
  find: async function* (query) {
    const connection = open()
    for (const row of await guarded(() => selectRows(connection, { ...query })))
      yield fromRow(row, await guarded(() => handlesOf(connection, row.id)))
  },
  claim: (name, until) =>
    writing(open(), async (connection) => {
      const taken = await sql`insert into claimed_name (name, until) values (${name}, ${until})
        on conflict (name) do nothing returning name`.execute(connection)
      return taken.rows.length > 0
    }),
  forget: (now) =>
    writing(open(), async (connection) => {
      await connection.deleteFrom('claimed_name').where('until', '<=', now).execute()
      const over = connection.selectFrom('exchange').select('id').where('forget_at', '<=', now)
      await connection.deleteFrom('exchange_handle').where('exchange', 'in', over).execute()
      const { numDeletedRows } = await connection
        .deleteFrom('exchange')
        .where('forget_at', '<=', now)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    }),
})
