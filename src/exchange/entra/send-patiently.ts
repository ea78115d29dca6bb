import type { Clock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { GuardedRequest, OutboundRequest, OutboundResponse } from '../../ports/guarded-request.js'
import { isPassing } from './refusals.js'

/** What calls are made, timed and repeated with. */
export interface Patience {
  readonly send: GuardedRequest
  readonly wait: (milliseconds: number) => Promise<void>
  readonly clock: Clock
}

const { serviceAttempts: ATTEMPTS, servicePause: FIRST_PAUSE, serviceLongestPause: LONGEST_PAUSE } = EXCHANGE_LIMITS
const TOO_MANY = 429
const SECOND = 1000
const LOST = ['fetch.failed', 'fetch.timeout']

const isLost = (error: unknown): boolean => error instanceof PassportError && LOST.includes(error.code)

const pauseBefore = (attempt: number): number => Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)

// RFC 9110, 10.2.3: seconds, or a date.
const askedPause = ({ headers }: OutboundResponse, now: number): number | undefined => {
  const asked = headers['retry-after']
  if (asked === undefined) return undefined
  const pause = /^\d+$/.test(asked) ? Number(asked) * SECOND : Date.parse(asked) - now
  return Number.isNaN(pause) ? undefined : Math.max(pause, 0)
}

// How long to wait before it is sent again; `undefined` where it is not. What was turned away (429) was not done.
const pauseAfter = (
  answer: OutboundResponse,
  attempt: number,
  isRepeatable: boolean,
  now: number,
): number | undefined => {
  if (attempt >= ATTEMPTS || !isPassing(answer.status)) return undefined
  if (!isRepeatable && answer.status !== TOO_MANY) return undefined
  const pause = askedPause(answer, now) ?? pauseBefore(attempt)
  return pause > LONGEST_PAUSE ? undefined : pause
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
    const pause = answer ? pauseAfter(answer, attempt, isRepeatable, now) : pauseBefore(attempt)
    if (answer && pause === undefined) return answer
    await wait(pause ?? 0)
  }
}
