import { isJsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { PublicKeyJwk } from '../../ports/signer.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { type EndpointRequest, OAuthRefusal } from './refusal.js'
import { isFresh, isSignedBy, type ReadToken, readToken } from './signed-token.js'

/** What an attestation is checked against. */
export interface AttestationQuestion {
  readonly book: ExchangeBook
  /** The authorization server's identifier. */
  readonly audience: string
  /** Keys of the wallet providers whose word is taken. */
  readonly attesters: readonly PublicKeyJwk[]
  readonly required: boolean
}

const refuse = (): never => {
  throw new OAuthRefusal(
    'invalid_client',
    'The wallet’s attestation is missing, over, not from a provider that is trusted here, or not its own',
    401,
  )
}

const isAttested = async (token: ReadToken, attesters: readonly PublicKeyJwk[]): Promise<boolean> => {
  for (const attester of attesters) if (await isSignedBy(token, attester)) return true
  return false
}

const readAttestation = async (text: string, { book, attesters }: AttestationQuestion): Promise<ReadToken> => {
  const token = readToken(text, { typ: 'oauth-client-attestation+jwt' })
  const isInTime = token && isFresh(withIssueTime(token, book.now()), book.now(), EXCHANGE_LIMITS.attestationAge)
  // An attestation without an end would vouch for a wallet for ever.
  if (!token || typeof token.claims.exp !== 'number' || !isInTime) return refuse()
  return (await isAttested(token, attesters)) ? token : refuse()
}

// Its provider may leave out when it was made; its end counts.
const withIssueTime = (token: ReadToken, now: number): ReadToken =>
  token.claims.iat === undefined ? { ...token, claims: { ...token.claims, iat: Math.floor(now / 1000) } } : token

const checkPossession = async (
  text: string,
  { sub, cnf }: Readonly<Record<string, unknown>>,
  { book, audience }: AttestationQuestion,
): Promise<void> => {
  const token = readToken(text, { typ: 'oauth-client-attestation-pop+jwt' })
  const jwk = isJsonObject(cnf) ? cnf.jwk : undefined
  if (!token || !isFresh(token, book.now(), EXCHANGE_LIMITS.dpopAge) || !(await isSignedBy(token, jwk))) return refuse()
  const { aud, iss, jti } = token.claims
  if (aud !== audience || (iss !== undefined && iss !== sub) || typeof jti !== 'string') return refuse()
  const until = book.now() + EXCHANGE_LIMITS.dpopAge * 3
  if (!(await book.once('attestation', `${String(sub)} ${jti}`, until))) refuse()
}

/**
 * The client that a wallet's provider vouches for, and that proved to be it; `undefined` where a request brings no
 * attestation and needs none.
 * @throws OAuthRefusal `invalid_client` (401)
 * @see OAuth 2.0 Attestation-Based Client Authentication; OpenID4VC High Assurance Interoperability Profile 1.0, section 4.4.1
 */
export const checkClientAttestation = async (
  { headers }: EndpointRequest,
  question: AttestationQuestion,
): Promise<string | undefined> => {
  const attestation = headers.get('oauth-client-attestation')
  const possession = headers.get('oauth-client-attestation-pop')
  if (attestation === null && possession === null) return question.required ? refuse() : undefined
  const { claims } = await readAttestation(attestation ?? '', question)
  await checkPossession(possession ?? '', claims, question)
  return typeof claims.sub === 'string' && claims.sub !== '' ? claims.sub : refuse()
}
