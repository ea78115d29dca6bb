import type { CredentialTypeName } from '../credentials/rows.js'
import type { IssuerSettings } from '../issuer/settings.js'
import type { CredentialOutbox } from '../ports/credential-outbox.js'
import type { StatusIndex } from '../ports/status-list-store.js'
import type { Workers } from '../ports/workers.js'
import type { PlaceBlocks } from './places.js'
import type { BatchRow, RowFault, RowOutcome, RowResult } from './rows.js'

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
  /** Idempotency keys of rows that are under way. */
  readonly keysUnderWay: Set<string>
}

/** A row that has its number. */
export type NumberedRow = BatchRow & { readonly number: number }

/** What was signed for a row: JSON text, and its digest. */
interface Signed {
  readonly digest: string
  readonly credential: string
}

/** One row on its way. Once it has an outcome nothing more is done with it. */
export interface Slot {
  readonly row: NumberedRow
  outcome?: RowOutcome
  warnings: readonly RowFault[]
  places: readonly StatusIndex[]
  /** Of the credential that was put together. */
  intended?: { readonly id: string; readonly digest: string }
  /** The key that it holds while it is under way. */
  heldKey?: string
  /** A live entry, or a row before it, has its key; what came of that one is asked at the end, in the order of the rows. */
  isContended?: boolean
  signed?: Signed
}

/** Rows that are worked on together. */
export interface Batch {
  readonly slots: readonly Slot[]
  readonly now: number
}

/** A row at the beginning of its way. */
export const newSlot = (row: NumberedRow): Slot => ({
  row,
  warnings: [],
  places: [],
  ...(row.faults ? { outcome: { outcome: 'refused', faults: row.faults } } : {}),
})

/** Whether something is still to be done with a row. */
export const isPending = ({ outcome, isContended }: Slot): boolean => outcome === undefined && !isContended

/** Rows whose intents were recorded. */
export const recorded = ({ slots }: Batch): readonly Slot[] =>
  slots.filter(({ intended, isContended }) => intended && !isContended)

// A token is handed over without the quotes of its JSON.
const asHandedOver = (credential: string): string => (credential.startsWith('"') ? JSON.parse(credential) : credential)

/** A row at the end of its way. */
export const resultOf = ({ row, outcome, warnings, intended, signed }: Slot): RowResult => {
  const frame = { number: row.number, ...(row.label === undefined ? {} : { label: row.label }), warnings }
  if (outcome) return { ...outcome, ...frame }
  const credential = asHandedOver(signed?.credential ?? '')
  return { outcome: 'issued', credentialId: intended?.id ?? '', credential, ...frame }
}
