import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto'
import { formatDateTime } from '../../../codec/date-time.js'
import { type Clock, systemClock } from '../../../core/clock.js'
import type { JsonObject } from '../../../core/json.js'
import type {
  IdentityFailure,
  IdentityOutcome,
  IdentityProvider,
  IdentityRequest,
} from '../../../systems/identity-provider.js'
import { type Caller, createCaller, malformed, type ProviderCallOptions } from '../call.js'
import { type CertifiedFor, capabilitiesOf, checkRequest } from '../capabilities.js'
import { at, needText, textAt } from '../read.js'
import { outcomeOf, type Provider } from '../records.js'
import {
  beginOnce,
  createMemorySessions,
  findSession,
  type IdentitySessionStore,
  type KeptSession,
} from '../sessions.js'
import { readReport } from './read-report.js'
import { sessionRequest } from './session-request.js'
import { signCall, type YotiApplication } from './sign-call.js'

/** An application at YOTI, or at Post Office EasyID, which runs on YOTI's platform. */
export interface YotiOptions extends ProviderCallOptions, CertifiedFor {
  /** The product, as it is to stand in records. By default `YOTI`. */
  readonly name?: string
  /** The interface's address, without a slash at its end. By default `https://api.yoti.com/idverify/v1`. */
  readonly url?: string
  readonly sdkId: string
  /** The application's RSA key, as PEM. */
  readonly privateKey: string
  /** Where checks that began are kept. By default a store that forgets when the process ends. */
  readonly sessions?: IdentitySessionStore
  readonly clock?: Clock
}

const PUBLIC_URL = 'https://api.yoti.com/idverify/v1'
const LIFE_SECONDS = 1_800
const SECOND = 1000
const NOT_FOUND = 404

const keyIn = (pem: string): KeyObject => {
  const wrong = new TypeError('privateKey must be an RSA key as PEM')
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // The platform's own words are of no use, and might hold some of the key.
  }
  throw wrong
}

interface Yoti extends Provider {
  readonly application: YotiApplication
  readonly call: Caller
}

const open = async ({ application, call }: Yoti, request: IdentityRequest): Promise<KeptSession> => {
  const body = sessionRequest(request, LIFE_SECONDS, randomUUID())
  // Sent again when its answer is lost: the session of which nobody heard ends by itself, and nobody is led to it.
  const answer = await call(() => signCall(application, '/sessions', body))
  const [id, token] = [needText(answer.body, 'session_id'), needText(answer.body, 'client_session_token')]
  const life = at(answer.body, 'client_session_token_ttl')
  if (typeof life !== 'number' || life <= 0) throw malformed('no client_session_token_ttl')
  return {
    id,
    url: `${application.url}/web/index.html?${new URLSearchParams({ sessionID: id, sessionToken: token })}`,
    expiresAt: formatDateTime(application.clock.now().getTime() + life * SECOND),
    types: [...request.types],
    confidence: request.confidence,
  }
}

// Published reasons are examples of a list that is not closed. That this one is somebody who gave up is inferred.
const REASONS: Readonly<Record<string, IdentityFailure>> = { MANDATORY_DOCUMENT_COULD_NOT_BE_PROVIDED: 'declined' }

const failed = (reason: IdentityFailure): IdentityOutcome => ({ state: 'failed', reason })

const fetchReport = async ({ application, call }: Yoti, sessionId: string, body: JsonObject): Promise<JsonObject> => {
  const mediaId = needText(body, 'identity_profile', 'identity_profile_report', 'media', 'id')
  const path = `/sessions/${encodeURIComponent(sessionId)}/media/${encodeURIComponent(mediaId)}/content`
  return (await call(() => signCall(application, path))).body
}

const completed = async (yoti: Yoti, session: KeptSession, body: JsonObject): Promise<IdentityOutcome> => {
  const result = textAt(body, 'identity_profile', 'result')
  const reason = textAt(body, 'identity_profile', 'failure_reason', 'reason_code') ?? ''
  if (result === 'ABORTED') return failed(REASONS[reason] ?? 'notVerified')
  if (result !== 'DONE') throw malformed('a session that is complete, without a result')
  const found = readReport(await fetchReport(yoti, session.id, body))
  if (found.schemes.length === 0) return failed('notVerified')
  return outcomeOf(found, session, yoti, yoti.application.clock.now().getTime())
}

const outcome = async (yoti: Yoti, session: KeptSession): Promise<IdentityOutcome> => {
  const path = `/sessions/${encodeURIComponent(session.id)}`
  const { status, body } = await yoti.call(() => signCall(yoti.application, path), { expected: [NOT_FOUND] })
  // It began here: YOTI has forgotten it since.
  if (status === NOT_FOUND) return failed('expired')
  if (textAt(body, 'session_id') !== session.id) throw malformed('another session')
  const state = textAt(body, 'state')
  if (state === 'ONGOING') return { state: 'pending' }
  if (state === 'EXPIRED') return failed('expired')
  if (state !== 'COMPLETED') throw malformed('a session in no state')
  return completed(yoti, session, body)
}

/**
 * YOTI, or Post Office EasyID, as an identity provider: sessions of its identity verification, each for an identity
 * profile. Nothing is sent until it is asked, and nothing about a person is kept here: an outcome is asked for each time,
 * so ask within the day for which YOTI keeps it by default. What cannot be asked throws PassportError
 * `system.unavailable` (retryable), `system.refused` or `system.malformed`, none of which says anything of a person.
 * @throws TypeError when the key is not one of RSA, or a profile not one of GPG 45
 */
export const createYotiProvider = (options: YotiOptions): IdentityProvider => {
  const { name = 'YOTI', url = PUBLIC_URL, sdkId, clock = systemClock, sessions = createMemorySessions() } = options
  const capabilities = capabilitiesOf(options)
  const application = { url, sdkId, key: keyIn(options.privateKey), clock }
  const yoti: Yoti = { name, profiles: capabilities.profiles, application, call: createCaller(options) }
  return {
    portVersion: 1,
    name,
    capabilities,
    begin: async (request) => {
      checkRequest(capabilities, request)
      return beginOnce(sessions, request, () => open(yoti, request))
    },
    outcome: async (sessionId) => {
      const found = await findSession(sessions, sessionId)
      return found && outcome(yoti, found.session)
    },
  }
}
