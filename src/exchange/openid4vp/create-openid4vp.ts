import { compactDecrypt, importJWK } from 'jose'
import { parseStrictJson } from '../../codec/strict-json.js'
import { PassportError } from '../../core/errors.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { Decision } from '../book/exchange-book.js'
import { newSecret } from '../book/handles.js'
import { type Exchange, isEnded } from '../exchange.js'
import { readForm } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import { isSameText } from '../oauth/same-text.js'
import type { Endpoint } from '../openid4vci/create-openid4vci.js'
import { RESPONSE_ENCRYPTION } from '../openid4vci/encryption.js'
import type { FollowOptions, Invitation, PresentationOutcome, PresentationRequest } from '../wallet-exchange.js'
import { makeRequest, requestPayload, requestUri, responseUri } from './make-request.js'
import { readResponse, requestObject } from './messages.js'
import { asDetail, isOpen, type Request, type RequestDetail, SECRETS } from './request.js'
import { checkOptions, clientIdOf, type Openid4vpOptions, type Openid4vpSettings } from './settings.js'
import { readVpToken, type VpToken, verifyResponse } from './verify-response.js'

type Detail = Request['detail']

/** An OpenID4VP verifier: requests to make, and endpoints for wallets to call. */
export interface Openid4vp {
  readonly url: string
  request(request: PresentationRequest): Promise<Invitation>
  cancel(exchangeId: string): Promise<void>
  /** Ends a request whose time is over; an answer that a crash left unverified is verified. */
  expire(exchange: Exchange): Promise<void>
  /** What came of a request, for the browser that began it; `undefined` for anybody else, and while there is nothing. */
  outcome(exchange: Exchange, proof: FollowOptions['proof']): PresentationOutcome | undefined
  readonly endpoints: Readonly<Record<keyof typeof ENDPOINTS, Endpoint>>
}

type Answer = (settings: Openid4vpSettings, request: EndpointRequest) => Promise<EndpointAnswer>

const NOT_KEPT = { 'cache-control': 'no-store' }
const OVER = 'The request was answered, is over, or was never made'

const lastSegment = ({ url }: EndpointRequest): string => new URL(url).pathname.split('/').at(-1) ?? ''

const walletNonceOf = (request: EndpointRequest): JsonObject => {
  const nonce = request.method === 'POST' ? readForm(request).wallet_nonce : undefined
  return nonce === undefined ? {} : { wallet_nonce: nonce }
}

const answerRequest: Answer = async (settings, request) => {
  const { book, client } = settings
  const found = (await book.bySecret(SECRETS.request, lastSegment(request))) as Request | undefined
  if (!found || !isOpen(found, book.now()) || client.prefix === 'redirect_uri')
    return refuse('invalid_request', OVER, 404)
  const nonce = walletNonceOf(request)
  if (found.state === 'created')
    await book.change<Detail, undefined>(found.id, ({ state }) => ({
      ...(state === 'created' ? { change: { to: 'opened' as const } } : {}),
      answer: undefined,
    }))
  const payload = { ...requestPayload(settings, found), ...nonce }
  const body = await requestObject(payload, client.signer, {
    requestUri: requestUri(settings, found),
    now: book.clock.now(),
  })
  return { status: 200, body, contentType: 'application/oauth-authz-req+jwt', headers: NOT_KEPT }
}

const decrypt = async (response: string, { decryptionKey }: RequestDetail): Promise<JsonObject | undefined> => {
  if (!decryptionKey) return undefined
  const key = await importJWK({ ...decryptionKey, alg: 'ECDH-ES' })
  const opened = await compactDecrypt(response, key, {
    keyManagementAlgorithms: [...RESPONSE_ENCRYPTION.algorithms],
    contentEncryptionAlgorithms: [...RESPONSE_ENCRYPTION.contents],
  }).catch(() => undefined)
  const parsed = opened && parseStrictJson(opened.plaintext)
  return parsed?.ok && isJsonObject(parsed.value) ? parsed.value : undefined
}

// What stands in a form is text; a presentation and its lists are JSON in it.
const withParsed = (form: Readonly<Record<string, string>>): JsonObject | undefined => {
  if (form.vp_token === undefined) return form
  const parsed = parseStrictJson(form.vp_token)
  return parsed.ok ? { ...form, vp_token: parsed.value } : undefined
}

const bad = (description: string): never => refuse('invalid_request', description)

// A wallet may say in the clear that it does not answer; what it answers comes as it was asked for.
const readAnswer = async (request: EndpointRequest, { detail }: Request): Promise<JsonObject> => {
  const form = readForm(request)
  const isSealed = form.response !== undefined
  if (!isSealed && form.error === undefined && detail.decryptionKey) return bad('The answer has to be encrypted')
  const payload = isSealed ? await decrypt(form.response ?? '', detail) : withParsed(form)
  const read = payload && readResponse(payload)
  return payload && (read || typeof payload.error === 'string') ? payload : bad('The answer is not one of OpenID4VP')
}

const isTheirs = (payload: JsonObject, { detail }: Request): boolean =>
  typeof payload.state === 'string' && isSameText(payload.state, detail.state)

const leadBack = ({ detail }: Request, code: string): JsonObject => {
  if (detail.device !== 'same' || detail.returnUrl === undefined) return {}
  const uri = new URL(detail.returnUrl)
  uri.searchParams.set('response_code', code)
  return { redirect_uri: uri.href }
}

/** What is left of a request that ended. */
const bare = (detail: RequestDetail): RequestDetail => {
  const { received: _received, decryptionKey: _key, ...rest } = detail
  return { ...rest, secrets: { request: '', response: '', browser: rest.secrets.browser } }
}

const CLOSED = { [SECRETS.request]: null, [SECRETS.response]: null }

const decline = (
  settings: Openid4vpSettings,
  request: Request,
  error: string,
  code: string,
): Decision<Detail, boolean> => {
  if (!isOpen(request, settings.book.now())) return { answer: false }
  const reason = error === 'access_denied' ? ('holder.declined' as const) : ('holder.unable' as const)
  const detail = asDetail({ ...bare(request.detail), responseCode: code })
  return { change: { to: 'rejected', reason, detail, secrets: CLOSED }, answer: true }
}

// Taken once, before it is looked at: whatever comes a second time comes too late.
const receive = (
  settings: Openid4vpSettings,
  request: Request,
  received: VpToken,
  code: string,
): Decision<Detail, boolean> => {
  const now = settings.book.now()
  if (!isOpen(request, now)) return { answer: false }
  const detail = asDetail({ ...request.detail, received, responseCode: code })
  const expiresAt = Math.min(Date.parse(request.expiresAt), now + EXCHANGE_LIMITS.issuingLease)
  return { change: { to: 'accepted', detail, secrets: { [SECRETS.response]: null }, expiresAt }, answer: true }
}

const conclude = (request: Request, outcome: PresentationOutcome): Decision<Detail, undefined> => {
  if (isEnded(request)) return { answer: undefined }
  const detail = asDetail({ ...bare(request.detail), outcome })
  const isGood = outcome.report.verdict === 'accepted'
  const end = isGood ? { to: 'completed' as const } : { to: 'failed' as const, reason: 'presentation.refused' as const }
  return { change: { ...end, detail, secrets: CLOSED }, answer: undefined }
}

const judge = async (
  settings: Openid4vpSettings,
  request: Request,
  received: VpToken,
): Promise<PresentationOutcome> => {
  const { built, wanted, nonce } = request.detail
  const audience = clientIdOf(settings, responseUri(settings, request))
  const outcome = await verifyResponse(received, { verifier: settings.verifier, built, wanted, nonce, audience })
  await settings.book.change<Detail, undefined>(request.id, (found) => conclude(found as Request, outcome))
  return outcome
}

const answerResponse: Answer = async (settings, request) => {
  const { book } = settings
  const found = (await book.bySecret(SECRETS.response, lastSegment(request))) as Request | undefined
  if (!found || !isOpen(found, book.now())) return bad(OVER)
  const payload = await readAnswer(request, found)
  if (!isTheirs(payload, found)) return bad(OVER)
  const code = newSecret()
  const answer = { status: 200, body: leadBack(found, code), headers: NOT_KEPT }
  if (typeof payload.error === 'string') {
    const { error } = payload
    const isTaken = await book.change<Detail, boolean>(found.id, (now) =>
      decline(settings, now as Request, error, code),
    )
    return isTaken ? answer : bad(OVER)
  }
  const token = readVpToken(payload.vp_token) ?? bad('vp_token must hold presentations by the ids of the query')
  const isTaken = await book.change<Detail, boolean>(found.id, (now) => receive(settings, now as Request, token, code))
  if (!isTaken) return bad(OVER)
  const { report } = await judge(settings, found, token)
  // The browser still has to be led back, to hear that it was refused.
  if (report.verdict !== 'accepted' && found.detail.device === 'cross')
    return bad('The answer was refused: it does not hold, or does not answer what was asked')
  return answer
}

const ENDPOINTS = { request: answerRequest, response: answerResponse } as const satisfies Readonly<
  Record<string, Answer>
>

const outcomeFor = (found: Exchange, proof: FollowOptions['proof']): PresentationOutcome | undefined => {
  const { detail } = found as Request
  const { outcome, secrets, responseCode, device } = detail
  if (!outcome || !proof || !isSameText(proof.browserSecret, secrets.browser)) return undefined
  const isBack = device === 'cross' || isSameText(proof.responseCode ?? '', responseCode ?? newSecret())
  return isBack ? outcome : undefined
}

const end = async (settings: Openid4vpSettings, id: string, to: 'expired' | 'failed'): Promise<void> => {
  const unverified = await settings.book.change<Detail, Request | undefined>(id, (found) => {
    const request = found as Request
    if (isEnded(request)) return { answer: undefined }
    if (request.detail.received) return { answer: request }
    const reason = to === 'failed' ? ('owner.cancelled' as const) : ('exchange.expired' as const)
    return { change: { to, reason, detail: asDetail(bare(request.detail)), secrets: CLOSED }, answer: undefined }
  })
  if (unverified?.detail.received) await judge(settings, unverified, unverified.detail.received)
}

/**
 * Creates an OpenID4VP verifier: signed requests by reference, answers by `direct_post`, encrypted unless told otherwise,
 * every presentation verified and the query applied to what was shown.
 * @throws TypeError when an option is missing or does not fit
 * @see OpenID for Verifiable Presentations 1.0
 */
export const createOpenid4vp = (options: Openid4vpOptions): Openid4vp => {
  const settings = checkOptions(options)
  return {
    url: settings.url,
    request: (request) => makeRequest(settings, request),
    cancel: async (exchangeId) => {
      if (!(await settings.book.byId(exchangeId)))
        throw new PassportError('exchange.unknown', 'There is no such exchange')
      await end(settings, exchangeId, 'failed')
    },
    expire: ({ id }) => end(settings, id, 'expired'),
    outcome: outcomeFor,
    endpoints: {
      request: (request) => answerRequest(settings, request),
      response: (request) => answerResponse(settings, request),
    },
  }
}
