import { digestText, encodeBase64url, randomBytes } from '#runtime'
import { formatDateTime } from '../../../codec/date-time.js'
import type { IdentityOutcome, IdentityRequest } from '../../../systems/identity-provider.js'
import { malformed } from '../call.js'
import { at, needText } from '../read.js'
import type { KeptSession } from '../sessions.js'
import { discover, formCall, type Metadata, type OpenIdClient } from './client.js'
import { claimsRequest } from './verified-claims.js'

/** What a callback and a token are checked against. */
export interface Question {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly returnUrl: string
  /** Milliseconds since 1970: whoever comes back later is too late. */
  readonly until: number
}

/** A check at an OpenID provider, as it is kept: a question, or what came of it. */
export interface OpenIdSession extends KeptSession {
  readonly question?: Question
  readonly outcome?: IdentityOutcome
}

const SECRET_BYTES = 32
const LIFE = 1_800_000
const SECOND = 1000

const newSecret = (): string => encodeBase64url(randomBytes(SECRET_BYTES))

const parametersOf = ({ clientId }: OpenIdClient, request: IdentityRequest, question: Question) => ({
  response_type: 'code',
  client_id: clientId,
  redirect_uri: question.returnUrl,
  scope: 'openid',
  state: question.state,
  nonce: question.nonce,
  // RFC 7636, 4.2.
  code_challenge: encodeBase64url(digestText('SHA-256', question.codeVerifier)),
  code_challenge_method: 'S256',
  claims: JSON.stringify(claimsRequest(request)),
})

interface Link {
  readonly url: string
  readonly until: number
}

const withQuery = (endpoint: string, parameters: Readonly<Record<string, string>>): string => {
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

// RFC 9126: the question goes by itself, and the person's browser carries only its name.
const push = async (
  client: OpenIdClient,
  { authorizationEndpoint }: Metadata,
  pushEndpoint: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Link> => {
  const { body } = await client.call(() => formCall(client, pushEndpoint, parameters))
  const life = at(body, 'expires_in')
  if (typeof life !== 'number' || life <= 0) throw malformed('no expires_in')
  const named = { client_id: client.clientId, request_uri: needText(body, 'request_uri') }
  return { url: withQuery(authorizationEndpoint, named), until: client.clock.now().getTime() + life * SECOND }
}

/** Begins a check: the address that the person goes to, and what the answer is checked against. @throws PassportError */
export const openSession = async (client: OpenIdClient, request: IdentityRequest): Promise<OpenIdSession> => {
  const metadata = await discover(client)
  const until = client.clock.now().getTime() + LIFE
  const secrets = { state: newSecret(), nonce: newSecret(), codeVerifier: newSecret() }
  const question = { ...secrets, returnUrl: request.returnUrl, until }
  const parameters = parametersOf(client, request, question)
  const { pushEndpoint, authorizationEndpoint } = metadata
  const link = pushEndpoint
    ? await push(client, metadata, pushEndpoint, parameters)
    : { url: withQuery(authorizationEndpoint, parameters), until }
  return {
    id: newSecret(),
    url: link.url,
    // Of the link; whoever followed it in time has until the end of the question.
    expiresAt: formatDateTime(Math.min(link.until, until)),
    types: [...request.types],
    confidence: request.confidence,
    question,
  }
}
