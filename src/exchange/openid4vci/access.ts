import { checkDpop } from '../oauth/dpop.js'
import type { EndpointRequest } from '../oauth/refusal.js'
import { OAuthRefusal } from '../oauth/refusal.js'
import { isOpen, type Offer, SECRETS } from './offer.js'
import type { Openid4vciSettings } from './settings.js'

const unauthorised = (scheme: string, error = 'invalid_token'): never => {
  const headers = { 'www-authenticate': `${scheme} error="${error}"` }
  throw new OAuthRefusal(error, 'The access token is missing, over, or not for this', 401, headers)
}

const AUTHORIZATION = /^(Bearer|DPoP) ([A-Za-z0-9._~+/-]+=*)$/i

/** The offer that a request's access token lets its wallet take. */
export interface Access {
  readonly offer: Offer
  readonly clientId?: string
}

/**
 * Finds what an access token is for. A token bound to a key needs a proof of that key, and never travels in a query.
 * @throws OAuthRefusal `invalid_token` (401), `invalid_dpop_proof`
 * @see RFC 6750, section 2; RFC 9449, section 7
 */
export const checkAccess = async (
  settings: Openid4vciSettings,
  request: EndpointRequest,
  url: string,
): Promise<Access> => {
  const { book } = settings
  const [, scheme = '', token = ''] = AUTHORIZATION.exec(request.headers.get('authorization') ?? '') ?? []
  if (token === '' || new URL(request.url).searchParams.has('access_token')) return unauthorised('Bearer')
  const offer = (await book.bySecret(SECRETS.token, token)) as Offer | undefined
  const session = offer?.detail.session
  if (!offer || !session || Date.parse(session.expiresAt) <= book.now()) return unauthorised(scheme)
  const isBound = session.thumbprint !== undefined
  if (isBound !== (scheme.toLowerCase() === 'dpop')) return unauthorised(isBound ? 'DPoP' : 'Bearer')
  if (isBound && (await checkDpop(request, { book, url, accessToken: token })) !== session.thumbprint)
    return unauthorised('DPoP', 'invalid_dpop_proof')
  return { offer, ...(session.clientId === undefined ? {} : { clientId: session.clientId }) }
}

/** Refuses an offer that is over. @throws OAuthRefusal `invalid_token` (401) */
export const requireOpen = ({ book }: Openid4vciSettings, offer: Offer): void => {
  if (!isOpen(offer, book.now())) unauthorised('Bearer')
}
