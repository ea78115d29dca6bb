import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { withholdableIn } from '../credentials/withholdable.js'
import {
  type CredentialQuestion,
  matchQuery,
  type QueriedCredential,
  queriedDocument,
  queriedPayload,
  stepsOf,
  touches,
  type VpFormat,
} from '../exchange/openid4vp/dcql.js'
import { isDerivable } from '../formats/data-integrity/selective/derive.js'
import { readInput } from '../formats/read.js'
import { openSdJwt } from '../formats/sd-jwt/open.js'
import type { ReadRequest } from './read-request.js'
import type { HeldCredential } from './safe.js'

/** A credential that answers a question, and exactly what would be shown of it. */
export interface Candidate {
  readonly question: string
  readonly credential: HeldCredential
  /** JSON pointers to the claims that could be withheld and would be shown. */
  readonly shown: readonly string[]
  /** How many claims that could be withheld would stay so. */
  readonly withheld: number
}

/** What a holder could share. */
export interface Choices {
  readonly isSatisfiable: boolean
  readonly candidates: readonly Candidate[]
  /** What answers the request by showing the least: what a holder who agrees to nothing more would share. */
  readonly least: readonly Candidate[]
}

const CHAIN = { certificateChain: true }
const READ = { contexts: 'anyKnown', certificateChain: true } as const

const isSdJwt = (format: string): boolean => format === 'dc+sd-jwt' || format === 'vc+sd-jwt'

const queriedOf = ({ format, credential }: HeldCredential): QueriedCredential | undefined => {
  if (format === 'dc+sd-jwt') {
    const opened = typeof credential === 'string' ? openSdJwt(credential, CHAIN) : undefined
    return opened?.ok ? queriedPayload(opened.claims) : undefined
  }
  const read = readInput(credential, READ)
  return read.ok ? queriedDocument(format as VpFormat, read.input.document) : undefined
}

/** JSON pointers to what could be withheld of an SD-JWT, or of a document that another can be derived from. */
const withholdable = ({ format, type, credential }: HeldCredential): readonly string[] => {
  if (typeof credential === 'string') {
    const opened = isSdJwt(format) ? openSdJwt(credential, CHAIN) : undefined
    return opened?.ok ? [...opened.pointers.values()] : []
  }
  return isDerivable(credential) ? withholdableIn(type, credential) : []
}

/** What a question asks to see, of what could be withheld. */
const disclosuresFor = (held: HeldCredential, { claims = [] }: CredentialQuestion) => {
  const places = withholdable(held)
  const shown = places.filter((place) => claims.some(({ path }) => touches(path, stepsOf(place))))
  return { shown, withheld: places.length - shown.length }
}

const letsWithhold = ({ format, credential }: HeldCredential): boolean =>
  typeof credential === 'string' ? isSdJwt(format) : isDerivable(credential)

const sizeOf = ({ credential }: HeldCredential): number => JSON.stringify(credential).length

// The least: first what lets its holder withhold, then what shows fewer such claims, then what is smaller.
const byLeast = (a: Candidate, b: Candidate): number =>
  Number(letsWithhold(b.credential)) - Number(letsWithhold(a.credential)) ||
  a.shown.length - b.shown.length ||
  sizeOf(a.credential) - sizeOf(b.credential)

const candidatesFor = (request: ReadRequest, held: readonly HeldCredential[]) => {
  const usable = held.flatMap((credential) => {
    const queried = queriedOf(credential)
    return queried ? [{ credential, queried }] : []
  })
  const match = matchQuery(
    request.query,
    usable.map(({ queried }) => queried),
  )
  const candidates = request.questions.flatMap((question) =>
    (match.answers[question.id] ?? []).flatMap(({ index }) => {
      const credential = usable[index]?.credential
      return credential ? [{ question: question.id, credential, ...disclosuresFor(credential, question) }] : []
    }),
  )
  return { match, candidates }
}

interface QuerySet {
  readonly options: readonly (readonly string[])[]
  readonly required: boolean
}

const setsOf = ({ query, questions }: ReadRequest): readonly QuerySet[] => {
  const sets = asArray(query.credential_sets).filter(isJsonObject)
  if (sets.length === 0) return questions.map(({ id }) => ({ options: [[id]], required: true }))
  return sets.map(({ options, required }: JsonObject) => ({
    options: asArray(options).map((option) => asArray(option).map(String)),
    required: required !== false,
  }))
}

/** Everything that answers an option, the best for each question; all, where a question takes several. */
const answersTo = (
  option: readonly string[],
  candidates: readonly Candidate[],
  { questions }: ReadRequest,
): readonly Candidate[] | undefined => {
  const answers = option.map((id) => {
    const fit = candidates.filter(({ question }) => question === id).sort(byLeast)
    const takesSeveral = questions.find((question) => question.id === id)?.multiple === true
    return takesSeveral ? fit : fit.slice(0, 1)
  })
  return answers.every((fit) => fit.length > 0) ? answers.flat() : undefined
}

const leastOf = (set: QuerySet, candidates: readonly Candidate[], request: ReadRequest): readonly Candidate[] => {
  const answered = set.options.flatMap((option) => {
    const answers = answersTo(option, candidates, request)
    return answers ? [answers] : []
  })
  const [best = []] = answered.sort((a, b) => byLeast(a[0] as Candidate, b[0] as Candidate))
  return best
}

const isUsable = ({ standing }: HeldCredential): boolean => standing === 'good' || standing === 'unknown'

/** What a holder could share in answer to a request, and the least that answers it. */
export const chooseFor = (request: ReadRequest, held: readonly HeldCredential[]): Choices => {
  const { match, candidates } = candidatesFor(request, held.filter(isUsable))
  const required = setsOf(request).filter((set) => set.required)
  const least = required.flatMap((set) => leastOf(set, candidates, request))
  return { isSatisfiable: match.isSatisfiable, candidates, least }
}
