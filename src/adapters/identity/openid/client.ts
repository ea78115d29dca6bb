import type { Clock } from '../../../core/clock.js'
import { asArray, type JsonObject } from '../../../core/json.js'
import { type Caller, malformed, type ProviderCall } from '../call.js'
import { at, needText, textAt } from '../read.js'
import type { Provider } from '../records.js'

/** A client of an OpenID provider. */
export interface OpenIdClient extends Provider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly call: Caller
  readonly clock: Clock
}

/** What an OpenID provider says of itself. */
export interface Metadata {
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly keysUrl: string
  /** Where requests are pushed, where they can be (RFC 9126). */
  readonly pushEndpoint?: string
  /** Whether callbacks name who sends them (RFC 9207). */
  readonly namesIssuer: boolean
}

// Nobody is led, and nothing is sent, by another way than the issuer itself is reached.
const address = (issuer: string, body: JsonObject, name: string): string => {
  const found = needText(body, name)
  if (!URL.canParse(found) || new URL(found).protocol !== new URL(issuer).protocol) throw malformed(`no ${name}`)
  return found
}

/** Asks a provider what it is (OpenID Connect Discovery 1.0, 4). @throws PassportError */
export const discover = async ({ issuer, call }: OpenIdClient): Promise<Metadata> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const { body } = await call(() => ({ url, headers: { accept: 'application/json' } }))
  // 4.3: whoever calls itself something else is somebody else.
  if (textAt(body, 'issuer') !== issuer) throw malformed('another issuer')
  const push = 'pushed_authorization_request_endpoint'
  return {
    authorizationEndpoint: address(issuer, body, 'authorization_endpoint'),
    tokenEndpoint: address(issuer, body, 'token_endpoint'),
    keysUrl: address(issuer, body, 'jwks_uri'),
    ...(body[push] === undefined ? {} : { pushEndpoint: address(issuer, body, push) }),
    namesIssuer: at(body, 'authorization_response_iss_parameter_supported') === true,
  }
}

/** The provider's public keys. @throws PassportError */
export const fetchKeys = async ({ call }: OpenIdClient, { keysUrl }: Metadata): Promise<readonly JsonObject[]> => {
  const { body } = await call(() => ({ url: keysUrl, headers: { accept: 'application/json' } }))
  const keys = asArray(body.keys) as readonly JsonObject[]
  if (keys.length === 0) throw malformed('no keys')
  return keys
}

const encoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

/** A form of the client's, with its secret (RFC 6749, 2.3.1). */
export const formCall = (
  { clientId, clientSecret }: OpenIdClient,
  url: string,
  members: Readonly<Record<string, string>>,
): ProviderCall => ({
  url,
  method: 'POST',
  headers: {
    accept: 'application/json',
    authorization: `Basic ${btoa(`${encoded(clientId)}:${encoded(clientSecret)}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: new URLSearchParams(members).toString(),
})
