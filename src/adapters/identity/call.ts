import { parseStrictJson } from '../../codec/strict-json.js'
import { type Clock, systemClock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { pauseBeforeRetry } from '../../core/retry-after.js'
import type { GuardedRequest, OutboundRequest, OutboundResponse } from '../../ports/guarded-request.js'

/** How a provider is reached. */
export interface ProviderCallOptions {
  /** From `createGuardedRequest`. */
  readonly send: GuardedRequest
  /** Waits so many milliseconds before a call is tried again. */
  readonly wait?: (milliseconds: number) => Promise<void>
  readonly clock?: Clock
}

/** One call. */
export interface ProviderCall extends Omit<OutboundRequest, 'maximumBytes' | 'signal'> {
  readonly url: string
}

/** What is to be made of a call. */
export interface CallRules {
  /** Statuses, besides success, that mean something to whoever calls. */
  readonly expected?: readonly number[]
  /** For what works once, such as a code: sent once. */
  readonly once?: boolean
}

/** What was answered: never shown in an error, for it is about a person. */
export interface ProviderAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** Calls a provider. What is sent is made anew for each attempt, because a nonce is used once. */
export type Caller = (make: () => ProviderCall, rules?: CallRules) => Promise<ProviderAnswer>

const ATTEMPTS = 4
const PAUSES = { firstPause: 200, longestPause: 5_000, longestAsked: LIMITS.retryAfterLongest }
const PASSING: readonly number[] = [408, 425, 429, 500, 502, 503, 504]

/** The provider answered something that is not what it should be. */
export const malformed = (what: string): PassportError =>
  new PassportError('system.malformed', `The identity provider answered ${what}`)

const unavailable = (retryable = true): PassportError =>
  new PassportError('system.unavailable', 'The identity provider could not be asked', { retryable })

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const objectIn = ({ body }: OutboundResponse): JsonObject | undefined => {
  const parsed = parseStrictJson(body)
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
}

const read = (answer: OutboundResponse, expected: readonly number[]): ProviderAnswer => {
  const { status } = answer
  const body = objectIn(answer)
  if (expected.includes(status)) return { status, body: body ?? {} }
  if (status >= 200 && status < 300) {
    if (body) return { status, body }
    throw malformed('something that is not a JSON object')
  }
  if (status === 401 || status === 403)
    throw new PassportError('system.refused', `The identity provider answered ${status}`)
  throw malformed(`${status}`)
}

/** Makes what calls a provider, again where that does no harm. */
export const createCaller = ({ send, wait = later, clock = systemClock }: ProviderCallOptions): Caller => {
  const attempt = ({ url, ...request }: ProviderCall): Promise<OutboundResponse | undefined> =>
    send(url, { ...request, maximumBytes: LIMITS.inputBytes }).catch((error: unknown) => {
      if (error instanceof PassportError && error.code === 'fetch.tooLarge') throw malformed('more than it may')
      if (!(error instanceof PassportError) || !error.retryable) throw unavailable(false)
      return undefined
    })
  return async (make, { expected = [], once = false } = {}) => {
    const attempts = once ? 1 : ATTEMPTS
    for (let tried = 0; ; tried++) {
      const answer = await attempt(make())
      if (answer && !PASSING.includes(answer.status)) return read(answer, expected)
      const pause = pauseBeforeRetry(tried, answer?.headers['retry-after'], clock.now().getTime(), PAUSES)
      if (tried === attempts - 1 || pause === undefined) throw unavailable()
      await wait(pause)
    }
  }
}
