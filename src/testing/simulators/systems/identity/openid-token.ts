import { createHash, sign } from 'node:crypto'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../../../codec/utf8.js'
import type { JsonObject } from '../../../../core/json.js'
import { parametersOf } from '../../gateway/authorize.js'
import type { ServiceAnswer, ServiceCall } from '../../loopback.js'
import { clientOf } from './openid-authorize.js'
import { type GivenClaims, type OpenIdState, refuse } from './openid-state.js'

const SECOND = 1000
const TOKEN_SECONDS = 300

const part = (value: JsonObject): string => encodeBase64url(encodeUtf8(JSON.stringify(value)))

const signToken = ({ key }: OpenIdState, claims: JsonObject): string => {
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid })}.${part(claims)}`
  return `${signed}.${encodeBase64url(sign('sha256', encodeUtf8(signed), key.privateKey))}`
}

const claimsOf = ({ origin, clock }: OpenIdState, { check, claims }: GivenClaims): JsonObject => {
  const iat = Math.floor(clock.now().getTime() / SECOND)
  const { nonce, client, id } = check
  return { iss: origin, sub: id, aud: client.clientId, iat, exp: iat + TOKEN_SECONDS, nonce, ...claims }
}

// RFC 7636, 4.6.
const isProven = ({ check }: GivenClaims, verifier = ''): boolean =>
  createHash('sha256').update(verifier).digest('base64url') === check.codeChallenge

/** `POST /token`: a code is exchanged, once. */
export const exchangeCode = (provider: OpenIdState, call: ServiceCall): ServiceAnswer => {
  const client = clientOf(provider, call)
  if (!client) return refuse(401, 'invalid_client')
  const form = parametersOf(new URLSearchParams(call.body)) ?? {}
  if (form.grant_type !== 'authorization_code') return refuse(400, 'unsupported_grant_type')
  const given = provider.codes.get(form.code ?? '')
  provider.codes.delete(form.code ?? '')
  const isTheirs = given?.check.client === client && given.check.redirectUri === form.redirect_uri
  const isInTime = given !== undefined && given.expiresAt > provider.clock.now().getTime()
  if (!given || !isTheirs || !isInTime || !isProven(given, form.code_verifier)) return refuse(400, 'invalid_grant')
  const idToken = signToken(provider, provider.rewrite(claimsOf(provider, given)))
  return { status: 200, body: { access_token: 'none', token_type: 'Bearer', id_token: idToken } }
}
