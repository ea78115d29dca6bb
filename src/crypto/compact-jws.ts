import { decodeBase64url } from '../codec/base64url.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { encodeUtf8 } from '../codec/utf8.js'
import type { CheckCode } from '../core/codes.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { SignatureAlgorithm } from '../ports/signer.js'
import { ALGORITHMS, algorithmNamed } from './algorithms.js'

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

const checkHeader = (
  bytes: Uint8Array,
): CompactJwsResult | { header: JsonObject; algorithm: SignatureAlgorithm; keyId?: string } => {
  const parsed = parseStrictJson(bytes)
  if (!parsed.ok) return fault(parsed.code, `/header${parsed.path}`)
  const header = parsed.value
  if (!isJsonObject(header)) return fault('format.malformed', '/header')
  const algorithm = algorithmNamed(header.alg)
  if (!algorithm) return fault('format.algorithmNotAllowed', '/header/alg')
  for (const [name, code] of Object.entries(REFUSED_MEMBERS))
    if (Object.hasOwn(header, name)) return fault(code, `/header/${name}`)
  const keyId = header.kid
  if (keyId === undefined) return { header, algorithm }
  return typeof keyId === 'string' ? { header, algorithm, keyId } : fault('format.malformed', '/header/kid')
}

const PARTS = ['header', 'payload', 'signature'] as const

/**
 * Takes a compact JWS apart, strictly: bounded before anything is decoded, three parts in canonical base64url, a header
 * of unambiguous JSON, an algorithm on the allow-list, no critical extensions, and no keys or pointers to keys.
 * @see RFC 7515; RFC 8725
 */
export const readCompactJws = (token: string): CompactJwsResult => {
  if (token.length > LIMITS.inputBytes) return fault('format.tooLarge')
  const parts = token.split('.', PARTS.length + 1)
  if (parts.length !== PARTS.length) return fault('format.malformed')
  if ((parts[0] ?? '').length > LIMITS.joseHeaderBytes) return fault('format.tooLarge', '/header')
  const decoded = parts.map(decodeBase64url)
  const bad = decoded.indexOf(undefined)
  if (bad >= 0) return fault('format.notCanonical', `/${PARTS[bad]}`)
  const [headerBytes, payload, signature] = decoded as [Uint8Array, Uint8Array, Uint8Array]
  const checked = checkHeader(headerBytes)
  if ('ok' in checked) return checked
  if (signature.length !== ALGORITHMS[checked.algorithm].signatureBytes) return fault('format.malformed', '/signature')
  const signingInput = encodeUtf8(token.slice(0, token.lastIndexOf('.')))
  return { ok: true, ...checked, payload, signingInput, signature }
}
