import { sha256 } from '#runtime'
import { toHex } from '../../codec/hex.js'
import { encodeUtf8 } from '../../codec/utf8.js'
import { PassportError } from '../../core/errors.js'
import type { Ending, IssuanceIntent, RegisterEntry, StatusChange } from '../../ports/issuance-register.js'
import { changeStatus, settle } from '../../ports/register-laws.js'
import { type Database, insertAll, type Tables } from './database.js'

/** One thing that happened to one credential. */
export type RegisterEvent =
  | { readonly kind: 'intended'; readonly intent: IssuanceIntent }
  | { readonly kind: 'settled'; readonly settlement: Ending }
  | { readonly kind: 'status'; readonly change: StatusChange }
  /** A setting of the store's user. It happened to no credential. */
  | { readonly kind: 'setting'; readonly value: string }

/** Where the log ends: kept in a row of its own, so that a missing tail is noticed. */
export interface Head {
  readonly seq: number
  readonly hash: string
}

const HEAD = 'register head'
const EMPTY: Head = { seq: 0, hash: '' }

const corrupt = (seq: number, why: string): PassportError =>
  new PassportError('store.corrupt', `The register is damaged at entry ${seq}: ${why}`)

const seal = (previous: string, seq: number, credentialId: string, body: string): string =>
  // Texts and a whole number: this is their RFC 8785 form.
  toHex(sha256(encodeUtf8(JSON.stringify([previous, seq, credentialId, body]))))

/** Where the log ends, as its own row says. */
export const readHead = async (connection: Database): Promise<Head> => {
  const row = await connection.selectFrom('setting').select('value').where('name', '=', HEAD).executeTakeFirst()
  return row ? JSON.parse(row.value) : EMPTY
}

/** An event, and the credential that it happened to. */
export interface LoggedEvent {
  readonly credentialId: string
  readonly event: RegisterEvent
}

const sealed = (head: Head, { credentialId, event }: LoggedEvent): Tables['register_event'] => {
  const seq = head.seq + 1
  const body = JSON.stringify(event)
  return { seq, credential_id: credentialId, body, hash: seal(head.hash, seq, credentialId, body) }
}

/**
 * Appends events, each sealed to the one before. Call it inside `writing`.
 * @returns the number of the first
 */
export const append = async (connection: Database, events: readonly LoggedEvent[]): Promise<number> => {
  const before = await readHead(connection)
  const rows: Tables['register_event'][] = []
  for (const logged of events) rows.push(sealed(rows.at(-1) ?? before, logged))
  await insertAll(connection, 'register_event', rows)
  const { seq, hash } = rows.at(-1) ?? before
  const value = JSON.stringify({ seq, hash })
  await connection
    .insertInto('setting')
    .values({ name: HEAD, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
  return before.seq + 1
}

/** An entry after one more event. */
const apply = (entry: RegisterEntry | undefined, event: RegisterEvent): RegisterEntry | undefined => {
  if (event.kind === 'intended') return { ...event.intent, state: 'intended', statusChanges: [] }
  if (!entry || event.kind === 'setting') return entry
  return (event.kind === 'settled' ? settle(entry, event.settlement) : changeStatus(entry, event.change)) ?? entry
}

/** Entries of credentials, told from their events; a credential without any is not among them. */
export const readEntries = async (
  connection: Database,
  credentialIds: readonly string[],
): Promise<ReadonlyMap<string, RegisterEntry>> => {
  const entries = new Map<string, RegisterEntry>()
  if (credentialIds.length === 0) return entries
  const rows = await connection
    .selectFrom('register_event')
    .select(['credential_id', 'body'])
    .where('credential_id', 'in', credentialIds)
    .orderBy('seq')
    .execute()
  for (const { credential_id, body } of rows) {
    const entry = apply(entries.get(credential_id), JSON.parse(body))
    if (entry) entries.set(credential_id, entry)
  }
  return entries
}

// A credential's id is a URN of another kind.
const SETTING = 'setting:'

/** Keeps a setting of the store's user as an event of the log, so that nobody changes it unnoticed. */
export async function appendSetting(connection: Database, name: string, value: string): Promise<void> {
  await append(connection, [{ credentialId: SETTING + name, event: { kind: 'setting', value } }])
}

/** A setting, as it was last kept. */
export async function readSetting(connection: Database, name: string): Promise<string | undefined> {
  const row = await connection
    .selectFrom('register_event')
    .select('body')
    .where('credential_id', '=', SETTING + name)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const event: RegisterEvent | undefined = row && JSON.parse(row.body)
  return event?.kind === 'setting' ? event.value : undefined
}

const OLD_SETTING = 'user:'

/** Takes settings into the log that earlier versions kept in a table beside it. */
export async function adoptOldSettings(connection: Database): Promise<void> {
  const rows = await connection.selectFrom('setting').select(['name', 'value']).orderBy('name').execute()
  for (const { name, value } of rows) {
    if (!name.startsWith(OLD_SETTING)) continue
    await appendSetting(connection, name.slice(OLD_SETTING.length), value)
    await connection.deleteFrom('setting').where('name', '=', name).execute()
  }
}

const BATCH = 1_000

const checkBatch = (
  rows: readonly { seq: number; credential_id: string; body: string; hash: string }[],
  from: Head,
): Head =>
  rows.reduce((previous, row) => {
    const seq = previous.seq + 1
    if (row.seq !== seq) throw corrupt(seq, 'it is missing')
    if (row.hash !== seal(previous.hash, seq, row.credential_id, row.body)) throw corrupt(seq, 'it was changed')
    return { seq, hash: row.hash }
  }, from)

/**
 * Reads the whole log again and checks every seal, and that its end is where it was. Call it inside a transaction.
 * @returns how many events there are
 * @throws PassportError `store.corrupt`, naming the first bad entry
 */
export const verifyLog = async (connection: Database): Promise<number> => {
  const head = await readHead(connection)
  let end = EMPTY
  for (;;) {
    const rows = await connection
      .selectFrom('register_event')
      .select(['seq', 'credential_id', 'body', 'hash'])
      .where('seq', '>', end.seq)
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    if (rows.length === 0) break
    end = checkBatch(rows, end)
  }
  if (end.seq < head.seq) throw corrupt(end.seq + 1, 'it is missing')
  if (end.seq !== head.seq || end.hash !== head.hash) throw corrupt(head.seq + 1, 'it was added')
  return end.seq
}
