import { PassportError } from '../core/errors.js'
import { EXCHANGE_LIMITS } from '../core/limits.js'
import type { ExchangeBook } from './book/exchange-book.js'
import { followExchange } from './book/follow.js'
import type { Openid4vci } from './openid4vci/create-openid4vci.js'
import type { Openid4vp } from './openid4vp/create-openid4vp.js'
import type { WalletExchange } from './wallet-exchange.js'

/** What an exchange over OpenID is made of. */
export interface OpenidExchangeOptions {
  readonly book: ExchangeBook
  /** Absent where nothing is issued. */
  readonly openid4vci?: Openid4vci
  /** Absent where nothing is asked for. */
  readonly openid4vp?: Openid4vp
  /** Whether holders can sign in before they take an offer. */
  readonly signIn?: boolean
}

const unable = (what: string): never => {
  throw new TypeError(`This exchange was created without ${what}`)
}

/**
 * Offers over OpenID4VCI and requests over OpenID4VP, as one way to holders' wallets.
 * @throws TypeError when there is neither
 */
export const createOpenidExchange = (options: OpenidExchangeOptions): WalletExchange => {
  const { book, openid4vci, openid4vp, signIn = false } = options
  if (!openid4vci && !openid4vp) unable('anything to do')
  return {
    portVersion: 1,
    protocol: 'openid',
    capabilities: {
      offers: openid4vci !== undefined,
      requests: openid4vp !== undefined,
      mostCredentials: EXCHANGE_LIMITS.offeredCredentials,
      signIn,
      holder: true,
    },
    offer: async (request) => (openid4vci ?? unable('openid4vci')).offer(request),
    request: async (request) => (openid4vp ?? unable('openid4vp')).request(request),
    follow: (id, follow) => followExchange(book, id, follow, openid4vp?.outcome),
    cancel: async (id) => {
      const exchange = await book.byId(id)
      if (!exchange) throw new PassportError('exchange.unknown', 'There is no such exchange')
      await (exchange.kind === 'offer' ? openid4vci : openid4vp)?.cancel(id)
    },
  }
}
