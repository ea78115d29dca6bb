import type {
  IssuanceIntent,
  IssuanceRegister,
  RegisterEntry,
  RegisterQuery,
  Settlement,
} from '../../ports/issuance-register.js'
import { changeStatus, isSet, refuseSecond, refuseTwins, settle, unknownCredential } from '../../ports/register-laws.js'
import { type Database, guarded } from './database.js'
import { insertRows, rowsFor } from './derived-rows.js'
import { append, type LoggedEvent, readEntries } from './event-log.js'
import type { RegisterGuard } from './register-guard.js'

// Well below the number of values that one statement takes.
const BATCH = 500

const inBatches = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) => items.slice(at * BATCH, (at + 1) * BATCH))

const refuseIfLive = async (connection: Database, intents: readonly IssuanceIntent[]): Promise<void> => {
  const ids = intents.map(({ credentialId }) => credentialId)
  const keys = intents.flatMap(({ idempotencyKey }) => idempotencyKey ?? [])
  const found = connection.selectFrom('register_entry').select(['credential_id', 'state']).limit(1)
  const live =
    (await found.where('credential_id', 'in', ids).executeTakeFirst()) ??
    (await found.where('idempotency_key', 'in', keys).where('state', '<>', 'abandoned').executeTakeFirst())
  if (live) refuseSecond({ credentialId: live.credential_id, state: live.state as RegisterEntry['state'] })
}

const insertEntries = async (connection: Database, intents: readonly IssuanceIntent[]): Promise<void> => {
  await refuseIfLive(connection, intents)
  const events = intents.map((intent): LoggedEvent => {
    return { credentialId: intent.credentialId, event: { kind: 'intended', intent } }
  })
  const first = await append(connection, events)
  const entries = intents.map((intent): RegisterEntry => ({ ...intent, state: 'intended', statusChanges: [] }))
  await insertRows(
    connection,
    entries.map((entry, index) => rowsFor(entry, first + index)),
  )
}

// How an entry's places read now, where that differs from how they read before.
const projectPlaces = async (connection: Database, before: RegisterEntry, after: RegisterEntry): Promise<void> => {
  for (const { list, index, purpose } of after.statusIndices) {
    if (isSet(before, purpose) === isSet(after, purpose)) continue
    await connection
      .updateTable('register_place')
      .set({ is_set: isSet(after, purpose) ? 1 : 0 })
      .where('list', '=', list)
      .where('place', '=', index)
      .execute()
  }
}

const projectState = async (
  connection: Database,
  state: 'issued' | 'abandoned',
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0) return
  await connection.updateTable('register_entry').set({ state }).where('credential_id', 'in', ids).execute()
}

const known = (entries: ReadonlyMap<string, RegisterEntry>, credentialId: string): RegisterEntry => {
  const entry = entries.get(credentialId)
  if (!entry) throw unknownCredential()
  return entry
}

interface Change {
  readonly before: RegisterEntry
  readonly after: RegisterEntry
  readonly logged: LoggedEvent
}

const recordChanges = async (connection: Database, changes: readonly Change[]): Promise<void> => {
  if (changes.length === 0) return
  await append(
    connection,
    changes.map(({ logged }) => logged),
  )
  for (const { before, after } of changes) await projectPlaces(connection, before, after)
}

const toLogged = ({ credentialId, ...settlement }: Settlement): LoggedEvent => ({
  credentialId,
  event: { kind: 'settled', settlement },
})

/** Whether all are intents that are now issued, each once: then no law stands against it, and no place changes. */
const areAllToBeIssued = async (connection: Database, settlements: readonly Settlement[]): Promise<boolean> => {
  const ids = new Set(settlements.map(({ credentialId }) => credentialId))
  if (ids.size < settlements.length || settlements.some(({ state }) => state !== 'issued')) return false
  const found = await connection
    .selectFrom('register_entry')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('credential_id', 'in', [...ids])
    .where('state', '=', 'intended')
    .executeTakeFirstOrThrow()
  return found.count === settlements.length
}

const settleAll = async (connection: Database, settlements: readonly Settlement[]): Promise<void> => {
  if (await areAllToBeIssued(connection, settlements)) {
    await append(connection, settlements.map(toLogged))
    await projectState(
      connection,
      'issued',
      settlements.map(({ credentialId }) => credentialId),
    )
  } else await settleByTheLaws(connection, settlements)
}

const settleByTheLaws = async (connection: Database, settlements: readonly Settlement[]): Promise<void> => {
  const ids = settlements.map(({ credentialId }) => credentialId)
  const entries = new Map(await readEntries(connection, ids))
  const changes = settlements.flatMap((settlement): readonly Change[] => {
    const { credentialId, ...ending } = settlement
    const before = known(entries, credentialId)
    const after = settle(before, ending)
    entries.set(credentialId, after ?? before)
    return after ? [{ before, after, logged: toLogged(settlement) }] : []
  })
  await recordChanges(connection, changes)
  for (const state of ['issued', 'abandoned'] as const) {
    const ended = changes.filter(({ after }) => after.state === state)
    await projectState(
      connection,
      state,
      ended.map(({ after }) => after.credentialId),
    )
  }
}

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
  if ('idempotencyKeys' in query) return ids.where('idempotency_key', 'in', query.idempotencyKeys).execute()
  if ('state' in query) return ids.where('state', '=', query.state).execute()
  const places = database
    .selectFrom('register_place')
    .select('credential_id')
    .where('list', '=', query.setInList)
    .where('is_set', '=', 1)
  return ids.where('credential_id', 'in', places).execute()
}

/** The register, in the database: an append-only log, and tables drawn from it to find things by. */
export const createLibsqlRegister = (
  open: () => Database,
  write: RegisterGuard['write'],
  requireWhole: () => Promise<void>,
): IssuanceRegister => ({
  portVersion: 1,
  capabilities: { durable: true, shared: true },
  intend: async (lent) => {
    const intents = lent.map((intent) => ({
      ...intent,
      statusIndices: intent.statusIndices.map((place) => ({ ...place })),
    }))
    refuseTwins(intents)
    await write(async (connection) => {
      for (const batch of inBatches(intents)) await insertEntries(connection, batch)
    })
  },
  settle: async (lent) => {
    const settlements = lent.map((settlement) => ({ ...settlement }))
    await write(async (connection) => {
      for (const batch of inBatches(settlements)) await settleAll(connection, batch)
    })
  },
  changeStatus: (credentialId, change) =>
    write(async (connection) => {
      const before = known(await readEntries(connection, [credentialId]), credentialId)
      const after = changeStatus(before, change)
      // As the laws dated it.
      const recorded = after?.statusChanges.at(-1)
      if (!after || !recorded) return false
      await recordChanges(connection, [
        { before, after, logged: { credentialId, event: { kind: 'status', change: recorded } } },
      ])
      return true
    }),
  find: async function* (query) {
    const database = open()
    // What is set in a list is about to be published.
    if ('setInList' in query) await requireWhole()
    let after = 0
    for (;;) {
      const rows = await guarded(() => findIds(database, query, after))
      const ids = rows.map(({ credential_id }) => credential_id)
      const entries = await guarded(() => readEntries(database, ids))
      for (const id of ids) {
        const entry = entries.get(id)
        if (entry) yield entry
      }
      if (rows.length < BATCH) return
      after = rows.at(-1)?.first_seq ?? after
    }
  },
})
