import { ClaimsError, PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { IssueRequest } from '../../issuer/issuer.js'
import { type Exchange, isEnded } from '../exchange.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import type { FactsOf, Invitation, OfferRequest } from '../wallet-exchange.js'
import {
  answerAuthorize,
  answerPushedRequest,
  endSignIn,
  type SignInOutcome,
  type SigningIn,
  signingIn,
} from './authorization.js'
import { answerCredential, answerDeferred } from './credential.js'
import { endOffer } from './end-offer.js'
import { makeOffer, offerMessage } from './make-offer.js'
import { nonceResponse } from './messages.js'
import { authorizationServerMetadata, credentialIssuerMetadata } from './metadata.js'
import { answerNotification } from './notification.js'
import { asDetail, isOpen, type Offer, SECRETS } from './offer.js'
import { checkOptions, type Openid4vciOptions, type Openid4vciSettings } from './settings.js'
import { answerToken } from './token.js'

/** Answers requests to one endpoint. What it refuses, it throws as an `OAuthRefusal`. */
export type Endpoint = (request: EndpointRequest) => Promise<EndpointAnswer>

/** An OpenID4VCI issuer: offers to make, and endpoints for wallets to call. */
export interface Openid4vci {
  /** The credential issuer identifier. */
  readonly url: string
  offer(request: OfferRequest): Promise<Invitation>
  /**
   * Gives the facts of a credential that was offered without: the wallet gets it when it next asks.
   * @param index which credential of the offer, from 0
   * @throws ClaimsError; PassportError `exchange.unknown`, `exchange.ended`
   */
  provide<Type extends CredentialTypeName>(exchangeId: string, index: number, facts: FactsOf<Type>): Promise<void>
  /** What a holder is signing in for under this id of yours; `undefined` when nobody is, or not any more. */
  signingIn(authorizationId: string): Promise<SigningIn | undefined>
  /**
   * Says how a holder's signing in ended.
   * @returns the address to lead their browser to
   * @throws PassportError `exchange.unknown`, `exchange.ended`
   */
  endSignIn(authorizationId: string, outcome: SignInOutcome): Promise<string>
  cancel(exchangeId: string): Promise<void>
  /** Ends an offer whose time is over. */
  expire(exchange: Exchange): Promise<void>
  readonly endpoints: Readonly<Record<keyof typeof ENDPOINTS, Endpoint>>
}

type Answer = (settings: Openid4vciSettings, request: EndpointRequest) => Promise<EndpointAnswer>

const lastSegment = ({ url }: EndpointRequest): string => new URL(url).pathname.split('/').at(-1) ?? ''

const answerOffer: Answer = async (settings, request) => {
  const { book } = settings
  const offer = (await book.bySecret(SECRETS.offer, lastSegment(request))) as Offer | undefined
  if (!offer || !isOpen(offer, book.now())) return refuse('invalid_request', 'The offer was taken, or is over', 404)
  if (offer.state === 'created')
    await book.change(offer.id, ({ state }) => ({
      ...(state === 'created' ? { change: { to: 'opened' as const } } : {}),
      answer: undefined,
    }))
  return { status: 200, body: (await offerMessage(settings, offer)).object, headers: NOT_KEPT }
}

const NOT_KEPT = { 'cache-control': 'no-store' }

const answerNonce: Answer = async ({ nonces }) => ({
  status: 200,
  body: nonceResponse(nonces.give()),
  headers: NOT_KEPT,
})

const ENDPOINTS = {
  issuerMetadata: async (settings) => ({ status: 200, body: credentialIssuerMetadata(settings) }),
  serverMetadata: async (settings) => ({ status: 200, body: authorizationServerMetadata(settings) }),
  offer: answerOffer,
  pushedRequest: answerPushedRequest,
  authorize: answerAuthorize,
  token: answerToken,
  nonce: answerNonce,
  credential: answerCredential,
  deferred: answerDeferred,
  notification: answerNotification,
} as const satisfies Readonly<Record<string, Answer>>

const provide = async (
  settings: Openid4vciSettings,
  exchangeId: string,
  index: number,
  facts: FactsOf<CredentialTypeName>,
): Promise<void> => {
  const { book, issuer } = settings
  await book.change<Offer['detail'], undefined>(exchangeId, (found) => {
    const offer = found as Offer
    const item = offer.detail.items[index]
    if (!item) throw new TypeError('There is no such credential in the offer')
    if (!isOpen(offer, book.now())) throw new PassportError('exchange.ended', 'The offer is over')
    const request = { ...facts, subject: `urn:uuid:${facts.uniqueIdentifier}` } as IssueRequest<CredentialTypeName>
    const { faults } = issuer.check(item.type, request)
    if (faults.length > 0) throw new ClaimsError(faults)
    const given = { ...item, facts: JSON.parse(JSON.stringify(facts)) as JsonObject }
    const items = offer.detail.items.map((other) => (other === item ? given : other))
    return { change: { detail: asDetail({ ...offer.detail, items }) }, answer: undefined }
  })
}

/**
 * Creates an OpenID4VCI issuer: pre-authorized codes with transaction codes, and authorization codes with pushed requests
 * and PKCE. Nothing is issued until a wallet proves its key.
 * @throws TypeError when an option is missing or does not fit
 * @see OpenID for Verifiable Credential Issuance 1.0
 */
export const createOpenid4vci = (options: Openid4vciOptions): Openid4vci => {
  const settings = checkOptions(options)
  const names = Object.keys(ENDPOINTS) as (keyof typeof ENDPOINTS)[]
  const endpoints = Object.fromEntries(
    names.map((name) => [name, (request: EndpointRequest) => ENDPOINTS[name](settings, request)]),
  ) as Openid4vci['endpoints']
  return {
    url: settings.url,
    offer: (request) => makeOffer(settings, request),
    provide: (exchangeId, index, facts) => provide(settings, exchangeId, index, facts),
    signingIn: (authorizationId) => signingIn(settings, authorizationId),
    endSignIn: (authorizationId, outcome) => endSignIn(settings, authorizationId, outcome),
    cancel: async (exchangeId) => {
      const exchange = await settings.book.byId(exchangeId)
      if (!exchange) throw new PassportError('exchange.unknown', 'There is no such exchange')
      if (!isEnded(exchange)) await endOffer(settings, exchangeId, { to: 'failed', reason: 'owner.cancelled' })
    },
    expire: (exchange) => endOffer(settings, exchange.id),
    endpoints,
  }
}
