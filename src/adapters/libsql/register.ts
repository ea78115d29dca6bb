import type { IssuanceIntent, IssuanceRegister, RegisterEntry, RegisterQuery } from '../../ports/issuance-register.js'
import { changeStatus, isSet, refuseSecond, settle, unknownCredential } from '../../ports/register-laws.js'
import { type Database, guarded, writing } from './database.js'
import { append, readEntry } from './event-log.js'

const refuseIfLive = async (connection: Database, intent: IssuanceIntent): Promise<void> => {
  const { credentialId, idempotencyKey } = intent
  const live = await connection
    .selectFrom('register_entry')
    .select(['credential_id', 'state'])
    .where((where) =>
      where.or([
        where('credential_id', '=', credentialId),
        ...(idempotencyKey === undefined
          ? []
          : [where('idempotency_key', '=', idempotencyKey).and('state', '<>', 'abandoned')]),
      ]),
    )
    .executeTakeFirst()
  if (live) refuseSecond({ credentialId: live.credential_id, state: live.state as RegisterEntry['state'] })
}

const insertEntry = async (connection: Database, intent: IssuanceIntent): Promise<void> => {
  await refuseIfLive(connection, intent)
  const credential_id = intent.credentialId
  const first_seq = await append(connection, credential_id, { kind: 'intended', intent })
  const idempotency_key = intent.idempotencyKey ?? null
  await connection
    .insertInto('register_entry')
    .values({ credential_id, first_seq, state: 'intended', idempotency_key })
    .execute()
  const places = intent.statusIndices.map(({ list, index }) => ({ list, place: index, credential_id, is_set: 0 }))
  if (places.length > 0) await connection.insertInto('register_place').values(places).execute()
}

const project = async (connection: Database, entry: RegisterEntry): Promise<void> => {
  await connection
    .updateTable('register_entry')
    .set({ state: entry.state })
    .where('credential_id', '=', entry.credentialId)
    .execute()
  for (const { list, index, purpose } of entry.statusIndices) {
    await connection
      .updateTable('register_place')
      .set({ is_set: isSet(entry, purpose) ? 1 : 0 })
      .where('list', '=', list)
      .where('place', '=', index)
      .execute()
  }
}

const known = async (connection: Database, credentialId: string): Promise<RegisterEntry> => {
  const entry = await readEntry(connection, credentialId)
  if (!entry) throw unknownCredential()
  return entry
}

const BATCH = 500

/** The ids that a query finds, in order, a batch at a time. */
const findIds = (database: Database, query: RegisterQuery, after: number) => {
  const ids = database
    .selectFrom('register_entry')
    .select(['credential_id', 'first_seq'])
    .where('first_seq', '>', after)
    .orderBy('first_seq')
    .limit(BATCH)
  if ('credentialId' in query) return ids.where('credential_id', '=', query.credentialId).execute()
  if ('idempotencyKey' in query) return ids.where('idempotency_key', '=', query.idempotencyKey).execute()
  if ('state' in query) return ids.where('state', '=', query.state).execute()
  const places = database
    .selectFrom('register_place')
    .select('credential_id')
    .where('list', '=', query.setInList)
    .where('is_set', '=', 1)
  return ids.where('credential_id', 'in', places).execute()
}

/** The register, in the database: an append-only log, and tables drawn from it to find things by. */
export const createLibsqlRegister = (open: () => Database): IssuanceRegister => ({
  portVersion: 1,
  capabilities: { durable: true, shared: true },
  intend: (lent) => {
    const intent = structuredClone(lent)
    return writing(open(), (connection) => insertEntry(connection, intent))
  },
  settle: (credentialId, settlement) =>
    writing(open(), async (connection) => {
      const settled = settle(await known(connection, credentialId), settlement)
      if (!settled) return
      await append(connection, credentialId, { kind: 'settled', settlement })
      await project(connection, settled)
    }),
  changeStatus: (credentialId, change) =>
    writing(open(), async (connection) => {
      const changed = changeStatus(await known(connection, credentialId), change)
      if (!changed) return
      await append(connection, credentialId, { kind: 'status', change })
      await project(connection, changed)
    }),
  find: async function* (query) {
    const database = open()
    let after = 0
    for (;;) {
      const rows = await guarded(() => findIds(database, query, after))
      for (const { credential_id } of rows) {
        const entry = await guarded(() => readEntry(database, credential_id))
        if (entry) yield entry
      }
      if (rows.length < BATCH) return
      after = rows.at(-1)?.first_seq ?? after
    }
  },
})
