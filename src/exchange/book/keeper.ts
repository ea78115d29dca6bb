import { type Exchange, isEnded } from '../exchange.js'
import type { ExchangeBook } from './exchange-book.js'

/** What is done about exchanges that nobody else ends. */
export interface KeeperOptions {
  readonly book: ExchangeBook
  /** Ends an exchange whose time is over, as its protocol says; by the name of the protocol. */
  readonly expire: Readonly<Record<string, (exchange: Exchange) => Promise<void>>>
  /** Tells the owner's own system of what happened. */
  readonly deliver?: (exchange: Exchange) => Promise<void>
  /** Told of what could not be done, which is tried again the next time. */
  readonly onError?: (error: unknown) => void
}

/** Sees to exchanges whose time has come. */
export interface ExchangeKeeper {
  /** Does what is due now. Call it often, or {@link ExchangeKeeper.start}. @returns how many exchanges it saw to */
  keep(): Promise<number>
  /** Keeps on keeping, each so many milliseconds, until the function that it returns is called. */
  start(everyMilliseconds?: number): () => Promise<void>
}

const EVERY = 1_000
/** What is over is forgotten after days: looking for it each second would be waste. */
const FORGET_EVERY = 600_000

/** Creates the keeper of a book: exchanges end by themselves, and their owner's system hears of it. */
export const createKeeper = ({ book, expire, deliver, onError }: KeeperOptions): ExchangeKeeper => {
  const seeTo = async (exchange: Exchange): Promise<void> => {
    const end = expire[exchange.protocol]
    if (!isEnded(exchange) && Date.parse(exchange.expiresAt) <= book.now() && end) await end(exchange)
    const now = await book.byId(exchange.id)
    if (now) await deliver?.(now)
  }
  let forgotAt = Number.NEGATIVE_INFINITY
  const forget = async (): Promise<void> => {
    if (book.now() - forgotAt < FORGET_EVERY) return
    forgotAt = book.now()
    await book.forget()
  }
  const keep = async (): Promise<number> => {
    let seen = 0
    for await (const exchange of book.due()) {
      seen += 1
      // One that fails must not keep the others waiting.
      await seeTo(exchange).catch((error: unknown) => onError?.(error))
    }
    await forget()
    return seen
  }
  return {
    keep,
    start: (everyMilliseconds = EVERY) => {
      let running: Promise<unknown> = Promise.resolve()
      let stopped = false
      const again = (): void => {
        if (stopped) return
        running = keep()
          .catch((error: unknown) => onError?.(error))
          .then(() => {
            timer = setTimeout(again, everyMilliseconds)
          })
      }
      let timer = setTimeout(again, 0)
      return async () => {
        stopped = true
        clearTimeout(timer)
        await running
        clearTimeout(timer)
      }
    },
  }
}
