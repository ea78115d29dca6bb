import { formatDateTime } from '../codec/date-time.js'
import { PassportError } from '../core/errors.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { IssuerSettings } from '../issuer/settings.js'
import type { CredentialOutbox } from '../ports/credential-outbox.js'
import type { IssuanceIntent, RegisterEntry, Settlement } from '../ports/issuance-register.js'
import type { StatusIndex } from '../ports/status-list-store.js'
import type { Workers } from '../ports/workers.js'
import { rowFault } from './csv/map-row.js'
import { linesOf, pack, repack, unpack } from './message.js'
import type { PlaceBlocks } from './places.js'
import type { BatchRow, RowFault, RowOutcome, RowResult } from './rows.js'
import type { PreparedRow, PrepareHead } from './work/prepare-rows.js'
import type { WorkName } from './work/run-work.js'
import type { SignedRow, SignHead } from './work/sign-rows.js'

/** What all batches of one run share. */
export interface Run {
  readonly settings: IssuerSettings
  readonly type: CredentialTypeName
  readonly setup: string
  readonly workers: Workers
  readonly dryRun: boolean
  readonly places: PlaceBlocks
  readonly outbox?: CredentialOutbox
  /** Idempotency keys of a dry run, which leaves nothing in the register to find them by. */
  readonly seenKeys: Set<string>
}

type NumberedRow = BatchRow & { readonly number: number }

interface Signed {
  readonly digest: string
  readonly credential: string
}

/** One row on its way. Once it has an outcome nothing more is done with it. */
interface Slot {
  readonly row: NumberedRow
  outcome?: RowOutcome
  warnings: readonly RowFault[]
  places: readonly StatusIndex[]
  /** Of the credential that was put together. */
  intended?: { readonly id: string; readonly digest: string }
  /** A live entry has its key; what came of that one is asked at the end, in the order of the rows. */
  isContended?: boolean
  signed?: Signed
}

/** Rows that are worked on together. */
export interface Batch {
  readonly slots: readonly Slot[]
  readonly now: number
}

const isPending = ({ outcome, isContended }: Slot): boolean => outcome === undefined && !isContended

const runWork = (run: Run, work: WorkName, batch: Uint8Array): Promise<Uint8Array> =>
  run.workers.run({ work, setup: run.setup, batch })

const keysOf = (slots: readonly Slot[]): readonly string[] => slots.flatMap(({ row }) => row.idempotencyKey ?? [])

/** The live entries of idempotency keys. */
const liveEntries = async (
  { settings }: Run,
  slots: readonly Slot[],
): Promise<ReadonlyMap<string | undefined, RegisterEntry>> => {
  const live = new Map<string | undefined, RegisterEntry>()
  const idempotencyKeys = keysOf(slots)
  if (idempotencyKeys.length === 0) return live
  for await (const entry of settings.register.find({ idempotencyKeys }))
    if (entry.state !== 'abandoned' && entry.idempotencyKey !== undefined) live.set(entry.idempotencyKey, entry)
  return live
}

const outcomeOfLive = ({ state, credentialId }: RegisterEntry): RowOutcome => ({
  outcome: state === 'issued' ? 'alreadyIssued' : 'inProgress',
  credentialId,
})

const newSlot = (row: NumberedRow): Slot => ({
  row,
  warnings: [],
  places: [],
  ...(row.faults ? { outcome: { outcome: 'refused', faults: row.faults } } : {}),
})

const markTaken = async (run: Run, slots: readonly Slot[]): Promise<void> => {
  const live = await liveEntries(run, slots)
  const seen = run.dryRun ? run.seenKeys : new Set<string>()
  for (const slot of slots.filter(isPending)) {
    const key = slot.row.idempotencyKey
    const entry = live.get(key)
    if (entry) slot.outcome = outcomeOfLive(entry)
    if (key === undefined || !isPending(slot)) continue
    if (seen.has(key) && run.dryRun) slot.outcome = { outcome: 'refused', faults: [rowFault('import.duplicateKey')] }
    else if (seen.has(key)) slot.isContended = true
    seen.add(key)
  }
}

const noteLooked = (run: Run, slot: Slot, prepared: PreparedRow): void => {
  slot.warnings = prepared.warnings
  if ('faults' in prepared) {
    slot.outcome = { outcome: 'refused', faults: prepared.faults }
    run.places.giveBack(slot.places)
  } else if (run.dryRun) slot.outcome = { outcome: 'sound' }
  else slot.intended = prepared
}

/** Has the rows looked at and put together. Returns a line for each sound one. */
const prepare = async (run: Run, { slots, now }: Batch): Promise<Uint8Array> => {
  const pending = slots.filter(isPending)
  if (pending.length === 0) return new Uint8Array()
  const places = run.dryRun ? [] : await run.places.take(pending.length)
  for (const [position, slot] of pending.entries()) slot.places = places[position] ?? []
  const head: PrepareHead = run.dryRun ? { now } : { now, places }
  const lines = pending.map(({ row }) => JSON.stringify(row.cells ?? row.request))
  const answer = unpack<readonly PreparedRow[]>(await runWork(run, 'prepareRows', pack(head, lines)))
  for (const [position, slot] of pending.entries()) {
    const prepared = answer.head[position]
    if (prepared) noteLooked(run, slot, prepared)
  }
  return answer.body
}

const toIntent =
  ({ settings, type }: Run, now: number) =>
  ({ row, intended, places }: Slot): IssuanceIntent => ({
    credentialId: intended?.id ?? '',
    issuer: settings.id,
    type,
    unsignedDigest: intended?.digest ?? '',
    statusIndices: places,
    ...(row.idempotencyKey === undefined ? {} : { idempotencyKey: row.idempotencyKey }),
    intendedAt: formatDateTime(now),
  })

const isTaken = (error: unknown): boolean =>
  error instanceof PassportError && (error.code === 'store.alreadyIssued' || error.code === 'store.inProgress')

/** Records the intents. Rows whose key another run, or an earlier batch, took in the meantime are left out. */
const intend = async (run: Run, { slots, now }: Batch): Promise<void> => {
  for (;;) {
    const pending = slots.filter(isPending)
    if (pending.length === 0) return
    try {
      return await run.settings.register.intend(pending.map(toIntent(run, now)))
    } catch (error) {
      const live = isTaken(error) ? await liveEntries(run, pending) : new Map()
      const taken = pending.filter(({ row }) => live.has(row.idempotencyKey))
      if (taken.length === 0) throw error
      for (const slot of taken) slot.isContended = true
    }
  }
}

const noteSigned = (slots: readonly Slot[], rows: readonly SignedRow[], lines: readonly string[]): void => {
  let line = 0
  for (const [position, slot] of slots.entries()) {
    const row = rows[position]
    if (row && 'digest' in row) slot.signed = { digest: row.digest, credential: lines[line++] ?? '' }
    else slot.outcome = { outcome: 'failed', code: row?.code ?? 'key.signingFailed' }
  }
}

const sign = async (run: Run, batch: Batch, compositions: Uint8Array): Promise<void> => {
  const composed = batch.slots.filter(({ intended }) => intended)
  const wanted = composed.filter(isPending)
  if (wanted.length === 0) return
  const skip = [...composed.keys()].filter((position) => composed[position]?.isContended)
  const head: SignHead = { skip }
  const answer = unpack<readonly SignedRow[]>(await runWork(run, 'signRows', repack(head, compositions)))
  noteSigned(wanted, answer.head, linesOf(answer.body))
}

const recorded = ({ slots }: Batch): readonly Slot[] =>
  slots.filter(({ intended, isContended }) => intended && !isContended)

/**
 * Abandons what of a batch was recorded and will not be handed out. Where the store cannot be reached either, resuming
 * does so later.
 */
export const abandonBatch = async ({ settings }: Run, batch: Batch): Promise<void> => {
  const at = formatDateTime(batch.now)
  const settlements = recorded(batch).map(({ intended }): Settlement => {
    return { credentialId: intended?.id ?? '', state: 'abandoned', at }
  })
  await settings.register.settle(settlements).catch(() => {})
}

/** Looks at rows, records what is to be issued, and signs it. */
export const beginBatch = async (run: Run, rows: readonly NumberedRow[]): Promise<Batch> => {
  const batch: Batch = { slots: rows.map(newSlot), now: run.settings.clock.now().getTime() }
  await markTaken(run, batch.slots)
  const compositions = await prepare(run, batch)
  if (run.dryRun) return batch
  await intend(run, batch)
  try {
    await sign(run, batch, compositions)
  } catch (error) {
    await abandonBatch(run, batch)
    throw error
  }
  return batch
}

const settlementOf =
  (at: string) =>
  ({ intended, signed }: Slot): Settlement => {
    const credentialId = intended?.id ?? ''
    return signed
      ? { credentialId, state: 'issued', issuedDigest: signed.digest, at }
      : { credentialId, state: 'abandoned', at }
  }

// Somebody else abandoned one of them: the others are settled all the same.
const settleEach = async ({ settings }: Run, slots: readonly Slot[], at: string): Promise<void> => {
  for (const slot of slots) {
    try {
      await settings.register.settle([settlementOf(at)(slot)])
    } catch (error) {
      if (!(error instanceof PassportError && error.code === 'store.intentAbandoned')) throw error
      slot.outcome = { outcome: 'failed', code: error.code }
    }
  }
}

const settle = async (run: Run, slots: readonly Slot[]): Promise<void> => {
  const at = formatDateTime(run.settings.clock.now().getTime())
  try {
    await run.settings.register.settle(slots.map(settlementOf(at)))
  } catch (error) {
    if (!(error instanceof PassportError && error.code === 'store.intentAbandoned')) throw error
    await settleEach(run, slots, at)
  }
}

const hold = async ({ outbox, type, settings }: Run, slots: readonly Slot[]): Promise<void> => {
  await outbox?.hold(
    slots.flatMap(({ row, intended, signed }) => {
      if (!intended || !signed) return []
      const label = row.label === undefined ? {} : { label: row.label }
      return [{ credentialId: intended.id, type, format: settings.format, row: row.number, ...label, ...signed }]
    }),
  )
}

const resolveContended = async (run: Run, { slots }: Batch): Promise<void> => {
  const contended = slots.filter(({ isContended }) => isContended)
  const live = await liveEntries(run, contended)
  for (const slot of contended) {
    const entry = live.get(slot.row.idempotencyKey)
    slot.outcome = entry ? outcomeOfLive(entry) : { outcome: 'failed', code: 'store.intentAbandoned' }
  }
}

// A token is handed over without the quotes of its JSON.
const asHandedOver = (credential: string): string => (credential.startsWith('"') ? JSON.parse(credential) : credential)

const resultOf = ({ row, outcome, warnings, intended, signed }: Slot): RowResult => {
  const frame = { number: row.number, ...(row.label === undefined ? {} : { label: row.label }), warnings }
  if (outcome) return { ...outcome, ...frame }
  const credential = asHandedOver(signed?.credential ?? '')
  return { outcome: 'issued', credentialId: intended?.id ?? '', credential, ...frame }
}

/** Keeps what was signed safe, records it as issued, hands it out, and says what came of each row. */
export const finishBatch = async (run: Run, batch: Batch): Promise<readonly RowResult[]> => {
  const slots = recorded(batch)
  if (slots.length > 0) {
    await hold(run, slots)
    await settle(run, slots)
    const issued = slots.filter(({ outcome }) => outcome === undefined)
    await run.outbox?.release(issued.flatMap(({ intended }) => intended?.id ?? []))
  }
  await resolveContended(run, batch)
  return batch.slots.map(resultOf)
}
