import { formatDateTime } from '../../codec/date-time.js'
import { asJsonObject, type JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { IssuingFormat } from '../../formats/sign.js'
import { type Exchange, type ItemState, isEnded } from '../exchange.js'
import type { OfferRequest } from '../wallet-exchange.js'
import type { HolderKey } from './key-proofs.js'

/** A credential made for one key of the holder's. */
export interface OfferCopy {
  /** The thumbprint of the key. */
  readonly key: string
  /** How often its issuing was begun: one that a crash cut off is begun again, under another name. */
  readonly attempt: number
  readonly state: ItemState
  /** While it is being issued: since when (RFC 3339, UTC). */
  readonly since?: string
  readonly credentialId?: string
  /** Kept until the holder has it: an answer can get lost. */
  readonly credential?: JsonObject | string
}

/** One credential of an offer. */
export interface OfferItem {
  readonly id: string
  readonly type: CredentialTypeName
  readonly format: IssuingFormat
  /** What it is to say; absent while it is deferred. */
  readonly facts?: JsonObject
  readonly copies: readonly OfferCopy[]
  /** The wallet's name for it when it tells what became of it. */
  readonly notification: string
}

/** A wallet that asks for authorization. */
export interface PushedRequest {
  readonly clientId: string
  readonly redirectUri: string
  /** PKCE, S256. */
  readonly challenge: string
  readonly state?: string
  /** The key that the code is bound to, where the wallet proved one. */
  readonly thumbprint?: string
  readonly wantsDetails: boolean
  readonly expiresAt: string
}

/** A request that was put off: for which item, and which keys were proved. */
export interface DeferredRequest {
  readonly itemId: string
  readonly keys: readonly HolderKey[]
}

/** How an offer ends, other than by being taken. */
export interface OfferEnd {
  readonly to: 'completed' | 'expired' | 'failed'
  readonly reason?: 'exchange.expired' | 'owner.cancelled' | 'holder.wrongCode'
}

/** What is kept of an offer. */
export interface OfferDetail {
  readonly items: readonly OfferItem[]
  readonly proof: NonNullable<OfferRequest['proof']>
  /** What leads to the offer, so that asking for it again gives the same. */
  readonly secrets: { readonly offer: string; readonly code: string; readonly transactionCode?: string }
  readonly wrongCodes: number
  /** The thumbprint of the one key that may take it. */
  readonly holderKey?: string
  /** By the transaction ids that wallets come back with. */
  readonly deferred?: Readonly<Record<string, DeferredRequest>>
  readonly pushed?: PushedRequest
  /** Once it is to end: how. What was handed out may still have to be withdrawn. */
  readonly ending?: OfferEnd
  /** Once the wallet is let in. */
  readonly session?: {
    readonly grantedAt: string
    readonly expiresAt: string
    readonly thumbprint?: string
    readonly clientId?: string
  }
}

/** An offer over OpenID4VCI. */
export type Offer = Exchange<OfferDetail & JsonObject>

/** The kinds of secrets that lead to an offer. */
export const SECRETS = {
  offer: 'vci-offer',
  code: 'vci-code',
  request: 'vci-request',
  signIn: 'vci-sign-in',
  token: 'vci-token',
} as const

/** Whether an offer can still be taken. */
export const isOpen = (offer: Offer, now: number): boolean =>
  !isEnded(offer) && offer.detail.ending === undefined && Date.parse(offer.expiresAt) > now

/** An offer with another item in place of the one of its id. */
export const withItem = (offer: Offer, item: OfferItem): Offer['detail'] =>
  asDetail({ ...offer.detail, items: offer.detail.items.map((other) => (other.id === item.id ? item : other)) })

/** A detail, as it is kept: plain JSON. */
export const asDetail = (detail: OfferDetail): Offer['detail'] => asJsonObject(detail)

const OVER: readonly ItemState[] = ['accepted', 'refused', 'deleted', 'withdrawn']

/** Whether the holder told what became of all copies of all items. */
export const isSettled = ({ items }: OfferDetail): boolean =>
  items.every(({ copies }) => copies.length > 0 && copies.every(({ state }) => OVER.includes(state)))

/** Whether every item was issued at least once. */
export const isDelivered = ({ items }: OfferDetail): boolean =>
  items.every(({ copies }) => copies.some(({ credentialId }) => credentialId !== undefined))

/**
 * What is left of an offer that ended: which credentials came of it, and nothing that they say. Its notifications still
 * arrive.
 */
export const withoutContents = (detail: OfferDetail): Offer['detail'] =>
  asDetail({
    ...detail,
    secrets: { offer: '', code: '' },
    items: detail.items.map(({ facts: _facts, copies, ...item }) => ({
      ...item,
      copies: copies.map(({ credential: _credential, ...copy }) => copy),
    })),
  })

/** The moment until which a copy that is being issued is waited for. */
export const isBeingIssued = ({ since }: OfferCopy, now: number): boolean =>
  since !== undefined && Date.parse(since) + EXCHANGE_LIMITS.issuingLease > now

/** A moment as it is kept. */
export const momentText = (time: number): string => formatDateTime(time)
