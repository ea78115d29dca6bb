import { DcqlPresentationResult, DcqlQuery } from 'dcql'
import { asArray, isJsonObject, type JsonObject } from '../../core/json.js'
import { CREDENTIAL_ROWS } from '../../credentials/rows.js'
import { vctOf } from '../../formats/sd-jwt/vct.js'
import type { RequestedCredential } from '../wallet-exchange.js'

/**
 * Formats of presentations, as OpenID4VP names them. `vc+jwt` and `vc+sd-jwt` of VCDM 2.0 are extensions of ours to it.
 */
export const VP_FORMATS = ['dc+sd-jwt', 'jwt_vc_json', 'ldp_vc', 'vc+jwt', 'vc+sd-jwt'] as const
/** A format of a presentation over OpenID4VP. */
export type VpFormat = (typeof VP_FORMATS)[number]

/** Whether we speak a format of OpenID4VP. */
export const isVpFormat = (format: unknown): format is VpFormat => VP_FORMATS.some((known) => known === format)

/** One question of a query, as both sides read it. */
export interface CredentialQuestion {
  readonly id: string
  readonly format: VpFormat
  /** Absent where it asks for no claim that could be withheld. */
  readonly claims?: readonly { readonly path: readonly (string | number | null)[] }[]
  readonly multiple?: boolean
}

const VCDM_TYPE = 'https://www.w3.org/2018/credentials#VerifiableCredential'
const TYPES = 'https://w3id.org/staff-passport/vocab#'

// OpenID4VP 1.0, B.1.1: types fully expanded, where the format has a context to expand them by.
const metaOf = (type: RequestedCredential['type'], format: VpFormat): JsonObject => {
  if (format === 'dc+sd-jwt') return { vct_values: [vctOf(CREDENTIAL_ROWS[type])] }
  if (format === 'jwt_vc_json') return { type_values: [['VerifiableCredential', type]] }
  return { type_values: [[VCDM_TYPE, TYPES + type]] }
}

const pathOf = (type: RequestedCredential['type'], claim: string, format: VpFormat): readonly string[] => {
  const path = [CREDENTIAL_ROWS[type].claimsKey, claim]
  return format === 'dc+sd-jwt' ? path : ['credentialSubject', ...path]
}

const questionOf = (
  { type, claims, several }: RequestedCredential,
  format: VpFormat,
  id: string,
): JsonObject & CredentialQuestion => ({
  id,
  format,
  meta: metaOf(type, format),
  ...(several ? { multiple: true } : {}),
  ...(claims === undefined || claims.length === 0
    ? {}
    : { claims: claims.map((claim) => ({ path: pathOf(type, claim, format) })) }),
})

/** A query, and which of the wanted credentials each of its questions is about. */
export interface BuiltQuery {
  readonly query: JsonObject
  readonly asks: Readonly<Record<string, number>>
}

/**
 * The query for some credentials: a question for each of them in each format, of which one answer is enough.
 * @see OpenID for Verifiable Presentations 1.0, section 6
 */
export const buildQuery = (wanted: readonly RequestedCredential[], formats: readonly VpFormat[]): BuiltQuery => {
  const asks: Record<string, number> = {}
  const credentials: JsonObject[] = []
  const credential_sets = wanted.map((one, index) => {
    const spoken = formats.filter((format) => one.formats === undefined || one.formats.includes(format))
    if (spoken.length === 0) throw new TypeError('A credential is asked for in no format that is spoken here')
    const options = spoken.map((format, alternative) => {
      const id = `${one.type}_${index}_${alternative}`
      asks[id] = index
      credentials.push(questionOf(one, format, id))
      return [id]
    })
    return { options, required: one.optional !== true }
  })
  return { query: { credentials, credential_sets }, asks }
}

/** A credential as questions are asked of it: what it says, in the words of its format. */
export interface QueriedCredential {
  readonly format: VpFormat
  /** Of `dc+sd-jwt`. */
  readonly vct?: string
  /** Of the others: as they stand, and expanded. */
  readonly types?: readonly string[]
  readonly claims: JsonObject
}

// The library knows no `vc+jwt`; it asks of both the same.
const LIBRARY_FORMATS: Readonly<Record<VpFormat, string>> = {
  'dc+sd-jwt': 'dc+sd-jwt',
  jwt_vc_json: 'jwt_vc_json',
  ldp_vc: 'ldp_vc',
  'vc+jwt': 'jwt_vc_json',
  'vc+sd-jwt': 'ldp_vc',
}

const forLibrary = ({ format, vct, types = [], claims }: QueriedCredential) => ({
  credential_format: LIBRARY_FORMATS[format],
  cryptographic_holder_binding: true,
  claims,
  ...(vct === undefined ? { type: types } : { vct }),
})

const queryForLibrary = (query: JsonObject): JsonObject => ({
  ...query,
  credentials: asArray(query.credentials).map((one) =>
    isJsonObject(one) && isVpFormat(one.format) ? { ...one, format: LIBRARY_FORMATS[one.format] } : one,
  ),
})

const parse = (query: JsonObject): DcqlQuery.Output => {
  const parsed = DcqlQuery.parse(queryForLibrary(query) as DcqlQuery.Input)
  DcqlQuery.validate(parsed)
  return parsed
}

/** Why a query is not one that we answer: it is malformed, or asks for a format that is not ours. */
export type QueryFault = 'exchange.malformed' | 'exchange.unsupported'

/** The questions of a query, or why it is not one that we answer. @see OpenID for Verifiable Presentations 1.0, section 6 */
export const readQuery = (query: unknown): readonly CredentialQuestion[] | QueryFault => {
  if (!isJsonObject(query) || !Array.isArray(query.credentials)) return 'exchange.malformed'
  const questions = query.credentials.filter(isJsonObject)
  if (questions.some(({ format }) => !isVpFormat(format))) return 'exchange.unsupported'
  try {
    parse(query)
  } catch {
    return 'exchange.malformed'
  }
  return questions as unknown as readonly CredentialQuestion[]
}

/** What of some credentials answers a query: for each question, the credentials by their places, and what to show of each. */
export interface QueryMatch {
  readonly isSatisfiable: boolean
  /** Sets of questions, one of which must be answered; the ones that need not be, marked. */
  readonly sets: readonly { readonly options: readonly (readonly string[])[]; readonly required: boolean }[]
  readonly answers: Readonly<Record<string, readonly { readonly index: number; readonly claims: JsonObject }[]>>
}

/** Which credentials answer which questions. */
export const matchQuery = (query: JsonObject, credentials: readonly QueriedCredential[]): QueryMatch => {
  const result = DcqlQuery.query(parse(query), credentials.map(forLibrary) as never)
  const formats = new Map(
    asArray(query.credentials)
      .filter(isJsonObject)
      .map(({ id, format }) => [id, format]),
  )
  const answers = Object.entries(result.credential_matches).map(([id, match]) => {
    const valid = match.success ? match.valid_credentials : []
    const fit = valid.filter(({ input_credential_index: at }) => credentials[at]?.format === formats.get(id))
    return [
      id,
      fit.map(({ input_credential_index: index, claims }) => ({
        index,
        claims: (claims.valid_claim_sets[0]?.output ?? {}) as JsonObject,
      })),
    ]
  })
  const sets = (result.credential_sets ?? []).map(({ options, required }) => ({ options, required }))
  return { isSatisfiable: result.can_be_satisfied, sets, answers: Object.fromEntries(answers) }
}

/** Whether what was shown answers a query: every question that it must, each with the claims that it asks for. */
export const isAnswered = (
  query: JsonObject,
  shown: Readonly<Record<string, readonly QueriedCredential[]>>,
): boolean => {
  const presentation = Object.fromEntries(Object.entries(shown).map(([id, all]) => [id, all.map(forLibrary)]))
  try {
    return DcqlPresentationResult.fromDcqlPresentation(presentation as never, { dcqlQuery: parse(query) })
      .can_be_satisfied
  } catch {
    return false
  }
}

/** A document of VCDM 2.0 as questions are asked of it. */
export const queriedDocument = (format: VpFormat, document: JsonObject): QueriedCredential => {
  const types = asArray(document.type).filter((type): type is string => typeof type === 'string')
  const known = types.map((type) => (type === 'VerifiableCredential' ? VCDM_TYPE : TYPES + type))
  return { format, types: format === 'jwt_vc_json' ? types : known, claims: document }
}

/** The payload of an SD-JWT VC, with what is shown in place, as questions are asked of it. */
export const queriedPayload = (payload: JsonObject): QueriedCredential => ({
  format: 'dc+sd-jwt',
  vct: typeof payload.vct === 'string' ? payload.vct : '',
  claims: payload,
})

/** Whether a path of a query leads to, into or around a place in a credential. */
export const touches = (path: readonly (string | number | null)[], place: readonly string[]): boolean => {
  const length = Math.min(path.length, place.length)
  return path.slice(0, length).every((step, at) => step === null || String(step) === place[at])
}

/** The steps of a JSON pointer. */
export const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
