import { parseStrictJson } from '../../codec/strict-json.js'
import type { Clock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { isJsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS, LIMITS } from '../../core/limits.js'
import type { GuardedFetch } from '../../ports/guarded-fetch.js'
import type { PublicKeyJwk } from '../../ports/signer.js'

/** The keys that a token service signs with. */
export interface TokenKeys {
  /** @throws PassportError `fetch.…`, `exchange.malformed` when they cannot be had */
  find(keyId: string): Promise<PublicKeyJwk | undefined>
}

interface KeySet {
  readonly keys: ReadonlyMap<string, PublicKeyJwk>
  /** Milliseconds. */
  readonly freshFor: number
}

interface Kept {
  readonly answer: Promise<KeySet>
  readonly askedAt: number
  /** Not known while the answer is under way. */
  until: number
}

// GOV.UK Wallet's documentation: tokens are signed with ES256. What else the set holds is for others.
const isSigningKey = (value: unknown): value is PublicKeyJwk & { readonly kid: string } =>
  isJsonObject(value) &&
  typeof value.kid === 'string' &&
  value.kty === 'EC' &&
  value.crv === 'P-256' &&
  (value.alg === undefined || value.alg === 'ES256') &&
  (value.use === undefined || value.use === 'sig')

const fetchKeys = async (url: string, fetch: GuardedFetch): Promise<KeySet> => {
  const request = { maximumBytes: EXCHANGE_LIMITS.serviceAnswerBytes, accept: 'application/json' }
  const { body, freshFor } = await fetch(url, request)
  const parsed = parseStrictJson(body)
  if (!parsed.ok || !isJsonObject(parsed.value) || !Array.isArray(parsed.value.keys))
    throw new PassportError('exchange.malformed', 'The token service publishes no set of keys')
  const keys = parsed.value.keys.filter(isSigningKey)
  return { keys: new Map(keys.map((key) => [key.kid, key])), freshFor }
}

/**
 * Fetches the keys of a token service, once while they are fresh and once for all who ask at the same time. A key that is
 * not among them may be new: then they are asked for again, but not more often than every half minute.
 */
export const createTokenKeys = (options: {
  readonly url: string
  readonly fetch: GuardedFetch
  readonly clock: Clock
}): TokenKeys => {
  const now = (): number => options.clock.now().getTime()
  let kept: Kept | undefined
  const ask = (): Kept => {
    const asked: Kept = {
      answer: fetchKeys(options.url, options.fetch),
      askedAt: now(),
      until: Number.POSITIVE_INFINITY,
    }
    kept = asked
    asked.answer.then(
      ({ freshFor }) => {
        const keep = Math.max(freshFor, EXCHANGE_LIMITS.tokenKeysKept)
        asked.until = asked.askedAt + Math.min(keep, LIMITS.fetchCacheMaximum)
      },
      () => {
        if (kept === asked) kept = undefined
      },
    )
    return asked
  }
  return {
    find: async (keyId) => {
      const current = kept && kept.until > now() ? kept : ask()
      const found = (await current.answer).keys.get(keyId)
      if (found || now() - current.askedAt < EXCHANGE_LIMITS.tokenKeysPause) return found
      const newer = kept && kept !== current ? kept : ask()
      return (await newer.answer).keys.get(keyId)
    },
  }
}
