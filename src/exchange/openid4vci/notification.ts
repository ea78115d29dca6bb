import type { Decision } from '../book/exchange-book.js'
import { isEnded } from '../exchange.js'
import { readJson } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import { checkAccess } from './access.js'
import { asDetail, isSettled, type Offer, type OfferItem, withoutContents } from './offer.js'
import type { OfferSettings, Openid4vciSettings } from './settings.js'

type Detail = Offer['detail']

/** What a wallet tells, and what it makes of a credential. */
const EVENTS = {
  credential_accepted: 'accepted',
  credential_failure: 'refused',
  credential_deleted: 'deleted',
} as const
type Outcome = (typeof EVENTS)[keyof typeof EVENTS]

const outcomeOf = (event: unknown): Outcome =>
  typeof event === 'string' && Object.hasOwn(EVENTS, event)
    ? EVENTS[event as keyof typeof EVENTS]
    : refuse('invalid_notification_request', 'The event is not one of OpenID4VCI')

const isChanged = (state: OfferItem['copies'][number]['state'], outcome: Outcome): boolean =>
  outcome === 'accepted' ? state === 'issued' : state === 'issued' || state === 'accepted'

const record = (offer: Offer, itemId: string, outcome: Outcome): Decision<Detail, undefined> => {
  const items = offer.detail.items.map((item) =>
    item.id === itemId
      ? {
          ...item,
          copies: item.copies.map((copy) => (isChanged(copy.state, outcome) ? { ...copy, state: outcome } : copy)),
        }
      : item,
  )
  const changed = offer.detail.items
    .filter(({ id }) => id === itemId)
    .flatMap(({ id, copies }) =>
      copies.flatMap(({ state, credentialId }) =>
        credentialId !== undefined && isChanged(state, outcome) ? [{ id, state: outcome, credentialId }] : [],
      ),
    )
  if (changed.length === 0) return { answer: undefined }
  const detail = asDetail({ ...offer.detail, items })
  if (isEnded(offer) || !isSettled(detail)) return { change: { detail, items: changed }, answer: undefined }
  const isTaken = items.some(({ copies }) => copies.some(({ state }) => state === 'accepted'))
  const end = isTaken ? ({ to: 'completed' } as const) : ({ to: 'rejected', reason: 'holder.unable' } as const)
  return { change: { ...end, detail: withoutContents(detail), items: changed }, answer: undefined }
}

// A credential that its holder could not keep, or does not keep any more, is valid for nobody but a thief.
const withdraw = async ({ issuer }: OfferSettings, { copies }: OfferItem): Promise<void> => {
  for (const { credentialId, state } of copies)
    if (credentialId !== undefined && isChanged(state, 'deleted'))
      await issuer.revoke(credentialId, 'CredentialProvidedInError')
}

/**
 * Records what a wallet tells of a credential of an offer that it was let in to.
 * @throws OAuthRefusal `invalid_notification_id`, `invalid_notification_request`
 */
export const recordNotification = async (
  settings: OfferSettings,
  offer: Offer,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const { notification_id: id, event } = readJson(request, 'invalid_notification_request')
  if (typeof id !== 'string') return refuse('invalid_notification_request', 'A notification names what it is about')
  const outcome = outcomeOf(event)
  const item =
    offer.detail.items.find(({ notification }) => notification === id) ??
    refuse('invalid_notification_id', 'There is nothing of this name to tell of')
  if (outcome !== 'accepted') await withdraw(settings, item)
  await settings.book.change<Detail, undefined>(offer.id, (found) => record(found as Offer, item.id, outcome))
  return { status: 204 }
}

/**
 * The notification endpoint: the holder's wallet says what became of a credential, and the register follows. Saying the
 * same again is no change.
 * @throws OAuthRefusal `invalid_notification_id`, `invalid_notification_request`
 * @see OpenID for Verifiable Credential Issuance 1.0, section 11
 */
export const answerNotification = async (
  settings: Openid4vciSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const { offer } = await checkAccess(settings, request, `${settings.url}/notification`)
  return recordNotification(settings, offer, request)
}
