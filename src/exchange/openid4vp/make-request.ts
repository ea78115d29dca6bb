import { PassportError } from '../../core/errors.js'
import { asJsonObject, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { isCredentialTypeName } from '../../credentials/rows.js'
import { generateKey, publicJwk } from '../../crypto/keys.js'
import { isPageUrl } from '../base-url.js'
import { newSecret } from '../book/handles.js'
import { RESPONSE_ENCRYPTION } from '../openid4vci/encryption.js'
import { checkValidFor } from '../valid-for.js'
import type { Invitation, PresentationRequest } from '../wallet-exchange.js'
import { buildQuery, type VpFormat } from './dcql.js'
import { requestLink } from './messages.js'
import { asDetail, type Request, type RequestDetail, SECRETS } from './request.js'
import { clientIdOf, type Openid4vpSettings } from './settings.js'

const TEN_MINUTES = 600
const MOST_PURPOSE = 300

const checkRequest = (request: PresentationRequest): void => {
  const { credentials, device, returnUrl, purpose } = request
  if (credentials.length === 0 || credentials.length > LIMITS.presentationCredentials)
    throw new TypeError(`credentials must hold one to ${LIMITS.presentationCredentials} credentials`)
  if (!credentials.every(({ type }) => isCredentialTypeName(type))) throw new TypeError('Each must name a type')
  if (device !== 'same' && device !== 'cross') throw new TypeError('device must be same or cross')
  if ((device === 'same') !== (returnUrl !== undefined))
    throw new TypeError('returnUrl is needed for the same device, and only there')
  if (returnUrl !== undefined && !isPageUrl(returnUrl))
    throw new TypeError('returnUrl must be an https address, without a user name or a password')
  checkValidFor(request.validForSeconds ?? TEN_MINUTES)
  if (typeof purpose !== 'string' || purpose === '' || purpose.length > MOST_PURPOSE)
    throw new TypeError(`purpose must be a text of at most ${MOST_PURPOSE} characters`)
}

/** Where the answer to a request goes. */
export const responseUri = ({ url }: Openid4vpSettings, { detail }: Request): string =>
  `${url}/response/${detail.secrets.response}`

/** Where a wallet fetches a request. */
export const requestUri = ({ url }: Openid4vpSettings, { detail }: Request): string =>
  `${url}/request/${detail.secrets.request}`

const JOSE = ['ES256', 'EdDSA', 'ES384', 'ES512']
const SUITES = ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'eddsa-jcs-2022', 'ecdsa-jcs-2019', 'ecdsa-sd-2023']
const FORMAT_METADATA: Readonly<Record<VpFormat, JsonObject>> = {
  'dc+sd-jwt': { 'sd-jwt_alg_values': JOSE, 'kb-jwt_alg_values': JOSE },
  jwt_vc_json: { alg_values: JOSE },
  ldp_vc: { proof_type_values: ['DataIntegrityProof'], cryptosuite_values: SUITES },
  'vc+jwt': { alg_values: JOSE },
  'vc+sd-jwt': { 'sd-jwt_alg_values': JOSE, 'kb-jwt_alg_values': JOSE },
}

// The key has a name, so that the wallet can say which it encrypted to (RFC 7517, 4.5).
const encryptionMetadata = ({ decryptionKey }: RequestDetail): JsonObject => {
  if (!decryptionKey) return {}
  const jwk = { ...publicJwk(decryptionKey), use: 'enc', alg: 'ECDH-ES', kid: 'answer' }
  return {
    jwks: { keys: [asJsonObject(jwk)] },
    encrypted_response_enc_values_supported: RESPONSE_ENCRYPTION.contents,
  }
}

const clientMetadata = (settings: Openid4vpSettings, request: Request): JsonObject => ({
  client_name: settings.name,
  ...(settings.logo === undefined ? {} : { logo_uri: settings.logo }),
  vp_formats_supported: Object.fromEntries(settings.formats.map((format) => [format, FORMAT_METADATA[format]])),
  ...encryptionMetadata(request.detail),
})

/** A request as its protocol writes it. @see OpenID for Verifiable Presentations 1.0, section 5 */
export const requestPayload = (settings: Openid4vpSettings, request: Request): JsonObject => {
  const { nonce, state, built, decryptionKey } = request.detail
  const response = responseUri(settings, request)
  return {
    response_type: 'vp_token',
    response_mode: decryptionKey ? 'direct_post.jwt' : 'direct_post',
    client_id: clientIdOf(settings, response),
    response_uri: response,
    nonce,
    state,
    dcql_query: built.query,
    client_metadata: clientMetadata(settings, request),
  }
}

const linkTo = async (settings: Openid4vpSettings, request: Request): Promise<string> => {
  const { client, linkScheme } = settings
  if (client.prefix === 'redirect_uri') return requestLink(requestPayload(settings, request), linkScheme)
  const link = new URL(linkScheme)
  link.searchParams.set('client_id', clientIdOf(settings, responseUri(settings, request)))
  link.searchParams.set('request_uri', requestUri(settings, request))
  link.searchParams.set('request_uri_method', 'post')
  return link.href
}

const detailOf = async (settings: Openid4vpSettings, request: PresentationRequest): Promise<RequestDetail> => ({
  wanted: request.credentials,
  built: buildQuery(request.credentials, settings.formats),
  purpose: request.purpose,
  device: request.device,
  ...(request.returnUrl === undefined ? {} : { returnUrl: request.returnUrl }),
  nonce: newSecret(),
  state: newSecret(),
  secrets: { request: newSecret(), response: newSecret(), browser: newSecret() },
  ...(settings.encrypt ? { decryptionKey: await generateKey('ES256') } : {}),
})

/** Makes a request, or finds the one that was made under this name. @throws TypeError */
export const makeRequest = async (settings: Openid4vpSettings, lent: PresentationRequest): Promise<Invitation> => {
  checkRequest(lent)
  const { idempotencyKey, validForSeconds = TEN_MINUTES } = lent
  const detail = await detailOf(settings, structuredClone(lent))
  const { secrets } = detail
  const request = (await settings.book.begin({
    protocol: 'openid4vp',
    kind: 'request',
    detail: asDetail(detail),
    secrets: { [SECRETS.request]: secrets.request, [SECRETS.response]: secrets.response },
    validForSeconds,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })) as Request
  if (request.detail.secrets.request === '')
    throw new PassportError('exchange.ended', 'The request of this name was answered, or is over')
  return {
    exchangeId: request.id,
    uri: await linkTo(settings, request),
    expiresAt: request.expiresAt,
    browserSecret: request.detail.secrets.browser,
  }
}
