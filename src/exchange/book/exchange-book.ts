import { formatDateTime } from '../../codec/date-time.js'
import { plainKey } from '../../codec/plain-text.js'
import { type Clock, systemClock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { asJsonObject, type JsonObject } from '../../core/json.js'
import { createSeal, type Seal } from '../../crypto/seal.js'
import type { ExchangeRecord, ExchangeStore } from '../../ports/exchange-store.js'
import {
  type Exchange,
  type ExchangeEvent,
  type ExchangeKind,
  type ExchangeReason,
  type ExchangeState,
  type ItemState,
  isEnded,
  mayBecome,
} from '../exchange.js'
import { checkValidFor } from '../valid-for.js'
import { handleOf, isHandleOf, newSecret } from './handles.js'

/** What exchanges are kept with. */
export interface ExchangeBookOptions {
  readonly store: ExchangeStore
  /** The employer, as it names itself: its DID, or its ODS code. Exchanges of other owners do not exist for it. */
  readonly owner: string
  /** 32 random bytes. What an exchange is about holds personal data, and is kept under this key. */
  readonly sealingKey: Uint8Array
  readonly clock?: Clock
  /** How long an exchange is remembered after it ended, in seconds; by default thirty days. */
  readonly rememberForSeconds?: number
}

/** How an exchange begins. */
export interface Beginning<Detail extends JsonObject> {
  readonly protocol: string
  readonly kind: ExchangeKind
  readonly detail: Detail
  /** Secrets that lead to it, by kind. */
  readonly secrets: Readonly<Record<string, string>>
  readonly validForSeconds: number
  readonly idempotencyKey?: string
}

/** What changes in an exchange. */
export interface Change<Detail extends JsonObject> {
  readonly to?: ExchangeState
  readonly reason?: ExchangeReason
  readonly detail?: Detail
  /** Offered credentials that something happened to. */
  readonly items?: readonly { readonly id: string; readonly state: ItemState; readonly credentialId?: string }[]
  /** The secret of a kind that leads to it from now on, in place of any before; `null` for none. */
  readonly secrets?: Readonly<Record<string, string | null>>
  readonly expiresAt?: number
}

/** A change, and what whoever asked for it is told. */
export interface Decision<Detail extends JsonObject, Answer> {
  readonly change?: Change<Detail>
  readonly answer: Answer
}

type Kept = Omit<Exchange, 'id'>
/** Told of an exchange that changed. */
export type ExchangeListener = (exchange: Exchange) => void

const ATTEMPTS = 50
const THIRTY_DAYS = 2_592_000
const SECOND = 1000

/** The exchanges of one owner: begun, found, and changed one change at a time. */
export class ExchangeBook {
  readonly owner: string
  readonly clock: Clock
  private readonly store: ExchangeStore
  private readonly seal: Seal
  private readonly rememberFor: number
  private readonly listeners = new Set<ExchangeListener>()
  private readonly turns = new Map<string, Promise<unknown>>()
  private delivers = false

  constructor(options: ExchangeBookOptions) {
    if (options.store?.portVersion !== 1) throw new TypeError('store must implement ExchangeStore, version 1')
    if (typeof options.owner !== 'string' || options.owner === '') throw new TypeError('owner must be a text')
    this.owner = options.owner
    this.store = options.store
    this.seal = createSeal(options.sealingKey)
    this.clock = options.clock ?? systemClock
    this.rememberFor = (options.rememberForSeconds ?? THIRTY_DAYS) * SECOND
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.clock.now().getTime()
  }

  /** Calls a listener after each change, until the function that it returns is called. */
  watch(listener: ExchangeListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** From now on, an exchange with events to tell is due. */
  expectDelivery(): void {
    this.delivers = true
  }

  /**
   * Begins an exchange, once for each of the owner's names for it.
   * @returns the exchange; one that had begun before, as it now stands
   * @throws TypeError when validForSeconds is not whole seconds, at most a year of them
   */
  async begin<Detail extends JsonObject>(beginning: Beginning<Detail>): Promise<Exchange<Detail>> {
    const { protocol, kind, detail, secrets, validForSeconds } = beginning
    const idempotencyKey = beginning.idempotencyKey === undefined ? undefined : plainKey(beginning.idempotencyKey)
    checkValidFor(validForSeconds)
    const now = this.now()
    const at = formatDateTime(now)
    const exchange: Exchange<Detail> = {
      id: newSecret(),
      protocol,
      kind,
      state: 'created',
      createdAt: at,
      expiresAt: formatDateTime(now + validForSeconds * SECOND),
      events: [{ number: 1, at, state: 'created' }],
      detail,
    }
    const handles = Object.entries(secrets).map(([name, secret]) => handleOf(name, secret))
    if (await this.store.put({ ...named({ idempotencyKey }), ...(await this.toRecord(exchange, 1, handles)) })) {
      this.tell(exchange)
      return exchange
    }
    const known = idempotencyKey === undefined ? undefined : await this.first({ owner: this.owner, idempotencyKey })
    if (!known) throw new PassportError('exchange.conflict', 'The exchange could not be kept', { retryable: true })
    return (await this.fromRecord(known)) as Exchange<Detail>
  }

  /** The exchange of this id, if it is the owner's. */
  async byId<Detail extends JsonObject = JsonObject>(id: string): Promise<Exchange<Detail> | undefined> {
    const record = await this.first({ id })
    return record && ((await this.fromRecord(record)) as Exchange<Detail>)
  }

  /** The exchange that a secret of this kind leads to, if it is the owner's. */
  async bySecret<Detail extends JsonObject = JsonObject>(
    kind: string,
    secret: string,
  ): Promise<Exchange<Detail> | undefined> {
    const record = await this.first({ handle: handleOf(kind, secret) })
    return record && ((await this.fromRecord(record)) as Exchange<Detail>)
  }

  /** Takes something that may be taken once, such as a nonce, until a time. @returns whether it was free */
  once(kind: string, value: string, untilTime: number): Promise<boolean> {
    return this.store.claim(handleOf(kind, `${this.owner} ${value}`), formatDateTime(untilTime + SECOND))
  }

  /**
   * Changes an exchange as decided by a function that looks at it as it stands. The function may be asked more than once,
   * and must do nothing but decide.
   * @throws PassportError `exchange.unknown`; `exchange.conflict` when others change it all the time
   */
  change<Detail extends JsonObject, Answer>(
    id: string,
    decide: (exchange: Exchange<Detail>) => Decision<Detail, Answer> | Promise<Decision<Detail, Answer>>,
  ): Promise<Answer> {
    // One at a time within this process; between processes, the store's versions tell who was first.
    const before = this.turns.get(id) ?? Promise.resolve()
    const turn = before.then(() => this.changeNow(id, decide))
    const settled = turn.catch(() => undefined)
    this.turns.set(id, settled)
    settled.then(() => this.turns.get(id) === settled && this.turns.delete(id))
    return turn
  }

  /** Exchanges that somebody has to see to. */
  async *due(): AsyncIterable<Exchange> {
    // Compared as texts, in which a fraction of a second sorts before the whole one.
    const dueBy = formatDateTime(Math.floor(this.now() / SECOND) * SECOND)
    for await (const record of this.store.find({ owner: this.owner, dueBy })) yield await this.fromRecord(record)
  }

  /** Forgets what is over. @returns how many exchanges */
  forget(): Promise<number> {
    return this.store.forget(formatDateTime(this.now()))
  }

  private async changeNow<Detail extends JsonObject, Answer>(
    id: string,
    decide: (exchange: Exchange<Detail>) => Decision<Detail, Answer> | Promise<Decision<Detail, Answer>>,
  ): Promise<Answer> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const record = await this.first({ id })
      if (!record) throw new PassportError('exchange.unknown', 'There is no such exchange')
      const exchange = (await this.fromRecord(record)) as Exchange<Detail>
      const { change, answer } = await decide(exchange)
      if (!change) return answer
      const next = this.apply(exchange, change)
      const handles = nextHandles(record.handles, change.secrets ?? {})
      if (await this.store.put({ ...named(record), ...(await this.toRecord(next, record.version + 1, handles)) })) {
        this.tell(next)
        return answer
      }
    }
    throw new PassportError('exchange.conflict', 'The exchange is being changed by others', { retryable: true })
  }

  private apply<Detail extends JsonObject>(exchange: Exchange<Detail>, change: Change<Detail>): Exchange<Detail> {
    const state = change.to ?? exchange.state
    if (state !== exchange.state && !mayBecome(exchange.state, state))
      throw new PassportError('exchange.ended', `An exchange that is ${exchange.state} cannot become ${state}`)
    const at = formatDateTime(this.now())
    const { reason } = change
    const turned = { at, state, ...(reason === undefined ? {} : { reason }) }
    const news: Omit<ExchangeEvent, 'number'>[] = [
      ...(change.items ?? []).map((item) => ({ at, state: exchange.state, item })),
      ...(state === exchange.state ? [] : [turned]),
    ]
    const events = news.map((event, index) => ({ number: exchange.events.length + index + 1, ...event }))
    return {
      ...exchange,
      state,
      ...(reason === undefined ? {} : { reason }),
      ...(change.expiresAt === undefined ? {} : { expiresAt: formatDateTime(change.expiresAt) }),
      events: [...exchange.events, ...events],
      detail: change.detail ?? exchange.detail,
    }
  }

  private dueAt(exchange: Exchange): string | undefined {
    const delivery = deliveryOf(exchange)
    const undelivered = this.delivers && delivery.delivered < exchange.events.length
    const times = [
      ...(undelivered ? [delivery.retryAt ?? formatDateTime(this.now())] : []),
      ...(isEnded(exchange) ? [] : [exchange.expiresAt]),
    ]
    return times.sort()[0]
  }

  private async toRecord(exchange: Exchange, version: number, handles: readonly string[]): Promise<ExchangeRecord> {
    const { id, ...kept } = exchange
    const dueAt = this.dueAt(exchange)
    const end = Math.max(Date.parse(exchange.expiresAt), this.now())
    return {
      id,
      owner: this.owner,
      version,
      handles,
      ...(dueAt === undefined ? {} : { dueAt }),
      forgetAt: formatDateTime(end + this.rememberFor),
      body: await this.seal.close(asJsonObject(kept), id),
    }
  }

  private async fromRecord({ id, body }: ExchangeRecord): Promise<Exchange> {
    return { id, ...((await this.seal.open(body, id)) as unknown as Kept) }
  }

  private async first(query: Parameters<ExchangeStore['find']>[0]): Promise<ExchangeRecord | undefined> {
    for await (const record of this.store.find(query)) if (record.owner === this.owner) return record
    return undefined
  }

  private tell(exchange: Exchange): void {
    for (const listener of this.listeners) listener(exchange)
  }
}

/** How far an exchange's events were sent to the owner's own system. */
export interface Delivery extends JsonObject {
  readonly delivered: number
  readonly attempts: number
}

const NOTHING_DELIVERED = { delivered: 0, attempts: 0 }

/** How far an exchange's events were delivered. */
export const deliveryOf = ({ detail }: Exchange): Delivery & { readonly retryAt?: string } =>
  (detail.delivery as (Delivery & { readonly retryAt?: string }) | undefined) ?? NOTHING_DELIVERED

const named = ({ idempotencyKey }: { readonly idempotencyKey?: string | undefined }) =>
  idempotencyKey === undefined ? {} : { idempotencyKey }

const nextHandles = (
  handles: readonly string[],
  secrets: Readonly<Record<string, string | null>>,
): readonly string[] => {
  const kept = handles.filter((handle) => !Object.keys(secrets).some((kind) => isHandleOf(kind, handle)))
  const added = Object.entries(secrets).flatMap(([kind, secret]) =>
    typeof secret === 'string' ? [handleOf(kind, secret)] : [],
  )
  return [...new Set([...kept, ...added])]
}
