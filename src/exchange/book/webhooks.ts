import { encodeBase64 } from '../../codec/base64.js'
import { formatDateTime } from '../../codec/date-time.js'
import { encodeUtf8 } from '../../codec/utf8.js'
import type { JsonObject } from '../../core/json.js'
import { hmacSha256 } from '../../crypto/hmac.js'
import type { GuardedRequest } from '../../ports/guarded-request.js'
import type { Exchange, ExchangeEvent } from '../exchange.js'
import { deliveryOf, type ExchangeBook } from './exchange-book.js'

/** Where to tell of events. */
export interface WebhookOptions {
  /** https. */
  readonly url: string
  /** 24 to 64 random bytes that you share with the receiver, who checks the signature with them. */
  readonly secret: Uint8Array
  readonly send: GuardedRequest
}

const LEAST_SECRET = 24
const MOST_SECRET = 64
const ANSWER_BYTES = 16_384
// Standard Webhooks recommends to go on for about a day; ours grow from five seconds to six hours.
const FIRST_WAIT = 5_000
const LONGEST_WAIT = 21_600_000

const bodyOf = ({ id, protocol, kind }: Exchange, event: ExchangeEvent): string =>
  JSON.stringify({
    type: `exchange.${event.item ? 'item' : event.state}`,
    timestamp: event.at,
    data: { exchange: id, protocol, kind, ...event },
  })

const signed = (secret: Uint8Array, id: string, timestamp: string, body: string): string =>
  `v1,${encodeBase64(hmacSha256(secret, encodeUtf8(`${id}.${timestamp}.${body}`)))}`

const deliver = async (exchange: Exchange, event: ExchangeEvent, now: number, options: WebhookOptions) => {
  const body = bodyOf(exchange, event)
  const id = `${exchange.id}.${event.number}`
  const timestamp = String(Math.floor(now / 1000))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signed(options.secret, id, timestamp, body),
  }
  const request = { method: 'POST', headers, body, maximumBytes: ANSWER_BYTES } as const
  const answer = await options.send(options.url, request).catch(() => undefined)
  return answer !== undefined && answer.status >= 200 && answer.status < 300
}

const waitAfter = (attempts: number): number => Math.min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)

/**
 * Tells an owner's own system of events, in their order, each until it is received: signed, retried with growing pauses,
 * and kept meanwhile. A receiver may get one twice, and knows it by its `webhook-id`.
 * @returns a function that sends what an exchange has to tell
 * @throws TypeError for a secret that is too short or too long
 * @see Standard Webhooks 1.0
 */
export const createWebhooks = (
  book: ExchangeBook,
  options: WebhookOptions,
): ((exchange: Exchange) => Promise<void>) => {
  if (options.secret.length < LEAST_SECRET || options.secret.length > MOST_SECRET)
    throw new TypeError(`The webhook secret must be ${LEAST_SECRET} to ${MOST_SECRET} random bytes`)
  book.expectDelivery()
  const remember = (id: string, delivery: JsonObject): Promise<void> =>
    book.change(id, ({ detail }) => ({ change: { detail: { ...detail, delivery } }, answer: undefined }))
  return async (exchange) => {
    const known = deliveryOf(exchange)
    if (known.retryAt !== undefined && known.retryAt > formatDateTime(book.now())) return
    for (const event of exchange.events.slice(known.delivered)) {
      if (!(await deliver(exchange, event, book.now(), options))) {
        const attempts = known.attempts + 1
        const retryAt = formatDateTime(book.now() + waitAfter(attempts))
        await remember(exchange.id, { delivered: event.number - 1, attempts, retryAt })
        return
      }
    }
    await remember(exchange.id, { delivered: exchange.events.length, attempts: 0 })
  }
}
