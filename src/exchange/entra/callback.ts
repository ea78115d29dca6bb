import type { JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { Change, Decision } from '../book/exchange-book.js'
import type { ExchangeKind } from '../exchange.js'
import { readJson } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, OAuthRefusal, refuse } from '../oauth/refusal.js'
import { isSameText } from '../oauth/same-text.js'
import { type EntraOutcome, judgeShown, readShown, type Shown } from './outcome.js'
import { asDetail, bare, type EntraRecord, isOpen, STATE } from './record.js'
import type { EntraSettings } from './settings.js'

type Detail = EntraRecord['detail']

const RETRIEVED = 'request_retrieved'
const VERIFIED = 'presentation_verified'

/** What Entra tells of each kind of exchange. */
const STATUSES: Readonly<Record<ExchangeKind, readonly string[]>> = {
  offer: [RETRIEVED, 'issuance_successful', 'issuance_error'],
  request: [RETRIEVED, VERIFIED, 'presentation_error'],
}

/** A callback, read. */
interface Told {
  readonly status: string
  /** Of a presentation that Entra verified. */
  readonly shown: readonly Shown[]
}

type EntraChange = Change<Detail>

const opened = (exchange: EntraRecord, now: number): EntraChange => ({
  to: 'opened',
  // The holder has it before them, and is given the time to decide.
  expiresAt: Math.max(Date.parse(exchange.expiresAt), now + EXCHANGE_LIMITS.takingTime),
})

const issued = ({ detail }: EntraRecord, isGood: boolean): EntraChange => {
  const item = (state: 'accepted' | 'refused') => [{ id: detail.itemId ?? '', state }]
  return isGood
    ? { to: 'completed', items: item('accepted') }
    : { to: 'failed', reason: 'exchange.refused', items: item('refused') }
}

const presented = (outcome: EntraOutcome): EntraChange =>
  outcome.verdict === 'accepted' ? { to: 'completed' } : { to: 'failed', reason: 'presentation.refused' }

const outcomeOf = ({ detail }: EntraRecord, { status, shown }: Told, now: number): EntraOutcome =>
  status === VERIFIED ? judgeShown(detail.questions ?? [], shown, now) : { verdict: 'rejected', faults: [] }

const ended = (exchange: EntraRecord, told: Told, now: number): EntraChange => {
  const end = { ...bare(exchange.detail), told: told.status }
  if (exchange.kind === 'offer')
    return { ...issued(exchange, told.status === 'issuance_successful'), detail: asDetail(end) }
  const outcome = outcomeOf(exchange, told, now)
  return { ...presented(outcome), detail: asDetail({ ...end, outcome }) }
}

// Callbacks come twice, and not in their order: one that says nothing new is no change, one that comes too late is refused.
const decide = (exchange: EntraRecord, told: Told, now: number): Decision<Detail, boolean> => {
  const { status } = told
  const isKnown = exchange.detail.told === status || (status === RETRIEVED && exchange.detail.told !== undefined)
  if (isKnown) return { answer: true }
  if (!isOpen(exchange, now)) return { answer: false }
  if (status !== RETRIEVED) return { change: ended(exchange, told, now), answer: true }
  return exchange.state === 'created' ? { change: opened(exchange, now), answer: true } : { answer: true }
}

const checkKey = ({ apiKey }: EntraSettings, { headers }: EndpointRequest): void => {
  if (!isSameText(headers.get('api-key') ?? '', apiKey))
    refuse('invalid_client', 'The api-key is not the right one', 401)
}

const unknown = (): never => refuse('invalid_request', 'There is nothing of this name to tell of', 404)

const readTold = ({ requestStatus: status, verifiedCredentialsData: data }: JsonObject, kind: ExchangeKind): Told => {
  if (typeof status !== 'string' || !STATUSES[kind].includes(status))
    return refuse('invalid_request', 'requestStatus is none of those that are expected here')
  if (status !== VERIFIED) return { status, shown: [] }
  const shown = readShown(data) ?? refuse('invalid_request', 'verifiedCredentialsData must list what was verified')
  return { status, shown }
}

const find = async ({ book }: EntraSettings, { state, requestId }: JsonObject): Promise<EntraRecord> => {
  if (typeof state !== 'string' || typeof requestId !== 'string') return unknown()
  const found = (await book.bySecret(STATE, state)) as EntraRecord | undefined
  // Of a request that was made and lost again, nobody ever had the address.
  return found?.detail.requestId !== undefined && isSameText(found.detail.requestId, requestId) ? found : unknown()
}

/**
 * The callback endpoint: Entra tells what happens to its requests. Saying the same again is no change.
 * @throws OAuthRefusal 401 without the right `api-key`, 404 for an unknown `state`, 409 when it is over, 400 otherwise
 * @see Request Service REST API: callback events
 */
export const answerCallback = async (settings: EntraSettings, request: EndpointRequest): Promise<EndpointAnswer> => {
  const { book } = settings
  checkKey(settings, request)
  const body = readJson(request, 'invalid_request')
  const { id, kind } = await find(settings, body)
  const told = readTold(body, kind)
  const isTaken = await book.change<Detail, boolean>(id, (found) => decide(found as EntraRecord, told, book.now()))
  if (!isTaken) throw new OAuthRefusal('invalid_request', 'It is over', 409)
  return { status: 200, body: {}, headers: { 'cache-control': 'no-store' } }
}
