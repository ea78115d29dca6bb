import type { GatewayTemplate } from '../../../exchange/gateway/claim-names.js'
import type { ServiceAnswer, ServiceCall } from '../loopback.js'
import { type GatewayState, type PendingSession, type RegisteredClient, randomName } from './state.js'

const SESSION_MILLISECONDS = 300_000
const FOUND = 302

/** An error as the gateway writes it; its description repeats what it is about, as such descriptions do. */
export const oauthError = (status: number, error: string, about?: string): ServiceAnswer => ({
  status,
  body: { error, error_description: about === undefined ? 'The request is not valid' : `Not valid: ${about}` },
})

/** Leads a browser back to whoever sent it. */
export const leadBack = (
  { redirectUri, state }: Pick<PendingSession, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
): string => {
  const address = new URL(redirectUri)
  for (const [name, value] of Object.entries({ ...answer, state })) address.searchParams.set(name, value)
  return address.href
}

type Parameters = Readonly<Record<string, string>>

/** Parameters by name; `undefined` when one comes twice. */
export const parametersOf = (parameters: URLSearchParams): Parameters | undefined => {
  const all = [...parameters]
  const byName = Object.fromEntries(all)
  return Object.keys(byName).length === all.length ? byName : undefined
}

/** What every flow needs: the name of what is missing or wrong. */
export const faultOfFlow = ({ response_type, response_mode, nonce, state }: Parameters): string | undefined => {
  if (response_type !== 'code') return 'response_type'
  if (response_mode !== 'query') return 'response_mode'
  if (!nonce) return 'nonce'
  return state ? undefined : 'state'
}

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

const faultOfChallenge = ({ code_challenge_method, code_challenge = '' }: Parameters): string | undefined => {
  if (code_challenge_method !== 'S256') return 'code_challenge_method'
  return CHALLENGE.test(code_challenge) ? undefined : 'code_challenge'
}

/** The page on which a holder is asked; a simulated browser reads from it which session it shows. */
const page = ({ id, kind, template }: PendingSession): ServiceAnswer => ({
  status: 200,
  body: { session: id, kind, template: template.template },
})

/** A session that waits for its holder. */
export const newSession = (
  gateway: GatewayState,
  session: Omit<PendingSession, 'id' | 'expiresAt' | 'isOver'>,
): PendingSession => {
  const expiresAt = gateway.clock.now().getTime() + SESSION_MILLISECONDS
  return { ...session, id: randomName(), expiresAt, isOver: false }
}

const templateIn = (gateway: GatewayState, scope = ''): GatewayTemplate | undefined => {
  const [openid, name = '', ...more] = scope.split(' ')
  return openid === 'openid' && more.length === 0 ? gateway.templates.get(name) : undefined
}

const showing = (gateway: GatewayState, client: RegisteredClient, parameters: Parameters): ServiceAnswer => {
  const { redirect_uri: redirectUri = '', state = '', nonce = '', code_challenge: codeChallenge = '' } = parameters
  const back = (error: string, about: string): ServiceAnswer => {
    const location = leadBack({ redirectUri, state }, { error, error_description: `Not valid: ${about}` })
    return { status: FOUND, headers: { location } }
  }
  const fault = faultOfFlow(parameters) ?? faultOfChallenge(parameters)
  if (fault) return back('invalid_request', fault)
  const template = templateIn(gateway, parameters.scope)
  if (!template) return back('invalid_scope', parameters.scope ?? '')
  const kind = 'presentation'
  const session = newSession(gateway, { kind, client, template, redirectUri, state, nonce, codeChallenge })
  gateway.sessions.set(session.id, session)
  return page(session)
}

/** `GET /oidc/authorizev1`: somebody is to show a credential. */
export const authorizeShowing = (gateway: GatewayState, { url }: ServiceCall): ServiceAnswer => {
  const parameters = parametersOf(url.searchParams)
  if (!parameters) return oauthError(400, 'invalid_request', url.search)
  const client = gateway.clients.find(({ clientId }) => clientId === parameters.client_id)
  // A stranger's address is never led to.
  if (!client?.redirectUris.includes(parameters.redirect_uri ?? '')) return oauthError(400, 'invalid_client')
  return showing(gateway, client, parameters)
}

/** `GET /oidc/authorize`: somebody is to take what was pushed. */
export const authorizeTaking = (gateway: GatewayState, { url }: ServiceCall): ServiceAnswer => {
  const { client_id: clientId, request_uri: requestUri = '' } = parametersOf(url.searchParams) ?? {}
  const pushed = gateway.pushed.get(requestUri)
  const isUsable = pushed !== undefined && pushed.expiresAt > gateway.clock.now().getTime()
  if (!isUsable || pushed.session.client.clientId !== clientId) return oauthError(400, 'invalid_request', requestUri)
  // RFC 9126, 4: it is for one use.
  gateway.pushed.delete(requestUri)
  gateway.sessions.set(pushed.session.id, pushed.session)
  return page(pushed.session)
}
