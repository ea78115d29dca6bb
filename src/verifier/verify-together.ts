import { hashText } from '#runtime'
import { type CheckResult, passed } from '../core/outcome.js'
import type { ReadPresentation, ReadResult } from '../formats/input.js'
import { decidePresentation } from './decide.js'
import { frameOf } from './frame.js'
import { checkPresenter, type PresenterFinding } from './presenter.js'
import { readByPolicy } from './read-by-policy.js'
import type { PresentationReport } from './report.js'
import type { PresentationResult } from './result.js'
import { checkSamePerson } from './same-person.js'
import type { VerifiedCredential } from './verify-credential.js'
import { holderOf, isBounded, type PresentationQuestion, refuseUnreadable, verifyEach } from './verify-presentation.js'

/** One presentation of several, as far as it could be verified. */
interface Part {
  readonly finding: PresenterFinding
  readonly verified: readonly VerifiedCredential[]
}

const verifyPart = async (question: PresentationQuestion, input: ReadPresentation): Promise<Part> => {
  const finding = await checkPresenter({ ...question, input })
  return { finding, verified: await verifyEach(question, input, finding) }
}

// Every presentation has to be its presenter's own: the first that is not speaks for all.
const bindingOf = (parts: readonly Part[]): CheckResult =>
  parts.find(({ finding }) => finding.result.outcome === 'failed')?.finding.result ??
  parts.find(({ finding }) => finding.result.outcome !== 'passed')?.finding.result ??
  passed({ presentations: parts.length })

const digestOfAll = (reads: readonly ReadResult[]): string =>
  hashText('SHA-256', reads.map((read) => (read.ok ? read.input.sha256 : read.sha256)).join(' '))

const judge = (
  question: PresentationQuestion,
  parts: readonly Part[],
  sha256: string,
): { readonly report: PresentationReport; readonly verified: readonly VerifiedCredential[] } => {
  const { settings, moments } = question
  const verified = parts.flatMap((part) => part.verified)
  const presented = verified.map(({ result, ...rest }) => ({ verdict: result.verdict, ...rest }))
  const isProven = parts.every(({ finding }) => finding.presenter.kind === 'proven')
  const holderBinding = bindingOf(parts)
  const samePerson = checkSamePerson(presented, settings.policy, isProven)
  const credentials = verified.map(({ result }) => result.report)
  const { verdict, reasons } = decidePresentation({ holderBinding, samePerson, credentials }, settings.policy)
  const report: PresentationReport = {
    reportVersion: 1,
    kind: 'presentation',
    verdict,
    reasons,
    ...frameOf(settings, moments, { sha256 }),
    holderBinding,
    samePerson,
    credentials,
  }
  return { report, verified }
}

/**
 * Verifies presentations that answer one challenge, as one: each signed by its presenter, and all credentials of all of them
 * about one person. A wallet sends one for each credential where a format has no room for more.
 */
export async function verifyTogether(
  question: PresentationQuestion,
  reads: readonly ReadResult[],
): Promise<PresentationResult> {
  const bad = reads.length === 0 ? readByPolicy('', question.settings) : reads.find((read) => !isReadable(read))
  if (bad) return refuseUnreadable(question, bad)
  const parts: Part[] = []
  for (const input of reads.flatMap(presentationIn)) parts.push(await verifyPart(question, input))
  const { report, verified } = judge(question, parts, digestOfAll(reads))
  if (report.verdict !== 'accepted') return { verdict: report.verdict, report }
  const credentials = verified.flatMap(({ result }) => (result.verdict === 'accepted' ? [result.credential] : []))
  const [first] = parts
  const holder = first?.finding.presenter.kind === 'proven' ? holderOf(first.finding.presenter) : ''
  return { verdict: 'accepted', report, presentation: { holder, credentials } }
}

const presentationIn = (read: ReadResult): readonly ReadPresentation[] =>
  read.ok && read.input.kind === 'presentation' ? [read.input] : []

const isReadable = (read: ReadResult): boolean => presentationIn(read).some(isBounded)
