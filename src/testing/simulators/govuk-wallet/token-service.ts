import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../../core/json.js'
import { isSignedBy, type ReadToken, readToken } from '../../../exchange/oauth/signed-token.js'
import type { ServiceAnswer, ServiceCall } from '../loopback.js'
import { ask, type OneLogin, secondsNow, signToken } from './one-login.js'
import { codeHeaderShape, codeShape, keySetShape } from './shapes.js'

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const TOKEN_SECONDS = 180
const MOST_CODE_SECONDS = 3600

const refuse = (error: string, why: string, status = 400): ServiceAnswer => ({
  status,
  body: { error, error_description: why },
})

const publishKeys = ({ signer }: OneLogin): ServiceAnswer => {
  const { kty, crv, x, y = '' } = signer.publicKeyJwk
  return { status: 200, body: { keys: [{ kty, crv, x, y, kid: signer.keyId, alg: 'ES256', use: 'sig' }] } }
}

const signingKey = async (oneLogin: OneLogin, issuer: string, kid: unknown): Promise<JsonObject | undefined> => {
  const { status, body } = await ask(oneLogin, `${issuer}/.well-known/jwks.json`)
  if (status !== 200 || keySetShape(body, '') !== undefined) return undefined
  return (body.keys as readonly JsonObject[]).find((key) => key.kid === kid)
}

const isInTime = ({ iat, exp }: JsonObject, now: number): boolean =>
  Number(iat) <= now && Number(exp) > now && Number(exp) - Number(iat) <= MOST_CODE_SECONDS

/** What is wrong with a code, in words; `undefined` when it is good. */
const codeFault = async (oneLogin: OneLogin, { header, claims, jws }: ReadToken): Promise<string | undefined> => {
  const shape = codeHeaderShape(header, 'header') ?? codeShape(claims, 'claims')
  if (shape !== undefined) return `It is not as it must be at ${shape}`
  const { iss, aud, clientId } = claims
  const registered = Object.hasOwn(oneLogin.issuers, String(iss)) ? oneLogin.issuers[String(iss)] : undefined
  if (registered?.clientId !== clientId) return 'Its issuer is not registered under this client'
  if (aud !== oneLogin.origin) return 'It is for another token service'
  if (!isInTime(claims, secondsNow(oneLogin))) return 'It is over, or lasts more than an hour'
  const key = await signingKey(oneLogin, String(iss), jws.keyId)
  if (!key || !(await isSignedBy({ jws, header, claims }, key))) return 'It is not signed with a key of its issuer'
  return undefined
}

const accessToken = (oneLogin: OneLogin, code: JsonObject, sub: string): Promise<string> => {
  const { signer, origin } = oneLogin
  const header = { alg: 'ES256', typ: 'at+jwt', kid: signer.keyId }
  const claims = {
    sub,
    iss: origin,
    aud: String(code.iss),
    exp: secondsNow(oneLogin) + TOKEN_SECONDS,
    credential_identifiers: code.credential_identifiers ?? [],
    credential_configuration_ids: code.credential_configuration_ids ?? [],
    c_nonce: randomUUID(),
    jti: randomUUID(),
  }
  return signToken(oneLogin.rewrite({ header, claims }), signer)
}

const giveToken = async (oneLogin: OneLogin, { authorization, body }: ServiceCall): Promise<ServiceAnswer> => {
  const form = Object.fromEntries(new URLSearchParams(body))
  if (form.grant_type !== PRE_AUTHORIZED) return refuse('unsupported_grant_type', 'Only pre-authorized codes are taken')
  const subject = oneLogin.sessions.get(authorization.replace(/^Bearer /, ''))
  if (subject === undefined) return refuse('invalid_client', 'Nobody is signed in', 401)
  const code = form['pre-authorized_code'] ?? ''
  const read = readToken(code, { typ: 'JWT' })
  if (!read || !isJsonObject(read.claims)) return refuse('invalid_grant', 'It is no code')
  const fault = await codeFault(oneLogin, read)
  if (fault !== undefined) return refuse('invalid_grant', fault)
  // OpenID4VCI draft 14, 4.1.1: a code is for one use.
  if (oneLogin.usedCodes.has(code) && !oneLogin.takesAgain) return refuse('invalid_grant', 'It was used')
  oneLogin.usedCodes.add(code)
  return {
    status: 200,
    body: {
      access_token: await accessToken(oneLogin, read.claims, subject),
      token_type: 'bearer',
      expires_in: TOKEN_SECONDS,
    },
  }
}

/** What it answers when it cannot do anything. */
export const unable = (status: number, headers: Readonly<Record<string, string>> = {}): ServiceAnswer => ({
  ...refuse('temporarily_unavailable', 'Come again', status),
  headers,
})

/** Answers a call. */
export const answerCall = async (oneLogin: OneLogin, call: ServiceCall): Promise<ServiceAnswer> => {
  const route = `${call.method} ${call.url.pathname}`
  if (route === 'GET /.well-known/jwks.json') return publishKeys(oneLogin)
  if (route === 'POST /token') return giveToken(oneLogin, call)
  return refuse('not_found', 'There is nothing here', 404)
}
