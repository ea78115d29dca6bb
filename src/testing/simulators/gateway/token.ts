import { createHash, sign } from 'node:crypto'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../../codec/utf8.js'
import type { JsonObject } from '../../../core/json.js'
import type { ServiceAnswer, ServiceCall } from '../loopback.js'
import { oauthError } from './authorize.js'
import { clientOf, formOf } from './push.js'
import type { GatewayState, GivenCode } from './state.js'

const SECOND = 1000
const TOKEN_SECONDS = 300
const ALGORITHM = 'RS256'

const part = (value: JsonObject): string => encodeBase64url(encodeUtf8(JSON.stringify(value)))

const signToken = ({ key }: GatewayState, claims: JsonObject): string => {
  // Published: the name of the algorithm is appended to the key's.
  const signed = `${part({ alg: ALGORITHM, typ: 'JWT', kid: key.kid + ALGORITHM })}.${part(claims)}`
  return `${signed}.${encodeBase64url(sign('sha256', encodeUtf8(signed), key.privateKey))}`
}

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

// RFC 7636, 4.6. Who pushed a request has shown a secret instead.
const isProven = ({ session }: GivenCode, verifier: string | undefined): boolean =>
  session.codeChallenge === undefined
    ? verifier === undefined || verifier === ''
    : verifier !== undefined && challengeOf(verifier) === session.codeChallenge

const claimsOf = (gateway: GatewayState, { session, claims }: GivenCode): JsonObject => {
  const iat = Math.floor(gateway.clock.now().getTime() / SECOND)
  const audience = `${gateway.origin}/oidc`
  const common = { iss: audience, aud: audience, iat, nonce: session.nonce }
  return { ...common, ...(session.kind === 'presentation' ? { exp: iat + TOKEN_SECONDS } : {}), ...claims }
}

/** `POST /oidc/token`: a code is exchanged, once. */
export const exchangeCode = (gateway: GatewayState, call: ServiceCall): ServiceAnswer => {
  const form = formOf(call)
  if (form?.grant_type !== 'authorization_code') return oauthError(400, 'unsupported_grant_type')
  const client = clientOf(gateway, form)
  if (!client) return oauthError(401, 'invalid_client', form.client_id)
  const given = gateway.codes.get(form.code ?? '')
  gateway.codes.delete(form.code ?? '')
  const { session } = given ?? {}
  const isTheirs =
    session?.client === client && session.redirectUri === form.redirect_uri && session.state === form.state
  const isInTime = given !== undefined && given.expiresAt > gateway.clock.now().getTime()
  if (!given || !isTheirs || !isInTime || !isProven(given, form.code_verifier)) return oauthError(400, 'invalid_grant')
  const idToken = signToken(gateway, gateway.rewrite(claimsOf(gateway, given)))
  return { status: 200, body: { id_token: idToken, scope: given.scope } }
}

/** `GET /.well-known/openid-configuration/jwks` */
export const keySet = ({ key }: GatewayState): ServiceAnswer => ({ status: 200, body: { keys: [key.publicJwk] } })
