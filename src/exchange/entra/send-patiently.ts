import type { Clock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { pauseBeforeRetry } from '../../core/retry-after.js'
import type { GuardedRequest, OutboundRequest, OutboundResponse } from '../../ports/guarded-request.js'
import { isPassing } from './refusals.js'

/** What calls are made, timed and repeated with. */
export interface Patience {
  readonly send: GuardedRequest
  readonly wait: (milliseconds: number) => Promise<void>
  readonly clock: Clock
}

const { serviceAttempts: ATTEMPTS, servicePause: firstPause, serviceLongestPause: longestPause } = EXCHANGE_LIMITS
const PAUSES = { firstPause, longestPause, longestAsked: longestPause }
const TOO_MANY = 429
const LOST = ['fetch.failed', 'fetch.timeout']

const isLost = (error: unknown): boolean => error instanceof PassportError && LOST.includes(error.code)

// How long to wait before it is sent again; `undefined` where it is not. What was turned away (429) was not done.
const pauseAfter = (
  answer: OutboundResponse,
  attempt: number,
  isRepeatable: boolean,
  now: number,
): number | undefined => {
  if (attempt >= ATTEMPTS || !isPassing(answer.status)) return undefined
  if (!isRepeatable && answer.status !== TOO_MANY) return undefined
  return pauseBeforeRetry(attempt - 1, answer.headers['retry-after'], now, PAUSES)
}

/**
 * Sends a request, and sends it again after 429, and where repeating does no harm after a failure of the service or of the
 * connection: with growing pauses, or those that the service asks for, and not for ever.
 * @throws PassportError `fetch.…`, of the last attempt
 */
export const sendPatiently = async (
  { send, wait, clock }: Patience,
  url: string,
  request: OutboundRequest,
  isRepeatable: boolean,
): Promise<OutboundResponse> => {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(url, request).catch((error: unknown) => {
      if (attempt >= ATTEMPTS || !isRepeatable || !isLost(error)) throw error
      return undefined
    })
    const now = clock.now().getTime()
    const pause = answer
      ? pauseAfter(answer, attempt, isRepeatable, now)
      : pauseBeforeRetry(attempt - 1, undefined, now, PAUSES)
    if (answer && pause === undefined) return answer
    await wait(pause ?? 0)
  }
}
