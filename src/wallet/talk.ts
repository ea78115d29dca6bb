import { parseStrictJson } from '../codec/strict-json.js'
import { tokenIn } from '../codec/token-text.js'
import { decodeUtf8 } from '../codec/utf8.js'
import { type Clock, systemClock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { EXCHANGE_LIMITS, LIMITS } from '../core/limits.js'
import { pauseBeforeRetry } from '../core/retry-after.js'
import type { GuardedRequest, OutboundRequest, OutboundResponse } from '../ports/guarded-request.js'

/** The other party's answer is not what its protocol says. */
export const malformed = (what: string): PassportError =>
  new PassportError('exchange.malformed', `The other party sent ${what} that is not well formed`)

const ERROR_NAME = /^[a-z_]{1,64}$/

/** The JSON object in an answer. */
export const jsonOf = ({ body }: OutboundResponse): JsonObject | undefined => {
  const parsed = parseStrictJson(body)
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
}

/** The token in an answer. */
export const tokenOf = ({ body }: OutboundResponse): string => tokenIn(decodeUtf8(body) ?? '')

/** Whether a text is an address that a request can be sent to. Which hosts may be reached, the guarded sender says. */
export function isAddress(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}

/** The other party's own code for why it refuses, where it gives one. */
export const errorOf = (response: OutboundResponse): string | undefined => {
  const error = jsonOf(response)?.error
  return typeof error === 'string' && ERROR_NAME.test(error) ? error : undefined
}

const RETRYABLE: readonly number[] = [408, 425, 429, 500, 502, 503, 504]

/** Whether the same request may succeed later. */
export const mayPass = (status: number): boolean => RETRYABLE.includes(status)

/** @throws PassportError `exchange.refused`, naming the other party's code, unless the answer is one of success */
export const requireSuccess = (response: OutboundResponse, what: string): void => {
  if (response.status >= 200 && response.status < 300) return
  const retryable = RETRYABLE.includes(response.status)
  const code = errorOf(response) ?? `status ${response.status}`
  throw new PassportError('exchange.refused', `The other party refused ${what}: ${code}`, { retryable })
}

const ATTEMPTS = 6
const PAUSES = { firstPause: 200, longestPause: 5_000, longestAsked: LIMITS.retryAfterLongest }

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** How time passes between two attempts. */
export interface Waiting {
  readonly wait?: (milliseconds: number) => Promise<void>
  readonly clock?: Clock
}

/** Makes a request anew for each attempt: a proof that was sent may not be sent again. */
export type Attempt = () => Promise<{ readonly url: string; readonly request: Omit<OutboundRequest, 'maximumBytes'> }>

/**
 * Sends a request, and again after a pause where the other party is not itself or not to be reached. Only for requests that
 * may come twice.
 * @throws PassportError `fetch.*`
 */
export const persist = async (
  send: GuardedRequest,
  attempt: Attempt,
  { wait = sleep, clock = systemClock }: Waiting = {},
): Promise<OutboundResponse> => {
  for (let number = 0; ; number++) {
    const { url, request } = await attempt()
    const isLast = number === ATTEMPTS - 1
    const answer = await send(url, { ...request, maximumBytes: LIMITS.inputBytes }).catch((error: unknown) => {
      if (isLast || !(error instanceof PassportError) || !error.retryable) throw error
      return undefined
    })
    if (answer && (isLast || !RETRYABLE.includes(answer.status))) return answer
    const pause = pauseBeforeRetry(number, answer?.headers['retry-after'], clock.now().getTime(), PAUSES)
    if (answer && pause === undefined) return answer
    await wait(pause ?? 0)
  }
}

/** Sends a request once. */
export const sendOnce = (
  send: GuardedRequest,
  url: string,
  request: Omit<OutboundRequest, 'maximumBytes'>,
): Promise<OutboundResponse> => send(url, { ...request, maximumBytes: EXCHANGE_LIMITS.walletRequestBytes })

/** A form, as a request. */
export const form = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
    body: new URLSearchParams(fields).toString(),
  }) as const

/** The JSON object at an address. @throws PassportError `exchange.refused`, `exchange.malformed`, `fetch.*` */
export const getJson = async (send: GuardedRequest, url: string, what: string): Promise<JsonObject> => {
  const response = await persist(send, async () => ({ url, request: { headers: { accept: 'application/json' } } }))
  requireSuccess(response, what)
  const json = jsonOf(response)
  if (!json) throw malformed(what)
  return json
}
