import { type Clock, systemClock } from '../../core/clock.js'
import type { JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { GuardedRequest } from '../../ports/guarded-request.js'
import { isBaseUrl } from '../base-url.js'
import { answeredObject, refusalOf } from './refusals.js'
import { type Patience, sendPatiently } from './send-patiently.js'
import { createTokens, type EntraApi } from './tokens.js'

/** How to call Microsoft Entra Verified ID. */
export interface EntraClientOptions {
  /** The tenant, by its identifier or its domain. */
  readonly tenant: string
  /** The application that was registered in it, and its secret. */
  readonly clientId: string
  readonly clientSecret: string
  readonly send: GuardedRequest
  /** Where tokens come from; by default `https://login.microsoftonline.com`. */
  readonly authorityUrl?: string
  /** Where the service is; by default `https://verifiedid.did.msidentity.com/v1.0/verifiableCredentials`. */
  readonly serviceUrl?: string
  readonly clock?: Clock
  /** How to wait before a call is repeated; by default with a timer. */
  readonly wait?: Patience['wait']
}

/** One call. */
export interface EntraCall {
  readonly api: EntraApi
  readonly method: 'GET' | 'POST'
  /** Below the address of the service. */
  readonly path: string
  readonly body?: JsonObject
  /** Whether making it twice does no more than making it once. */
  readonly repeatable: boolean
}

/** Calls Microsoft Entra Verified ID, as one application of one tenant. */
export interface EntraClient {
  /**
   * Makes a call, again where it is safe and worth while.
   * @returns what was answered; `undefined` for no content
   * @throws PassportError `exchange.refused` with Entra's own codes in the message, `exchange.malformed`, `fetch.…`
   */
  call(call: EntraCall): Promise<JsonObject | undefined>
}

const AUTHORITY = 'https://login.microsoftonline.com'
const SERVICE = 'https://verifiedid.did.msidentity.com/v1.0/verifiableCredentials'
const TENANT = /^[A-Za-z0-9][A-Za-z0-9.-]*$/
const UNAUTHORIZED = 401
const NO_CONTENT = 204

const sleep: Patience['wait'] = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const checkOptions = (options: EntraClientOptions): void => {
  const { tenant, clientId, clientSecret, send, authorityUrl = AUTHORITY, serviceUrl = SERVICE } = options
  if (typeof tenant !== 'string' || !TENANT.test(tenant))
    throw new TypeError('tenant must be an identifier or a domain')
  for (const text of [clientId, clientSecret])
    if (typeof text !== 'string' || text === '') throw new TypeError('clientId and clientSecret must be texts')
  if (typeof send !== 'function') throw new TypeError('send must be a GuardedRequest')
  if (!isBaseUrl(authorityUrl) || !isBaseUrl(serviceUrl))
    throw new TypeError('authorityUrl and serviceUrl must be https addresses without query or a slash at their end')
}

/**
 * Creates a client of Microsoft Entra Verified ID. It gets tokens by client credentials and keeps each until a minute
 * before its end; nothing is sent until it is called.
 * @throws TypeError when an option is missing or does not fit
 */
export const createEntraClient = (options: EntraClientOptions): EntraClient => {
  checkOptions(options)
  const { send, authorityUrl = AUTHORITY, serviceUrl = SERVICE, clock = systemClock, wait = sleep } = options
  const patience: Patience = { send, wait, clock }
  const tokens = createTokens({ ...options, authorityUrl }, patience)
  return {
    call: async ({ api, method, path, body, repeatable }) => {
      const headers = { authorization: `Bearer ${await tokens.get(api)}`, 'content-type': 'application/json' }
      const content = body === undefined ? {} : { body: JSON.stringify(body) }
      const request = { method, headers, ...content, maximumBytes: EXCHANGE_LIMITS.serviceAnswerBytes }
      const answer = await sendPatiently(patience, `${serviceUrl}/${path}`, request, repeatable)
      // It may have been withdrawn before its end: the next call gets another.
      if (answer.status === UNAUTHORIZED) tokens.forget(api)
      if (answer.status < 200 || answer.status > 299) throw refusalOf(answer)
      return answer.status === NO_CONTENT ? undefined : answeredObject(answer)
    },
  }
}
