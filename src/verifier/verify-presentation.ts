import type { CheckCode } from '../core/codes.js'
import { LIMITS } from '../core/limits.js'
import { blockedBy, type CheckResult, type Fault, failed } from '../core/outcome.js'
import type { ReadPresentation, ReadResult } from '../formats/input.js'
import type { Moments, VerifierSettings } from './case.js'
import type { ProvenPresenter } from './checks/holder-binding.js'
import { decidePresentation } from './decide.js'
import { frameOf } from './frame.js'
import { checkPresenter, type Expectations, type PresenterFinding } from './presenter.js'
import { judgeByPolicy, readByPolicy } from './read-by-policy.js'
import type { PresentationReport, ReportInput } from './report.js'
import type { PresentationResult } from './result.js'
import { checkSamePerson } from './same-person.js'
import { holdsMoreThan } from './verify-bounded.js'
import { type CredentialQuestion, type VerifiedCredential, verifyCredential } from './verify-credential.js'

/** What a presentation is verified by. */
export interface PresentationQuestion {
  readonly settings: VerifierSettings
  readonly moments: Moments
  readonly trustAnswer: CredentialQuestion['trustAnswer']
  readonly expected: Expectations
}

interface Facts {
  readonly input: ReportInput
  readonly holderBinding: CheckResult
  readonly samePerson: CheckResult
  readonly verified: readonly VerifiedCredential[]
}

const reportOn = ({ settings, moments }: PresentationQuestion, facts: Facts): PresentationReport => {
  const { input, holderBinding, samePerson, verified } = facts
  const credentials = verified.map(({ result }) => result.report)
  const { verdict, reasons } = decidePresentation({ holderBinding, samePerson, credentials }, settings.policy)
  return {
    reportVersion: 1,
    kind: 'presentation',
    verdict,
    reasons,
    ...frameOf(settings, moments, input),
    holderBinding,
    samePerson,
    credentials,
  }
}

/** Verifies every credential of a presentation, as presented by this presenter. */
export const verifyEach = async (
  question: PresentationQuestion,
  input: ReadPresentation,
  { presenter }: PresenterFinding,
): Promise<readonly VerifiedCredential[]> => {
  const { settings, expected } = question
  const asked = { ...question, presenter, ...(expected.audience === undefined ? {} : { audience: expected.audience }) }
  if (input.bound) return [await verifyCredential(asked, judgeByPolicy(input.bound, settings.policy))]
  const verified: VerifiedCredential[] = []
  for (const credential of input.credentials) {
    const read = readByPolicy(credential, settings)
    verified.push(await verifyCredential(asked, read))
  }
  return verified
}

/** Who presents: RFC 9278 has the name of a key by its thumbprint, for a holder who showed a key and no DID. */
export const holderOf = ({ did, thumbprint = '' }: ProvenPresenter): string =>
  did ?? `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${thumbprint}`

const resultOf = (
  report: PresentationReport,
  { presenter }: PresenterFinding,
  verified: readonly VerifiedCredential[],
): PresentationResult => {
  if (report.verdict !== 'accepted') return { verdict: report.verdict, report }
  const credentials = verified.flatMap(({ result }) => (result.verdict === 'accepted' ? [result.credential] : []))
  const holder = presenter.kind === 'proven' ? holderOf(presenter) : ''
  return { verdict: 'accepted', report, presentation: { holder, credentials } }
}

const verifyReadable = async (question: PresentationQuestion, input: ReadPresentation): Promise<PresentationResult> => {
  const { settings, moments, expected } = question
  const finding = await checkPresenter({ settings, moments, input, expected })
  const verified = await verifyEach(question, input, finding)
  const presented = verified.map(({ result, ...rest }) => ({ verdict: result.verdict, ...rest }))
  const report = reportOn(question, {
    input: { sha256: input.sha256, format: input.format },
    holderBinding: finding.result,
    samePerson: checkSamePerson(presented, settings.policy, finding.presenter.kind === 'proven'),
    verified,
  })
  return resultOf(report, finding, verified)
}

const MALFORMED = 'holderBinding.presentationMalformed'

const fault = (code: CheckCode): readonly Fault[] => [{ path: '', code }]

const faultsOf = (read: ReadResult): readonly Fault[] => {
  if (!read.ok) return read.faults
  return fault(read.input.kind === 'presentation' ? 'format.tooDeep' : 'format.typeMismatch')
}

/** Every credential in it is work, and whoever sent it is still unknown. */
export const isBounded = ({ document }: ReadPresentation): boolean =>
  !holdsMoreThan(document, LIMITS.presentationValues)

/** The answer to what is no presentation at all, or one that cannot be asked about. */
export const refuseUnreadable = (
  question: PresentationQuestion,
  read: ReadResult,
  code: CheckCode = MALFORMED,
): PresentationResult => {
  const { sha256, format } = read.ok ? read.input : read
  const report = reportOn(question, {
    input: { sha256, ...(format === undefined ? {} : { format }) },
    holderBinding: failed(code, {}, code === MALFORMED ? faultsOf(read) : fault(code)),
    samePerson: blockedBy('holderBinding'),
    verified: [],
  })
  return { verdict: 'rejected', report }
}

/** Verifies a presentation, as it came through the front door, and every credential in it. */
export const verifyPresentation = async (
  question: PresentationQuestion,
  read: ReadResult,
): Promise<PresentationResult> =>
  read.ok && read.input.kind === 'presentation' && isBounded(read.input)
    ? verifyReadable(question, read.input)
    : refuseUnreadable(question, read)

/** The answer to a presentation that nobody said what to ask of. */
export function refuseUnasked(question: PresentationQuestion, read: ReadResult): PresentationResult {
  return refuseUnreadable(question, read, 'holderBinding.challengeNotStated')
}
