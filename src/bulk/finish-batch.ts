import { formatDateTime } from '../codec/date-time.js'
import { PassportError } from '../core/errors.js'
import type { Settlement } from '../ports/issuance-register.js'
import { releaseKeys, resolveContended } from './keys.js'
import type { RowResult } from './rows.js'
import { type Batch, type Run, recorded, resultOf, type Slot } from './slots.js'

/**
 * Abandons what of a batch was recorded and will not be handed out. Where the store cannot be reached either, resuming
 * does so later.
 */
export const abandonBatch = async (run: Run, batch: Batch): Promise<void> => {
  releaseKeys(run, batch)
  const at = formatDateTime(batch.now)
  const settlements = recorded(batch).map(({ intended }): Settlement => {
    return { credentialId: intended?.id ?? '', state: 'abandoned', at }
  })
  await run.settings.register.settle(settlements).catch(() => {})
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

/** Keeps what was signed safe, records it as issued, hands it out, and says what came of each row. */
export const finishBatch = async (run: Run, batch: Batch): Promise<readonly RowResult[]> => {
  const slots = recorded(batch)
  if (slots.length > 0) {
    await hold(run, slots)
    await settle(run, slots)
    const issued = slots.filter(({ outcome }) => outcome === undefined)
    await run.outbox?.release(issued.flatMap(({ intended }) => intended?.id ?? []))
  }
  releaseKeys(run, batch)
  await resolveContended(run, batch)
  return batch.slots.map(resultOf)
}
