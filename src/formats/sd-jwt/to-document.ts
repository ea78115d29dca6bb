import { formatDateTime } from '../../codec/date-time.js'
import type { CheckCode } from '../../core/codes.js'
import type { Json, JsonObject } from '../../core/json.js'
import { CATALOGUE_CONTEXT, VCDM_2_CONTEXT } from '../contexts.js'
import type { ReadInput } from '../input.js'
import { isDigest } from '../resource-digests.js'
import { type TypeVersion, typeOfVct } from './vct.js'

/** What an SD-JWT VC says, in the shape of VCDM 2.0, or why it says nothing that we read. */
export type ToDocumentResult =
  | ({ readonly ok: true; readonly document: JsonObject } & Pick<ReadInput, 'status' | 'typeMetadata'>)
  | { readonly ok: false; readonly code: CheckCode; readonly path: string }

const SECOND = 1000

/** Members of VCDM 2.0 that an SD-JWT VC of ours carries under their own names. */
export const PASSED_ON = ['name', 'description', 'evidence', 'termsOfUse', 'refreshService', 'relatedResource'] as const

const ENVELOPE: ReadonlySet<string> = new Set([
  'iss',
  'issuer_name',
  'jti',
  'sub',
  'iat',
  'nbf',
  'exp',
  'aud',
  'cnf',
  'vct',
  'vct#integrity',
  'status',
])
const ENVELOPE_OF_OURS: ReadonlySet<string> = new Set([...ENVELOPE, ...PASSED_ON])

const pick = (claims: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)))

const moment = (name: string, seconds: Json | undefined): JsonObject =>
  typeof seconds === 'number' ? { [name]: formatDateTime(seconds * SECOND) } : {}

const common = (claims: JsonObject): JsonObject => ({
  ...(claims.jti === undefined ? {} : { id: claims.jti }),
  issuer:
    claims.issuer_name === undefined ? (claims.iss as Json) : { id: claims.iss as Json, name: claims.issuer_name },
  ...moment('validFrom', claims.nbf),
  ...moment('validUntil', claims.exp),
})

/** Who the claims are about, and all claims but those of the envelope. */
const subjectOf = (claims: JsonObject, envelope: ReadonlySet<string>): JsonObject => {
  const subject: Record<string, Json> = {}
  if (claims.sub !== undefined) subject.id = claims.sub
  for (const name of Object.keys(claims)) if (!envelope.has(name)) subject[name] = claims[name] as Json
  return subject
}

const ofCatalogue = (claims: JsonObject, { row, schema }: TypeVersion): JsonObject => ({
  '@context': [VCDM_2_CONTEXT, CATALOGUE_CONTEXT],
  ...common(claims),
  type: ['VerifiableCredential', row.type],
  credentialSubject: subjectOf(claims, ENVELOPE_OF_OURS),
  credentialSchema: { id: schema, type: 'JsonSchema' },
  ...pick(claims, PASSED_ON),
})

const ofSomebodyElse = (claims: JsonObject, vct: string): JsonObject => ({
  '@context': [VCDM_2_CONTEXT],
  ...common(claims),
  type: ['VerifiableCredential', vct],
  credentialSubject: subjectOf(claims, ENVELOPE),
})

/**
 * Says in the words of VCDM 2.0 what an SD-JWT VC says in its own.
 * @see SD-JWT-based Verifiable Credentials, section 3.2.2
 */
export const toDocument = (claims: JsonObject): ToDocumentResult => {
  const { iss, vct, status } = claims
  const malformed = (path: string): ToDocumentResult => ({ ok: false, code: 'format.malformed', path })
  if (typeof iss !== 'string') return malformed('/iss')
  if (typeof vct !== 'string' || vct === '') return malformed('/vct')
  // SD-JWT VC, section 7: a digest that nobody can compare binds nothing.
  const digestSRI = claims['vct#integrity']
  if (digestSRI !== undefined && !(typeof digestSRI === 'string' && isDigest('digestSRI', digestSRI)))
    return malformed('/vct#integrity')
  const version = typeOfVct(vct)
  const document = version ? ofCatalogue(claims, version) : ofSomebodyElse(claims, vct)
  return {
    ok: true,
    document,
    ...(status === undefined ? {} : { status }),
    ...(digestSRI === undefined ? {} : { typeMetadata: { id: vct, digestSRI } }),
  }
}
