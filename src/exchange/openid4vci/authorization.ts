import { parseStrictJson } from '../../codec/strict-json.js'
import { PassportError } from '../../core/errors.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { Decision } from '../book/exchange-book.js'
import { newSecret } from '../book/handles.js'
import { checkClientAttestation } from '../oauth/client-attestation.js'
import { checkDpop } from '../oauth/dpop.js'
import { type Parameters, readForm, readQuery } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import { configurationId } from './configurations.js'
import { asDetail, isOpen, momentText, type Offer, type PushedRequest, SECRETS, withoutContents } from './offer.js'
import type { Openid4vciSettings } from './settings.js'

type Detail = Offer['detail']

const PREFIX = 'urn:ietf:params:oauth:request_uri:'
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/
const SECOND = 1000

const bad = (description: string): never => refuse('invalid_request', description)

const checkClient = async (settings: Openid4vciSettings, form: Parameters, request: EndpointRequest): Promise<void> => {
  const { url, wallets, book, attesters, requireClientAttestation: required } = settings
  const attested = await checkClientAttestation(request, { book, audience: url, attesters, required })
  const client = wallets.find(({ clientId }) => clientId === form.client_id)
  if (attested !== undefined && attested !== form.client_id) refuse('invalid_client', 'It is another wallet’s', 401)
  if (!client) return refuse('invalid_client', 'This wallet is not known here', 401)
  if (!client.redirectUris.some((uri) => uri === form.redirect_uri)) bad('This redirect_uri is not the wallet’s')
}

/** The configurations that a request names. @throws OAuthRefusal */
export const wantedIds = (form: Parameters): readonly string[] => {
  const scopes = (form.scope ?? '').split(' ').filter((scope) => scope !== '' && scope !== 'openid')
  if (form.authorization_details === undefined) return scopes
  const parsed = parseStrictJson(form.authorization_details)
  const details = parsed.ok && Array.isArray(parsed.value) ? parsed.value : bad('authorization_details must be a list')
  const ids = details.map((detail: { type?: unknown; credential_configuration_id?: unknown } | null) =>
    detail?.type === 'openid_credential' && typeof detail.credential_configuration_id === 'string'
      ? detail.credential_configuration_id
      : refuse('invalid_authorization_details', 'Each must name a credential configuration'),
  )
  return [...ids, ...scopes]
}

const checkWanted = ({ detail }: Offer, form: Parameters): void => {
  const offered = detail.items.map(({ type, format }) => configurationId(type, format))
  const wanted = wantedIds(form)
  if (wanted.length === 0 || wanted.some((id) => !offered.includes(id)))
    refuse('invalid_scope', 'Ask for what was offered, and for nothing else')
}

const checkForm = (form: Parameters): void => {
  if (form.request !== undefined || form.request_uri !== undefined) bad('Push the parameters themselves')
  if (form.response_type !== 'code') refuse('unsupported_response_type', 'Only codes are given')
  if (form.code_challenge_method !== 'S256' || !CHALLENGE.test(form.code_challenge ?? ''))
    bad('A code needs a code_challenge of PKCE, S256')
}

const pushedRequest = (form: Parameters, thumbprint: string | undefined, now: number): PushedRequest => ({
  clientId: form.client_id ?? '',
  redirectUri: form.redirect_uri ?? '',
  challenge: form.code_challenge ?? '',
  ...(form.state === undefined ? {} : { state: form.state }),
  ...(thumbprint === undefined ? {} : { thumbprint }),
  wantsDetails: form.authorization_details !== undefined,
  expiresAt: momentText(now + EXCHANGE_LIMITS.authorizationLife),
})

/** The key that a code is to be bound to: the one that the request proves, or the one that it names (RFC 9449, section 10). */
const keyFor = async (
  { book, url, requireDpop }: Openid4vciSettings,
  { dpop_jkt: named }: Parameters,
  request: EndpointRequest,
): Promise<string | undefined> => {
  const proved = await checkDpop(request, { book, url: `${url}/par` })
  const isOther = proved !== undefined && named !== undefined && proved !== named
  if (isOther || (requireDpop && proved === undefined && named === undefined))
    return refuse('invalid_dpop_proof', 'Send a DPoP proof, or dpop_jkt, of one key')
  return proved ?? named
}

const NO_OFFER = 'Begin with an offer of this issuer: its issuer_state is missing, used or over'

const offerFor = async ({ book }: Openid4vciSettings, form: Parameters): Promise<Offer> => {
  const offer = (await book.bySecret(SECRETS.offer, form.issuer_state ?? '')) as Offer | undefined
  const isTheirs = offer && isOpen(offer, book.now()) && offer.detail.proof === 'signIn' && !offer.detail.session
  return isTheirs ? offer : bad(NO_OFFER)
}

/**
 * The pushed authorization request endpoint: the one way to begin an authorization, with PKCE, for a wallet that is known.
 * @throws OAuthRefusal `invalid_client`, `invalid_request`, `invalid_scope`, `unsupported_response_type`
 * @see RFC 9126, section 2; OpenID for Verifiable Credential Issuance 1.0, section 5
 */
export const answerPushedRequest = async (
  settings: Openid4vciSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const form = readForm(request)
  checkForm(form)
  await checkClient(settings, form, request)
  const offer = await offerFor(settings, form)
  checkWanted(offer, form)
  const { book } = settings
  const thumbprint = await keyFor(settings, form, request)
  const secret = newSecret()
  await book.change<Detail, undefined>(offer.id, (found) => ({
    change: {
      detail: asDetail({ ...(found as Offer).detail, pushed: pushedRequest(form, thumbprint, book.now()) }),
      secrets: { [SECRETS.request]: secret, [SECRETS.signIn]: null, [SECRETS.code]: null },
    },
    answer: undefined,
  }))
  const body = { request_uri: PREFIX + secret, expires_in: EXCHANGE_LIMITS.authorizationLife / SECOND }
  return { status: 201, body, headers: { 'cache-control': 'no-store' } }
}

const toSignIn = (
  settings: Openid4vciSettings,
  offer: Offer,
  form: Parameters,
  secret: string,
): Decision<Detail, string> => {
  const { pushed } = offer.detail
  const now = settings.book.now()
  const isTheirs = pushed && pushed.clientId === form.client_id && Date.parse(pushed.expiresAt) > now
  if (!isTheirs || !isOpen(offer, now) || !settings.signIn) return bad(REQUEST_OVER)
  return {
    change: {
      // The holder may come a second time, by a reload, until the signing in ends.
      secrets: { [SECRETS.signIn]: secret },
      ...(offer.state === 'created' ? { to: 'opened' as const } : {}),
    },
    answer: settings.signIn(secret),
  }
}

const REQUEST_OVER = 'The request_uri is not one of this server, was used, or is over'

/**
 * The authorization endpoint: leads the holder's browser to where they sign in.
 * @throws OAuthRefusal `invalid_request`: there is nobody whom a browser could safely be led back to
 * @see RFC 9126, section 4
 */
export const answerAuthorize = async (
  settings: Openid4vciSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const form = readQuery(request)
  const { request_uri: uri = '' } = form
  const pushed = uri.startsWith(PREFIX) ? uri.slice(PREFIX.length) : ''
  const offer = await settings.book.bySecret(SECRETS.request, pushed)
  if (!offer) return bad(REQUEST_OVER)
  const secret = newSecret()
  const location = await settings.book.change<Detail, string>(offer.id, (found) =>
    toSignIn(settings, found as Offer, form, secret),
  )
  return { status: 302, headers: { location, 'cache-control': 'no-store' } }
}

const leadBack = (settings: Openid4vciSettings, pushed: PushedRequest, answer: Parameters): string => {
  const uri = new URL(pushed.redirectUri)
  const all = { ...answer, ...(pushed.state === undefined ? {} : { state: pushed.state }), iss: settings.url }
  for (const [name, value] of Object.entries(all)) uri.searchParams.set(name, value)
  return uri.href
}

/** How a holder's signing in ended. */
export type SignInOutcome = 'approved' | 'declined'

const decideSignIn = (
  settings: Openid4vciSettings,
  offer: Offer,
  outcome: SignInOutcome,
  code: string,
): Decision<Detail, string> => {
  const { pushed } = offer.detail
  if (!pushed || !isOpen(offer, settings.book.now()) || offer.detail.session)
    throw new PassportError('exchange.ended', 'The offer was taken, or is over')
  const ended = { [SECRETS.request]: null, [SECRETS.signIn]: null }
  if (outcome === 'approved')
    return { change: { secrets: { ...ended, [SECRETS.code]: code } }, answer: leadBack(settings, pushed, { code }) }
  const detail = withoutContents(offer.detail)
  const change = { to: 'rejected', reason: 'holder.declined', secrets: ended, detail } as const
  return { change, answer: leadBack(settings, pushed, { error: 'access_denied' }) }
}

/** What somebody is signing in for. */
export interface SigningIn {
  readonly exchangeId: string
  /** What the wallet is to get. */
  readonly types: readonly CredentialTypeName[]
  /** As the wallet names itself to you. */
  readonly walletId: string
}

/** The exchange in which somebody is signing in under this name; `undefined` when nobody is, or not any more. */
export const signingIn = async (
  { book }: Openid4vciSettings,
  authorizationId: string,
): Promise<SigningIn | undefined> => {
  const offer = (await book.bySecret(SECRETS.signIn, authorizationId)) as Offer | undefined
  if (!offer || !isOpen(offer, book.now()) || offer.detail.session) return undefined
  const { items, pushed } = offer.detail
  return { exchangeId: offer.id, types: items.map(({ type }) => type), walletId: pushed?.clientId ?? '' }
}

/**
 * Ends a holder's signing in.
 * @returns the address to lead their browser to
 * @throws PassportError `exchange.unknown`, `exchange.ended`
 */
export const endSignIn = async (
  settings: Openid4vciSettings,
  authorizationId: string,
  outcome: SignInOutcome,
): Promise<string> => {
  const offer = await settings.book.bySecret(SECRETS.signIn, authorizationId)
  if (!offer) throw new PassportError('exchange.unknown', 'Nobody is signing in under this name')
  const code = newSecret()
  return settings.book.change<Detail, string>(offer.id, (found) =>
    decideSignIn(settings, found as Offer, outcome, code),
  )
}
