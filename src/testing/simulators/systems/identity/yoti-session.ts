import { randomUUID } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.js'
import type { ServiceCall } from '../../loopback.js'
import { type PassedCheck, personAt } from './person.js'
import { type AskedProfile, complianceOf, reportOf } from './yoti-report.js'

/** A session of identity verification. */
export interface YotiSession extends AskedProfile {
  readonly id: string
  readonly sdkId: string
  readonly token: string
  readonly life: number
  readonly mediaId: string
  state: 'ONGOING' | 'COMPLETED' | 'EXPIRED'
  profile?: JsonObject
  report?: JsonObject
}

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const TYPES: readonly string[] = ['DBS', 'RTW', 'DBS_RTW']
const OBJECTIVES: readonly unknown[] = ['BASIC', 'STANDARD', 'ENHANCED']

// The scheme, where the requirements are ones that YOTI documents.
const schemeIn = (requirements: Json | undefined): AskedProfile['scheme'] | undefined => {
  if (!isJsonObject(requirements) || requirements.trust_framework !== 'UK_TFIDA') return undefined
  const scheme = requirements.scheme
  if (!isJsonObject(scheme) || typeof scheme.type !== 'string' || !TYPES.includes(scheme.type)) return undefined
  const objective = scheme.objective
  const isWhole = scheme.type === 'RTW' ? objective === undefined : OBJECTIVES.includes(objective)
  return isWhole ? { type: scheme.type, ...(typeof objective === 'string' ? { objective } : {}) } : undefined
}

/** The session that a call begins, where it asks for what YOTI documents. */
export const newSession = (call: ServiceCall): YotiSession | undefined => {
  const body = parsed(call.body)
  if (!isJsonObject(body) || !isJsonObject(body.subject) || !isJsonObject(body.sdk_config)) return undefined
  const scheme = schemeIn(body.identity_profile_requirements)
  const { client_session_token_ttl: life } = body
  const isWhole = typeof life === 'number' && String(body.sdk_config.success_url).startsWith('https://')
  if (!scheme || !isWhole) return undefined
  const sdkId = call.url.searchParams.get('sdkId') ?? ''
  const made = { id: randomUUID(), sdkId, token: randomUUID(), mediaId: randomUUID(), state: 'ONGOING' as const }
  return { ...made, life, scheme, subjectId: String(body.subject.subject_id) }
}

/** What is answered to whoever began it. */
export const begunBody = ({ id, token, life }: YotiSession): JsonObject => ({
  session_id: id,
  client_session_token: token,
  client_session_token_ttl: life,
})

/** How it stands. */
export const stateBody = ({ id, state, subjectId, profile }: YotiSession): JsonObject => ({
  session_id: id,
  state,
  resources: {},
  checks: [],
  ...(profile ? { identity_profile: { subject_id: subjectId, ...profile } } : {}),
})

/** Somebody goes through it. */
export const complete = (session: YotiSession, check: PassedCheck, now: number): void => {
  const person = personAt(now, check, session.scheme.objective === 'ENHANCED' ? 'H1A' : 'M1C')
  const media = { id: session.mediaId, type: 'JSON', created: '', last_updated: '' }
  const compliance = complianceOf(person, session)
  session.report = reportOf(person, session, now)
  session.profile = {
    result: 'DONE',
    identity_profile_report: { trust_framework: 'UK_TFIDA', schemes_compliance: compliance, media },
  }
  session.state = 'COMPLETED'
}

/** Nobody is verified. */
export const abort = (session: YotiSession, reason: string): void => {
  session.profile = { result: 'ABORTED', failure_reason: { reason_code: reason } }
  session.state = 'COMPLETED'
}
