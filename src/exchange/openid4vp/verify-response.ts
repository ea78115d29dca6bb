import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { withholdableIn } from '../../credentials/withholdable.js'
import { isDerivable } from '../../formats/data-integrity/selective/derive.js'
import { openSdJwt } from '../../formats/sd-jwt/open.js'
import { identifierOf } from '../../formats/shape.js'
import type { Verifier } from '../../verifier/create-verifier.js'
import type { AcceptedCredential } from '../../verifier/result.js'
import type { PresentationOutcome, RequestedCredential, ResponseReport } from '../wallet-exchange.js'
import {
  type BuiltQuery,
  type CredentialQuestion,
  isAnswered,
  type QueriedCredential,
  queriedDocument,
  queriedPayload,
  readQuery,
  stepsOf,
  touches,
} from './dcql.js'

/** What a response is judged by. */
export interface ResponseQuestion {
  readonly verifier: Verifier
  readonly built: BuiltQuery
  readonly wanted: readonly RequestedCredential[]
  readonly nonce: string
  readonly audience: string
}

/** Presentations by the questions that they answer. */
export type VpToken = Readonly<Record<string, readonly Json[]>>

type Fault = ResponseReport['faults'][number]

interface Answer {
  readonly question: CredentialQuestion
  readonly presentation: Json
  readonly path: string
}

const place = (id: string, index: number): string => `/vp_token/${id}/${index}`

const questionsOf = ({ built }: ResponseQuestion): readonly CredentialQuestion[] => {
  const read = readQuery(built.query)
  if (typeof read === 'string') throw new TypeError('The query is one of ours')
  return read
}

// A question that was not asked is not named: its name is the sender's.
const answersIn = (token: VpToken, questions: readonly CredentialQuestion[]) => {
  const answers: Answer[] = []
  const faults: Fault[] = []
  for (const [id, presentations] of Object.entries(token)) {
    const question = questions.find((one) => one.id === id)
    if (!question || presentations.length === 0 || (presentations.length > 1 && !question.multiple))
      faults.push({ path: question ? `/vp_token/${id}` : '/vp_token', code: 'exchange.notAsked' })
    else
      answers.push(...presentations.map((presentation, index) => ({ question, presentation, path: place(id, index) })))
  }
  return { answers, faults }
}

// One alternative is enough: the same credential in two formats is an answer too many.
const doubled = (answers: readonly Answer[], { built }: ResponseQuestion): readonly Fault[] => {
  const formats = new Map<number, string>()
  const faults: Fault[] = []
  for (const { question, path } of answers) {
    const index = built.asks[question.id] ?? -1
    const known = formats.get(index)
    if (known !== undefined && known !== question.id) faults.push({ path, code: 'exchange.notAsked' })
    formats.set(index, question.id)
  }
  return faults
}

const isSdJwt = ({ format }: CredentialQuestion): boolean => format === 'dc+sd-jwt' || format === 'vc+sd-jwt'

const CREDENTIAL_FORMATS = {
  'dc+sd-jwt': 'dc+sd-jwt',
  jwt_vc_json: 'jwt_vc_json',
  ldp_vc: 'data-integrity',
  'vc+jwt': 'vc+jwt',
  'vc+sd-jwt': 'vc+sd-jwt',
} as const

const isDerived = (presentation: Json): boolean =>
  isJsonObject(presentation) &&
  asArray(presentation.verifiableCredential).some((one) => isJsonObject(one) && isDerivable(one))

/** What an accepted credential shows, and whether it shows more than it was asked for. */
const shownBy = ({ question, presentation }: Answer, { document, type }: AcceptedCredential) => {
  const opened = typeof presentation === 'string' && isSdJwt(question) ? openSdJwt(presentation, CHAIN) : undefined
  const queried: QueriedCredential =
    opened?.ok && question.format === 'dc+sd-jwt'
      ? queriedPayload(opened.claims)
      : queriedDocument(question.format, document)
  const pointers = opened?.ok
    ? [...opened.pointers.values()]
    : isDerived(presentation)
      ? withholdableIn(type, document)
      : []
  const places = pointers.map(stepsOf)
  const paths = (question.claims ?? []).map(({ path }) => path)
  return { queried, isTooMuch: places.some((one) => !paths.some((path) => touches(path, one))) }
}

const CHAIN = { certificateChain: true }

const judgeOne = (
  answer: Answer,
  credential: AcceptedCredential,
  { built, wanted }: ResponseQuestion,
): { readonly queried: QueriedCredential; readonly faults: readonly Fault[] } => {
  const { question, path } = answer
  const { queried, isTooMuch } = shownBy(answer, credential)
  const { issuers } = wanted[built.asks[question.id] ?? -1] ?? {}
  const issuer = identifierOf(credential.document.issuer)
  const codes = [
    ...(credential.format === CREDENTIAL_FORMATS[question.format] ? [] : ['exchange.formatNotAsked']),
    ...(isTooMuch ? ['exchange.tooMuchShown'] : []),
    ...(issuers === undefined || issuers.some((one) => one === issuer) ? [] : ['exchange.issuerNotAsked']),
  ]
  return { queried, faults: codes.map((code) => ({ path, code })) }
}

const judgeAll = (
  question: ResponseQuestion,
  answers: readonly Answer[],
  credentials: readonly AcceptedCredential[],
): readonly Fault[] => {
  // Each presentation shows one credential, so that each answer can be told from the others.
  if (credentials.length !== answers.length) return [{ path: '/vp_token', code: 'exchange.notAsked' }]
  const shown: Record<string, QueriedCredential[]> = {}
  const faults: Fault[] = []
  answers.forEach((answer, index) => {
    const credential = credentials[index]
    if (!credential) return
    const judged = judgeOne(answer, credential, question)
    faults.push(...judged.faults)
    shown[answer.question.id] = [...(shown[answer.question.id] ?? []), judged.queried]
  })
  if (!isAnswered(question.built.query, shown)) faults.push({ path: '/vp_token', code: 'exchange.notAnswered' })
  return faults
}

/**
 * Verifies what a wallet sent in answer to a request, and applies the query to it: a wallet is never trusted to have.
 * Everything in it must be accepted, be about one person, answer what was asked and show no more.
 * @see OpenID for Verifiable Presentations 1.0, sections 6.4 and 8.6
 */
export const verifyResponse = async (token: VpToken, question: ResponseQuestion): Promise<PresentationOutcome> => {
  const { answers, faults } = answersIn(token, questionsOf(question))
  const asked = [...faults, ...doubled(answers, question)]
  const result = await question.verifier.verifyPresentation(
    answers.map(({ presentation }) => presentation),
    { expectedChallenge: question.nonce, expectedAudience: question.audience },
  )
  const found =
    result.verdict === 'accepted' ? [...asked, ...judgeAll(question, answers, result.presentation.credentials)] : asked
  const verdict = found.length > 0 && result.verdict === 'accepted' ? 'rejected' : result.verdict
  const report: ResponseReport = { verdict, faults: found, presentation: result.report }
  return result.verdict === 'accepted' && verdict === 'accepted'
    ? { report, presentation: result.presentation }
    : { report }
}

/** The presentations in a response, by question. */
export const readVpToken = (value: Json | undefined): VpToken | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value as JsonObject)
  if (entries.length === 0 || entries.some(([, list]) => !Array.isArray(list))) return undefined
  return Object.fromEntries(entries.map(([id, list]) => [id, asArray(list)]))
}
