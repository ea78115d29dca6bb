import { randomBytes } from '#runtime'
import { PassportError } from '../../core/errors.js'
import { FULL_ENOUGH, LIST_ENTRIES, randomBelow, randomListName } from '../../ports/status-list-laws.js'
import type { ListPurpose, StatusIndex, StatusListStore } from '../../ports/status-list-store.js'
import { type Database, guarded, writing } from './database.js'

// At three quarters full, a hundred misses in a row have a chance of one in 10^12.
const MOST_TRIES = 100

const openList = async (connection: Database, purpose: ListPurpose): Promise<{ list: string; entries: number }> => {
  const current = await connection
    .selectFrom('status_list')
    .select(['list', 'entries'])
    .where('purpose', '=', purpose)
    .whereRef('reserved', '<', (where) => where(where.ref('entries'), '*', FULL_ENOUGH))
    .executeTakeFirst()
  if (current) return current
  const list = { list: randomListName(randomBytes), purpose, entries: LIST_ENTRIES, reserved: 0 }
  await connection.insertInto('status_list').values(list).execute()
  return list
}

const takePlace = async (connection: Database, purpose: ListPurpose): Promise<StatusIndex> => {
  const { list, entries } = await openList(connection, purpose)
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const place = randomBelow(entries, randomBytes)
    const taken = await connection
      .insertInto('status_index')
      .values({ list, place })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (taken.numInsertedOrUpdatedRows !== 1n) continue
    await connection
      .updateTable('status_list')
      .set((set) => ({ reserved: set('reserved', '+', 1) }))
      .where('list', '=', list)
      .execute()
    return { purpose, list, index: place }
  }
  throw new PassportError('store.listExhausted', 'No free place was found in the status list')
}

/** Status lists, in the database. */
export const createLibsqlStatusLists = (open: () => Database): StatusListStore => ({
  portVersion: 1,
  capabilities: { durable: true, shared: true },
  reserve: (purpose, count = 1) =>
    writing(open(), async (connection) => {
      const places: StatusIndex[] = []
      while (places.length < count) places.push(await takePlace(connection, purpose))
      return places
    }),
  lists: () =>
    guarded(async () => {
      const rows = await open().selectFrom('status_list').selectAll().orderBy('list').execute()
      return rows.map(({ purpose, ...row }) => ({ ...row, purpose: purpose as ListPurpose }))
    }),
})
