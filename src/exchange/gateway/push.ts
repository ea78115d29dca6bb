import { SignJWT } from 'jose'
import { formatDateTime } from '../../codec/date-time.js'
import { PassportError } from '../../core/errors.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import { isEnded } from '../exchange.js'
import type { BrowserInvitation } from './begin-verification.js'
import { asForm, callGateway, readAnswer } from './call.js'
import { UNIQUE_IDENTIFIER } from './claim-names.js'
import { changeFlow, FORGOTTEN_OF_ISSUANCE, type Issuance, type IssuanceDetail } from './flow.js'
import type { GatewaySettings } from './settings.js'

const SECOND = 1000
const CREATED = 201

const hintEnd = ({ hintExpiry }: GatewaySettings, { credentialEnd }: IssuanceDetail, now: number): number =>
  credentialEnd === undefined || hintExpiry === 'fiveMinutes'
    ? now + GATEWAY_LIMITS.hintLife
    : Date.parse(credentialEnd)

/** What the credential is to say, as the gateway takes it. */
const hintOf = (settings: GatewaySettings, detail: IssuanceDetail): Promise<string> => {
  const now = settings.book.now()
  const seconds = (moment: number): number => Math.floor(moment / SECOND)
  return new SignJWT({ ...detail.content, [UNIQUE_IDENTIFIER]: detail.uniqueIdentifier })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(`${settings.url}/oidc`)
    .setIssuer(settings.clientId)
    .setIssuedAt(seconds(now))
    .setNotBefore(seconds(now))
    .setExpirationTime(seconds(hintEnd(settings, detail, now)))
    .sign(settings.hintKey)
}

const push = async (settings: GatewaySettings, { detail }: Issuance) => {
  const { clientId, clientSecret, redirectUris } = settings
  const form = asForm({
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUris.issuance,
    scope: `issue.${detail.template}`,
    id_token_hint: await hintOf(settings, detail),
    response_type: 'code',
    response_mode: 'query',
    nonce: detail.nonce,
    state: detail.state,
  })
  // Pushing twice leaves a request that nobody comes for.
  return readAnswer(await callGateway(settings, { path: '/oidc/par', repeatable: true, ...form }), CREATED)
}

const refuse = async ({ book }: GatewaySettings, { id }: Issuance, error: string): Promise<never> => {
  const reason = error === 'invalid_scope' ? 'unsupported_scope' : 'exchange.refused'
  await changeFlow<Issuance, undefined>(book, id, (flow) =>
    isEnded(flow)
      ? { answer: undefined }
      : { change: { to: 'failed', reason, patch: FORGOTTEN_OF_ISSUANCE }, answer: undefined },
  )
  throw new PassportError('exchange.refused', `The gateway refused what is to be issued: ${error}`)
}

type Pushed = NonNullable<IssuanceDetail['pushed']>

const pushAnew = async (settings: GatewaySettings, flow: Issuance): Promise<Pushed> => {
  const answer = await push(settings, flow)
  if (!answer.ok) return refuse(settings, flow, answer.error)
  const { request_uri: requestUri, expires_in: seconds } = answer.body
  if (typeof requestUri !== 'string' || typeof seconds !== 'number' || !(seconds > 0))
    throw new PassportError('exchange.malformed', 'The gateway’s answer is not a pushed request')
  const pushed = { requestUri, expiresAt: settings.book.now() + seconds * SECOND }
  await changeFlow<Issuance, undefined>(settings.book, flow.id, () => ({
    change: { patch: { pushed } },
    answer: undefined,
  }))
  return pushed
}

/** Hands the gateway what is to be issued, and gives what to hand to the holder's browser. @throws PassportError */
export const pushIssuance = async (settings: GatewaySettings, flow: Issuance): Promise<BrowserInvitation> => {
  const { pushed, browserSecret } = flow.detail
  const isUsable = pushed !== undefined && pushed.expiresAt > settings.book.now()
  const { requestUri, expiresAt } = isUsable ? pushed : await pushAnew(settings, flow)
  const address = new URL(`${settings.url}/oidc/authorize`)
  address.search = new URLSearchParams({ client_id: settings.clientId, request_uri: requestUri }).toString()
  return {
    exchangeId: flow.id,
    uri: address.href,
    expiresAt: formatDateTime(Math.min(expiresAt, Date.parse(flow.expiresAt))),
    browserSecret,
  }
}
