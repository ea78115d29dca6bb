import { parseDateTime } from '../../codec/date-time.js'
import type { CheckCode, ErrorCode } from '../../core/codes.js'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { EntraConstraint, Question } from './questions.js'

/** How sure Entra is that the holder is the one on the photograph. */
export interface EntraFaceCheckResult {
  /** To a hundred. */
  readonly matchConfidenceScore: number
  readonly sourcePhotoQuality?: string
}

/** A credential that Entra says it verified. */
export interface EntraCredential {
  /** The issuer's DID. */
  readonly issuer: string
  readonly type: readonly string[]
  /** Only those that were asked for, where any were named. */
  readonly claims: JsonObject
  readonly revocationStatus: 'VALID'
  readonly issuanceDate?: string
  readonly expirationDate?: string
  readonly faceCheck?: EntraFaceCheckResult
}

/**
 * What came of a request over Entra. It is Entra's word: Entra checked the signatures, and we checked that what it says
 * answers what was asked. Nothing in it was verified by this library.
 */
export type EntraOutcome =
  | { readonly verdict: 'accepted'; readonly credentials: readonly EntraCredential[] }
  | {
      readonly verdict: 'rejected'
      /** Why, in codes of ours; where Entra refused it, the list is empty. */
      readonly faults: readonly EntraFault[]
      readonly credentials?: never
    }

/** Why something does not answer what was asked. */
export interface EntraFault {
  /** Which of the credentials asked for. */
  readonly path: string
  readonly code: CheckCode | ErrorCode
}

/** One entry of what Entra says that it verified, of its shape. */
export interface Shown {
  readonly issuer: string
  readonly type: readonly string[]
  readonly claims: JsonObject
  readonly revocationStatus?: Json
  readonly domain?: Json
  readonly issuanceDate?: string
  readonly expirationDate?: string
  readonly faceCheck?: EntraFaceCheckResult
}

const isText = (value: Json | undefined): value is string => typeof value === 'string'

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value }

const faceCheckIn = (value: Json | undefined): EntraFaceCheckResult | undefined => {
  if (!isJsonObject(value) || typeof value.matchConfidenceScore !== 'number') return undefined
  const { matchConfidenceScore, sourcePhotoQuality: quality } = value
  return { matchConfidenceScore, ...optional('sourcePhotoQuality', isText(quality) ? quality : undefined) }
}

const read = (entry: Json): Shown | undefined => {
  if (!isJsonObject(entry)) return undefined
  const { issuer, type, claims, credentialState, domainValidation, issuanceDate, expirationDate } = entry
  if (!isText(issuer) || !Array.isArray(type) || !type.every(isText) || !isJsonObject(claims)) return undefined
  return {
    issuer,
    type,
    claims,
    ...optional('revocationStatus', isJsonObject(credentialState) ? credentialState.revocationStatus : undefined),
    ...optional('domain', isJsonObject(domainValidation) ? domainValidation.url : undefined),
    ...optional('issuanceDate', isText(issuanceDate) ? issuanceDate : undefined),
    ...optional('expirationDate', isText(expirationDate) ? expirationDate : undefined),
    ...optional('faceCheck', faceCheckIn(entry.faceCheck)),
  }
}

/** What Entra says that it verified (`verifiedCredentialsData`); `undefined` unless it has that shape. */
export const readShown = (data: Json | undefined): readonly Shown[] | undefined => {
  if (!Array.isArray(data) || data.length === 0 || data.length > LIMITS.presentationCredentials) return undefined
  const shown = data.map(read)
  return shown.every((one) => one !== undefined) ? shown : undefined
}

const holds = (constraint: EntraConstraint, claims: JsonObject): boolean => {
  const value = Object.hasOwn(claims, constraint.claimName) ? claims[constraint.claimName] : undefined
  if (!isText(value)) return false
  const said = value.toLowerCase()
  if (constraint.values) return constraint.values.some((allowed) => allowed.toLowerCase() === said)
  if (constraint.contains !== undefined) return said.includes(constraint.contains.toLowerCase())
  return constraint.startsWith !== undefined && said.startsWith(constraint.startsWith.toLowerCase())
}

const hasAnswered = ({ claims = [], constraints, faceCheck, validateLinkedDomain }: Question, shown: Shown): boolean =>
  claims.every((name) => Object.hasOwn(shown.claims, name)) &&
  constraints.every((constraint) => holds(constraint, shown.claims)) &&
  (!faceCheck || (shown.faceCheck?.matchConfidenceScore ?? 0) >= faceCheck.matchConfidenceThreshold) &&
  (!validateLinkedDomain || isText(shown.domain))

const statusCode = ({ revocationStatus }: Shown): CheckCode | undefined => {
  if (revocationStatus === 'VALID') return undefined
  return revocationStatus === 'REVOKED' ? 'status.revoked' : 'status.missing'
}

const dateCode = ({ issuanceDate, expirationDate }: Shown, now: number): CheckCode | undefined => {
  const [begin, end] = [issuanceDate, expirationDate].map((text) =>
    text === undefined ? undefined : parseDateTime(text),
  )
  if ((issuanceDate && begin === undefined) || (expirationDate && end === undefined)) return 'validityPeriod.malformed'
  if (begin !== undefined && begin > now + LIMITS.clockSkew) return 'validityPeriod.notYetValid'
  return end !== undefined && end <= now - LIMITS.clockSkew ? 'validityPeriod.expired' : undefined
}

const codesFor = (question: Question, shown: Shown | undefined, now: number): readonly EntraFault['code'][] => {
  if (!shown) return ['exchange.notAnswered']
  const codes = [
    question.issuers.includes(shown.issuer) ? undefined : ('exchange.issuerNotAsked' as const),
    statusCode(shown),
    dateCode(shown, now),
    hasAnswered(question, shown) ? undefined : ('exchange.notAnswered' as const),
  ]
  return codes.filter((code) => code !== undefined)
}

const answerTo = ({ type }: Question, shown: readonly Shown[]): readonly Shown[] =>
  shown.filter((one) => one.type.includes(type))

const credentialOf = ({ claims: asked }: Question, shown: Shown): EntraCredential => {
  const { domain: _domain, revocationStatus: _status, claims, ...rest } = shown
  const kept = Object.entries(claims).filter(([name]) => asked === undefined || asked.includes(name))
  return { ...rest, claims: Object.fromEntries(kept), revocationStatus: 'VALID' }
}

/** Whether what Entra verified answers what was asked: it was asked the same, and is not taken at its word for that. */
export const judgeShown = (questions: readonly Question[], shown: readonly Shown[], now: number): EntraOutcome => {
  const answers = questions.map((question) => answerTo(question, shown))
  const faults = questions.flatMap((question, index) =>
    codesFor(question, answers[index]?.[0], now).map((code) => ({ path: `/credentials/${index}`, code })),
  )
  // One answer to each question, and nothing beside them.
  if (shown.length > questions.length || answers.some(({ length }) => length > 1))
    return { verdict: 'rejected', faults: [...faults, { path: '/credentials', code: 'exchange.notAsked' }] }
  if (faults.length > 0) return { verdict: 'rejected', faults }
  const credentials = questions.flatMap((question, index) =>
    (answers[index] ?? []).map((one) => credentialOf(question, one)),
  )
  return { verdict: 'accepted', credentials }
}
