import type { StoreCapabilities } from './capabilities.js'
import type { StatusIndex, StatusPurpose } from './status-list-store.js'

/** Why a credential was revoked or suspended: the published NHS reasons. */
export const STATUS_REASONS = [
  'TrainingExpiry',
  'LeavingOrganisation',
  'CredentialProvidedInError',
  'LostPhone',
  'NoLongerValid',
  'SuspectNoLongerValid',
  'StaffMemberDeceased',
] as const
/** One of the published NHS reasons. */
export type StatusReason = (typeof STATUS_REASONS)[number]

/** What is recorded before anything is signed. Never a claim, never a name. */
export interface IssuanceIntent {
  readonly credentialId: string
  readonly issuer: string
  readonly type: string
  /** SHA-256 of the unsigned credential (RFC 8785 form), in hexadecimal. */
  readonly unsignedDigest: string
  readonly statusIndices: readonly StatusIndex[]
  readonly idempotencyKey?: string
  /** RFC 3339, UTC. */
  readonly intendedAt: string
}

/** Where an issuance stands. An `abandoned` intent was never handed out, and its places read as revoked. */
export type IssuanceState = 'intended' | 'issued' | 'abandoned'

/** A change of status, as recorded. */
export interface StatusChange {
  readonly purpose: StatusPurpose
  readonly set: boolean
  /** Absent only where a suspension is lifted. */
  readonly reason?: StatusReason
  /** RFC 3339, UTC. */
  readonly at: string
}

/** One line of the register. */
export interface RegisterEntry extends IssuanceIntent {
  readonly state: IssuanceState
  /** SHA-256 of the signed credential, in hexadecimal, once issued. */
  readonly issuedDigest?: string
  /** RFC 3339, UTC; once settled. */
  readonly settledAt?: string
  /** Oldest first. */
  readonly statusChanges: readonly StatusChange[]
}

/** Which entries to find. Give exactly one of the members of each kind. */
export type RegisterQuery =
  | { readonly credentialId: string }
  | { readonly idempotencyKey: string }
  /** Entries of any of these keys: at most a thousand. */
  | { readonly idempotencyKeys: readonly string[] }
  | { readonly state: IssuanceState }
  /** Entries whose bit in this list is set: revoked, at present suspended, or abandoned. */
  | { readonly setInList: string }

/** How an intent ends. */
export type Ending =
  | { readonly state: 'issued'; readonly issuedDigest: string; readonly at: string }
  | { readonly state: 'abandoned'; readonly at: string }

/** Which intent ends, and how. */
export type Settlement = Ending & { readonly credentialId: string }

/**
 * The issuer's memory: what was intended, what was issued, and what became of it. It is the one truth about status;
 * published lists are drawn from it.
 */
export interface IssuanceRegister {
  readonly portVersion: 1
  readonly capabilities: StoreCapabilities
  /**
   * Records intents, durably, before anything is signed: all of them or none.
   * @throws PassportError `store.alreadyIssued` or `store.inProgress` when a live entry, or another of these intents,
   * has the same idempotency key
   */
  intend(intents: readonly IssuanceIntent[]): Promise<void>
  /**
   * Settles intents, each once: all of them or none. Settling the same way again is no change.
   * @throws PassportError `store.intentAbandoned` when one was abandoned, `store.unknownCredential` when there is none
   */
  settle(settlements: readonly Settlement[]): Promise<void>
  /**
   * Records a change of status of an issued credential, atomically. Setting what is set, or lifting what is not, is no change.
   * @returns whether anything changed
   * @throws PassportError `store.unknownCredential`; `store.revocationIsFinal` when a revocation would be lifted, or what is revoked
   * suspended or reinstated; `store.clockSetBack` for a change dated before what was recorded
   */
  changeStatus(credentialId: string, change: StatusChange): Promise<boolean>
  /** Finds entries, oldest first; for several keys, those of each key. */
  find(query: RegisterQuery): AsyncIterable<RegisterEntry>
}
