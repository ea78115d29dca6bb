import { parametersOf } from '../../gateway/authorize.js'
import { randomName } from '../../gateway/state.js'
import type { ServiceAnswer, ServiceCall } from '../../loopback.js'
import { readClaimsParameter } from './openid-claims.js'
import { type OpenIdState, type PendingCheck, type RegisteredOpenIdClient, refuse } from './openid-state.js'

const PUSHED_SECONDS = 90
const CHECK_SECONDS = 1_800
const SECOND = 1000
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

/** The client that a call is made by, where it knows its secret (RFC 6749, 2.3.1). */
export const clientOf = (
  { clients }: OpenIdState,
  { authorization }: ServiceCall,
): RegisteredOpenIdClient | undefined => {
  const [scheme, credentials = ''] = authorization.split(' ')
  const [id = '', secret = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':').map(decodeURIComponent)
  return scheme === 'Basic'
    ? clients.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret)
    : undefined
}

type Parameters = Readonly<Record<string, string>>

const isSound = ({ response_type, scope, state, nonce, code_challenge = '', code_challenge_method }: Parameters) =>
  response_type === 'code' &&
  (scope ?? '').split(' ').includes('openid') &&
  Boolean(state && nonce) &&
  code_challenge_method === 'S256' &&
  CHALLENGE.test(code_challenge)

const newCheck = (
  { clock }: OpenIdState,
  client: RegisteredOpenIdClient | undefined,
  parameters: Parameters,
  seconds: number,
): PendingCheck | undefined => {
  const { redirect_uri: redirectUri = '', state = '', nonce = '', code_challenge: codeChallenge = '' } = parameters
  const asked = readClaimsParameter(parameters.claims ?? '')
  // A stranger's address is never led to.
  const isTheirs = client?.clientId === parameters.client_id && client?.redirectUris.includes(redirectUri)
  if (!client || !isTheirs || !asked || !isSound(parameters)) return undefined
  const expiresAt = clock.now().getTime() + seconds * SECOND
  return { id: randomName(), client, redirectUri, state, nonce, codeChallenge, asked, expiresAt }
}

/** `POST /par` (RFC 9126): a question that is asked beforehand. */
export const pushRequest = (provider: OpenIdState, call: ServiceCall): ServiceAnswer => {
  const client = clientOf(provider, call)
  if (!client) return refuse(401, 'invalid_client')
  const check = newCheck(provider, client, parametersOf(new URLSearchParams(call.body)) ?? {}, PUSHED_SECONDS)
  if (!check) return refuse(400, 'invalid_request')
  const name = `urn:ietf:params:oauth:request_uri:${randomName()}`
  provider.pushed.set(name, check)
  return { status: 201, body: { request_uri: name, expires_in: PUSHED_SECONDS } }
}

const takePushed = ({ pushed, clock }: OpenIdState, { client_id, request_uri = '' }: Parameters) => {
  const check = pushed.get(request_uri)
  const isUsable = check?.client.clientId === client_id && (check?.expiresAt ?? 0) > clock.now().getTime()
  // RFC 9126, 4: it is for one use.
  if (isUsable) pushed.delete(request_uri)
  return isUsable ? check : undefined
}

/** `GET /authorize`: the page on which somebody is checked. */
export const authorize = (provider: OpenIdState, { url }: ServiceCall): ServiceAnswer => {
  const parameters = parametersOf(url.searchParams) ?? {}
  const client = provider.clients.find(({ clientId }) => clientId === parameters.client_id)
  const check = parameters.request_uri
    ? takePushed(provider, parameters)
    : newCheck(provider, client, parameters, CHECK_SECONDS)
  // A provider that takes pushed requests takes no others (RFC 9126, 5: require_pushed_authorization_requests).
  if (!check || (provider.pushes && !parameters.request_uri)) return refuse(400, 'invalid_request')
  provider.checks.set(check.id, check)
  return { status: 200, body: { check: check.id } }
}
