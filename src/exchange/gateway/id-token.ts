import { importJWK, type JWTPayload, jwtVerify } from 'jose'
import { PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import { GATEWAY_LIMITS, LIMITS } from '../../core/limits.js'
import { isSameText } from '../oauth/same-text.js'
import { TOKEN_ALGORITHM } from './key-ring.js'
import type { GatewaySettings } from './settings.js'

/** What a token is checked against. */
export interface TokenQuestion {
  readonly nonce: string
  /** When it was received: a token that had to wait for its check does not grow old meanwhile. */
  readonly receivedAt: number
  /** Claims that must be there, besides `iat` and `nonce`. */
  readonly requiredClaims: readonly string[]
}

const SECOND = 1000

const keyOf = async ({ keys }: GatewaySettings, keyId: unknown) => {
  const jwk = await keys.find(keyId)
  if (!jwk) throw new Error('The gateway has no such key')
  return importJWK({ ...jwk }, TOKEN_ALGORITHM)
}

const verified = async (settings: GatewaySettings, token: string, question: TokenQuestion): Promise<JWTPayload> => {
  const { receivedAt, requiredClaims } = question
  const { payload } = await jwtVerify(token, ({ kid }) => keyOf(settings, kid), {
    algorithms: [TOKEN_ALGORITHM],
    issuer: `${settings.url}/oidc`,
    audience: settings.audience,
    requiredClaims: ['iat', 'nonce', ...requiredClaims],
    maxTokenAge: GATEWAY_LIMITS.tokenAge / SECOND,
    clockTolerance: LIMITS.clockSkew / SECOND,
    currentDate: new Date(receivedAt),
  })
  return payload
}

/**
 * The claims of a token of the gateway's, signed with one of its keys, addressed to us, and in answer to our question;
 * `undefined` when it is not.
 * @throws PassportError when the gateway's keys cannot be had
 */
export const verifyIdToken = async (
  settings: GatewaySettings,
  token: string,
  question: TokenQuestion,
): Promise<JsonObject | undefined> => {
  try {
    const claims = (await verified(settings, token, question)) as JsonObject
    const isOurs = typeof claims.nonce === 'string' && isSameText(claims.nonce, question.nonce)
    return isOurs ? claims : undefined
  } catch (error) {
    if (error instanceof PassportError) throw error
    // Never passed on: the library's errors hold the claims, and those are about a person.
    return undefined
  }
}
