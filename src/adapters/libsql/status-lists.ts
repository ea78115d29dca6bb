import { randomBytes } from '#runtime'
import { PassportError } from '../../core/errors.js'
import { FULL_ENOUGH, LIST_ENTRIES, randomBelow, randomListName } from '../../ports/status-list-laws.js'
import type { ListPurpose, StatusIndex, StatusListStore } from '../../ports/status-list-store.js'
import { type Database, guarded, insertAll, type Tables, writing } from './database.js'

// At three quarters full, a hundred misses in a row have a chance of one in 10^12.
const MOST_MISSES = 100

// Well below the number of values that one statement takes.
const ROWS_AT_ONCE = 2_000

type OpenList = Omit<Tables['status_list'], 'purpose'>

const openList = async (connection: Database, purpose: ListPurpose): Promise<OpenList> => {
  const current = await connection
    .selectFrom('status_list')
    .select(['list', 'entries', 'reserved'])
    .where('purpose', '=', purpose)
    .whereRef('reserved', '<', (where) => where(where.ref('entries'), '*', FULL_ENOUGH))
    .executeTakeFirst()
  if (current) return current
  const list = { list: randomListName(randomBytes), purpose, entries: LIST_ENTRIES, reserved: 0 }
  await connection.insertInto('status_list').values(list).execute()
  return list
}

/** Up to `count` free places of a list, at random. The write lock is held: what is free now stays free until taken. */
const freePlaces = async (
  connection: Database,
  { list, entries, reserved }: OpenList,
  count: number,
): Promise<readonly Tables['status_index'][]> => {
  const room = Math.ceil(entries * FULL_ENOUGH) - reserved
  const places = new Set<number>()
  for (let n = Math.min(count, room, ROWS_AT_ONCE); n > 0; n--) places.add(randomBelow(entries, randomBytes))
  const taken = await connection
    .selectFrom('status_index')
    .select('place')
    .where('list', '=', list)
    .where('place', 'in', [...places])
    .execute()
  for (const { place } of taken) places.delete(place)
  return [...places].map((place) => ({ list, place }))
}

/** Takes up to `count` places of the list that is open; fewer where chance met some that were taken before. */
const takePlaces = async (
  connection: Database,
  purpose: ListPurpose,
  count: number,
): Promise<readonly StatusIndex[]> => {
  const open = await openList(connection, purpose)
  const places = await freePlaces(connection, open, count)
  await insertAll(connection, 'status_index', places)
  await connection
    .updateTable('status_list')
    .set((set) => ({ reserved: set('reserved', '+', places.length) }))
    .where('list', '=', open.list)
    .execute()
  return places.map(({ list, place }) => ({ purpose, list, index: place }))
}

const takeAll = async (connection: Database, purpose: ListPurpose, count: number): Promise<readonly StatusIndex[]> => {
  const places: StatusIndex[] = []
  let misses = 0
  while (places.length < count) {
    const taken = await takePlaces(connection, purpose, count - places.length)
    places.push(...taken)
    misses = taken.length === 0 ? misses + 1 : 0
    if (misses === MOST_MISSES)
      throw new PassportError('store.listExhausted', 'No free place was found in the status list')
  }
  return places
}

/**
 * Gives out no more places of the lists that there are. An older copy of a store has forgotten which it gave out since.
 */
export async function closeLists(connection: Database): Promise<void> {
  await connection
    .updateTable('status_list')
    .set((set) => ({ reserved: set.ref('entries') }))
    .execute()
}

/** Status lists, in the database. Whoever asks which there are is about to publish: the store must be whole. */
export const createLibsqlStatusLists = (open: () => Database, requireWhole: () => Promise<void>): StatusListStore => ({
  portVersion: 1,
  capabilities: { durable: true, shared: true },
  reserve: (purpose, count = 1) => writing(open(), (connection) => takeAll(connection, purpose, count)),
  lists: () =>
    guarded(async () => {
      await requireWhole()
      const columns = ['list', 'purpose', 'entries', 'reserved'] as const
      const rows = await open().selectFrom('status_list').select(columns).orderBy('list').execute()
      return rows.map(({ purpose, ...row }) => ({ ...row, purpose: purpose as ListPurpose }))
    }),
})
