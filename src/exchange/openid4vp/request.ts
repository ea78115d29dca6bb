import { asJsonObject, type JsonObject } from '../../core/json.js'
import type { PrivateKeyJwk } from '../../runtime/runtime.js'
import { type Exchange, isEnded } from '../exchange.js'
import type { PresentationOutcome, RequestedCredential } from '../wallet-exchange.js'
import type { BuiltQuery } from './dcql.js'
import type { VpToken } from './verify-response.js'

/** What is kept of a request. */
export interface RequestDetail {
  readonly wanted: readonly RequestedCredential[]
  readonly built: BuiltQuery
  readonly purpose: string
  readonly device: 'same' | 'cross'
  readonly returnUrl?: string
  readonly nonce: string
  readonly state: string
  /** What leads to the request, so that asking for it again gives the same. */
  readonly secrets: { readonly request: string; readonly response: string; readonly browser: string }
  /** The key that the answer is encrypted to. */
  readonly decryptionKey?: PrivateKeyJwk
  /** What the wallet sent, until it is verified: a crash in between loses nothing. */
  readonly received?: VpToken
  readonly responseCode?: string
  readonly outcome?: PresentationOutcome
}

/** A request over OpenID4VP. */
export type Request = Exchange<RequestDetail & JsonObject>

/** The kinds of secrets that lead to a request. */
export const SECRETS = { request: 'vp-request', response: 'vp-response' } as const

/** Whether a request can still be answered. */
export const isOpen = (request: Request, now: number): boolean =>
  !isEnded(request) && request.detail.received === undefined && Date.parse(request.expiresAt) > now

/** A detail, as it is kept: plain JSON. */
export const asDetail = (detail: RequestDetail): Request['detail'] => asJsonObject(detail)
