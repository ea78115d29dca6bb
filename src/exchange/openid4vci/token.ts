import { digestText, encodeBase64url } from '#runtime'
import type { JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { Decision } from '../book/exchange-book.js'
import { newSecret } from '../book/handles.js'
import { checkClientAttestation } from '../oauth/client-attestation.js'
import { checkDpop } from '../oauth/dpop.js'
import { type Parameters, readForm } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import { isSameText } from '../oauth/same-text.js'
import { configurationId } from './configurations.js'
import { endOffer } from './end-offer.js'
import { type Grant, readTokenRequest } from './messages.js'
import { asDetail, isOpen, momentText, type Offer, type OfferItem, SECRETS } from './offer.js'
import type { Openid4vciSettings } from './settings.js'

type Detail = Offer['detail']

const GRANT = 'The code was used, is over, or was never given; or what belongs to it does not fit'
const badGrant = (): never => refuse('invalid_grant', GRANT)

/** Who asks for a token, besides the code. */
interface Asking {
  readonly thumbprint?: string
  readonly clientId?: string
  readonly redirectUri?: string
  readonly token: string
}

type Verdict =
  | { readonly kind: 'granted'; readonly offer: Offer }
  | { readonly kind: 'wrong'; readonly isLast: boolean }

const grant = (settings: Openid4vciSettings, offer: Offer, asking: Asking): Decision<Detail, Verdict> => {
  const now = settings.book.now()
  const until = Math.max(Date.parse(offer.expiresAt), now + EXCHANGE_LIMITS.takingTime)
  const { thumbprint, clientId, token } = asking
  const session = {
    grantedAt: momentText(now),
    expiresAt: momentText(thumbprint === undefined ? now + EXCHANGE_LIMITS.bearerTokenLife : until),
    ...(thumbprint === undefined ? {} : { thumbprint }),
    ...(clientId === undefined ? {} : { clientId }),
  }
  const detail = asDetail({ ...offer.detail, session })
  const isFirm = offer.detail.proof !== 'code' || thumbprint === undefined
  const secrets = { ...(isFirm ? { [SECRETS.code]: null } : {}), [SECRETS.token]: token }
  return {
    change: { detail, secrets, expiresAt: until, ...(offer.state === 'created' ? { to: 'opened' as const } : {}) },
    answer: { kind: 'granted', offer: { ...offer, detail } },
  }
}

// A token can get lost on its way, and the code with it. The key that it was bound to may have another in its place, for a
// moment, while nothing was taken with the first: to anybody else the code is worth nothing any more.
const mayTakeAgain = ({ detail: { session, items } }: Offer, { thumbprint }: Asking, now: number): boolean =>
  session?.thumbprint !== undefined &&
  session.thumbprint === thumbprint &&
  Date.parse(session.grantedAt) + EXCHANGE_LIMITS.lostToken > now &&
  items.every(({ copies }) => copies.length === 0)

// A wrong code is counted before anything is said about it; the last one that is let through ends the offer.
const redeemPreAuthorized = (
  settings: Openid4vciSettings,
  offer: Offer,
  given: string | undefined,
  asking: Asking,
): Decision<Detail, Verdict> => {
  const { secrets, session, wrongCodes } = offer.detail
  const now = settings.book.now()
  const isUsed = session !== undefined && !mayTakeAgain(offer, asking, now)
  if (!isOpen(offer, now) || isUsed || offer.detail.proof !== 'code') return badGrant()
  if (secrets.transactionCode === undefined) return grant(settings, offer, asking)
  if (given === undefined) return refuse('invalid_request', 'This offer needs its transaction code (tx_code)')
  if (wrongCodes >= EXCHANGE_LIMITS.transactionCodeAttempts) return badGrant()
  if (isSameText(given, secrets.transactionCode)) return grant(settings, offer, asking)
  const detail = asDetail({ ...offer.detail, wrongCodes: wrongCodes + 1 })
  return {
    change: { detail },
    answer: { kind: 'wrong', isLast: wrongCodes + 1 >= EXCHANGE_LIMITS.transactionCodeAttempts },
  }
}

const redeemCode = (
  settings: Openid4vciSettings,
  offer: Offer,
  verifier: string | undefined,
  asking: Asking,
): Decision<Detail, Verdict> => {
  const { pushed, session } = offer.detail
  if (!isOpen(offer, settings.book.now()) || session || !pushed) return badGrant()
  const challenge = verifier === undefined ? '' : encodeBase64url(digestText('SHA-256', verifier))
  const isTheirs =
    isSameText(challenge, pushed.challenge) &&
    asking.redirectUri === pushed.redirectUri &&
    asking.clientId === pushed.clientId &&
    (pushed.thumbprint === undefined || pushed.thumbprint === asking.thumbprint) &&
    Date.parse(pushed.expiresAt) > settings.book.now()
  return isTheirs ? grant(settings, offer, asking) : badGrant()
}

const redeem = (settings: Openid4vciSettings, offer: Offer, presented: Grant, asking: Asking) =>
  presented.kind === 'preAuthorized'
    ? redeemPreAuthorized(settings, offer, presented.transactionCode, asking)
    : redeemCode(settings, offer, presented.verifier, asking)

const identifiersOf = (items: readonly OfferItem[]): ReadonlyMap<string, readonly string[]> => {
  const byConfiguration = new Map<string, string[]>()
  for (const { id, type, format } of items) {
    const name = configurationId(type, format)
    byConfiguration.set(name, [...(byConfiguration.get(name) ?? []), id])
  }
  return byConfiguration
}

// Each credential has a name of its own where one configuration stands for several, or where the wallet asks for names.
const detailsOf = ({ detail }: Offer, form: Parameters): JsonObject => {
  const named = identifiersOf(detail.items)
  const isAmbiguous = [...named.values()].some((ids) => ids.length > 1)
  if (!isAmbiguous && form.authorization_details === undefined && !detail.pushed?.wantsDetails) return {}
  return {
    authorization_details: [...named].map(([id, credential_identifiers]) => ({
      type: 'openid_credential',
      credential_configuration_id: id,
      credential_identifiers,
    })),
  }
}

const read = async (settings: Openid4vciSettings, request: EndpointRequest) => {
  const form = readForm(request)
  const presented = readTokenRequest(form, request)
  const { book, url, attesters, requireClientAttestation: required } = settings
  const attested = await checkClientAttestation(request, { book, audience: url, attesters, required })
  const clientId = attested ?? form.client_id
  if (form.client_id !== undefined && form.client_id !== clientId)
    return refuse('invalid_client', 'The attestation is another wallet’s', 401)
  const thumbprint = await checkDpop(request, { book, url: `${url}/token` })
  if (thumbprint === undefined && settings.requireDpop)
    return refuse('invalid_dpop_proof', 'Tokens of this issuer are bound to a key: send a DPoP proof')
  return { form, presented, thumbprint, clientId }
}

/**
 * The token endpoint: takes a code once, with what belongs to it, for an access token.
 * @throws OAuthRefusal `invalid_grant`, `invalid_request`, `unsupported_grant_type`, `invalid_dpop_proof`
 * @see OpenID for Verifiable Credential Issuance 1.0, section 6; RFC 7636, section 4.6
 */
export const answerToken = async (settings: Openid4vciSettings, request: EndpointRequest): Promise<EndpointAnswer> => {
  const { form, presented, thumbprint, clientId } = await read(settings, request)
  const { book } = settings
  const found = await book.bySecret(SECRETS.code, presented.code)
  if (!found) return badGrant()
  const token = newSecret()
  const asking: Asking = {
    token,
    ...(thumbprint === undefined ? {} : { thumbprint }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(form.redirect_uri === undefined ? {} : { redirectUri: form.redirect_uri }),
  }
  const verdict = await book.change<Detail, Verdict>(found.id, (offer) =>
    redeem(settings, offer as Offer, presented, asking),
  )
  if (verdict.kind === 'wrong') {
    if (verdict.isLast) await endOffer(settings, found.id, { to: 'failed', reason: 'holder.wrongCode' })
    return badGrant()
  }
  const { expiresAt } = verdict.offer.detail.session ?? { expiresAt: '' }
  return {
    status: 200,
    body: {
      access_token: token,
      token_type: thumbprint === undefined ? 'Bearer' : 'DPoP',
      expires_in: Math.max(1, Math.floor((Date.parse(expiresAt) - book.now()) / 1000)),
      ...detailsOf(verdict.offer, form),
    },
    headers: NOT_KEPT,
  }
}

const NOT_KEPT = { 'cache-control': 'no-store' }
