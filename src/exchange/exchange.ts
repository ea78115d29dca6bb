import type { ErrorCode } from '../core/codes.js'
import type { JsonObject } from '../core/json.js'

/** Where an exchange with a wallet stands. */
export const EXCHANGE_STATES = ['created', 'opened', 'accepted', 'rejected', 'completed', 'expired', 'failed'] as const
/** Where an exchange stands: the last four are ends. */
export type ExchangeState = (typeof EXCHANGE_STATES)[number]

/** Whether credentials are offered or asked for. */
export type ExchangeKind = 'offer' | 'request'

/** What becomes of one offered credential. */
export const ITEM_STATES = ['offered', 'issued', 'accepted', 'refused', 'deleted', 'withdrawn'] as const
/** What became of one offered credential; `withdrawn` was revoked because nobody said that they hold it. */
export type ItemState = (typeof ITEM_STATES)[number]

/** Why an exchange over the credential gateway failed, in the words that its clients publish. */
export type GatewayReason =
  | 'no_code_verifier'
  | 'identity_verification_failed'
  | 'unsupported_scope'
  | 'stale_data'
  | 'unknown_data_freshness'

/** Why an exchange failed or was rejected. */
export type ExchangeReason =
  | ErrorCode
  | GatewayReason
  | 'holder.declined'
  | 'holder.unable'
  | 'holder.wrongCode'
  | 'owner.cancelled'
  | 'presentation.refused'

/** Something that happened in an exchange. Holds nothing about the person. */
export interface ExchangeEvent {
  /** From 1, without gaps. */
  readonly number: number
  /** RFC 3339, UTC. */
  readonly at: string
  /** Where the exchange stands since. */
  readonly state: ExchangeState
  readonly reason?: ExchangeReason
  /** The offered credential that it happened to, and what became of it. */
  readonly item?: { readonly id: string; readonly state: ItemState; readonly credentialId?: string }
}

/** An exchange, opened: what a protocol keeps of it is in `detail`. */
export interface Exchange<Detail extends JsonObject = JsonObject> {
  readonly id: string
  readonly protocol: string
  readonly kind: ExchangeKind
  readonly state: ExchangeState
  readonly reason?: ExchangeReason
  /** RFC 3339, UTC. */
  readonly createdAt: string
  readonly expiresAt: string
  readonly events: readonly ExchangeEvent[]
  readonly detail: Detail
}

const NEXT: Readonly<Record<ExchangeState, readonly ExchangeState[]>> = {
  created: ['opened', 'accepted', 'rejected', 'completed', 'expired', 'failed'],
  opened: ['accepted', 'rejected', 'completed', 'expired', 'failed'],
  accepted: ['rejected', 'completed', 'expired', 'failed'],
  rejected: [],
  completed: [],
  expired: [],
  failed: [],
}

/** Whether nothing more can happen in this state. */
export const isEnded = ({ state }: Pick<Exchange, 'state'>): boolean => NEXT[state].length === 0

/** Whether an exchange may go from one state to another. */
export const mayBecome = (from: ExchangeState, to: ExchangeState): boolean => NEXT[from].includes(to)
