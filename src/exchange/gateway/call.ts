import { parseStrictJson } from '../../codec/strict-json.js'
import { type Clock, systemClock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import { pauseBeforeRetry } from '../../core/retry-after.js'
import type { GuardedRequest, OutboundRequest, OutboundResponse } from '../../ports/guarded-request.js'

/** What a call needs. */
export interface Caller {
  readonly url: string
  readonly send: GuardedRequest
  readonly wait: (milliseconds: number) => Promise<void>
  readonly clock?: Clock
}

/** A call of the gateway. */
export interface Call extends Omit<OutboundRequest, 'maximumBytes'> {
  readonly path: string
  /** Whether it may be tried again when nobody knows whether it arrived. */
  readonly repeatable: boolean
}

/** What the gateway answered: what was asked for, or its code for why not. */
export type GatewayAnswer =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly error: string }

const TOO_MANY = 429
const BUSY = 503
const SERVER_ERROR = 500
const PAUSES = {
  firstPause: 200,
  longestPause: GATEWAY_LIMITS.longestWait,
  longestAsked: GATEWAY_LIMITS.longestWait,
}

// Whoever answers so did nothing with the request.
const isPutOff = ({ status }: OutboundResponse): boolean => status === TOO_MANY || status === BUSY

const failure = (): PassportError =>
  new PassportError('fetch.failed', 'The gateway cannot answer at the moment', { retryable: true })

const sendOnce = async ({ url, send }: Caller, { path, repeatable: _, ...request }: Call) =>
  send(url + path, { ...request, maximumBytes: GATEWAY_LIMITS.answerBytes }).catch((error: unknown) => {
    if (error instanceof PassportError && error.retryable) return undefined
    throw error
  })

/**
 * Calls the gateway, again where it says that it is busy; where nobody knows whether it did what was asked, only what
 * may be repeated.
 * @throws PassportError `fetch.failed` (retryable) and what the way there throws
 */
export const callGateway = async (caller: Caller, call: Call): Promise<OutboundResponse> => {
  for (let attempt = 0; attempt < GATEWAY_LIMITS.attempts; attempt++) {
    const response = await sendOnce(caller, call)
    if (response && response.status < SERVER_ERROR && !isPutOff(response)) return response
    const mayRepeat = call.repeatable || (response !== undefined && isPutOff(response))
    const now = (caller.clock ?? systemClock).now().getTime()
    const pause = pauseBeforeRetry(attempt, response?.headers['retry-after'], now, PAUSES)
    const isLast = attempt + 1 === GATEWAY_LIMITS.attempts
    if (!mayRepeat || isLast || pause === undefined) throw failure()
    await caller.wait(pause)
  }
  throw failure()
}

// Its own words may repeat what was sent, and that is about a person: only a code that has the form of one goes on.
const codeIn = (body: JsonObject): string =>
  typeof body.error === 'string' && /^[a-z_]{1,40}$/.test(body.error) ? body.error : 'without a code'

/** Reads an answer. @throws PassportError `exchange.malformed` when it is not JSON that is to be read */
export const readAnswer = ({ status, body }: OutboundResponse, expected: number): GatewayAnswer => {
  const parsed = parseStrictJson(body)
  const object = parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
  if (status !== expected) return { ok: false, error: codeIn(object ?? {}) }
  if (!object) throw new PassportError('exchange.malformed', 'The gateway’s answer is not a JSON object')
  return { ok: true, body: object }
}

/** A form in the body of a request; members without a value are left out. */
export const asForm = (
  members: Readonly<Record<string, string | undefined>>,
): Pick<Call, 'method' | 'headers' | 'body'> => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  body: new URLSearchParams(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString(),
})
