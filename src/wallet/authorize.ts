import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import { newSecret } from '../exchange/book/handles.js'
import type { GuardedRequest } from '../ports/guarded-request.js'
import { addressIn, type IssuerMetadata } from './issuer-metadata.js'
import { createDpop, createPkce, type Dpop } from './proofs.js'
import type { ReadOffer } from './read-offer.js'
import type { WalletSettings } from './settings.js'
import { form, jsonOf, malformed, persist, requireSuccess, sendOnce } from './talk.js'

/** What lets a wallet take what was offered. */
export interface Token {
  readonly accessToken: string
  /** Absent where whoever has the token may use it. */
  readonly dpop?: Dpop
  /** Names of credentials, by configuration, where the server gives each its own. */
  readonly identifiers: ReadonlyMap<string, readonly string[]>
  readonly clientId?: string
}

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const speaksDpop = ({ server }: IssuerMetadata): boolean =>
  Array.isArray(server.dpop_signing_alg_values_supported) && server.dpop_signing_alg_values_supported.includes('ES256')

const identifiersIn = (details: unknown): Token['identifiers'] => {
  const all = Array.isArray(details) ? details : []
  return new Map(
    all.flatMap(({ credential_configuration_id: id, credential_identifiers: names }: JsonObject) =>
      typeof id === 'string' && Array.isArray(names)
        ? [[id, names.filter((name): name is string => typeof name === 'string')] as const]
        : [],
    ),
  )
}

type Fields = Readonly<Record<string, string>>

// A code is good for one token: this request is never sent a second time by itself, but where the token is bound to a key.
const sendForm = async (send: GuardedRequest, url: string, fields: Fields, dpop: Dpop | undefined) => {
  const attempt = async () => ({ url, request: form(fields, dpop ? { dpop: await dpop('POST', url) } : {}) })
  if (dpop && fields.grant_type === PRE_AUTHORIZED) return persist(send, attempt)
  const { request } = await attempt()
  return sendOnce(send, url, request)
}

const redeem = async (
  { send }: WalletSettings,
  metadata: IssuerMetadata,
  fields: Fields,
  dpop: Dpop | undefined,
): Promise<Token> => {
  const url = addressIn(metadata.server, 'token_endpoint')
  const response = await sendForm(send, url, fields, dpop)
  requireSuccess(response, 'a token')
  const token = jsonOf(response)
  if (typeof token?.access_token !== 'string') throw malformed('a token')
  const isBound = String(token.token_type).toLowerCase() === 'dpop'
  return {
    accessToken: token.access_token,
    ...(isBound && dpop ? { dpop } : {}),
    identifiers: identifiersIn(token.authorization_details),
    ...(fields.client_id === undefined ? {} : { clientId: fields.client_id }),
  }
}

const dpopFor = async ({ clock }: WalletSettings, metadata: IssuerMetadata): Promise<Dpop | undefined> =>
  speaksDpop(metadata) ? createDpop(clock) : undefined

/** Takes a token for a pre-authorized code. @throws PassportError `exchange.refused`: a code that is wrong, used or over */
export const takePreAuthorized = async (
  settings: WalletSettings,
  metadata: IssuerMetadata,
  offer: ReadOffer,
  transactionCode: string | undefined,
): Promise<Token> => {
  const fields = {
    grant_type: PRE_AUTHORIZED,
    'pre-authorized_code': offer.preAuthorizedCode ?? '',
    ...(transactionCode === undefined ? {} : { tx_code: transactionCode }),
  }
  return redeem(settings, metadata, fields, await dpopFor(settings, metadata))
}

const readReturn = (returned: string, state: string, { server }: IssuerMetadata): string => {
  const parameters = URL.canParse(returned) ? new URL(returned).searchParams : new URLSearchParams()
  // RFC 9207: an answer of another server than the one that was asked is no answer; who says that it names itself, does.
  const named = parameters.get('iss')
  const isNamed =
    named === null ? server.authorization_response_iss_parameter_supported !== true : named === server.issuer
  if (parameters.get('state') !== state || !isNamed)
    throw new PassportError('exchange.untrusted', 'The browser came back with another answer than was asked for')
  const code = parameters.get('code')
  if (code === null) throw new PassportError('exchange.refused', 'Signing in ended without a code')
  return code
}

/** Takes a token after the holder signed in. @throws PassportError `exchange.refused`, `exchange.untrusted` */
export const takeBySigningIn = async (
  settings: WalletSettings,
  metadata: IssuerMetadata,
  offer: ReadOffer,
): Promise<Token> => {
  const { client, send } = settings
  if (!client) throw new PassportError('exchange.unsupported', 'This wallet has no way to sign in')
  const dpop = await dpopFor(settings, metadata)
  const { verifier, challenge } = createPkce()
  const state = newSecret()
  const url = addressIn(metadata.server, 'pushed_authorization_request_endpoint')
  const fields = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    scope: offer.configurationIds.join(' '),
    state,
    ...(offer.authorization?.issuerState === undefined ? {} : { issuer_state: offer.authorization.issuerState }),
  }
  const response = await persist(send, async () => ({
    url,
    request: form(fields, dpop ? { dpop: await dpop('POST', url) } : {}),
  }))
  requireSuccess(response, 'an authorization request')
  const requestUri = jsonOf(response)?.request_uri
  if (typeof requestUri !== 'string') throw malformed('an answer to an authorization request')
  const page = new URL(addressIn(metadata.server, 'authorization_endpoint'))
  page.searchParams.set('client_id', client.clientId)
  page.searchParams.set('request_uri', requestUri)
  const code = readReturn(await client.signIn(page.href), state, metadata)
  const { clientId: client_id, redirectUri: redirect_uri } = client
  const grant = { grant_type: 'authorization_code', code, code_verifier: verifier, client_id, redirect_uri }
  return redeem(settings, metadata, grant, dpop)
}
