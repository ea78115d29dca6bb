import type { CheckCode } from '../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { TokenClaims } from './input.js'

/** A claim that cannot be read, and where it stands. */
export interface ClaimFault {
  readonly code: CheckCode
  readonly path: string
}

// The last second of the year 9999: no text could say a later one, and no report.
const LAST_SECOND = 253_402_300_799

// RFC 7519, 2: seconds since 1970 as a JSON number, a fraction among them. Some issuers write `iat` as text: refused.
const isNumericDate = (value: Json | undefined): boolean =>
  value === undefined || (typeof value === 'number' && value >= 0 && value <= LAST_SECOND)

const isAudience = (value: Json | undefined): boolean =>
  value === undefined || (asArray(value).length > 0 && asArray(value).every((entry) => typeof entry === 'string'))

// RFC 7800, 3.1: one key. Of two members each reader would choose its own: the proof would be made by the one key, and the
// holder named by the other.
const isConfirmation = (value: Json | undefined): boolean =>
  value === undefined ||
  (isJsonObject(value) &&
    Object.keys(value).length === 1 &&
    (isJsonObject(value.jwk) || (typeof value.kid === 'string' && value.kid !== '')))

/**
 * The first registered claim that is not of its kind: times that are no numbers, an audience that is no text, a holder's key
 * that is not one.
 */
export const registeredFault = (payload: JsonObject): ClaimFault | undefined => {
  const time = ['exp', 'nbf', 'iat'].find((name) => !isNumericDate(payload[name]))
  if (time) return { code: 'format.invalidDateTime', path: `/${time}` }
  if (!isAudience(payload.aud)) return { code: 'format.malformed', path: '/aud' }
  if (!isConfirmation(payload.cnf)) return { code: 'format.malformed', path: '/cnf' }
  const { nonce } = payload
  return nonce === undefined || typeof nonce === 'string' ? undefined : { code: 'format.malformed', path: '/nonce' }
}

/** The registered claims that stand beside the document, once they are known to be of their kind. */
export const tokenClaims = ({ iat, nbf, exp, nonce, aud }: JsonObject): TokenClaims => ({
  ...(typeof iat === 'number' ? { issuedAt: iat } : {}),
  ...(typeof nbf === 'number' ? { notBefore: nbf } : {}),
  ...(typeof exp === 'number' ? { expires: exp } : {}),
  ...(typeof nonce === 'string' ? { nonce } : {}),
  ...(aud === undefined ? {} : { audience: asArray(aud).map(String) }),
})
