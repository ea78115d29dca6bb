import { PassportError } from '../../core/errors.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { type ExchangeReason, isEnded } from '../exchange.js'
import { isSameText } from '../oauth/same-text.js'
import {
  type Brought,
  changeFlow,
  type Flow,
  type FlowDecision,
  FORGOTTEN,
  FORGOTTEN_OF_ISSUANCE,
  isIssuance,
  SECRETS,
} from './flow.js'

/** What the gateway led a browser back with. */
export interface Callback {
  readonly state: string
  readonly code?: string
  /** Why there is no code. */
  readonly refusal?: ExchangeReason
}

const malformed = (): never => {
  throw new PassportError('exchange.malformed', 'The callback is not one of the gateway’s')
}

const once = (query: URLSearchParams, name: string): string | undefined => {
  const values = query.getAll(name)
  return values.length > 1 ? malformed() : values[0]
}

// Published: a holder who cancels comes back with these words, whatever the code.
const CANCELLED = /user cancelled/i

const reasonOf = (error: string, description = ''): ExchangeReason => {
  if (error === 'access_denied' || CANCELLED.test(description)) return 'holder.declined'
  return error === 'invalid_scope' ? 'unsupported_scope' : 'exchange.refused'
}

/** Reads the address that a browser came back to. @throws PassportError `exchange.malformed` */
export const readCallback = (address: string, redirectUri: string): Callback => {
  if (!URL.canParse(address)) return malformed()
  const { origin, pathname, searchParams } = new URL(address)
  if (origin + pathname !== new URL(redirectUri).href) return malformed()
  const [state, code, error] = ['state', 'code', 'error'].map((name) => once(searchParams, name) ?? '')
  if (!state || Boolean(code) === Boolean(error)) return malformed()
  return code ? { state, code } : { state, refusal: reasonOf(error ?? '', once(searchParams, 'error_description')) }
}

/**
 * The flow that a callback belongs to, where it came back through the browser that began it.
 * @throws PassportError `exchange.unknown`, `exchange.untrusted`
 */
export const findFlow = async (
  book: ExchangeBook,
  { state }: Callback,
  { flow, browserSecret }: { readonly flow: Flow['detail']['flow']; readonly browserSecret: string },
): Promise<Flow> => {
  const found = (await book.bySecret(SECRETS.state, state)) as unknown as Flow | undefined
  if (found?.detail.flow !== flow) throw new PassportError('exchange.unknown', 'Nothing like this was begun')
  if (!isSameText(found.detail.browserSecret, browserSecret))
    throw new PassportError('exchange.untrusted', 'The callback came through another browser than the one that began')
  return found
}

const forgotten = (flow: Flow) => (isIssuance(flow) ? FORGOTTEN_OF_ISSUANCE : FORGOTTEN)

type Taken = Flow | undefined

const refused = (flow: Flow, reason: ExchangeReason): FlowDecision<Flow, Taken> => ({
  change: {
    to: reason === 'holder.declined' ? 'rejected' : 'failed',
    reason,
    patch: forgotten(flow),
    ...(isIssuance(flow) ? { items: [{ id: flow.detail.itemId, state: 'refused' as const }] } : {}),
  },
  answer: undefined,
})

const tooLate = (flow: Flow): FlowDecision<Flow, Taken> => ({
  // Published: the secret that the code needs is forgotten by then.
  change: { to: 'expired', reason: isIssuance(flow) ? 'exchange.expired' : 'no_code_verifier', patch: forgotten(flow) },
  answer: undefined,
})

/** Takes a flow for one attempt; nobody else is at it until the lease is over. */
const lease = (flow: Flow, brought: Brought, now: number): FlowDecision<Flow, Taken> => {
  const until = now + GATEWAY_LIMITS.callbackLease
  const leased = { ...brought, leaseUntil: until }
  return {
    change: {
      ...(flow.state === 'accepted' ? {} : { to: 'accepted' as const }),
      patch: { brought: leased },
      expiresAt: until,
    },
    answer: { ...flow, state: 'accepted', detail: { ...flow.detail, brought: leased } } as unknown as Flow,
  }
}

const take = (flow: Flow, { code, refusal }: Callback, now: number): FlowDecision<Flow, Taken> => {
  const { brought } = flow.detail
  if (isEnded(flow)) return { answer: undefined }
  if (!brought && Date.parse(flow.expiresAt) <= now) return tooLate(flow)
  if (!brought)
    return code === undefined ? refused(flow, refusal ?? 'exchange.refused') : lease(flow, { code, leaseUntil: 0 }, now)
  if (brought.code !== code)
    throw new PassportError('exchange.notAsked', 'Another callback of the same flow was there before')
  if (brought.leaseUntil > now)
    throw new PassportError('exchange.conflict', 'The callback is being seen to at this moment', { retryable: true })
  return lease(flow, brought, now)
}

/** Takes what a callback brought, once; `undefined` when the flow has ended. @throws PassportError `exchange.conflict` */
export const takeCallback = (book: ExchangeBook, { id }: Flow, callback: Callback): Promise<Taken> =>
  changeFlow<Flow, Taken>(book, id, (flow) => take(flow, callback, book.now()))

/** Takes what an earlier attempt left undone; `undefined` when there is nothing, or somebody is at it. */
export const takeLeft = (book: ExchangeBook, id: string): Promise<Taken> =>
  changeFlow<Flow, Taken>(book, id, (flow) => {
    const { brought } = flow.detail
    const isFree = brought !== undefined && brought.leaseUntil <= book.now()
    return isEnded(flow) || !isFree ? { answer: undefined } : lease(flow, brought, book.now())
  })

/** Lets go of a flow whose attempt failed, so that it can be tried again at once. */
export const letGo = (book: ExchangeBook, id: string): Promise<void> =>
  changeFlow<Flow, undefined>(book, id, (flow) => {
    const { brought } = flow.detail
    if (isEnded(flow) || !brought) return { answer: undefined }
    return { change: { patch: { brought: { ...brought, leaseUntil: 0 } } }, answer: undefined }
  })
