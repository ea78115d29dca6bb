import { abandonBatch } from './finish-batch.js'
import { holdKeys, intend, markTaken } from './keys.js'
import { linesOf, pack, repack, unpack } from './message.js'
import { type Batch, isPending, type NumberedRow, newSlot, type Run, type Slot } from './slots.js'
import type { PreparedRow, PrepareHead } from './work/prepare-rows.js'
import type { WorkName } from './work/run-work.js'
import type { SignedRow, SignHead } from './work/sign-rows.js'

const runWork = (run: Run, work: WorkName, batch: Uint8Array): Promise<Uint8Array> =>
  run.workers.run({ work, setup: run.setup, batch })

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

/** Looks at rows, records what is to be issued, and signs it. */
export const beginBatch = async (run: Run, rows: readonly NumberedRow[]): Promise<Batch> => {
  const batch: Batch = { slots: rows.map(newSlot), now: run.settings.clock.now().getTime() }
  holdKeys(run, batch.slots)
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
