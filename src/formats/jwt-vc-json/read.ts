import { parseStrictJson } from '../../codec/strict-json.js'
import type { CheckCode } from '../../core/codes.js'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import type { CompactJws } from '../../crypto/compact-jws.js'
import type { SignatureAlgorithm } from '../../ports/signer.js'
import type { CredentialFormat, FormatName, Kind, PresentationFormat, TokenResult } from '../input.js'
import { type ClaimFault, registeredFault, tokenClaims } from '../registered-claims.js'
import { impliedKeyId } from './implied-key.js'
import { type Mapped, mapCredential, mapPresentation } from './to-vcdm2.js'

// RFC 7519, 5.1: `JWT`, in any case, or nothing. Types that say more belong to other formats.
const TYPES: readonly unknown[] = [undefined, 'jwt', 'application/jwt']

const lowerCase = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' ? value.toLowerCase() : value

/** Whether a token's header leaves it to the payload to say what it is, as tokens of VCDM 1.1 do. */
export const isPlainJwt = ({ typ, cty }: JsonObject): boolean => TYPES.includes(lowerCase(typ)) && cty === undefined

/** The algorithms of VCDM 1.1 tokens: those that Microsoft Entra Verified ID signs with. */
const ALGORITHMS_11: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES256K']

interface Row {
  readonly kind: Kind
  readonly format: CredentialFormat | PresentationFormat
  readonly map: (inner: JsonObject, payload: JsonObject) => Mapped
}

// VCDM 1.1, 6.3.1: the claim that holds the document says what the token is.
const ROWS: Readonly<Record<'vc' | 'vp', Row>> = {
  vc: { kind: 'credential', format: 'jwt_vc_json', map: mapCredential },
  vp: { kind: 'presentation', format: 'jwt_vp_json', map: mapPresentation },
}

const refuse = (code: CheckCode, path: string, format?: FormatName): TokenResult => ({
  ok: false,
  code,
  faults: [{ path, code }],
  ...(format ? { format } : {}),
})

// A second document beside the first: other readers would take it for the first.
const FORBIDDEN = ['@context', 'type', 'credentialSubject', 'verifiableCredential', 'proof'] as const

const NAMES = ['iss', 'sub', 'jti'] as const

const payloadFault = (payload: JsonObject): ClaimFault | undefined => {
  const second = FORBIDDEN.find((name) => Object.hasOwn(payload, name))
  if (second) return { code: 'format.malformed', path: `/${second}` }
  const name = NAMES.find((claim) => payload[claim] !== undefined && typeof payload[claim] !== 'string')
  return name ? { code: 'format.malformed', path: `/${name}` } : registeredFault(payload)
}

const withKeyId = (jws: CompactJws, { iss }: JsonObject): CompactJws => {
  const implied = jws.keyId === undefined && typeof iss === 'string' ? impliedKeyId(iss) : undefined
  return implied === undefined ? jws : { ...jws, keyId: implied }
}

const readRow = ({ kind, format, map }: Row, inner: Json | undefined, payload: JsonObject, jws: CompactJws) => {
  const path = kind === 'credential' ? '/vc' : '/vp'
  if (!isJsonObject(inner)) return refuse('format.malformed', path, format)
  const fault = payloadFault(payload)
  if (fault) return refuse(fault.code, fault.path, format)
  const mapped = map(inner, payload)
  if (!mapped.ok) return refuse(mapped.code, mapped.path, format)
  const { ok: _, ...document } = mapped
  const read: TokenResult = {
    ok: true,
    kind,
    format,
    jws: withKeyId(jws, payload),
    token: tokenClaims(payload),
    ...document,
  }
  return read
}

/**
 * Reads a token of VCDM 1.1, `jwt_vc_json` or `jwt_vp_json`, into the shape of VCDM 2.0. The registered claims stand
 * instead of members of the document, or beside them and then say the same: a token that says two things is refused.
 * @see Verifiable Credentials Data Model 1.1, section 6.3.1
 */
export const readJwt11 = (jws: CompactJws): TokenResult => {
  if (!isPlainJwt(jws.header)) return refuse('format.typeMismatch', '/header/typ')
  if (!ALGORITHMS_11.includes(jws.algorithm)) return refuse('format.algorithmNotAllowed', '/header/alg')
  const parsed = parseStrictJson(jws.payload)
  if (!parsed.ok) return refuse(parsed.code, parsed.path)
  const payload = parsed.value
  if (!isJsonObject(payload)) return refuse('format.malformed', '')
  const { vc, vp } = payload
  // Some other JSON Web Token: what it is for, its header does not say.
  if (vc === undefined && vp === undefined) return refuse('format.typeMismatch', '/header/typ')
  if (vc !== undefined && vp !== undefined) return refuse('format.malformed', '/vp')
  return vc === undefined ? readRow(ROWS.vp, vp, payload, jws) : readRow(ROWS.vc, vc, payload, jws)
}
