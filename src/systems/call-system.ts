import { parseStrictJson } from '../codec/strict-json.js'
import { type Clock, systemClock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { pauseBeforeRetry } from '../core/retry-after.js'
import type { GuardedRequest, OutboundRequest, OutboundResponse } from '../ports/guarded-request.js'

/** Where a system is, and how to get in. */
export interface SystemClientOptions {
  /** The interface's address, without a slash at its end. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  /** The organisation to speak for. */
  readonly organisation: string
  readonly send: GuardedRequest
  readonly clock?: Clock
  /** Waits so many milliseconds before a call is tried again. */
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** One call below the organisation's address. */
export interface SystemCall {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly body?: JsonObject
  readonly headers?: Readonly<Record<string, string>>
  /** Statuses, besides success, that mean something to whoever calls. */
  readonly expected?: readonly number[]
}

/** What was answered. */
export interface SystemAnswer {
  readonly status: number
  readonly body: JsonObject
}

interface Token {
  readonly value: string
  /** Milliseconds since 1970. */
  readonly until: number
}

const ATTEMPTS = 4
const PAUSES = { firstPause: 200, longestPause: 5_000, longestAsked: LIMITS.retryAfterLongest }
const MARGIN = 30_000
const SECOND = 1000
const NO_CONTENT = 204
const PASSING: readonly number[] = [408, 425, 429, 500, 502, 503, 504]

// What is not to be tried again, such as an address that may not be reached, is not to be tried later either.
const unavailable = (cause?: unknown): PassportError => {
  const retryable = !(cause instanceof PassportError) || cause.retryable
  return new PassportError('system.unavailable', 'The system could not be asked', { retryable, cause })
}

const objectIn = ({ body }: OutboundResponse): JsonObject => {
  const parsed = parseStrictJson(body)
  if (parsed.ok && isJsonObject(parsed.value)) return parsed.value
  throw new PassportError('system.malformed', 'The system answered something that is not a JSON object')
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Calls a system: with a token that is kept until shortly before its end, and again where that does no harm. */
export const createCaller = (options: SystemClientOptions): ((call: SystemCall) => Promise<SystemAnswer>) => {
  const { url, clientId, clientSecret, organisation, send, clock = systemClock, wait = later } = options
  let token: Promise<Token> | undefined

  // Everything that is called may be called twice: what is added has a name of its own.
  const persist = async (path: string, request: Omit<OutboundRequest, 'maximumBytes'>): Promise<OutboundResponse> => {
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt === ATTEMPTS - 1
      const sent = send(url + path, { ...request, maximumBytes: LIMITS.inputBytes })
      const answer = await sent.catch((error: unknown) => {
        if (isLast || !(error instanceof PassportError) || !error.retryable) throw unavailable(error)
        return undefined
      })
      if (answer && !PASSING.includes(answer.status)) return answer
      const pause = pauseBeforeRetry(attempt, answer?.headers['retry-after'], clock.now().getTime(), PAUSES)
      if (isLast || pause === undefined) throw unavailable()
      await wait(pause)
    }
  }

  const fetchToken = async (): Promise<Token> => {
    const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
    const answer = await persist('/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
    })
    if (answer.status !== 200) throw new PassportError('system.refused', 'The system gave no access token')
    const { access_token: value, expires_in: seconds } = objectIn(answer)
    if (typeof value !== 'string' || typeof seconds !== 'number')
      throw new PassportError('system.malformed', 'The system answered no access token')
    return { value, until: clock.now().getTime() + seconds * SECOND - MARGIN }
  }

  // All calls at once wait for one token; one that could not be had is asked for anew by the next call.
  const renew = (old: Promise<Token> | undefined): Promise<Token> => {
    if (token !== undefined && token !== old) return token
    const fresh = fetchToken()
    token = fresh
    fresh.catch(() => {
      if (token === fresh) token = undefined
    })
    return fresh
  }

  const authorized = async (
    { path, method = 'GET', body, headers }: SystemCall,
    { value }: Token,
  ): Promise<OutboundResponse> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return persist(`/organisations/${encodeURIComponent(organisation)}${path}`, {
      method,
      headers: { accept: 'application/json', authorization: `Bearer ${value}`, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  return async (call) => {
    let used = token ?? renew(undefined)
    if ((await used).until <= clock.now().getTime()) used = renew(used)
    let answer = await authorized(call, await used)
    if (answer.status === 401) answer = await authorized(call, await renew(used))
    const { status } = answer
    if ((status >= 200 && status < 300) || call.expected?.includes(status))
      return { status, body: status === NO_CONTENT ? {} : objectIn(answer) }
    if (status === 401 || status === 403) throw new PassportError('system.refused', `The system answered ${status}`)
    throw new PassportError('system.malformed', `The system answered ${status}`)
  }
}
