import { ERROR_CODES, type ErrorCode } from '../../core/codes.js'
import { ClaimsError, PassportError } from '../../core/errors.js'
import { LIMITS } from '../../core/limits.js'
import type { AccessKeys } from '../../exchange/access-keys.js'
import { fitsQrCode, qrCode } from '../../exchange/qr-code.js'
import type { ExchangeView, FollowOptions, Invitation, WalletExchange } from '../../exchange/wallet-exchange.js'
import type { Answer, Call, Reply, Route } from '../answer.js'
import { createBearerGuard } from '../bearer.js'
import { plainProblem, problem, RequestProblem } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'
import { readJsonBody } from '../read-json.js'
import { type RoutingOptions, routeRequests } from '../route-requests.js'
import { asJson, numberIn, readOffer, readRequest } from './bodies.js'

/** What an employer's own system reaches. */
export interface ExchangesApiOptions extends Pick<RoutingOptions, 'hosts' | 'log' | 'onError'> {
  readonly exchange: WalletExchange
  /** At least 32 characters; whoever has it offers and asks in the employer's name. */
  readonly token: string
  /** For offers with `proof: 'signIn'`: gives each its access key. */
  readonly accessKeys?: AccessKeys
  /** Ends the waiting for events when the server stops. */
  readonly stopping?: AbortSignal
}

const STATUSES: Partial<Record<ErrorCode, number>> = {
  'exchange.unknown': 404,
  'exchange.ended': 409,
  'exchange.refused': 409,
  'exchange.untrusted': 409,
  'exchange.expired': 409,
}

const claimsProblem = ({ faults }: ClaimsError): RequestProblem =>
  new RequestProblem(
    400,
    faults.map(({ path, code, sentence, mend }) =>
      problem(problemType(code), `${sentence} ${mend}`, { code, pointer: path }),
    ),
  )

// What the library says of misuse names no value; it is as good for whoever calls from another language.
const asProblem = (error: unknown): unknown => {
  if (error instanceof ClaimsError) return claimsProblem(error)
  if (error instanceof TypeError) return new RequestProblem(400, [problem(REQUEST_PROBLEMS.malformed, error.message)])
  if (!(error instanceof PassportError)) return error
  const { meaning, mend } = ERROR_CODES[error.code]
  const status = STATUSES[error.code] ?? 503
  const headers: Readonly<Record<string, string>> = status === 503 ? { 'retry-after': '2' } : {}
  return new RequestProblem(status, [plainProblem(status, `${meaning} ${mend}`, { code: error.code })], headers)
}

const orProblem =
  (answer: Answer): Answer =>
  (call) =>
    answer(call).catch((error: unknown) => {
      throw asProblem(error)
    })

const invited = (invitation: Invitation, more: { readonly accessKey?: string } = {}): Reply => ({
  status: 201,
  headers: { location: `/exchanges/${invitation.exchangeId}` },
  // What does not fit is handed over as a link: the exchange has begun.
  body: asJson({ ...invitation, ...more, ...(fitsQrCode(invitation.uri) ? { qrCode: qrCode(invitation.uri) } : {}) }),
})

const readBody = (request: Request) => readJsonBody(request, LIMITS.inputBytes)

const offer =
  ({ exchange, accessKeys }: ExchangesApiOptions): Answer =>
  async ({ request }) => {
    const wanted = readOffer(await readBody(request))
    const invitation = await exchange.offer(wanted)
    const isByKey = wanted.proof === 'signIn' && accessKeys !== undefined
    return invited(invitation, isByKey ? { accessKey: accessKeys.of(invitation.exchangeId) } : {})
  }

const ask =
  ({ exchange }: ExchangesApiOptions): Answer =>
  async ({ request }) =>
    invited(await exchange.request(readRequest(await readBody(request))))

// In headers, not in the address: addresses are logged and kept.
const proofIn = ({ headers }: Request): Pick<FollowOptions, 'proof'> => {
  const browserSecret = headers.get('browser-secret')
  const responseCode = headers.get('response-code')
  return browserSecret === null ? {} : { proof: { browserSecret, ...(responseCode === null ? {} : { responseCode }) } }
}

const SECOND = 1000
const LONGEST_WAIT = 30
const MOST_EVENTS = 999_999_999

/** The events after a number: what there is, or the first that comes within some seconds. */
const eventsAfter = async (
  { exchange, stopping }: ExchangesApiOptions,
  { request, parameters: { id = '' } }: Call,
  after: number,
  seconds: number,
): Promise<readonly ExchangeView[]> => {
  const enough = new AbortController()
  const timer = setTimeout(() => enough.abort(), seconds * SECOND)
  const signal = stopping ? AbortSignal.any([enough.signal, stopping]) : enough.signal
  const views: ExchangeView[] = []
  try {
    for await (const view of exchange.follow(id, { after, signal, ...proofIn(request) })) {
      views.push(view)
      // The rest of what is there already comes without waiting.
      setTimeout(() => enough.abort(), 0)
    }
  } finally {
    clearTimeout(timer)
  }
  return views
}

const events =
  (options: ExchangesApiOptions): Answer =>
  async (call) => {
    const after = numberIn(call.request, 'after', MOST_EVENTS)
    const seconds = numberIn(call.request, 'wait', LONGEST_WAIT)
    return { status: 200, body: asJson({ events: await eventsAfter(options, call, after, seconds) }) }
  }

const view =
  (options: ExchangesApiOptions): Answer =>
  async (call) => {
    const last = (await eventsAfter(options, call, 0, 1)).at(-1)
    return { status: 200, body: asJson(last ?? {}) }
  }

const cancel =
  ({ exchange }: ExchangesApiOptions): Answer =>
  async ({ parameters: { id = '' } }) => {
    await exchange.cancel(id)
    return { status: 204 }
  }

const ENDPOINTS: readonly (readonly [Route['method'], string, (options: ExchangesApiOptions) => Answer])[] = [
  ['POST', '/exchanges/offers', offer],
  ['POST', '/exchanges/requests', ask],
  ['GET', '/exchanges/:id', view],
  ['GET', '/exchanges/:id/events', events],
  ['POST', '/exchanges/:id/cancel', cancel],
]

/**
 * A way to a {@link WalletExchange} over HTTP, for an employer's own system in any language: offer, ask, look, wait, cancel.
 * Only for whoever has the token. It answers every request, never throws, and logs nothing that a sender wrote.
 * @throws TypeError when the token does not fit
 */
export const createExchangesApi = (options: ExchangesApiOptions): ((request: Request) => Promise<Response>) => {
  const { hosts, log, onError, token } = options
  const routes = ENDPOINTS.map(([method, path, make]) => ({
    method,
    path,
    guarded: true,
    answer: orProblem(make(options)),
  }))
  return routeRequests(routes, {
    guard: createBearerGuard(token),
    ...(hosts ? { hosts } : {}),
    ...(log ? { log } : {}),
    ...(onError ? { onError } : {}),
  })
}
