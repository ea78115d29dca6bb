import { hashText } from '#runtime'
import { PassportError } from '../../../core/errors.js'
import type { IdentityFailure, IdentityOutcome } from '../../../systems/identity-provider.js'
import { malformed } from '../call.js'
import { needText, textAt } from '../read.js'
import { outcomeOf } from '../records.js'
import { findSession, type IdentitySessionStore, replaceSession } from '../sessions.js'
import type { OpenIdSession, Question } from './begin.js'
import { discover, fetchKeys, formCall, type Metadata, type OpenIdClient } from './client.js'
import { readIdToken } from './id-token.js'
import { readVerifiedClaims } from './verified-claims.js'

type Brought = { readonly code: string } | { readonly error: string }

const failed = (reason: IdentityFailure): IdentityOutcome => ({ state: 'failed', reason })

const notOfThisCheck = (): PassportError => malformed('a callback that is not of this check')

// Compared by their digests, whose time tells nothing about either.
const isSame = (a: string, b: string): boolean => hashText('SHA-256', a) === hashText('SHA-256', b)

const pageOf = (address: string): string => {
  const { origin, pathname } = new URL(address)
  return origin + pathname
}

const once = (query: URLSearchParams, name: string): string => {
  const [value = '', ...more] = query.getAll(name)
  if (more.length > 0) throw notOfThisCheck()
  return value
}

const readCallback = (address: string, { state, returnUrl }: Question): { iss: string; brought: Brought } => {
  if (!URL.canParse(address) || pageOf(address) !== pageOf(returnUrl)) throw notOfThisCheck()
  const query = new URL(address).searchParams
  const [code, error, iss] = [once(query, 'code'), once(query, 'error'), once(query, 'iss')]
  if (!isSame(once(query, 'state'), state) || Boolean(code) === Boolean(error)) throw notOfThisCheck()
  return { iss, brought: code ? { code } : { error } }
}

// RFC 9207, 2.4: a callback of another provider's is how codes are stolen.
const checkIssuer = (iss: string, { issuer }: OpenIdClient, { namesIssuer }: Metadata): void => {
  if (iss === '' ? namesIssuer : iss !== issuer) throw notOfThisCheck()
}

const exchange = async (
  client: OpenIdClient,
  { tokenEndpoint }: Metadata,
  { codeVerifier, returnUrl }: Question,
  code: string,
): Promise<string | undefined> => {
  const members = { grant_type: 'authorization_code', code, redirect_uri: returnUrl, code_verifier: codeVerifier }
  const rules = { expected: [400], once: true }
  const { status, body } = await client.call(() => formCall(client, tokenEndpoint, members), rules)
  if (status !== 400) return needText(body, 'id_token')
  if (textAt(body, 'error') === 'invalid_grant') return undefined
  throw new PassportError('system.refused', 'The identity provider took no code from this client')
}

const redeem = async (client: OpenIdClient, metadata: Metadata, session: OpenIdSession, code: string) => {
  const { question } = session
  if (!question) return undefined
  // Without the keys nothing could be made of the answer: they are had before the code is spent.
  const keys = await fetchKeys(client, metadata)
  const token = await exchange(client, metadata, question, code)
  if (token === undefined) return undefined
  return readVerifiedClaims(await readIdToken(client, token, { keys, nonce: question.nonce }))
}

const settle = async (
  client: OpenIdClient,
  session: OpenIdSession,
  question: Question,
  callbackUrl: string,
): Promise<IdentityOutcome> => {
  const { iss, brought } = readCallback(callbackUrl, question)
  const metadata = await discover(client)
  checkIssuer(iss, client, metadata)
  if ('error' in brought) return failed(brought.error === 'access_denied' ? 'declined' : 'notVerified')
  const now = client.clock.now().getTime()
  if (question.until <= now) return failed('expired')
  const found = await redeem(client, metadata, session, brought.code)
  return found ? outcomeOf(found, session, client, now) : failed('notVerified')
}

// Of two who come with one callback, one has its code refused: what is verified stands, whoever is first.
const keep = async (
  sessions: IdentitySessionStore,
  id: string,
  outcome: IdentityOutcome,
  attempts = 3,
): Promise<IdentityOutcome | undefined> => {
  const found = await findSession<OpenIdSession>(sessions, id)
  if (!found) return undefined
  const { question: _spent, ...session } = found.session
  const stands = session.outcome && (session.outcome.state === 'verified' || outcome.state !== 'verified')
  if (stands) return session.outcome
  if (await replaceSession(sessions, found, { ...session, outcome })) return outcome
  if (attempts > 1) return keep(sessions, id, outcome, attempts - 1)
  throw new PassportError('system.unavailable', 'What became of the check could not be kept', { retryable: true })
}

/** Brings a check to its end with what the person's browser came back to. @throws PassportError */
export const complete = async (
  client: OpenIdClient,
  sessions: IdentitySessionStore,
  callbackUrl: string,
  sessionId: string,
): Promise<IdentityOutcome | undefined> => {
  const { session } = (await findSession<OpenIdSession>(sessions, sessionId)) ?? {}
  if (!session?.question) return session?.outcome
  return keep(sessions, sessionId, await settle(client, session, session.question, callbackUrl))
}
