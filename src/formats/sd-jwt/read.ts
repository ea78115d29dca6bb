import { parseStrictJson } from '../../codec/strict-json.js'
import type { CheckCode } from '../../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { rowForTypes } from '../../credentials/rows.js'
import { type CompactJws, readCompactJws } from '../../crypto/compact-jws.js'
import { VCDM_2_CONTEXT } from '../contexts.js'
import type { ContextRules, FormatName, Kind, TokenResult } from '../input.js'
import { mediaType } from '../media-type.js'
import { registeredFault, tokenClaims } from '../registered-claims.js'
import { identifierOf } from '../shape.js'
import { type OpenedSdJwt, openSdJwt } from './open.js'
import { type ToDocumentResult, toDocument } from './to-document.js'

const refuse = (code: CheckCode, path: string, format?: FormatName): TokenResult => ({
  ok: false,
  code,
  faults: [{ path, code }],
  ...(format ? { format } : {}),
})

interface SdJwtType {
  readonly kind: Kind
  readonly format: 'vc+sd-jwt' | 'dc+sd-jwt' | 'vp+sd-jwt'
  /** What its `cty` may say. */
  readonly content?: string
}

const TYPES: Readonly<Record<string, SdJwtType>> = {
  'vc+sd-jwt': { kind: 'credential', format: 'vc+sd-jwt', content: 'vc' },
  'vp+sd-jwt': { kind: 'presentation', format: 'vp+sd-jwt', content: 'vp' },
  'dc+sd-jwt': { kind: 'credential', format: 'dc+sd-jwt' },
}

/** Whether a `typ` is that of an SD-JWT. */
export const isSdJwtType = (typ: Json | undefined): boolean => Object.hasOwn(TYPES, mediaType(typ) ?? '')

const typeOf = ({ header }: CompactJws): SdJwtType | undefined => {
  const type = mediaType(header.typ) ?? ''
  const found = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  return header.cty === undefined || (found?.content && mediaType(header.cty) === found.content) ? found : undefined
}

// What says who issued it, when it holds, whose it is and where its status stands must be there for everybody (SD-JWT VC,
// section 3.2.2.2; Securing Verifiable Credentials using JOSE and COSE, section 3.2.1).
const NEVER_WITHHELD: Readonly<Record<SdJwtType['format'], readonly string[]>> = {
  'dc+sd-jwt': ['iss', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status', 'aud'],
  'vc+sd-jwt': [
    ...['iss', 'nbf', 'exp', 'cnf', 'aud', '@context', 'id', 'type', 'issuer', 'validFrom', 'validUntil'],
    ...['credentialStatus', 'credentialSchema', 'relatedResource'],
  ],
  'vp+sd-jwt': ['iss', 'nbf', 'exp', 'aud', 'nonce', '@context'],
}

/** The first place at or beneath what may never be withheld where something was, or could have been. */
const wronglyWithheld = ({ places, pointers, incomplete }: OpenedSdJwt, { format }: SdJwtType): string | undefined => {
  const isWithin = (names: readonly string[]) => (place: string) =>
    names.some((name) => place === `/${name}` || place.startsWith(`/${name}/`))
  // Of a document of the W3C nearly all that stands at its top is such: what is missing there could be its status. And
  // what is presented is presented whole.
  if (format !== 'dc+sd-jwt' && incomplete.has('')) return ''
  const cut = format === 'vp+sd-jwt' ? [...incomplete].find(isWithin(['verifiableCredential'])) : undefined
  return cut ?? [...pointers.values(), ...places].find(isWithin(NEVER_WITHHELD[format]))
}

const REGISTERED = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf']
const FORBIDDEN = ['vc', 'vp', 'proof']

const withoutRegistered = (claims: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !REGISTERED.includes(name)))

const conflictIn = (claims: JsonObject, kind: Kind): string | undefined => {
  const stated: Readonly<Record<string, string | undefined>> = {
    iss: identifierOf(kind === 'credential' ? claims.issuer : claims.holder),
    jti: identifierOf(claims.id),
    sub: kind === 'credential' ? identifierOf(asArray(claims.credentialSubject)[0]) : undefined,
  }
  return Object.keys(stated).find((name) => claims[name] !== undefined && claims[name] !== stated[name])
}

const w3cDocument = (claims: JsonObject, kind: Kind): ToDocumentResult => {
  const forbidden = FORBIDDEN.find((name) => Object.hasOwn(claims, name))
  if (forbidden) return { ok: false, code: 'format.malformed', path: `/${forbidden}` }
  const conflict = conflictIn(claims, kind)
  if (conflict) return { ok: false, code: 'format.claimConflict', path: `/${conflict}` }
  return { ok: true, document: withoutRegistered(claims) }
}

// Of our own types only the claims that may be withheld are: a digest anywhere else would hide something that may not be.
const digestOutOfPlace = (document: JsonObject, { places }: OpenedSdJwt, format: FormatName): string | undefined => {
  const types = asArray(document.type).filter((type) => typeof type === 'string')
  const row = rowForTypes(types)
  if (!row || row.disclosable.length === 0) return row && places[0]
  const allowed = format === 'dc+sd-jwt' ? `/${row.claimsKey}` : `/credentialSubject/${row.claimsKey}`
  return places.find((place) => place !== allowed)
}

const readOpened = (opened: OpenedSdJwt): TokenResult => {
  const type = typeOf(opened.jws)
  if (!type) return refuse('format.typeMismatch', '/header/typ')
  const { kind, format } = type
  const { claims, jws, withheld } = opened
  const hidden = wronglyWithheld(opened, type)
  if (hidden !== undefined) return refuse('format.malformed', hidden, format)
  const fault = registeredFault(claims)
  if (fault) return refuse(fault.code, fault.path, format)
  const read: ToDocumentResult = format === 'dc+sd-jwt' ? toDocument(claims) : w3cDocument(claims, kind)
  if (!read.ok) return refuse(read.code, read.path, format)
  const { document, status, typeMetadata } = read
  const misplaced = digestOutOfPlace(document, opened, format)
  if (misplaced !== undefined) return refuse('format.malformed', misplaced, format)
  return {
    ok: true,
    kind,
    format,
    document,
    jws,
    token: tokenClaims(claims),
    ...(withheld > 0 ? { selective: true as const } : {}),
    ...(status === undefined ? {} : { status }),
    ...(typeMetadata ? { typeMetadata } : {}),
    ...(isJsonObject(claims.cnf) ? { confirmation: claims.cnf } : {}),
  }
}

interface Binding {
  readonly jws: CompactJws
  readonly claims: JsonObject
}

const readBinding = (text: string): Binding | { readonly code: CheckCode; readonly path: string } => {
  const jws = readCompactJws(text)
  if (!jws.ok) return jws
  if (jws.header.typ !== 'kb+jwt') return { code: 'format.typeMismatch', path: '/header/typ' }
  const parsed = parseStrictJson(jws.payload)
  if (!parsed.ok) return parsed
  const claims = parsed.value
  if (!isJsonObject(claims)) return { code: 'format.malformed', path: '' }
  const fault = registeredFault(claims)
  if (fault) return fault
  // RFC 9901, 4.3: all four must be there, and the audience is one text.
  const missing = ['aud', 'nonce', 'sd_hash'].find((name) => typeof claims[name] !== 'string')
  if (missing ?? (typeof claims.iat !== 'number' ? 'iat' : undefined))
    return { code: 'format.malformed', path: `/${missing ?? 'iat'}` }
  return { jws, claims }
}

const readBound = (opened: OpenedSdJwt, credential: TokenResult): TokenResult => {
  const format = 'sd-jwt+kb'
  if (!credential.ok) return { ...credential, format }
  if (credential.kind !== 'credential') return refuse('format.typeMismatch', '/header/typ', format)
  const binding = readBinding(opened.keyBinding ?? '')
  if ('code' in binding) return refuse(binding.code, binding.path, format)
  const { confirmation } = credential
  return {
    ok: true,
    kind: 'presentation',
    format,
    document: { '@context': [VCDM_2_CONTEXT], type: ['VerifiablePresentation'] },
    jws: binding.jws,
    token: tokenClaims(binding.claims),
    credentials: [opened.withoutBinding],
    bound: credential,
    keyBinding: { sdHash: String(binding.claims.sd_hash), expectedSdHash: opened.sdHash },
    ...(confirmation ? { confirmation } : {}),
  }
}

/**
 * Reads an SD-JWT: a credential of VCDM 2.0 or an SD-JWT VC, a presentation of VCDM 2.0, or, with a key binding token at
 * its end, one credential presented by its holder.
 * @see RFC 9901; SD-JWT-based Verifiable Credentials; Securing Verifiable Credentials using JOSE and COSE, section 3.2
 */
export const readSdJwt = (text: string, { certificateChain = false }: ContextRules = {}): TokenResult => {
  const opened = openSdJwt(text, { certificateChain })
  if (!opened.ok) return refuse(opened.code, opened.path)
  const credential = readOpened(opened)
  return opened.keyBinding === undefined ? credential : readBound(opened, credential)
}
