import { PassportError } from '../../../src/core/errors.js'
import type { GuardedRequest } from '../../../src/ports/guarded-request.js'

/** Everything between a portal and the systems around it; it can go down, and stays down until somebody mends it. */
export interface Network {
  /** How many calls there were since it was armed. */
  readonly calls: number
  /** Whether it went down since it was armed. */
  readonly wentDown: boolean
  through(send: GuardedRequest): GuardedRequest
  /** Lets it go down at a call: before that is done, or after, when nobody hears of it. */
  arm(at: number, when: 'before' | 'after'): void
  repair(): void
}

const unreachable = () => new PassportError('fetch.failed', 'There is no way', { retryable: true })

export const createNetwork = (): Network => {
  let state = { calls: 0, at: Number.POSITIVE_INFINITY, when: 'before', isDown: false, wentDown: false }
  return {
    get calls() {
      return state.calls
    },
    get wentDown() {
      return state.wentDown
    },
    through: (send) => async (url, request) => {
      if (state.isDown) throw unreachable()
      state.calls += 1
      if (state.calls !== state.at) return send(url, request)
      state.isDown = true
      state.wentDown = true
      if (state.when === 'after') await send(url, request)
      throw unreachable()
    },
    arm: (at, when) => {
      state = { calls: 0, at, when, isDown: false, wentDown: false }
    },
    repair: () => {
      state.isDown = false
    },
  }
}
