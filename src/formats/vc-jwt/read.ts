import { parseDateTime } from '../../codec/date-time.js'
import { parseStrictJson } from '../../codec/strict-json.js'
import type { CheckCode } from '../../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { TOKEN_ALGORITHMS } from '../../crypto/algorithms.js'
import type { CompactJws } from '../../crypto/compact-jws.js'
import type { FormatName, Kind, TokenResult } from '../input.js'
import { mediaType } from '../media-type.js'
import { type ClaimFault, registeredFault, tokenClaims } from '../registered-claims.js'
import { identifierOf } from '../shape.js'

interface TokenType {
  readonly kind: Kind
  readonly format: 'vc+jwt' | 'vp+jwt'
  readonly content: string
}

const TOKEN_TYPES: Readonly<Record<string, TokenType>> = {
  'vc+jwt': { kind: 'credential', format: 'vc+jwt', content: 'vc' },
  'vp+jwt': { kind: 'presentation', format: 'vp+jwt', content: 'vp' },
}

const typeOf = (header: JsonObject): TokenType | undefined => {
  const type = mediaType(header.typ) ?? ''
  const found = Object.hasOwn(TOKEN_TYPES, type) ? TOKEN_TYPES[type] : undefined
  return header.cty === undefined || mediaType(header.cty) === found?.content ? found : undefined
}

const refuse = (code: CheckCode, path: string, format?: FormatName): TokenResult => ({
  ok: false,
  code,
  faults: [{ path, code }],
  ...(format ? { format } : {}),
})

// VC-JOSE-COSE 1.0, 3.1: the document is the payload; the members of its predecessor must not be there.
const FORBIDDEN = ['vc', 'vp', 'proof'] as const

const documentIdentifiers = (payload: JsonObject, kind: Kind): Readonly<Record<string, string | undefined>> => ({
  iss: identifierOf(kind === 'credential' ? payload.issuer : payload.holder),
  jti: identifierOf(payload.id),
  sub: kind === 'credential' ? identifierOf(asArray(payload.credentialSubject)[0]) : undefined,
})

// A claim of GOV.UK Wallet's beside the document: when the wallet is to offer a newer one. It says nothing of the subject.
const isUpdate = (value: Json | undefined): boolean =>
  value === undefined || (typeof value === 'string' && parseDateTime(value) !== undefined)

/** The first registered claim that is malformed, or says otherwise than the document. */
const claimFault = (payload: JsonObject, kind: Kind): ClaimFault | undefined => {
  const malformed = registeredFault(payload)
  if (malformed) return malformed
  if (!isUpdate(payload.expectedUpdate)) return { code: 'format.invalidDateTime', path: '/expectedUpdate' }
  const stated = documentIdentifiers(payload, kind)
  const conflict = Object.keys(stated).find((name) => payload[name] !== undefined && payload[name] !== stated[name])
  return conflict ? { code: 'format.claimConflict', path: `/${conflict}` } : undefined
}

const withoutRegistered = (payload: JsonObject): JsonObject => {
  const { iss: _iss, sub: _sub, aud: _aud, exp: _exp, nbf: _nbf, iat: _iat, ...rest } = payload
  const { jti: _jti, nonce: _nonce, cnf: _cnf, expectedUpdate: _update, ...document } = rest
  return document
}

/**
 * Reads a `vc+jwt` or `vp+jwt`: told apart by `typ` alone, a payload of unambiguous JSON, and registered claims that do
 * not contradict the document.
 * @see Securing Verifiable Credentials using JOSE and COSE, section 3.1
 */
export const readToken = (jws: CompactJws): TokenResult => {
  const type = typeOf(jws.header)
  if (!type) return refuse('format.typeMismatch', '/header/typ')
  if (!TOKEN_ALGORITHMS.includes(jws.algorithm)) return refuse('format.algorithmNotAllowed', '/header/alg', type.format)
  const parsed = parseStrictJson(jws.payload)
  if (!parsed.ok) return refuse(parsed.code, parsed.path, type.format)
  const payload = parsed.value
  if (!isJsonObject(payload)) return refuse('format.malformed', '', type.format)
  const forbidden = FORBIDDEN.find((name) => Object.hasOwn(payload, name))
  if (forbidden) return refuse('format.malformed', `/${forbidden}`, type.format)
  const fault = claimFault(payload, type.kind)
  if (fault) return refuse(fault.code, fault.path, type.format)
  const { kind, format } = type
  return { ok: true, kind, format, document: withoutRegistered(payload), jws, token: tokenClaims(payload) }
}
