import { decodeBase64url } from '#runtime'
import { parseStrictJson } from '../../codec/strict-json.js'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'

/** The compact form of an SD-JWT that was written in JSON. */
export type FromJsonResult = { readonly ok: true; readonly token: string } | { readonly ok: false }

/**
 * Writes an SD-JWT in JSON, flattened or general, in its compact form; `undefined` for what is no JWS in JSON. It has the
 * members of its kind and no others, so that it is nothing else besides. Several signatures over one payload are not
 * read.
 * @see RFC 9901, section 8; RFC 7515, sections 7.2.1 and 7.2.2
 */
export function fromJsonSerialization(value: JsonObject): FromJsonResult | undefined {
  if (typeof value.payload !== 'string' || (value.signature ?? value.signatures) === undefined) return undefined
  const signed = signatureOf(value)
  const header = signed?.header
  if (!signed || !isJsonObject(header)) return NO
  const { disclosures, kb_jwt: keyBinding } = header
  const parts = [signed.protected, value.payload, signed.signature]
  if (!parts.every(isPart) || !Array.isArray(disclosures) || !disclosures.every(isPart)) return NO
  if (!hasOnly(header, UNPROTECTED) || !areDisjoint(header, String(signed.protected))) return NO
  if (keyBinding !== undefined && !(typeof keyBinding === 'string' && COMPACT.test(keyBinding))) return NO
  return { ok: true, token: [parts.join('.'), ...disclosures, keyBinding ?? ''].join('~') }
}

const NO = { ok: false } as const

// The key's id may stand beside them, as in the examples of RFC 9901. Nothing here reads it: nobody signed it.
const UNPROTECTED = ['disclosures', 'kb_jwt', 'kid']
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** The one signature, of a general or of a flattened serialization: never of both at once. */
function signatureOf(value: JsonObject): JsonObject | undefined {
  const { signatures } = value
  if (signatures === undefined)
    return hasOnly(value, ['payload', 'protected', 'header', 'signature']) ? value : undefined
  const [only] = Array.isArray(signatures) && signatures.length === 1 ? signatures : []
  const isWhole = hasOnly(value, ['payload', 'signatures']) && isJsonObject(only)
  return isWhole && hasOnly(only, ['protected', 'header', 'signature']) ? only : undefined
}

function hasOnly(object: JsonObject, names: readonly string[]): boolean {
  return Object.keys(object).every((name) => names.includes(name))
}

// A tilde or a full stop within a part would move what follows it into another.
function isPart(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value)
}

/** Whether no name stands in both headers: readers would disagree about which of them counts. */
function areDisjoint(header: JsonObject, encoded: string): boolean {
  const bytes = encoded.length > LIMITS.joseHeaderBytes ? undefined : decodeBase64url(encoded)
  const parsed = bytes && parseStrictJson(bytes)
  if (!parsed?.ok || !isJsonObject(parsed.value)) return false
  const names = Object.keys(parsed.value)
  return !Object.keys(header).some((name) => names.includes(name))
}
