import { digestText, encodeBase64url } from '#runtime'
import type { JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS, LIMITS } from '../../core/limits.js'
import type { Decision } from '../book/exchange-book.js'
import { isEnded } from '../exchange.js'
import { type EndpointRequest, OAuthRefusal } from '../oauth/refusal.js'
import { isSameText } from '../oauth/same-text.js'
import { isSignedBy, type ReadToken, readToken } from '../oauth/signed-token.js'
import { asDetail, type GovukOffer, IDENTIFIER } from './record.js'
import type { GovukWalletSettings } from './settings.js'

const refuseAccess = (challenge: string): never => {
  const headers = { 'www-authenticate': challenge }
  throw new OAuthRefusal('invalid_token', 'The access token is missing, over, or not for this', 401, headers)
}

/** Refuses an access token. @see RFC 6750, section 3.1 */
export const refuseToken = (): never => refuseAccess('Bearer error="invalid_token"')

/** The offer that an access token of GOV.UK One Login lets its wallet take. */
export interface Access {
  readonly offer: GovukOffer
  readonly nonce: string
  readonly tokenId: string
  readonly digest: string
  /** When the token ends, in milliseconds since 1970. */
  readonly until: number
}

const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i
const SECOND = 1000

const bearerOf = ({ headers }: EndpointRequest): string => {
  const header = headers.get('authorization')
  // RFC 6750, 3.1: who brings nothing is told nothing but how to come.
  if (header === null) return refuseAccess('Bearer')
  return BEARER.exec(header)?.[1] ?? refuseToken()
}

const readSigned = async ({ tokenKeys }: GovukWalletSettings, text: string): Promise<ReadToken> => {
  const token = readToken(text, { typ: 'at+jwt' })
  if (token?.jws.algorithm !== 'ES256' || token.jws.keyId === undefined) return refuseToken()
  const key = await tokenKeys.find(token.jws.keyId)
  return key && (await isSignedBy(token, key)) ? token : refuseToken()
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const only = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : undefined)

type Rule = (claims: JsonObject, settings: GovukWalletSettings) => boolean

/** What every token must say. @see GOV.UK Wallet, "Validate the access token payload claims" */
const RULES: readonly Rule[] = [
  ({ iss }, { environment }) => iss === environment.tokenService,
  ({ aud }, { url }) => aud === url || only(aud) === url,
  ({ exp }, { book }) => typeof exp === 'number' && Number.isFinite(exp) && exp * SECOND > book.now(),
  ({ nbf }, { book }) =>
    nbf === undefined || (typeof nbf === 'number' && nbf * SECOND <= book.now() + LIMITS.clockSkew),
  ({ sub, jti, c_nonce: nonce }) => isText(sub) && isText(jti) && isText(nonce),
  // Without it the token is for refreshing in the app, which is not done here.
  ({ credential_identifiers: identifiers }) => isText(only(identifiers)),
]

// Tokens had no configuration before refreshing in the app came; where one is named, it is the one of the offer.
const isOfOffer = ({ credential_configuration_ids: ids }: JsonObject, { detail }: GovukOffer): boolean =>
  ids === undefined || only(ids) === detail.items[0]?.type

const isOfHolder = ({ sub }: JsonObject, { detail }: GovukOffer): boolean =>
  detail.walletSubject === undefined || isSameText(String(sub), detail.walletSubject)

/**
 * Finds what an access token of GOV.UK One Login is for. It must be signed with a key that they publish now, be for this
 * issuer, and belong to the person whom the offer is for.
 * @throws OAuthRefusal `invalid_token` (401); PassportError when their keys cannot be had
 */
export const checkAccess = async (settings: GovukWalletSettings, request: EndpointRequest): Promise<Access> => {
  const text = bearerOf(request)
  const { claims } = await readSigned(settings, text)
  if (!RULES.every((holds) => holds(claims, settings))) return refuseToken()
  const identifier = String(only(claims.credential_identifiers))
  const offer = (await settings.book.bySecret(IDENTIFIER, identifier)) as GovukOffer | undefined
  if (!offer || !isOfOffer(claims, offer)) return refuseToken()
  if (!isOfHolder(claims, offer)) {
    settings.onForeignSubject(offer.id)
    return refuseToken()
  }
  return {
    offer,
    nonce: String(claims.c_nonce),
    tokenId: String(claims.jti),
    digest: encodeBase64url(digestText('SHA-256', text)),
    until: Number(claims.exp) * SECOND,
  }
}

/** What is known of a token: whether it was shown before, or another one of its name was. */
export const seenBefore = ({ offer, tokenId, digest }: Access): 'never' | 'same' | 'other' => {
  const seen = offer.detail.tokens.find(({ id }) => id === tokenId)
  return seen === undefined ? 'never' : seen.digest === digest ? 'same' : 'other'
}

const remember = (
  found: GovukOffer,
  { tokenId: id, digest }: Access,
  now: number,
): Decision<GovukOffer['detail'], undefined> => {
  const detail = asDetail({ ...found.detail, tokens: [...found.detail.tokens, { id, digest }] })
  if (isEnded(found)) return { change: { detail }, answer: undefined }
  // Whoever came so far has some time to take it, and to say that they did.
  const expiresAt = Math.max(Date.parse(found.expiresAt), now + EXCHANGE_LIMITS.takingTime)
  const opened = found.state === 'created' ? ({ to: 'opened' } as const) : {}
  return { change: { detail, expiresAt, ...opened }, answer: undefined }
}

/** Uses a token's identifier up: nobody else's request may show it. @throws OAuthRefusal `invalid_token` */
export const takeToken = async ({ book }: GovukWalletSettings, access: Access): Promise<void> => {
  if (!(await book.once('govuk-token', access.tokenId, access.until))) return refuseToken()
  await book.change<GovukOffer['detail'], undefined>(access.offer.id, (found) =>
    remember(found as GovukOffer, access, book.now()),
  )
}
