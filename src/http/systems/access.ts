import { decodeBase64url, encodeBase64url } from '#runtime'
import { parseStrictJson } from '../../codec/strict-json.js'
import { decodeUtf8, encodeUtf8 } from '../../codec/utf8.js'
import { type Clock, systemClock } from '../../core/clock.js'
import { isJsonObject } from '../../core/json.js'
import { hmacSha256 } from '../../crypto/hmac.js'
import { isSameText } from '../../exchange/oauth/same-text.js'
import type { Reply } from '../answer.js'
import { plainProblem, RequestProblem, refuseWith } from '../problem.js'
import { readBytes } from '../read-json.js'

/** A service that may call, and the organisations whose employees it may ask about. */
export interface ApiClient {
  readonly clientId: string
  /** At least 32 characters. */
  readonly clientSecret: string
  readonly organisations: readonly string[]
}

/** Who may call, and what their tokens are made with. */
export interface AccessOptions {
  readonly clients: readonly ApiClient[]
  /** 32 to 64 random bytes, of every process that serves this. */
  readonly tokenKey: Uint8Array
  readonly clock?: Clock
}

/** Lets clients in. */
export interface Access {
  /** The token endpoint. */
  giveToken(request: Request): Promise<Reply>
  /** @throws RequestProblem 401 without a token that holds, 403 for another organisation than the client's */
  check(request: Request, organisation: string): ApiClient
}

const TOKEN_SECONDS = 600
const SECOND = 1000
const MOST_FORM_BYTES = 8_192
const LEAST_SECRET = 32

const oauthError = (status: number, error: string): Reply => ({ status, body: { error } })

const basic = (header: string | null): Readonly<Record<string, string>> => {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return {}
  try {
    const [id = '', secret = ''] = atob(encoded).split(':').map(decodeURIComponent)
    return { client_id: id, client_secret: secret }
  } catch {
    // Neither base64 nor what form encoding makes of a text (RFC 6749, 2.3.1): nobody's credentials.
    return {}
  }
}

const formOf = async (request: Request): Promise<Readonly<Record<string, string>>> => {
  const text = decodeUtf8(await readBytes(request, MOST_FORM_BYTES)) ?? ''
  return { ...Object.fromEntries(new URLSearchParams(text)), ...basic(request.headers.get('authorization')) }
}

const unauthorised = (): never => {
  const problems = [plainProblem(401, 'This needs an access token that holds: ask the token endpoint for one.')]
  throw new RequestProblem(401, problems, { 'www-authenticate': 'Bearer' })
}

const checkOptions = ({ clients, tokenKey }: AccessOptions): void => {
  if (!(tokenKey instanceof Uint8Array) || tokenKey.length < 32 || tokenKey.length > 64)
    throw new TypeError('tokenKey must be 32 to 64 random bytes')
  if (clients.some(({ clientId, clientSecret }) => clientId === '' || clientSecret.length < LEAST_SECRET))
    throw new TypeError(`Each client needs a clientId, and a clientSecret of at least ${LEAST_SECRET} characters`)
}

/** OAuth 2.0 client credentials (RFC 6749, 4.4): tokens that say whose they are, and that nobody else can make. */
export const createAccess = (options: AccessOptions): Access => {
  checkOptions(options)
  const { clients, clock = systemClock } = options
  const key = options.tokenKey.slice()
  const authentication = (payload: string): string => encodeBase64url(hmacSha256(key, encodeUtf8(payload)))
  const newToken = (clientId: string): string => {
    const until = clock.now().getTime() + TOKEN_SECONDS * SECOND
    const payload = encodeBase64url(encodeUtf8(JSON.stringify({ clientId, until })))
    return `${payload}.${authentication(payload)}`
  }
  const clientOf = (token: string): ApiClient | undefined => {
    const [payload = '', signature = ''] = token.split('.')
    if (!isSameText(signature, authentication(payload))) return undefined
    const parsed = parseStrictJson(decodeBase64url(payload) ?? new Uint8Array())
    if (!parsed.ok || !isJsonObject(parsed.value)) return undefined
    const { clientId, until } = parsed.value
    const holds = typeof until === 'number' && until > clock.now().getTime()
    return holds ? clients.find((client) => client.clientId === clientId) : undefined
  }
  return {
    giveToken: async (request) => {
      const form = await formOf(request)
      if (form.grant_type !== 'client_credentials') return oauthError(400, 'unsupported_grant_type')
      const { client_id: id = '', client_secret: secret = '' } = form
      const client = clients.find(({ clientId }) => clientId === id)
      if (!isSameText(secret, client?.clientSecret ?? '') || !client) return oauthError(401, 'invalid_client')
      return { status: 200, body: { access_token: newToken(id), token_type: 'Bearer', expires_in: TOKEN_SECONDS } }
    },
    check: (request, organisation) => {
      const token = /^Bearer ([^ ]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
      const client = clientOf(token) ?? unauthorised()
      if (!client.organisations.includes(organisation))
        refuseWith(403, 'This client does not speak for this organisation.')
      return client
    },
  }
}
