import { PassportError } from '../../core/errors.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { followExchange } from '../book/follow.js'
import type { Invitation, OfferedCredential, OfferRequest, WalletExchange } from '../wallet-exchange.js'
import type { Gateway } from './create-gateway.js'
import { flowById, GATEWAY_PROTOCOL } from './flow.js'
import type { SignedSource } from './source.js'

/** What offers and requests over the gateway are made with. */
export interface GatewayExchangeOptions {
  /** The one that the gateway's client was created with. */
  readonly book: ExchangeBook
  readonly gateway: Gateway
  /** Of the verified session of whoever the offers are for; without it there are only requests. */
  readonly sessionId?: string
  /** The signed record of its source system that an offered credential is drawn from. Needed for offers. */
  readonly sourceOf?: (credential: OfferedCredential) => SignedSource | Promise<SignedSource>
}

const checkOffer = ({ credentials, proof = 'code', holder }: OfferRequest): OfferedCredential => {
  const [credential, ...more] = credentials
  if (!credential || more.length > 0) throw new TypeError('The gateway offers one credential at a time')
  if (proof !== 'code') throw new TypeError("The gateway has verified the holder already: no proof: 'signIn'")
  if (holder !== undefined) throw new TypeError('The gateway has verified the holder already: no holder')
  if (credential.format !== undefined) throw new TypeError('The gateway chooses the format')
  return credential
}

const checkSource = ({ record }: SignedSource, { type, facts }: OfferedCredential): SignedSource['record'] => {
  const isOfIt = record.type === type
  const isOfHolder =
    facts === undefined || record.uniqueIdentifier === undefined || facts.uniqueIdentifier === record.uniqueIdentifier
  if (!isOfIt || !isOfHolder) throw new TypeError('sourceOf gave the record of another credential')
  return record
}

const makeOffer = async (options: GatewayExchangeOptions, request: OfferRequest): Promise<Invitation> => {
  const { gateway, sessionId, sourceOf } = options
  const credential = checkOffer(request)
  if (sessionId === undefined || !sourceOf)
    throw new TypeError('This exchange was created without sessionId and sourceOf')
  const source = await sourceOf(credential)
  checkSource(source, credential)
  const { idempotencyKey, validForSeconds } = request
  return gateway.beginIssuance({
    sessionId,
    source,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(validForSeconds === undefined ? {} : { validForSeconds }),
  })
}

/**
 * The credential gateway as a way to holders' wallets: the `uri` of an invitation is for the holder's own browser. What a
 * holder shows is in the outcome of `gateway.finishVerification`, not in the views: the gateway gives its word for what a
 * credential says, and no credential to verify.
 */
export const createGatewayExchange = (options: GatewayExchangeOptions): WalletExchange => {
  const { book, gateway, sessionId, sourceOf } = options
  const known = async (id: string): Promise<void> => {
    if (!(await flowById(book, id))) throw new PassportError('exchange.unknown', 'There is no such exchange')
  }
  return {
    portVersion: 1,
    protocol: GATEWAY_PROTOCOL,
    capabilities: {
      offers: sessionId !== undefined && sourceOf !== undefined,
      requests: true,
      mostCredentials: 1,
      signIn: false,
      holder: false,
    },
    offer: (request) => makeOffer(options, request),
    request: (request) => gateway.beginPresentation(request),
    follow: async function* (id, follow) {
      await known(id)
      yield* followExchange(book, id, follow)
    },
    cancel: (id) => gateway.cancel(id),
  }
}
