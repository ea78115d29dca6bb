import { decodeBase64url } from '#runtime'
import { parseStrictJson } from '../codec/strict-json.js'
import { isJsonObject, type Json } from '../core/json.js'
import { LIMITS } from '../core/limits.js'

/** A media type as a token writes it: in any case, and without its `application/` (RFC 7515, section 4.1.9). */
export function mediaType(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value.toLowerCase().replace(/^application\//, '') : undefined
}

/** The media type in a token's header, before anything else is read of it; `undefined` where it says none. */
export function mediaTypeOfToken(token: string): string | undefined {
  const [first = ''] = token.split('.', 1)
  const bytes = first.length > LIMITS.joseHeaderBytes ? undefined : decodeBase64url(first)
  const header = bytes && parseStrictJson(bytes)
  return header?.ok && isJsonObject(header.value) ? mediaType(header.value.typ) : undefined
}
