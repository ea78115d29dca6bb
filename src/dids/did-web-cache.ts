import type { Clock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import { detached } from '../core/json.js'
import { keep } from '../core/keep.js'
import { LIMITS } from '../core/limits.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import { type DidWebResult, fetchDidWeb } from './did-web.js'

/** What became of a did:web: its document, what is wrong with it, or why it could not be asked for. */
export type DidWebAnswer = DidWebResult | { readonly ok: false; readonly unavailable: PassportError }

interface Kept {
  readonly answer: Promise<DidWebAnswer>
  /** Not known while the answer is under way. */
  until: number
}

const ask = (did: string, fetch: GuardedFetch): Promise<DidWebAnswer> =>
  fetchDidWeb(did, fetch).catch((error: unknown) => {
    if (error instanceof PassportError) return { ok: false, unavailable: error }
    throw error
  })

// Every credential of a passport asks for the same few issuers, so an answer holds for a moment whatever its sender says.
const keepFor = (answer: DidWebAnswer): number => {
  if (!answer.ok) return LIMITS.didFailureKept
  return Math.min(Math.max(answer.freshFor, LIMITS.didDocumentKept), LIMITS.fetchCacheMaximum)
}

/**
 * Fetches did:web documents, each once while it is fresh, and once for all who ask at the same time.
 * A failure is kept for a few seconds, so that a hundred credentials do not wait a hundred times.
 */
export const createDidWebCache = (fetch: GuardedFetch, clock: Clock): ((did: string) => Promise<DidWebAnswer>) => {
  const cache = new Map<string, Kept>()
  return async (asked) => {
    const known = cache.get(asked)
    if (known && known.until > clock.now().getTime()) return known.answer
    const did = detached(asked)
    cache.delete(did)
    const kept: Kept = keep(cache, did, { answer: ask(did, fetch), until: Number.POSITIVE_INFINITY })
    try {
      const answer = await kept.answer
      kept.until = clock.now().getTime() + keepFor(answer)
      return answer
    } catch (error) {
      cache.delete(did)
      throw error
    }
  }
}
