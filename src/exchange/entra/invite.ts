import { formatDateTime } from '../../codec/date-time.js'
import { PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { Beginning, Decision } from '../book/exchange-book.js'
import { newSecret } from '../book/handles.js'
import { checkValidFor } from '../valid-for.js'
import type { Invitation } from '../wallet-exchange.js'
import { asDetail, type EntraDetail, type EntraRecord, isOpen, PROTOCOL, STATE } from './record.js'
import type { EntraSettings } from './settings.js'

type Detail = EntraRecord['detail']

/** A request to Entra for one exchange. */
export interface Asking {
  readonly path: 'createIssuanceRequest' | 'createPresentationRequest'
  readonly body: (exchange: EntraRecord) => JsonObject
}

/** What an exchange over Entra begins with. */
export interface EntraBeginning extends Pick<Beginning<Detail>, 'kind' | 'validForSeconds'> {
  readonly idempotencyKey?: string | undefined
  readonly detail: Omit<EntraDetail, 'state'>
}

const SECOND = 1000

const malformed = (): never => {
  throw new PassportError('exchange.malformed', 'Entra answered without the request that it made')
}

/** Where Entra calls back to, and what about. */
export const callbackTo = ({ url, apiKey }: EntraSettings, { detail }: EntraRecord): JsonObject => ({
  url: `${url}/callback`,
  state: detail.state,
  headers: { 'api-key': apiKey },
})

/** How holders see who asks. */
export const registrationOf = ({ name, logo, termsOfService }: EntraSettings): JsonObject => ({
  clientName: name,
  ...(logo === undefined ? {} : { logoUrl: logo }),
  ...(termsOfService === undefined ? {} : { termsOfServiceUrl: termsOfService }),
})

/** Begins an exchange, or finds the one that was begun under this name. */
export const beginEntra = async ({ book }: EntraSettings, beginning: EntraBeginning): Promise<EntraRecord> => {
  const { kind, validForSeconds, detail, idempotencyKey } = beginning
  checkValidFor(validForSeconds)
  const state = newSecret()
  const exchange = (await book.begin({
    protocol: PROTOCOL,
    kind,
    detail: asDetail({ ...detail, state }),
    secrets: { [STATE]: state },
    validForSeconds,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })) as EntraRecord
  if (exchange.protocol !== PROTOCOL || exchange.kind !== kind)
    throw new TypeError('idempotencyKey names an exchange of another kind')
  return exchange
}

// What Entra made first counts: another request, of whoever asked at the same time, was never handed to anybody.
const keep = (found: EntraRecord, answer: JsonObject, now: number): Decision<Detail, EntraRecord> => {
  if (!isOpen(found, now) || found.detail.link !== undefined) return { answer: found }
  const { requestId, url: link, expiry } = answer
  if (typeof requestId !== 'string' || typeof link !== 'string' || typeof expiry !== 'number') return malformed()
  const detail = asDetail({ ...found.detail, requestId, link })
  const expiresAt = Math.min(Date.parse(found.expiresAt), expiry * SECOND)
  const change = { detail, expiresAt }
  return { change, answer: { ...found, detail, expiresAt: formatDateTime(expiresAt) } }
}

const madeByEntra = async (settings: EntraSettings, exchange: EntraRecord, asking: Asking): Promise<EntraRecord> => {
  const { book, client } = settings
  if (!isOpen(exchange, book.now()) || exchange.detail.link !== undefined) return exchange
  const { path, body } = asking
  // Made twice, one of them has an address that nobody ever heard of, and a name that no callback may use.
  const call = { api: 'requests', method: 'POST', path, body: body(exchange), repeatable: true } as const
  const answer = (await client.call(call)) ?? malformed()
  return book.change<Detail, EntraRecord>(exchange.id, (found) => keep(found as EntraRecord, answer, book.now()))
}

/**
 * Has Entra make its request for an exchange, unless it did before, and gives what to hand to the holder.
 * @throws PassportError `exchange.ended`; `exchange.refused`, `exchange.malformed`, `fetch.…`
 */
export const invite = async (settings: EntraSettings, exchange: EntraRecord, asking: Asking): Promise<Invitation> => {
  const made = await madeByEntra(settings, exchange, asking)
  const { id, expiresAt, detail } = made
  if (detail.link === undefined || !isOpen(made, settings.book.now()))
    throw new PassportError('exchange.ended', 'The exchange of this name is over')
  const { link, transactionCode, browserSecret } = detail
  return {
    exchangeId: id,
    uri: link,
    expiresAt,
    ...(transactionCode === undefined ? {} : { transactionCode }),
    ...(browserSecret === undefined ? {} : { browserSecret }),
  }
}
