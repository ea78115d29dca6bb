import { createHmac } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../../core/json.js'
import { UNIQUE_IDENTIFIER } from '../../../exchange/gateway/claim-names.js'
import type { ServiceAnswer, ServiceCall } from '../loopback.js'
import { faultOfFlow, newSession, oauthError, parametersOf } from './authorize.js'
import { type GatewayState, type RegisteredClient, randomName } from './state.js'

const PUSHED_SECONDS = 90
const CREATED = 201
const SECOND = 1000
const REGISTERED: readonly string[] = ['aud', 'iss', 'iat', 'nbf', 'exp']

/** The client of a form, where it knows its secret. */
export const clientOf = (
  { clients }: GatewayState,
  { client_id, client_secret }: Readonly<Record<string, string>>,
): RegisteredClient | undefined =>
  clients.find(({ clientId, clientSecret }) => clientId === client_id && clientSecret === client_secret)

/** The members of a form in the body of a call. */
export const formOf = ({ method, body }: ServiceCall): Readonly<Record<string, string>> | undefined =>
  method === 'POST' ? parametersOf(new URLSearchParams(body)) : undefined

const jsonOf = (part: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

/** What a hint says, where it was made with the client's key. */
const openHint = ({ hintKey }: RegisteredClient, token = ''): JsonObject | undefined => {
  const [header = '', payload = '', signature, ...more] = token.split('.')
  const hash = HASHES[String(jsonOf(header)?.alg)]
  if (!hash || more.length > 0) return undefined
  const expected = createHmac(hash, Buffer.from(hintKey, 'base64')).update(`${header}.${payload}`).digest('base64url')
  return signature === expected ? jsonOf(payload) : undefined
}

const isInTime = (gateway: GatewayState, { iat, nbf, exp }: JsonObject): boolean => {
  const now = gateway.clock.now().getTime() / SECOND
  const numbers = [iat, nbf, exp].map((value) => (Number.isSafeInteger(value) ? Number(value) : Number.NaN))
  const [issued = Number.NaN, from = Number.NaN, until = Number.NaN] = numbers
  return issued <= now + 1 && from <= now + 1 && until > now
}

type Claims = Readonly<Record<string, string>>

const claimsIn = (hint: JsonObject, prefix: string): Claims | undefined => {
  const claims = Object.entries(hint).filter(([name]) => !REGISTERED.includes(name))
  const isRight = claims.every(
    ([name, value]) => typeof value === 'string' && (name === UNIQUE_IDENTIFIER || name.startsWith(`${prefix}-`)),
  )
  return isRight && hint[UNIQUE_IDENTIFIER] !== undefined ? (Object.fromEntries(claims) as Claims) : undefined
}

/** The claims to issue, or the name of what is wrong with their hint. */
const readHint = (
  gateway: GatewayState,
  client: RegisteredClient,
  { token, prefix }: { readonly token: string | undefined; readonly prefix: string },
): Claims | string => {
  const hint = openHint(client, token)
  if (!hint) return 'id_token_hint: signature'
  if (hint.aud !== `${gateway.origin}/oidc`) return 'id_token_hint: aud'
  if (hint.iss !== client.clientId) return 'id_token_hint: iss'
  if (!isInTime(gateway, hint)) return 'id_token_hint: iat, nbf, exp'
  return claimsIn(hint, prefix) ?? 'id_token_hint: claims'
}

const SCOPE = /^issue\.(\S+)$/

/** `POST /oidc/par`: a service hands over what is to be issued (RFC 9126). */
export const pushRequest = (gateway: GatewayState, call: ServiceCall): ServiceAnswer => {
  const form = formOf(call)
  if (!form) return oauthError(400, 'invalid_request')
  const client = clientOf(gateway, form)
  if (!client) return oauthError(401, 'invalid_client', form.client_id)
  const { redirect_uri: redirectUri = '', state = '', nonce = '' } = form
  if (!client.redirectUris.includes(redirectUri)) return oauthError(400, 'invalid_request', 'redirect_uri')
  const fault = faultOfFlow(form)
  if (fault) return oauthError(400, 'invalid_request', fault)
  const template = gateway.templates.get(SCOPE.exec(form.scope ?? '')?.[1] ?? '')
  if (!template) return oauthError(400, 'invalid_scope', form.scope)
  const claims = readHint(gateway, client, { token: form.id_token_hint, prefix: template.prefix })
  if (typeof claims === 'string') return oauthError(400, 'invalid_request', claims)
  const requestUri = `urn:ietf:params:oauth:request_uri:${randomName()}`
  const session = newSession(gateway, { kind: 'issuance', client, template, redirectUri, state, nonce, claims })
  gateway.pushed.set(requestUri, { session, expiresAt: gateway.clock.now().getTime() + PUSHED_SECONDS * SECOND })
  return { status: CREATED, body: { request_uri: requestUri, expires_in: PUSHED_SECONDS } }
}
