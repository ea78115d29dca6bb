import type { RegisterEntry } from '../../ports/issuance-register.js'
import { isSet } from '../../ports/register-laws.js'
import { type Database, insertAll, type Tables } from './database.js'

/** What the tables beside the log say of one entry. */
export interface DerivedRows {
  readonly entry: Tables['register_entry']
  readonly places: readonly Tables['register_place'][]
}

/** The rows that follow from an entry; `first_seq` is the number of its first event. */
export function rowsFor(entry: RegisterEntry, first_seq: number): DerivedRows {
  const { credentialId: credential_id, state, idempotencyKey: idempotency_key = null } = entry
  const places = entry.statusIndices.map(({ list, index: place, purpose }) => {
    return { list, place, credential_id, is_set: isSet(entry, purpose) ? 1 : 0 }
  })
  return { entry: { credential_id, first_seq, state, idempotency_key }, places }
}

/** Inserts the rows of entries that have none yet. Call it inside `writing`. */
export async function insertRows(connection: Database, rows: readonly DerivedRows[]): Promise<void> {
  await insertAll(
    connection,
    'register_entry',
    rows.map(({ entry }) => entry),
  )
  await insertAll(
    connection,
    'register_place',
    rows.flatMap(({ places }) => places),
  )
}
