import { HashAlgorithm, Oauth2AuthorizationServer, Oauth2ServerErrorResponseError } from '@openid4vc/oauth2'
import { Openid4vciIssuer, setGlobalConfig } from '@openid4vc/openid4vci'
import { randomBytes, sha256, sha384, sha512 } from '#runtime'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import type { Parameters } from '../oauth/read-request.js'
import { type EndpointRequest, refuse } from '../oauth/refusal.js'

// The library gives messages their shape. Signatures are checked here, by our own rules, so it is never asked to.
const never = (): never => {
  throw new TypeError('Signatures are not the library’s to make or check')
}
const HASHES = { [HashAlgorithm.Sha256]: sha256, [HashAlgorithm.Sha384]: sha384, [HashAlgorithm.Sha512]: sha512 }
const callbacks = {
  hash: (data: Uint8Array, algorithm: HashAlgorithm) => HASHES[algorithm](data),
  generateRandom: randomBytes,
  signJwt: never,
  verifyJwt: never,
  decryptJwe: never,
  encryptJwe: never,
  clientAuthentication: () => undefined,
  fetch: never,
}

const issuer = new Openid4vciIssuer({ callbacks })
const server = new Oauth2AuthorizationServer({ callbacks })

/** Lets messages hold addresses without encryption: for this machine alone, while developing. */
export const allowLoopback = (): void => setGlobalConfig({ allowInsecureUrls: true })

// What the library refuses it explains by repeating what was sent, so only its code goes on.
const parsed = <Message>(error: string, description: string, parse: () => Message): Message => {
  try {
    return parse()
  } catch (cause) {
    const code = cause instanceof Oauth2ServerErrorResponseError ? String(cause.errorResponse.error) : error
    return refuse(code, description)
  }
}

/** Issuer metadata, checked. */
export const issuerMetadata = (metadata: JsonObject): JsonObject =>
  issuer.createCredentialIssuerMetadata(metadata as never) as unknown as JsonObject

/** Authorization server metadata, checked. */
export const serverMetadata = (metadata: JsonObject): JsonObject =>
  server.createAuthorizationServerMetadata(metadata as never) as unknown as JsonObject

/** A credential request: for what, with which proofs, and how to encrypt the answer. */
export interface CredentialRequest {
  readonly configurationId?: string
  readonly identifier?: string
  /** What drafts up to 14 name a credential by. */
  readonly byFormat?: { readonly format: string; readonly vct?: string; readonly types?: readonly string[] }
  readonly proofs: { readonly jwt?: readonly string[]; readonly attestation?: readonly string[] }
  readonly encryption?: JsonObject
}

// 1.0 says how to encrypt in the key itself; the library still asks for it beside the key, as drafts did.
const withAlgorithm = (encryption: unknown): unknown => {
  // Section 8.3.1.2: what is missing has the same error as what is invalid.
  if (!isJsonObject(encryption) || !isJsonObject(encryption.jwk) || typeof encryption.enc !== 'string')
    return refuse('invalid_encryption_parameters', 'How to encrypt the answer is said by jwk and enc')
  return { ...encryption, alg: encryption.alg ?? encryption.jwk.alg }
}

const namedByFormat = (format: string, { vct, credential_definition: definition }: JsonObject) => {
  if (!SPOKEN.includes(format))
    return refuse('unsupported_credential_format', 'This format, such as mso_mdoc, is not issued')
  const types = isJsonObject(definition) && Array.isArray(definition.type) ? definition.type.map(String) : undefined
  return { format, ...(typeof vct === 'string' ? { vct } : {}), ...(types === undefined ? {} : { types }) }
}

const SPOKEN: readonly string[] = ['dc+sd-jwt', 'vc+sd-jwt', 'jwt_vc_json', 'ldp_vc', 'vc+jwt']

const NO_METADATA = { credentialIssuer: { credential_configurations_supported: {} }, knownCredentialConfigurations: {} }

/**
 * Reads a credential request of OpenID4VCI 1.0, or of its drafts from 14 on (`proof` instead of `proofs`).
 * @throws OAuthRefusal `invalid_credential_request`
 */
export const readCredentialRequest = (body: JsonObject): CredentialRequest => {
  const { credential_configuration_id: configurationId, credential_identifier: identifier, format } = body
  const names = [configurationId, identifier, format].filter((name) => name !== undefined)
  if (names.length !== 1 || typeof names[0] !== 'string')
    return refuse('invalid_credential_request', 'Name either a credential configuration or a credential identifier')
  const byFormat = typeof format === 'string' ? { byFormat: namedByFormat(format, body) } : {}
  const { credential_configuration_id: _, format: __, credential_response_encryption: encryption, ...rest } = body
  const message = {
    ...rest,
    // What is asked for is looked up here; the library would know our extensions for nothing.
    credential_identifier: names[0],
    ...(encryption === undefined ? {} : { credential_response_encryption: withAlgorithm(encryption) }),
  }
  const { proofs, credentialRequest } = parsed(
    'invalid_credential_request',
    'The credential request is not one of OpenID4VCI',
    () => issuer.parseCredentialRequest({ issuerMetadata: NO_METADATA as never, credentialRequest: message as never }),
  )
  const wanted = credentialRequest.credential_response_encryption as JsonObject | undefined
  return {
    ...(typeof configurationId === 'string' ? { configurationId } : {}),
    ...(typeof identifier === 'string' ? { identifier } : {}),
    ...byFormat,
    proofs: {
      ...(proofs?.jwt === undefined ? {} : { jwt: proofs.jwt }),
      ...(proofs?.attestation === undefined ? {} : { attestation: proofs.attestation }),
    },
    ...(wanted === undefined ? {} : { encryption: wanted }),
  }
}

/** A credential response, checked. */
export const credentialResponse = (members: {
  readonly credentials: readonly (JsonObject | string)[]
  readonly notificationId: string
}): JsonObject =>
  issuer.createCredentialResponse({
    credentialRequest: {} as never,
    credentials: members.credentials.map((credential) => ({ credential })) as never,
    notificationId: members.notificationId,
  }) as unknown as JsonObject

/** The answer that a credential is not ready yet. */
export const deferredResponse = (transactionId: string, interval: number): JsonObject =>
  issuer.createCredentialResponse({
    credentialRequest: {} as never,
    transactionId,
    interval,
  } as never) as unknown as JsonObject

/** The name of a deferred credential, as a wallet asks for it. @throws OAuthRefusal */
export const readDeferredRequest = (
  body: JsonObject,
): { readonly transactionId: string; readonly encryption?: JsonObject } => {
  const encryption = body.credential_response_encryption
  const message =
    encryption === undefined ? body : { ...body, credential_response_encryption: withAlgorithm(encryption) }
  const { deferredCredentialRequest } = parsed(
    'invalid_credential_request',
    'The deferred credential request is not one of OpenID4VCI',
    () => issuer.parseDeferredCredentialRequest({ deferredCredentialRequest: message as never }),
  )
  const wanted = deferredCredentialRequest.credential_response_encryption as JsonObject | undefined
  return {
    transactionId: deferredCredentialRequest.transaction_id,
    ...(wanted === undefined ? {} : { encryption: wanted }),
  }
}

/** A nonce response, checked. */
export const nonceResponse = (nonce: string): JsonObject =>
  issuer.createNonceResponse({ cNonce: nonce }) as unknown as JsonObject

/** What a token request presents. */
export type Grant =
  | { readonly kind: 'preAuthorized'; readonly code: string; readonly transactionCode?: string }
  | { readonly kind: 'code'; readonly code: string; readonly verifier?: string }

const asRequest = ({ method, url, headers }: EndpointRequest) => ({
  method: method as 'POST',
  url,
  headers: headers as Headers,
})

/** Reads a token request. @throws OAuthRefusal `invalid_request`, `unsupported_grant_type` */
export const readTokenRequest = (form: Parameters, request: EndpointRequest): Grant => {
  const { grant, pkceCodeVerifier } = parsed('invalid_request', 'The token request lacks what its grant needs', () =>
    server.parseAccessTokenRequest({ accessTokenRequest: { ...form }, request: asRequest(request) }),
  )
  if ('preAuthorizedCode' in grant && grant.preAuthorizedCode !== undefined)
    return {
      kind: 'preAuthorized',
      code: grant.preAuthorizedCode,
      ...(grant.txCode === undefined ? {} : { transactionCode: grant.txCode }),
    }
  if ('code' in grant && grant.code !== undefined)
    return { kind: 'code', code: grant.code, ...(pkceCodeVerifier === undefined ? {} : { verifier: pkceCodeVerifier }) }
  return refuse('unsupported_grant_type', 'Only pre-authorized codes and authorization codes are taken')
}

/** The offer object, and the link that holds or leads to it. */
export const credentialOffer = async (
  metadata: JsonObject,
  offer: {
    readonly configurationIds: readonly string[]
    readonly grants: JsonObject
    readonly linkScheme: string
    readonly offerUri?: string
  },
): Promise<{ readonly object: JsonObject; readonly link: string }> => {
  const { credentialOffer: link, credentialOfferObject } = await issuer.createCredentialOffer({
    issuerMetadata: {
      credentialIssuer: metadata,
      authorizationServers: [],
      knownCredentialConfigurations: {},
    } as never,
    credentialConfigurationIds: [...offer.configurationIds],
    grants: offer.grants as never,
    credentialOfferScheme: offer.linkScheme,
    ...(offer.offerUri === undefined ? {} : { credentialOfferUri: offer.offerUri }),
  })
  return { object: credentialOfferObject as unknown as JsonObject, link }
}
