import { PassportError } from '../../core/errors.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { type Caller, callGateway, readAnswer } from './call.js'

/** The gateway's public keys. */
export interface KeyRing {
  /**
   * The RSA key that a token names; `undefined` when the gateway has none.
   * @throws PassportError when it cannot be asked
   */
  find(tokenKeyId: unknown): Promise<JsonObject | undefined>
}

/** The one algorithm that the gateway signs with. */
export const TOKEN_ALGORITHM = 'RS256'

const PATH = '/.well-known/openid-configuration/jwks'
const OK = 200

interface Fetched {
  readonly keys: readonly JsonObject[]
  readonly at: number
}

const isForTokens = ({ kty, use, alg }: JsonObject): boolean =>
  kty === 'RSA' && (use === undefined || use === 'sig') && (alg === undefined || alg === TOKEN_ALGORITHM)

const fetchKeys = async (caller: Caller): Promise<readonly JsonObject[]> => {
  const answer = readAnswer(await callGateway(caller, { path: PATH, repeatable: true }), OK)
  if (!answer.ok || !Array.isArray(answer.body.keys))
    throw new PassportError('exchange.malformed', 'The gateway’s keys are not a JSON Web Key Set')
  return answer.body.keys.filter((key) => isJsonObject(key) && isForTokens(key)) as readonly JsonObject[]
}

/** The keys of a gateway: fetched when needed, kept for an hour, and asked for again when a token names another. */
export const createKeyRing = (caller: Caller & { readonly book: ExchangeBook }): KeyRing => {
  let fetched: Fetched | undefined
  const among = (tokenKeyId: unknown): JsonObject | undefined =>
    // Published: a token's kid is that of its key with the name of the algorithm behind it.
    fetched?.keys.find(({ kid }) => typeof kid === 'string' && `${kid}${TOKEN_ALGORITHM}` === tokenKeyId)
  return {
    find: async (tokenKeyId) => {
      const now = caller.book.now()
      const age = fetched ? now - fetched.at : Number.POSITIVE_INFINITY
      const known = age < GATEWAY_LIMITS.keysKept ? among(tokenKeyId) : undefined
      if (known || age < GATEWAY_LIMITS.keysAskedAgain) return known
      fetched = { keys: await fetchKeys(caller), at: now }
      return among(tokenKeyId)
    },
  }
}
