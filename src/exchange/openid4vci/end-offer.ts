import type { Decision } from '../book/exchange-book.js'
import { type ItemState, isEnded } from '../exchange.js'
import { withdrawLost } from './hand-out.js'
import {
  asDetail,
  isBeingIssued,
  isDelivered,
  type Offer,
  type OfferCopy,
  type OfferEnd,
  SECRETS,
  withoutContents,
} from './offer.js'
import type { OfferSettings } from './settings.js'

type Detail = Offer['detail']

const CLOSED = Object.fromEntries(Object.values(SECRETS).map((kind) => [kind, null]))

const TIME_OVER: OfferEnd = { to: 'expired', reason: 'exchange.expired' }

// Nobody has to say that they kept what they were given: then it was taken once all of it was given.
const endOf = ({ whenUnaccepted }: OfferSettings, { detail }: Offer, end: OfferEnd): OfferEnd =>
  end === TIME_OVER && whenUnaccepted === 'keep' && isDelivered(detail) ? { to: 'completed' } : end

// From here on nothing more is handed out; what comes after can be done again by whoever finds it undone.
const beginEnd = (settings: OfferSettings, found: Offer, end: OfferEnd): Decision<Detail, Offer | undefined> => {
  if (isEnded(found)) return { answer: undefined }
  const detail = asDetail({ ...found.detail, ending: found.detail.ending ?? endOf(settings, found, end) })
  return {
    change: { detail, secrets: CLOSED, expiresAt: Math.min(Date.parse(found.expiresAt), settings.book.now()) },
    answer: { ...found, detail },
  }
}

const isToWithdraw = ({ state }: OfferCopy): boolean => state === 'issued' || state === 'offered'

const withdrawAll = async (settings: OfferSettings, offer: Offer): Promise<void> => {
  for (const item of offer.detail.items)
    for (const copy of item.copies.filter(isToWithdraw)) {
      await withdrawLost(settings, offer, item, copy)
      if (copy.credentialId !== undefined) await settings.issuer.revoke(copy.credentialId, 'CredentialProvidedInError')
    }
}

const close = (offer: Offer, withdraws: boolean): Decision<Detail, undefined> => {
  if (isEnded(offer)) return { answer: undefined }
  const lost: { id: string; state: ItemState; credentialId?: string }[] = []
  const settle = (id: string, copy: OfferCopy): OfferCopy => {
    if (!withdraws || !isToWithdraw(copy)) return copy
    const { credentialId } = copy
    lost.push({ id, state: 'withdrawn', ...(credentialId === undefined ? {} : { credentialId }) })
    return { ...copy, state: 'withdrawn' }
  }
  const items = offer.detail.items.map((item) => ({
    ...item,
    copies: item.copies.map((copy) => settle(item.id, copy)),
  }))
  const detail = withoutContents({ ...offer.detail, items })
  return { change: { ...(offer.detail.ending ?? TIME_OVER), detail, items: lost }, answer: undefined }
}

/**
 * Ends an offer: nothing more is handed out, what no wallet said that it kept is withdrawn where that is the rule, and
 * what the credentials say is forgotten. A crash in between is made good by the keeper; so is a credential that is
 * just being signed.
 */
export const endOffer = async (settings: OfferSettings, id: string, end: OfferEnd = TIME_OVER): Promise<void> => {
  const { book, whenUnaccepted } = settings
  const ending = await book.change<Detail, Offer | undefined>(id, (found) => beginEnd(settings, found as Offer, end))
  if (!ending) return
  const isBusy = ending.detail.items.some(({ copies }) => copies.some((copy) => isBeingIssued(copy, book.now())))
  if (isBusy) return
  const withdraws = ending.detail.ending?.to === 'failed' || whenUnaccepted === 'withdraw'
  if (withdraws) await withdrawAll(settings, ending)
  await book.change<Detail, undefined>(id, (found) => close(found as Offer, withdraws))
}
