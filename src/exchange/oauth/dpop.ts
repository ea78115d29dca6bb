import { digestText, encodeBase64url } from '#runtime'
import { isJsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS, LIMITS } from '../../core/limits.js'
import { jwkThumbprint } from '../../crypto/keys.js'
import type { PublicKeyJwk } from '../../ports/signer.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { type EndpointRequest, refuse } from './refusal.js'
import { isFresh, isSignedBy, readToken } from './signed-token.js'

const DESCRIPTION = 'The DPoP proof is malformed, stale, replayed, for another request, or not signed with its key'

const withoutQuery = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

const isFor = (claims: Readonly<Record<string, unknown>>, method: string, url: string): boolean =>
  claims.htm === method &&
  typeof claims.htu === 'string' &&
  URL.canParse(claims.htu) &&
  withoutQuery(claims.htu) === withoutQuery(url)

/** What a proof is checked against. */
export interface DpopQuestion {
  readonly book: ExchangeBook
  /** The endpoint's own address. */
  readonly url: string
  /** The token that it must be bound to, where one is used. */
  readonly accessToken?: string
}

/**
 * The thumbprint of the key that a request proves to hold; `undefined` where it brings no proof.
 * @throws OAuthRefusal `invalid_dpop_proof`
 * @see RFC 9449, section 4.3
 */
export const checkDpop = async (request: EndpointRequest, question: DpopQuestion): Promise<string | undefined> => {
  const proof = request.headers.get('dpop')
  if (proof === null) return undefined
  const { book, url, accessToken } = question
  const token = readToken(proof, { typ: 'dpop+jwt', ownKey: true })
  const jwk = token?.header.jwk
  const refused = (): never => refuse('invalid_dpop_proof', DESCRIPTION)
  if (!token || !isJsonObject(jwk) || !isFor(token.claims, request.method, url)) return refused()
  const now = book.now()
  if (!isFresh(token, now, EXCHANGE_LIMITS.dpopAge) || !(await isSignedBy(token, jwk))) return refused()
  const { jti, ath } = token.claims
  if (accessToken !== undefined && ath !== encodeBase64url(digestText('SHA-256', accessToken))) return refused()
  const thumbprint = jwkThumbprint(jwk as unknown as PublicKeyJwk)
  const until = now + EXCHANGE_LIMITS.dpopAge + 2 * LIMITS.clockSkew
  if (typeof jti !== 'string' || !(await book.once('dpop', `${thumbprint} ${jti}`, until))) return refused()
  return thumbprint
}
