import { parseStrictJson } from '../../codec/strict-json.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { type CompactJws, readCompactJws } from '../../crypto/compact-jws.js'
import { importPublicKey } from '../../crypto/keys.js'

/** A token taken apart, whose signature is still to be checked. */
export interface ReadToken {
  readonly jws: CompactJws
  readonly header: JsonObject
  readonly claims: JsonObject
}

/** What a token may bring. */
export interface TokenRules {
  /** The `typ` that it must have: a token made for one purpose is none for another (RFC 8725, 3.11). */
  readonly typ: string
  /** Whether its own key may stand in its header: where the sender proves to hold a key, whichever it is. */
  readonly ownKey?: boolean
  readonly certificateChain?: boolean
}

/** Takes a token apart, strictly; `undefined` when it is none, or of another type. */
export const readToken = (token: unknown, { typ, ...rules }: TokenRules): ReadToken | undefined => {
  const jws = typeof token === 'string' ? readCompactJws(token, rules) : undefined
  if (!jws?.ok || jws.header.typ !== typ) return undefined
  const parsed = parseStrictJson(jws.payload)
  return parsed.ok && isJsonObject(parsed.value) ? { jws, header: jws.header, claims: parsed.value } : undefined
}

/** Whether a token was signed with this key; a key that is not sound signed nothing. */
export const isSignedBy = async ({ jws }: ReadToken, jwk: unknown): Promise<boolean> => {
  const key = await importPublicKey(jwk).catch(() => undefined)
  if (!key || key.algorithm !== jws.algorithm) return false
  return key.verify(jws.signingInput, jws.signature)
}

const SECOND = 1000

/** Whether a token was made lately: `iat` neither older than the age, in milliseconds, nor in the future. */
export function isFresh({ claims }: ReadToken, now: number, age: number): boolean {
  const { iat } = claims
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return false
  const made = iat * SECOND
  return made >= now - age - LIMITS.clockSkew && made <= now + LIMITS.clockSkew && isInForce(claims, now)
}

/** Whether a token holds now, as far as it says: `exp` and `nbf` count whether or not it says when it was made. */
export function isInForce({ exp, nbf }: JsonObject, now: number): boolean {
  if (exp !== undefined && !(typeof exp === 'number' && exp * SECOND > now - LIMITS.clockSkew)) return false
  return nbf === undefined || (typeof nbf === 'number' && nbf * SECOND <= now + LIMITS.clockSkew)
}
