import { PassportError } from '../../core/errors.js'
import { followExchange } from '../book/follow.js'
import { type Exchange, isEnded } from '../exchange.js'
import { isSameText } from '../oauth/same-text.js'
import type { Endpoint } from '../openid4vci/create-openid4vci.js'
import type { FollowOptions, Invitation, WalletExchange } from '../wallet-exchange.js'
import { answerCallback } from './callback.js'
import { makeOffer } from './make-offer.js'
import { makeRequest } from './make-request.js'
import type { EntraOutcome } from './outcome.js'
import type { EntraPresentationRequest } from './questions.js'
import { asDetail, bare, type EntraRecord, PROTOCOL } from './record.js'
import { checkOptions, type EntraOptions, type EntraSettings } from './settings.js'

/** The way to Microsoft Authenticator; a request may ask what only Entra can ask. */
export interface EntraExchange extends WalletExchange {
  request(request: EntraPresentationRequest): Promise<Invitation>
  /**
   * Ends an exchange: whatever Entra says of it from then on is refused. Entra takes no request back, so a holder who
   * had an offer open may still have taken it; find it by its index claim, and revoke it.
   * @throws PassportError `exchange.unknown`
   */
  cancel(exchangeId: string): Promise<void>
}

/** Microsoft Entra Verified ID: exchanges to begin, and the endpoint that it calls back. */
export interface Entra {
  readonly url: string
  readonly exchange: EntraExchange
  /** Ends an exchange whose time is over. */
  expire(exchange: Exchange): Promise<void>
  /** What came of a request, for the browser that began it; `undefined` for anybody else, and while there is nothing. */
  outcome(exchange: Exchange, proof: FollowOptions['proof']): EntraOutcome | undefined
  readonly endpoints: { readonly callback: Endpoint }
}

const END = {
  expired: { to: 'expired', reason: 'exchange.expired' },
  cancelled: { to: 'failed', reason: 'owner.cancelled' },
} as const

const end = ({ book }: EntraSettings, id: string, how: keyof typeof END): Promise<void> =>
  book.change<EntraRecord['detail'], undefined>(id, (found) => {
    if (isEnded(found)) return { answer: undefined }
    return { change: { ...END[how], detail: asDetail(bare(found.detail)) }, answer: undefined }
  })

const outcomeFor = (exchange: Exchange, proof: FollowOptions['proof']): EntraOutcome | undefined => {
  const { outcome, browserSecret } = (exchange as EntraRecord).detail
  if (exchange.protocol !== PROTOCOL || browserSecret === undefined || !proof) return undefined
  return isSameText(proof.browserSecret, browserSecret) ? outcome : undefined
}

/**
 * Creates an exchange over Microsoft Entra Verified ID. Entra signs what is issued and checks what is presented; this
 * keeps what happened, and asks again whether what Entra verified is what was wanted.
 * @throws TypeError when an option is missing or does not fit
 * @see https://learn.microsoft.com/en-us/entra/verified-id/get-started-request-api
 */
export const createEntraExchange = (options: EntraOptions): Entra => {
  const settings = checkOptions(options)
  const { book, manifests } = settings
  return {
    url: settings.url,
    exchange: {
      portVersion: 1,
      protocol: PROTOCOL,
      capabilities: {
        offers: Object.keys(manifests).length > 0,
        requests: true,
        mostCredentials: 1,
        signIn: false,
        holder: false,
      },
      offer: (request) => makeOffer(settings, request),
      request: (request) => makeRequest(settings, request),
      follow: (id, follow) => followExchange(book, id, follow),
      cancel: async (id) => {
        if (!(await book.byId(id))) throw new PassportError('exchange.unknown', 'There is no such exchange')
        await end(settings, id, 'cancelled')
      },
    },
    expire: ({ id }) => end(settings, id, 'expired'),
    outcome: outcomeFor,
    endpoints: { callback: (request) => answerCallback(settings, request) },
  }
}
