import { PassportError } from '../../core/errors.js'
import { type Exchange, isEnded } from '../exchange.js'
import type { ExchangeView, FollowOptions, PresentationOutcome } from '../wallet-exchange.js'
import type { ExchangeBook } from './exchange-book.js'

// Another process may be the one that talks with the wallet.
const POLL = 1_000

const nextChange = (book: ExchangeBook, id: string, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      unwatch()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, POLL)
    const unwatch = book.watch((changed) => changed.id === id && done())
    signal?.addEventListener('abort', done)
  })

/** What came of an exchange, for whoever proves that it is for them. */
export type OutcomeOf = (exchange: Exchange, proof: FollowOptions['proof']) => PresentationOutcome | undefined

const viewsOf = (
  exchange: Exchange,
  after: number,
  outcome: PresentationOutcome | undefined,
): readonly ExchangeView[] => {
  const { id, kind, state, reason, createdAt, expiresAt } = exchange
  const view = { id, kind, state, ...(reason === undefined ? {} : { reason }), createdAt, expiresAt }
  return exchange.events
    .filter(({ number }) => number > after)
    .map((event) => ({ ...view, event, ...(outcome === undefined ? {} : { outcome }) }))
}

/** What happened in an exchange and what happens until it ends. @throws PassportError `exchange.unknown` */
export async function* followExchange(
  book: ExchangeBook,
  id: string,
  { after = 0, signal, proof }: FollowOptions = {},
  outcomeOf?: OutcomeOf,
): AsyncIterable<ExchangeView> {
  let seen = after
  while (!signal?.aborted) {
    // Watched from before it is read: a change in between is not missed for long.
    const change = new AbortController()
    const changed = nextChange(book, id, signal ? AbortSignal.any([signal, change.signal]) : change.signal)
    const exchange = await book.byId(id)
    if (!exchange) throw new PassportError('exchange.unknown', 'There is no such exchange')
    const views = viewsOf(exchange, seen, outcomeOf?.(exchange, proof))
    seen = Math.max(seen, exchange.events.length)
    if (views.length > 0 || isEnded(exchange)) change.abort()
    yield* views
    if (isEnded(exchange)) return
    await changed
  }
}
