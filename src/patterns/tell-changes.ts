import type { JsonObject } from '../core/json.js'
import type { RecordSystem, SystemChange } from '../systems/record-system.js'
import type { Ledger } from './ledger.js'

/** Whom to tell of what. */
export interface TellChangesOptions {
  readonly system: Pick<RecordSystem, 'name' | 'changes'>
  /** Such as what `createEventSender` makes. */
  readonly send: (change: SystemChange) => Promise<void>
  /** The system's own: where it has come to is kept here. */
  readonly ledger: Ledger
}

type CursorBody = JsonObject & { readonly cursor: string }

/**
 * Tells a portal of everything that changed since the last time, oldest first: run it every so often. A change that nobody heard of
 * is told again the next time, and so may be told twice: whoever listens must not mind.
 * @returns how many changes were told
 * @throws PassportError when the portal cannot be told; what was told stays told
 */
export const tellChanges = async ({ system, send, ledger }: TellChangesOptions): Promise<number> => {
  const { id, body } = await ledger.begin<CursorBody>(['told', system.name], { cursor: '' })
  let told = 0
  for await (const change of system.changes(body.cursor === '' ? undefined : body.cursor)) {
    await send(change)
    await ledger.change<CursorBody, undefined>(id, () => ({ body: { cursor: change.cursor }, answer: undefined }))
    told += 1
  }
  return told
}
