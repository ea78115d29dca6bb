import { decodeBase64url } from '#runtime'
import { parseStrictJson } from '../codec/strict-json.js'
import { encodeUtf8 } from '../codec/utf8.js'
import type { CheckCode } from '../core/codes.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { SignatureAlgorithm } from '../ports/signer.js'
import { ALGORITHMS, algorithmNamed, TOKEN_ALGORITHMS } from './algorithms.js'

/** A compact JWS taken apart. Nothing was verified. */
export interface CompactJws {
  readonly header: JsonObject
  readonly algorithm: SignatureAlgorithm
  readonly keyId?: string
  readonly payload: Uint8Array
  readonly signingInput: Uint8Array
  readonly signature: Uint8Array
}

/** A compact JWS, or why the text is not one that we read. */
export type CompactJwsResult =
  | ({ readonly ok: true } & CompactJws)
  | { readonly ok: false; readonly code: CheckCode; readonly path: string }

const fault = (code: CheckCode, path = ''): CompactJwsResult => ({ ok: false, code, path })

// Keys come from the issuer, never from the token (RFC 8725, 3.10); the rest are features that nobody here needs.
const REFUSED_MEMBERS: Readonly<Record<string, CheckCode>> = {
  crit: 'format.criticalHeader',
  b64: 'format.criticalHeader',
  jku: 'format.keyInHeader',
  jwk: 'format.keyInHeader',
  x5u: 'format.keyInHeader',
  x5c: 'format.keyInHeader',
  zip: 'format.malformed',
}

/** What may be in a header beyond what every token may have. */
export interface CompactJwsRules {
  /** By default every algorithm but ES256K. */
  readonly algorithms?: readonly SignatureAlgorithm[]
  /** Whether a chain of certificates (`x5c`) may be there: where the verifier has an anchor for it. */
  readonly certificateChain?: boolean
  /** Whether a public key (`jwk`) may be there: where whoever signs proves to hold a key, whichever it is. */
  readonly ownKey?: boolean
}

const CERTIFICATE = /^[A-Za-z0-9+/]+={0,2}$/

const isChain = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= LIMITS.certificates &&
  value.every((entry) => typeof entry === 'string' && CERTIFICATE.test(entry))

const isLetIn = (name: string, header: JsonObject, rules: CompactJwsRules): boolean | undefined =>
  name === 'x5c' ? rules.certificateChain && isChain(header.x5c) : name === 'jwk' && rules.ownKey

const refusedMember = (header: JsonObject, rules: CompactJwsRules): string | undefined =>
  Object.keys(REFUSED_MEMBERS).find((name) => Object.hasOwn(header, name) && !isLetIn(name, header, rules))

const checkHeader = (
  bytes: Uint8Array,
  rules: CompactJwsRules,
): CompactJwsResult | { header: JsonObject; algorithm: SignatureAlgorithm; keyId?: string } => {
  const parsed = parseStrictJson(bytes)
  if (!parsed.ok) return fault(parsed.code, `/header${parsed.path}`)
  const header = parsed.value
  if (!isJsonObject(header)) return fault('format.malformed', '/header')
  const { algorithms = TOKEN_ALGORITHMS } = rules
  const algorithm = algorithmNamed(header.alg)
  if (!algorithm || !algorithms.includes(algorithm)) return fault('format.algorithmNotAllowed', '/header/alg')
  const refused = refusedMember(header, rules)
  if (refused) return fault(REFUSED_MEMBERS[refused] ?? 'format.malformed', `/header/${refused}`)
  const keyId = header.kid
  if (keyId === undefined) return { header, algorithm }
  return typeof keyId === 'string' ? { header, algorithm, keyId } : fault('format.malformed', '/header/kid')
}

const PARTS = ['header', 'payload', 'signature'] as const

/**
 * Takes a compact JWS apart, strictly: bounded before anything is decoded, three parts in canonical base64url, a header
 * of unambiguous JSON, an algorithm on the allow-list, no critical extensions, and no keys or pointers to keys but
 * those that the rules allow.
 * @see RFC 7515; RFC 8725
 */
export const readCompactJws = (token: string, rules: CompactJwsRules = {}): CompactJwsResult => {
  if (token.length > LIMITS.inputBytes) return fault('format.tooLarge')
  const parts = token.split('.', PARTS.length + 1)
  if (parts.length !== PARTS.length) return fault('format.malformed')
  if ((parts[0] ?? '').length > LIMITS.joseHeaderBytes) return fault('format.tooLarge', '/header')
  const decoded = parts.map(decodeBase64url)
  const bad = decoded.indexOf(undefined)
  if (bad >= 0) return fault('format.notCanonical', `/${PARTS[bad]}`)
  const [headerBytes, payload, signature] = decoded as [Uint8Array, Uint8Array, Uint8Array]
  const checked = checkHeader(headerBytes, rules)
  if ('ok' in checked) return checked
  if (signature.length !== ALGORITHMS[checked.algorithm].signatureBytes) return fault('format.malformed', '/signature')
  const signingInput = encodeUtf8(token.slice(0, token.lastIndexOf('.')))
  return { ok: true, ...checked, payload, signingInput, signature }
}
