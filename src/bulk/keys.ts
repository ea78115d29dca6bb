import { formatDateTime } from '../codec/date-time.js'
import { PassportError } from '../core/errors.js'
import type { IssuanceIntent, RegisterEntry } from '../ports/issuance-register.js'
import { rowFault } from './csv/map-row.js'
import type { RowOutcome } from './rows.js'
import { type Batch, isPending, type Run, type Slot } from './slots.js'

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

/**
 * Has each key stand for one row at a time, batches being worked on together: of two rows with one key the later is
 * contended. Call it for batch after batch, in the order of the rows.
 */
export const holdKeys = ({ dryRun, keysUnderWay }: Run, slots: readonly Slot[]): void => {
  if (dryRun) return
  for (const slot of slots) {
    const { idempotencyKey } = slot.row
    if (idempotencyKey === undefined || !isPending(slot)) continue
    if (keysUnderWay.has(idempotencyKey)) slot.isContended = true
    else slot.heldKey = idempotencyKey
    keysUnderWay.add(idempotencyKey)
  }
}

/** Lets go of the keys of a batch: from here on the register knows what became of them. */
export const releaseKeys = ({ keysUnderWay }: Run, { slots }: Batch): void => {
  for (const { heldKey } of slots) if (heldKey !== undefined) keysUnderWay.delete(heldKey)
}

// A dry run leaves nothing in the register to find a key by.
const refuseSeen = ({ seenKeys }: Run, slot: Slot, key: string): void => {
  if (seenKeys.has(key)) slot.outcome = { outcome: 'refused', faults: [rowFault('import.duplicateKey')] }
  seenKeys.add(key)
}

/** Gives rows whose key is taken their outcome. */
export const markTaken = async (run: Run, slots: readonly Slot[]): Promise<void> => {
  const live = await liveEntries(run, slots)
  for (const slot of slots.filter(isPending)) {
    const key = slot.row.idempotencyKey
    const entry = live.get(key)
    if (entry) slot.outcome = outcomeOfLive(entry)
    else if (run.dryRun && key !== undefined) refuseSeen(run, slot, key)
  }
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
export const intend = async (run: Run, { slots, now }: Batch): Promise<void> => {
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

/** Says of rows whose key another had what became of that one. */
export const resolveContended = async (run: Run, { slots }: Batch): Promise<void> => {
  const contended = slots.filter(({ isContended }) => isContended)
  const live = await liveEntries(run, contended)
  for (const slot of contended) {
    const entry = live.get(slot.row.idempotencyKey)
    slot.outcome = entry ? outcomeOfLive(entry) : { outcome: 'failed', code: 'store.intentAbandoned' }
  }
}
