import type { StoreCapabilities } from './capabilities.js'

/** An exchange as it is kept. What it is about is sealed: a store can find exchanges, and never read them. */
export interface ExchangeRecord {
  readonly id: string
  /** Whose exchange it is: the employer, as it names itself. Nobody else's request ever reaches it. */
  readonly owner: string
  /** 1 when it is new, and one more with each change. */
  readonly version: number
  /** The owner's own name for it: the same name never begins two exchanges. */
  readonly idempotencyKey?: string
  /** Digests of the secrets that lead to it, such as an access token's. */
  readonly handles: readonly string[]
  /** When somebody has to see to it next (RFC 3339, UTC): it expires, or a message has to be sent. */
  readonly dueAt?: string
  /** When it may be forgotten altogether (RFC 3339, UTC). */
  readonly forgetAt: string
  /** A sealed text. */
  readonly body: string
}

/** Which exchanges to find. */
export type ExchangeQuery =
  | { readonly id: string }
  | { readonly handle: string }
  | { readonly owner: string; readonly idempotencyKey: string }
  /** Of this owner, those that are due by this time, the longest due first. */
  | { readonly owner: string; readonly dueBy: string }

/** Where exchanges with wallets are kept while they last. */
export interface ExchangeStore {
  readonly portVersion: 1
  readonly capabilities: StoreCapabilities
  /**
   * Keeps a record, durably: a new one of version 1, or the next version of one that is kept, atomically.
   * @returns `false`, and keeps nothing, when another of that version, idempotency key or handle is there already
   */
  put(record: ExchangeRecord): Promise<boolean>
  find(query: ExchangeQuery): AsyncIterable<ExchangeRecord>
  /**
   * Takes a name that may be taken once, such as a nonce's, until a time (RFC 3339, UTC) after which it means nothing.
   * @returns whether it was still free
   */
  claim(name: string, until: string): Promise<boolean>
  /** Removes records and names whose time is over. @returns how many records */
  forget(now: string): Promise<number>
}
