import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { type CheckResult, type Checks, type Fault, failed } from '../core/outcome.js'
import type { CredentialTypeRow } from '../credentials/define.js'
import { isCredentialTypeName, rowForTypes } from '../credentials/rows.js'
import type { ReadCredential, ReadResult } from '../formats/input.js'
import type { TrustAnswer } from '../trust/trust.js'
import { type CredentialCase, type Moments, subjectsOf, type VerifierSettings } from './case.js'
import type { Presenter } from './checks/holder-binding.js'
import { decide } from './decide.js'
import { frameOf } from './frame.js'
import type { CredentialReport, ReportInput } from './report.js'
import type { AcceptedCredential, CredentialResult } from './result.js'
import { checksOfUnreadable, runChecks } from './run-checks.js'

/** What a credential is verified by. */
export interface CredentialQuestion {
  readonly settings: VerifierSettings
  readonly moments: Moments
  readonly trustAnswer: TrustAnswer | undefined
  readonly presenter: Presenter
  /** The verifier's own identifier, where it states one. */
  readonly audience?: string
}

/** A verified credential, and what it was as far as it could be read: for comparing it with others. */
export interface VerifiedCredential {
  readonly result: CredentialResult
  readonly document?: JsonObject
  readonly row?: CredentialTypeRow
}

// A type is filed only where we know its name: it is the issuer's word otherwise, and may be any text.
const inputOf = (read: ReadResult, settings: VerifierSettings, row: CredentialTypeRow | undefined): ReportInput => {
  if (!read.ok) return { sha256: read.sha256, ...(read.format === undefined ? {} : { format: read.format }) }
  if (read.input.kind !== 'credential') return { sha256: read.input.sha256, format: read.input.format }
  const { sha256, format, issuer, types } = read.input
  const type = row?.type ?? types.find((name) => settings.schemas.has(name))
  return { sha256, format, ...(type === undefined ? {} : { type }), issuer }
}

const isFault = (value: unknown): value is Fault & JsonObject => isJsonObject(value) && typeof value.code === 'string'

const warningsOf = (checks: Checks): readonly Fault[] =>
  Object.values(checks)
    .flatMap((check: CheckResult) => ('evidence' in check ? asArray(check.evidence.warnings) : []))
    .filter(isFault)
    .map(({ path, code }) => ({ path, code }))

const acceptedOf = (input: ReadCredential, row: CredentialTypeRow | undefined, checks: Checks): AcceptedCredential => {
  const { document, format, sha256 } = input
  const claims = row && subjectsOf(document)[0]?.[row.claimsKey]
  return {
    document,
    format,
    sha256,
    ...(row === undefined ? {} : { type: row.type }),
    ...(isJsonObject(claims) ? { claims } : {}),
    warnings: warningsOf(checks),
  }
}

// Loaded where a policy asks for it.
const suitabilityOf = async (subject: CredentialCase, verdict: CredentialReport['verdict']) => {
  if (verdict !== 'accepted' || subject.settings.policy.suitability === undefined) return {}
  const judged = (await import('./suitability.js')).judgeSuitability(subject)
  return judged === undefined ? {} : { suitability: judged }
}

// Of a credential that claims to be two things, nothing is known.
const rowOf = ({ types }: ReadCredential): CredentialTypeRow | undefined =>
  types.filter(isCredentialTypeName).length === 1 ? rowForTypes(types) : undefined

const verifyReadable = async (question: CredentialQuestion, input: ReadCredential): Promise<VerifiedCredential> => {
  const { settings, moments, trustAnswer, presenter } = question
  const row = rowOf(input)
  const subject: CredentialCase = { settings, moments, input, row, trustAnswer }
  const checks = await runChecks(subject, presenter)
  const { verdict, reasons } = decide(checks, settings.policy)
  const report: CredentialReport = {
    reportVersion: 1,
    kind: 'credential',
    verdict,
    reasons,
    ...frameOf(settings, moments, inputOf({ ok: true, input }, settings, row)),
    checks,
    ...(await suitabilityOf(subject, verdict)),
  }
  const result: CredentialResult =
    verdict === 'accepted' ? { verdict, report, credential: acceptedOf(input, row, checks) } : { verdict, report }
  return { result, document: input.document, ...(row === undefined ? {} : { row }) }
}

const formatFault = (read: ReadResult): CheckResult =>
  read.ok ? failed('format.typeMismatch') : failed(read.code, {}, read.faults)

const refuseUnreadable = ({ settings, moments }: CredentialQuestion, read: ReadResult): VerifiedCredential => {
  const checks = checksOfUnreadable(formatFault(read), settings.policy)
  const { reasons } = decide(checks, settings.policy)
  const frame = frameOf(settings, moments, inputOf(read, settings, undefined))
  const report: CredentialReport = {
    reportVersion: 1,
    kind: 'credential',
    verdict: 'rejected',
    reasons,
    ...frame,
    checks,
  }
  return { result: { verdict: 'rejected', report } }
}

/** Verifies one credential, as it came through the front door. */
export async function verifyCredential(question: CredentialQuestion, read: ReadResult): Promise<VerifiedCredential> {
  const addressed = refuseForOthers(read, question)
  return addressed.ok && addressed.input.kind === 'credential'
    ? verifyReadable(question, addressed.input)
    : refuseUnreadable(question, addressed)
}

/** RFC 7519, 4.1.3: who does not find itself in a token's audience must reject the token. */
function refuseForOthers(read: ReadResult, { audience }: CredentialQuestion): ReadResult {
  const named = read.ok && read.input.kind === 'credential' ? read.input.token?.audience : undefined
  if (!read.ok || named === undefined || named.some((one) => one === audience)) return read
  const { sha256, kind, format } = read.input
  const code = 'format.audienceMismatch'
  return { ok: false, sha256, kind, format, code, faults: [{ path: '/aud', code }] }
}
