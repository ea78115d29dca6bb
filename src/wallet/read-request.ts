import { encodeBase64url, sha256 } from '#runtime'
import { parseDidUrl } from '../codec/did.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { PassportError } from '../core/errors.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { EXCHANGE_LIMITS } from '../core/limits.js'
import { newSecret } from '../exchange/book/handles.js'
import { isFresh, isInForce, isSignedBy, type ReadToken, readToken } from '../exchange/oauth/signed-token.js'
import { type CredentialQuestion, readQuery } from '../exchange/openid4vp/dcql.js'
import type { WalletSettings } from './settings.js'
import { form, isAddress, malformed, persist, requireSuccess, tokenOf } from './talk.js'

/** A request, read and proved to be from whom it says. */
export interface ReadRequest {
  /** The verifier's identifier, to which answers are addressed. */
  readonly clientId: string
  /** As it names itself; nobody vouches for that. */
  readonly name?: string
  /** How it proved who it is; `unproved` where anybody could have sent the request. */
  readonly proof: 'did' | 'certificate' | 'unproved'
  readonly nonce: string
  readonly state?: string
  readonly responseUri: string
  readonly query: JsonObject
  readonly questions: readonly CredentialQuestion[]
  /** The key that the answer is encrypted to, where it is to be. */
  readonly encryption?: { readonly jwk: JsonObject; readonly content: string }
}

const untrusted = (why: string): PassportError => new PassportError('exchange.untrusted', `The request: ${why}`)
const unsupported = (what: string): PassportError =>
  new PassportError('exchange.unsupported', `The request asks for ${what}, which this wallet does not speak`)

const TYPE = 'oauth-authz-req+jwt'

const PREFIXES = ['redirect_uri', 'decentralized_identifier', 'x509_san_dns', 'x509_hash'] as const
type Prefix = (typeof PREFIXES)[number]

const prefixOf = (clientId: string): { readonly prefix: Prefix; readonly rest: string } => {
  const prefix = PREFIXES.find((known) => clientId.startsWith(`${known}:`))
  if (!prefix) throw unsupported('a client identifier of another kind')
  return { prefix, rest: clientId.slice(prefix.length + 1) }
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

const hostOf = (value: unknown): string | undefined =>
  typeof value === 'string' && URL.canParse(value) ? new URL(value).hostname : undefined

const checkDid = async ({ resolver }: WalletSettings, token: ReadToken, did: string): Promise<void> => {
  const keyId = token.jws.keyId ?? ''
  if (parseDidUrl(keyId)?.did !== did) throw untrusted('it is signed with a key of somebody else')
  const found = await resolver.findKey(keyId, 'authentication')
  // Verifiers publish the key that they issue with, too.
  const key = found.ok ? found : await resolver.findKey(keyId, 'assertionMethod')
  if (!key.ok) throw untrusted('its sender’s key could not be found')
  if (!(await isSignedBy(token, key.publicKeyJwk))) throw untrusted('its signature does not hold')
}

const checkCertificate = async (
  { certificates, clock }: WalletSettings,
  token: ReadToken,
  { prefix, rest }: { readonly prefix: Prefix; readonly rest: string },
): Promise<void> => {
  if (!certificates) throw unsupported('trust in certificates')
  const chain = asArray(token.header.x5c).filter((one): one is string => typeof one === 'string')
  const [first] = chain
  if (first === undefined) throw untrusted('it brings no certificate')
  const isHash = prefix === 'x509_hash'
  if (isHash && encodeBase64url(sha256(bytesOf(first))) !== rest) throw untrusted('its certificate is another one')
  const host = isHash ? hostOf(token.claims.response_uri) : rest
  if (!isHash && hostOf(token.claims.response_uri) !== rest) throw untrusted('its answer would go somewhere else')
  const question = { issuer: `https://${host}`, at: clock.now().getTime() }
  const answer = await certificates.keyOf(chain, question)
  if (!answer.ok) throw untrusted('its certificate does not lead to an authority that you trust, or names another host')
  if (!(await isSignedBy(token, answer.publicKeyJwk))) throw untrusted('its signature does not hold')
}

const checkSigned = async (settings: WalletSettings, jwt: string, clientId: string): Promise<ReadToken> => {
  const token = readToken(jwt, { typ: TYPE, certificateChain: true })
  if (!token) throw malformed('a request object')
  if (token.claims.client_id !== clientId) throw untrusted('it is from somebody else than its link says')
  const named = prefixOf(clientId)
  if (named.prefix === 'redirect_uri') throw untrusted('its sender names itself in a way that is never signed')
  if (named.prefix === 'decentralized_identifier') await checkDid(settings, token, named.rest)
  else await checkCertificate(settings, token, named)
  if (!isForUs(token.claims)) throw untrusted('it is addressed to somebody else')
  if (!isInTime(token, settings.clock.now().getTime())) throw untrusted('it is too old, or from the future')
  return token
}

// OpenID4VP 1.0, 5.8: verifiers that know of no metadata of this wallet's address it so, and everything else is another's.
const ANY_WALLET = 'https://self-issued.me/v2'

function isForUs({ aud }: JsonObject): boolean {
  const named = asArray(aud)
  return named.length === 1 && named[0] === ANY_WALLET
}

function isInTime(token: ReadToken, now: number): boolean {
  if (token.claims.iat === undefined) return isInForce(token.claims, now)
  return isFresh(token, now, EXCHANGE_LIMITS.keyProofAge)
}

const METHOD = 'request_uri_method'

const fetchRequest = async (settings: WalletSettings, link: URLSearchParams, clientId: string): Promise<JsonObject> => {
  const url = link.get('request_uri') ?? ''
  const method = link.get(METHOD) ?? 'get'
  // OpenID4VP 1.0, 5.10; RFC 9101, section 5: one way to the request, by a method that is known.
  if (!URL.canParse(url) || !['get', 'post'].includes(method) || link.has('request')) throw malformed('a link')
  const nonce = method === 'post' ? newSecret() : undefined
  const accept = { accept: `application/${TYPE}` }
  const request = nonce === undefined ? { headers: accept } : form({ wallet_nonce: nonce }, accept)
  const response = await persist(settings.send, async () => ({ url, request }))
  requireSuccess(response, 'a request')
  const { claims } = await checkSigned(settings, tokenOf(response), clientId)
  if (nonce !== undefined && claims.wallet_nonce !== nonce) throw untrusted('it was made for another wallet')
  return claims
}

const JSON_PARAMETERS = ['dcql_query', 'client_metadata']

// By value and unsigned: only for who names itself by where answers go.
const requestInLink = (link: URLSearchParams, clientId: string): JsonObject => {
  const { prefix, rest } = prefixOf(clientId)
  if (prefix !== 'redirect_uri') throw untrusted('it is not signed')
  const members = [...link].map(([name, value]) => {
    const parsed = JSON_PARAMETERS.includes(name) ? parseStrictJson(value) : { ok: true as const, value }
    if (!parsed.ok) throw malformed('a request')
    return [name, parsed.value] as const
  })
  const request: JsonObject = Object.fromEntries(members)
  if (request.response_uri !== rest) throw untrusted('its answer would go somewhere else')
  return request
}

const encryptionOf = (metadata: JsonObject): ReadRequest['encryption'] => {
  const keys = isJsonObject(metadata.jwks) ? asArray(metadata.jwks.keys).filter(isJsonObject) : []
  const jwk = keys.find(({ kty, crv, use }) => kty === 'EC' && crv === 'P-256' && (use === undefined || use === 'enc'))
  if (!jwk) throw unsupported('an answer encrypted in another way')
  const contents = asArray(metadata.encrypted_response_enc_values_supported)
  const content = ['A256GCM', 'A128GCM'].find((one) => contents.includes(one)) ?? 'A128GCM'
  return { jwk, content }
}

const questionsIn = (request: JsonObject): readonly CredentialQuestion[] => {
  if (request.presentation_definition !== undefined || request.presentation_definition_uri !== undefined)
    throw unsupported('Presentation Exchange')
  if (request.transaction_data !== undefined) throw unsupported('transaction data')
  // One question, and one that is seen: what a scope stands for, only its inventor knows.
  if (request.scope !== undefined) throw unsupported('a scope')
  const questions = readQuery(request.dcql_query)
  if (questions === 'exchange.unsupported') throw unsupported('a format such as mso_mdoc')
  if (questions === 'exchange.malformed') throw malformed('a query')
  return questions
}

/** Takes a request for what it says. @throws PassportError `exchange.malformed`, `exchange.unsupported` */
export const toRequest = (clientId: string, request: JsonObject): ReadRequest => {
  const { nonce, state, response_uri: responseUri, response_mode: mode, client_metadata: metadata = {} } = request
  if (request.response_type !== 'vp_token' || !isUrlSafe(nonce)) throw malformed('a request')
  if (state !== undefined && !isUrlSafe(state)) throw malformed('a request')
  if (mode !== 'direct_post' && mode !== 'direct_post.jwt') throw unsupported('an answer by another way')
  // OpenID4VP 1.0, 8.2: an answer that is posted is led nowhere else.
  if (!isAddress(responseUri) || request.redirect_uri !== undefined || !isJsonObject(metadata))
    throw malformed('a request')
  const { prefix } = prefixOf(clientId)
  const encryption = mode === 'direct_post.jwt' ? encryptionOf(metadata) : undefined
  return {
    clientId,
    ...(typeof metadata.client_name === 'string' ? { name: metadata.client_name } : {}),
    proof: prefix === 'redirect_uri' ? 'unproved' : prefix === 'decentralized_identifier' ? 'did' : 'certificate',
    nonce,
    ...(state === undefined ? {} : { state }),
    responseUri,
    query: request.dcql_query as JsonObject,
    questions: questionsIn(request),
    ...(encryption ? { encryption } : {}),
  }
}

// OpenID4VP 1.0, 5.2 and 5.3.
function isUrlSafe(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._~-]+$/.test(value)
}

const MOST_CHARACTERS = 32_768

/**
 * Reads the request that a link holds or leads to, and checks that it is from whom it says.
 * @throws PassportError `exchange.malformed`, `exchange.unsupported` (Presentation Exchange, mso_mdoc and such),
 * `exchange.untrusted`, `exchange.refused`, `fetch.*`
 * @see OpenID for Verifiable Presentations 1.0, section 5
 */
export const readRequest = async (settings: WalletSettings, link: string): Promise<ReadRequest> => {
  if (link.length > MOST_CHARACTERS || !URL.canParse(link)) throw malformed('a link')
  const { searchParams } = new URL(link)
  if (new Set(searchParams.keys()).size !== [...searchParams.keys()].length) throw malformed('a link')
  if (searchParams.has('credential_offer') || searchParams.has('credential_offer_uri'))
    throw new PassportError('exchange.unsupported', 'This link is an offer, and no request')
  const clientId = searchParams.get('client_id')
  if (clientId === null) throw malformed('a link')
  const request = searchParams.has('request_uri')
    ? await fetchRequest(settings, searchParams, clientId)
    : requestInLink(searchParams, clientId)
  return toRequest(clientId, request)
}
