import { ClaimsError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { IssuedCredential, IssueRequest } from '../../issuer/issuer.js'
import type { Decision } from '../book/exchange-book.js'
import { OAuthRefusal, refuse } from '../oauth/refusal.js'
import type { HolderKey } from './key-proofs.js'
import {
  isBeingIssued,
  isDelivered,
  isOpen,
  momentText,
  type Offer,
  type OfferCopy,
  type OfferItem,
  withItem,
} from './offer.js'
import type { OfferSettings } from './settings.js'

type Credential = JsonObject | string

/** How a copy begins: it is there already, it is to be issued, or somebody else is at it. */
type Begun =
  | { readonly kind: 'there'; readonly credential: Credential }
  | { readonly kind: 'issue'; readonly item: OfferItem; readonly attempt: number }
  | { readonly kind: 'wait' }

const copyOf = ({ copies }: OfferItem, { thumbprint }: HolderKey): OfferCopy | undefined =>
  copies.find(({ key }) => key === thumbprint)

const withCopy = (item: OfferItem, copy: OfferCopy): OfferItem => ({
  ...item,
  copies: [...item.copies.filter(({ key }) => key !== copy.key), copy],
})

const itemOf = (offer: Offer, id: string): OfferItem =>
  offer.detail.items.find((item) => item.id === id) ?? refuse('unknown_credential_identifier', 'It is not in the offer')

const begin = (
  settings: OfferSettings,
  offer: Offer,
  itemId: string,
  key: HolderKey,
): Decision<Offer['detail'], Begun> => {
  const now = settings.book.now()
  if (!isOpen(offer, now)) return refuse('credential_request_denied', 'The offer is over')
  if ((offer.detail.holderKey ?? key.thumbprint) !== key.thumbprint)
    return refuse('credential_request_denied', 'The offer is for another wallet')
  const item = itemOf(offer, itemId)
  const copy = copyOf(item, key)
  if (copy?.credential !== undefined) return { answer: { kind: 'there', credential: copy.credential } }
  if (copy && isBeingIssued(copy, now)) return { answer: { kind: 'wait' } }
  if (!copy && item.copies.length >= settings.batchSize)
    return refuse('credential_request_denied', 'The credential was given to as many keys as it may')
  if (copy && copy.state !== 'offered') return refuse('credential_request_denied', 'The credential was taken already')
  const attempt = (copy?.attempt ?? 0) + 1
  const begun = { key: key.thumbprint, attempt, state: 'offered', since: momentText(now) } as const
  return {
    change: { detail: withItem(offer, withCopy(item, begun)) },
    answer: { kind: 'issue', item, attempt },
  }
}

/** The name under which the register knows an attempt to issue a copy. */
const issuanceName = (offer: Offer, item: OfferItem, key: string, attempt: number): string =>
  `${offer.id} ${item.id} ${key} ${attempt}`

/**
 * Revokes what the first so many attempts left in the register: a crash may have cut them off after the credential was
 * recorded, and no wallet ever saw it.
 */
export const withdrawLost = async (
  { register, issuer }: OfferSettings,
  offer: Offer,
  item: OfferItem,
  { key, attempt }: Pick<OfferCopy, 'key' | 'attempt'>,
): Promise<void> => {
  for (let before = attempt; before > 0; before--)
    for await (const entry of register.find({ idempotencyKey: issuanceName(offer, item, key, before) }))
      if (entry.state === 'issued') await issuer.revoke(entry.credentialId, 'CredentialProvidedInError')
}

// Where no wallet will say that it has them, an offer is over once everything was handed out; an answer that got lost can be
// asked for again for a moment.
const soonOver = ({ book, whenUnaccepted }: OfferSettings, { detail, expiresAt }: Offer) =>
  whenUnaccepted === 'keep' && isDelivered(detail)
    ? { expiresAt: Math.min(Date.parse(expiresAt), book.now() + EXCHANGE_LIMITS.lostCredential) }
    : {}

const finish = (
  settings: OfferSettings,
  offer: Offer,
  itemId: string,
  key: HolderKey,
  { issued, attempt }: { readonly issued: IssuedCredential; readonly attempt: number },
): Decision<Offer['detail'], boolean> => {
  // While it was signed, the offer may have been cancelled or have run out: then nobody gets it.
  if (!isOpen(offer, settings.book.now())) return { answer: false }
  const item = itemOf(offer, itemId)
  const copy = copyOf(item, key)
  // Nor what was signed so slowly that it was given up, and begun anew.
  if (copy?.attempt !== attempt) return { answer: false }
  const { since: _since, ...settled } = copy
  const { id: credentialId, credential } = issued
  const detail = withItem(offer, withCopy(item, { ...settled, state: 'issued', credentialId, credential }))
  const items = [{ id: itemId, state: 'issued', credentialId } as const]
  const to = offer.state === 'accepted' ? {} : ({ to: 'accepted' } as const)
  return { change: { detail, items, ...to, ...soonOver(settings, { ...offer, detail }) }, answer: true }
}

const release = (offer: Offer, itemId: string, key: HolderKey): Decision<Offer['detail'], undefined> => {
  const item = itemOf(offer, itemId)
  const copy = copyOf(item, key)
  if (!copy) return { answer: undefined }
  const { since: _since, ...free } = copy
  return { change: { detail: withItem(offer, withCopy(item, free)) }, answer: undefined }
}

const issue = async (
  settings: OfferSettings,
  offer: Offer,
  { item, attempt }: { readonly item: OfferItem; readonly attempt: number },
  key: HolderKey,
): Promise<Credential> => {
  const { book, issuer } = settings
  const free = () => book.change<Offer['detail'], undefined>(offer.id, (now) => release(now as Offer, item.id, key))
  try {
    await withdrawLost(settings, offer, item, { key: key.thumbprint, attempt: attempt - 1 })
    const request = { ...item.facts, subject: key.did } as unknown as IssueRequest<CredentialTypeName>
    const idempotencyKey = issuanceName(offer, item, key.thumbprint, attempt)
    const issued = await issuer.issue(item.type, request, { idempotencyKey, format: item.format })
    const isTaken = await book.change<Offer['detail'], boolean>(offer.id, (now) =>
      finish(settings, now as Offer, item.id, key, { issued, attempt }),
    )
    if (isTaken) return issued.credential
    await issuer.revoke(issued.id, 'CredentialProvidedInError')
  } catch (error) {
    await free()
    if (!(error instanceof ClaimsError)) throw error
  }
  return refuse('credential_request_denied', 'The credential cannot be issued any more')
}

const WAIT = { 'retry-after': '2' }

/**
 * Hands out a credential of an offer, for each of some keys: the same again where its answer got lost, issued now where it was
 * not yet. All keys are counted before anything is issued; two requests at once, and a crash at any moment, leave one credential
 * for each key that is valid.
 * @throws OAuthRefusal `credential_request_denied`, `unknown_credential_identifier`; `temporarily_unavailable` (503) while
 * another request is at it
 */
export async function handOut(
  settings: OfferSettings,
  offer: Offer,
  itemId: string,
  keys: readonly HolderKey[],
): Promise<readonly Credential[]> {
  const begun = await settings.book.change<Offer['detail'], readonly Begun[]>(offer.id, (now) =>
    beginAll(settings, now as Offer, itemId, keys),
  )
  const credentials: Credential[] = []
  for (const [index, key] of keys.entries()) {
    const one = begun[index]
    if (one?.kind === 'there') credentials.push(one.credential)
    else if (one?.kind === 'issue') credentials.push(await issue(settings, offer, one, key))
  }
  return credentials
}

/** Where one key must wait, all do: nothing is begun, and the next request finds everything as it was. */
function beginAll(
  settings: OfferSettings,
  offer: Offer,
  itemId: string,
  keys: readonly HolderKey[],
): Decision<Offer['detail'], readonly Begun[]> {
  let now = offer
  const begun = keys.map((key) => {
    const { change, answer } = begin(settings, now, itemId, key)
    now = change?.detail ? { ...now, detail: change.detail } : now
    return answer
  })
  if (begun.some(({ kind }) => kind === 'wait'))
    throw new OAuthRefusal('temporarily_unavailable', 'The credential is being issued; ask again', 503, WAIT)
  return now === offer ? { answer: begun } : { change: { detail: now.detail }, answer: begun }
}
