import { createHash, randomUUID } from 'node:crypto'
import type { JsonObject } from '../../../src/core/json.js'
import { generateKey, publicJwk } from '../../../src/crypto/keys.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { didKey } from '../../../src/dids/did-key.js'
import type { Invitation } from '../../../src/exchange/wallet-exchange.js'
import type { SignatureAlgorithm, Signer } from '../../../src/ports/signer.js'
import type { TestEmployer } from './world.js'

/** What an endpoint answered. */
export interface Answer {
  readonly status: number
  readonly body: JsonObject
  readonly headers: Headers
}

const toAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, body: isJson && text ? JSON.parse(text) : { text }, headers: response.headers }
}

type Headed = Readonly<Record<string, string>>

/** Posts a form as it is, without any wallet's manners. */
export const postForm = async (url: string, fields: Headed | string, headers: Headed = {}): Promise<Answer> =>
  toAnswer(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      redirect: 'manual',
    }),
  )

/** Posts JSON as it is. */
export const postJson = async (url: string, body: unknown, headers: Headed = {}): Promise<Answer> =>
  toAnswer(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )

/** Gets an address as it is. */
export const get = async (url: string, headers: Headed = {}): Promise<Answer> =>
  toAnswer(await fetch(url, { headers, redirect: 'manual' }))

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** The offer object behind an invitation. */
export const offerBehind = async ({ uri }: Invitation): Promise<JsonObject> => {
  const { searchParams } = new URL(uri)
  const value = searchParams.get('credential_offer')
  if (value !== null) return JSON.parse(value)
  return (await get(searchParams.get('credential_offer_uri') ?? '')).body
}

/** The pre-authorized code of an offer. */
export const codeOf = async (invitation: Invitation): Promise<string> => {
  const { grants } = (await offerBehind(invitation)) as { grants: Record<string, Record<string, string>> }
  return grants[PRE_AUTHORIZED]?.['pre-authorized_code'] ?? ''
}

/** Redeems a pre-authorized code. */
export const redeem = (employer: TestEmployer, code: string, transactionCode?: string, headers: Headed = {}) =>
  postForm(
    `${employer.openid4vci.url}/token`,
    {
      grant_type: PRE_AUTHORIZED,
      'pre-authorized_code': code,
      ...(transactionCode === undefined ? {} : { tx_code: transactionCode }),
    },
    headers,
  )

/** A token for an offer, taken as any wallet would. */
export const tokenFor = async (employer: TestEmployer, invitation: Invitation): Promise<string> =>
  String((await redeem(employer, await codeOf(invitation), invitation.transactionCode)).body.access_token)

/** A nonce. */
export const nonceOf = async (employer: TestEmployer): Promise<string> =>
  String((await postJson(`${employer.openid4vci.url}/nonce`, {})).body.c_nonce)

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A key, its names, and a way to sign whatever is put before it. */
export const newKey = async (algorithm: SignatureAlgorithm = 'ES256') => {
  const privateKeyJwk = await generateKey(algorithm)
  const { did, keyId } = didKey(privateKeyJwk)
  const signer: Signer = await createLocalSigner(privateKeyJwk, keyId)
  const sign = async (header: JsonObject, payload: JsonObject): Promise<string> => {
    const input = `${base64url({ alg: algorithm, ...header })}.${base64url(payload)}`
    return `${input}.${Buffer.from(await signer.sign(Buffer.from(input))).toString('base64url')}`
  }
  return { did, keyId, signer, jwk: publicJwk(privateKeyJwk) as unknown as JsonObject, privateKeyJwk, sign }
}

export type TestKey = Awaited<ReturnType<typeof newKey>>

/** A key proof, with whatever is changed about it. */
export const proofOf = (
  key: TestKey,
  employer: TestEmployer,
  nonce: string | undefined,
  { header = {}, claims = {} }: { readonly header?: JsonObject; readonly claims?: JsonObject } = {},
): Promise<string> =>
  key.sign(
    { typ: 'openid4vci-proof+jwt', ...(header.jwk || header.kid === null ? {} : { kid: key.keyId }), ...header },
    { aud: employer.openid4vci.url, iat: seconds(), ...(nonce === undefined ? {} : { nonce }), ...claims },
  )

/** Now, in seconds. */
export const seconds = (): number => Math.floor(Date.now() / 1000)

/** Asks for a credential. */
export const askFor = (employer: TestEmployer, token: string, body: JsonObject, headers: Headed = {}) =>
  postJson(`${employer.openid4vci.url}/credential`, body, { authorization: `Bearer ${token}`, ...headers })

/** Asks for a credential with a proof that is in order. */
export const askWell = async (employer: TestEmployer, token: string, configuration: string, key?: TestKey) =>
  askFor(employer, token, {
    credential_configuration_id: configuration,
    proofs: { jwt: [await proofOf(key ?? (await newKey()), employer, await nonceOf(employer))] },
  })

/** A DPoP proof, with whatever is changed about it. */
export const dpopOf = (
  key: TestKey,
  method: string,
  url: string,
  more: { readonly token?: string; readonly claims?: JsonObject; readonly header?: JsonObject } = {},
): Promise<string> =>
  key.sign(
    { typ: 'dpop+jwt', jwk: key.jwk, ...more.header },
    {
      jti: randomUUID(),
      htm: method,
      htu: url,
      iat: seconds(),
      ...(more.token === undefined ? {} : { ath: createHash('sha256').update(more.token).digest('base64url') }),
      ...more.claims,
    },
  )

/** What a wallet's provider says of it, and the proof that it is that wallet. */
export const attestationOf = async (
  provider: TestKey,
  instance: TestKey,
  clientId: string,
  audience: string,
  by: { readonly attestation?: TestKey; readonly possession?: TestKey } = {},
): Promise<Headed> => ({
  'oauth-client-attestation': await (by.attestation ?? provider).sign(
    { typ: 'oauth-client-attestation+jwt' },
    {
      iss: 'https://provider.example',
      sub: clientId,
      iat: seconds(),
      exp: seconds() + 600,
      cnf: { jwk: instance.jwk },
    },
  ),
  'oauth-client-attestation-pop': await (by.possession ?? instance).sign(
    { typ: 'oauth-client-attestation-pop+jwt' },
    { iss: clientId, aud: audience, jti: randomUUID(), iat: seconds() },
  ),
})
