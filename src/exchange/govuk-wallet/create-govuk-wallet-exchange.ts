import { PassportError } from '../../core/errors.js'
import { followExchange } from '../book/follow.js'
import { type Exchange, isEnded } from '../exchange.js'
import { type EndpointAnswer, type EndpointRequest, OAuthRefusal } from '../oauth/refusal.js'
import type { Endpoint } from '../openid4vci/create-openid4vci.js'
import { endOffer } from '../openid4vci/end-offer.js'
import type { Invitation, WalletExchange } from '../wallet-exchange.js'
import { answerCredential } from './credential.js'
import { type GovukOfferRequest, makeOffer } from './make-offer.js'
import { answerNotification } from './notification.js'
import { didDocument, issuerMetadata, keySet } from './published.js'
import { PROTOCOL } from './record.js'
import { checkOptions, type GovukWalletOptions, type GovukWalletSettings } from './settings.js'

/** The way to GOV.UK Wallet; an offer says whose wallet may take it. */
export interface GovukWalletExchange extends WalletExchange {
  /**
   * Offers one credential, for an hour at most. The invitation is a link to GOV.UK Wallet that holds the offer: show it as
   * a QR code, and as a link to whoever is on their telephone already.
   * @throws ClaimsError when the credential would be refused; @throws TypeError for what GOV.UK Wallet cannot do
   */
  offer(request: GovukOfferRequest): Promise<Invitation>
  /** @throws TypeError always: GOV.UK Wallet is asked through a registered digital verification service. */
  request(): Promise<Invitation>
}

/** GOV.UK Wallet: offers to make, and the endpoints that it and GOV.UK One Login call. */
export interface GovukWallet {
  /** The credential issuer identifier. */
  readonly url: string
  readonly exchange: GovukWalletExchange
  /** Ends an offer whose time is over. */
  expire(exchange: Exchange): Promise<void>
  readonly endpoints: Readonly<Record<keyof typeof ENDPOINTS, Endpoint>>
}

type Answer = (settings: GovukWalletSettings, request: EndpointRequest) => Promise<EndpointAnswer>

const ENDPOINTS = {
  issuerMetadata: async (settings) => ({ status: 200, body: issuerMetadata(settings) }),
  keySet: async (settings) => ({ status: 200, body: keySet(settings) }),
  didDocument: async (settings) => ({ status: 200, body: didDocument(settings) }),
  credential: answerCredential,
  notification: answerNotification,
} as const satisfies Readonly<Record<string, Answer>>

const NOT_KEPT = { 'cache-control': 'no-store' }
const UNAUTHORIZED = 401

// GOV.UK Wallet's own tests take an error by its name alone, and after 401 none.
const inItsWords = ({ status, error, headers }: OAuthRefusal): EndpointAnswer => ({
  status,
  ...(status === UNAUTHORIZED ? {} : { body: { error } }),
  headers: { ...headers, ...NOT_KEPT },
})

const endpointOf =
  (settings: GovukWalletSettings, answer: Answer): Endpoint =>
  async (request) => {
    try {
      const answered = await answer(settings, request)
      return { ...answered, headers: { ...answered.headers, ...NOT_KEPT } }
    } catch (error) {
      if (error instanceof OAuthRefusal) return inItsWords(error)
      throw error
    }
  }

const cancel = async (settings: GovukWalletSettings, exchangeId: string): Promise<void> => {
  const exchange = await settings.book.byId(exchangeId)
  if (!exchange) throw new PassportError('exchange.unknown', 'There is no such exchange')
  if (!isEnded(exchange)) await endOffer(settings, exchangeId, { to: 'failed', reason: 'owner.cancelled' })
}

const NO_REQUESTS = 'GOV.UK Wallet is asked through a registered digital verification service, and not from here'

/**
 * Creates an exchange with GOV.UK Wallet: pre-authorized codes that GOV.UK One Login takes, credentials for the tokens
 * that it gives. Credentials are `vc+jwt`; mdoc, the only format that GOV.UK takes new types in, is not supported.
 * @throws TypeError when an option is missing or does not fit
 * @see OpenID for Verifiable Credential Issuance, draft 14; https://docs.wallet.service.gov.uk
 */
export const createGovukWalletExchange = (options: GovukWalletOptions): GovukWallet => {
  const settings = checkOptions(options)
  const names = Object.keys(ENDPOINTS) as (keyof typeof ENDPOINTS)[]
  return {
    url: settings.url,
    exchange: {
      portVersion: 1,
      protocol: PROTOCOL,
      capabilities: { offers: true, requests: false, mostCredentials: 1, signIn: false, holder: true },
      offer: (request) => makeOffer(settings, request),
      request: async () => {
        throw new TypeError(NO_REQUESTS)
      },
      follow: (id, follow) => followExchange(settings.book, id, follow),
      cancel: (exchangeId) => cancel(settings, exchangeId),
    },
    expire: ({ id }) => endOffer(settings, id),
    endpoints: Object.fromEntries(
      names.map((name) => [name, endpointOf(settings, ENDPOINTS[name])]),
    ) as GovukWallet['endpoints'],
  }
}
