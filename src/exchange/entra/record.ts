import { asJsonObject, type JsonObject } from '../../core/json.js'
import { type Exchange, isEnded } from '../exchange.js'
import type { EntraOutcome } from './outcome.js'
import type { Question } from './questions.js'

/** What is kept of an exchange over Entra. Never what an offered credential says: Entra has that. */
export interface EntraDetail {
  /** What Entra calls back with. */
  readonly state: string
  /** The request that Entra made for it, once it did. */
  readonly requestId?: string
  readonly link?: string
  /** Of an offer. */
  readonly itemId?: string
  readonly transactionCode?: string
  /** Of a request. */
  readonly questions?: readonly Question[]
  readonly browserSecret?: string
  /** With what Entra ended it. */
  readonly told?: string
  readonly outcome?: EntraOutcome
}

/** An exchange over Entra. */
export type EntraRecord = Exchange<EntraDetail & JsonObject>

/** The kind of secret that leads to an exchange: Entra calls it the state. */
export const STATE = 'entra-state'

/** The name of the protocol. */
export const PROTOCOL = 'entra'

/** Whether Entra may still say something of it. */
export const isOpen = (exchange: EntraRecord, now: number): boolean =>
  !isEnded(exchange) && Date.parse(exchange.expiresAt) > now

/** A detail, as it is kept: plain JSON. */
export const asDetail = (detail: EntraDetail): EntraRecord['detail'] => asJsonObject(detail)

/** What is left of one that ended: nothing that leads anywhere, and nothing that was asked. */
export const bare = ({ transactionCode: _code, link: _link, questions: _questions, ...rest }: EntraDetail) => rest
