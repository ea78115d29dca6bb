import type { ErrorCode } from '../core/codes.js'
import type { ClaimFault } from '../core/errors.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { IssueRequest } from '../issuer/issuer.js'

/** A fault of one row: as that of a claim, and which column of the file it came from. */
export interface RowFault extends ClaimFault {
  readonly column?: string
}

interface RowFrame {
  /** Its number, for people; by default its position, from 1. */
  readonly number?: number
  /**
   * A name of your own for this issuance: the same key never gives two live credentials. It is kept in the register, so
   * it must not identify the person.
   */
  readonly idempotencyKey?: string
  /** What you call the row. It comes back with the result, and goes nowhere else. */
  readonly label?: string
}

/** One credential to be issued: what it is to say, or the cells that a map turns into that, or why it cannot be read. */
export type BatchRow<Type extends CredentialTypeName = CredentialTypeName> = RowFrame &
  (
    | { readonly request: IssueRequest<Type>; readonly cells?: never; readonly faults?: never }
    | { readonly cells: readonly string[]; readonly request?: never; readonly faults?: never }
    | { readonly faults: readonly RowFault[]; readonly request?: never; readonly cells?: never }
  )

/** What came of one row. */
export type RowOutcome =
  /** `credential` is what to hand to the wallet: JSON text, or a compact token. */
  | { readonly outcome: 'issued'; readonly credentialId: string; readonly credential: string }
  /** Of a dry run: it would be issued. */
  | { readonly outcome: 'sound' }
  /** A live credential has its idempotency key. */
  | { readonly outcome: 'alreadyIssued'; readonly credentialId: string }
  /** An issuance under its idempotency key has begun and not ended. */
  | { readonly outcome: 'inProgress'; readonly credentialId: string }
  | { readonly outcome: 'refused'; readonly faults: readonly RowFault[] }
  | { readonly outcome: 'failed'; readonly code: ErrorCode }

/** One row and what came of it. */
export type RowResult = RowOutcome & {
  readonly number: number
  readonly label?: string
  readonly warnings: readonly RowFault[]
}

/** How far a run has come: rows, by what came of them. */
export type BatchProgress = Readonly<Record<RowOutcome['outcome'] | 'rows', number>>
