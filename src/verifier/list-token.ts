import { sha256 } from '#runtime'
import { parseDidUrl } from '../codec/did.js'
import { toHex } from '../codec/hex.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { tokenIn } from '../codec/token-text.js'
import { decodeUtf8, encodeUtf8 } from '../codec/utf8.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { type CompactJws, readCompactJws } from '../crypto/compact-jws.js'
import type { ContextRules } from '../formats/input.js'

/** A Status List Token taken apart. Nothing was verified. */
export interface ListToken {
  readonly jws: CompactJws
  readonly claims: JsonObject
  /** Where it says that it is published. */
  readonly url: string
  /** Who says so: `iss` or, where there is none, the DID of its key. */
  readonly issuer: string
  /** SHA-256 of the token, in hexadecimal. */
  readonly digest: string
}

const TYPE = /^(?:application\/)?statuslist\+jwt$/i

const issuerOf = ({ iss }: JsonObject, { keyId }: CompactJws): string | undefined => {
  if (iss !== undefined) return typeof iss === 'string' ? iss : undefined
  return keyId === undefined ? undefined : parseDidUrl(keyId)?.did
}

/**
 * Takes a Status List Token apart; `undefined` for anything else.
 * @see Token Status List, section 5.1
 */
export const readListToken = (
  input: unknown,
  { certificateChain = false }: ContextRules = {},
): ListToken | undefined => {
  const text = input instanceof Uint8Array ? decodeUtf8(input) : input
  if (typeof text !== 'string') return undefined
  const token = tokenIn(text)
  const jws = readCompactJws(token, { certificateChain })
  if (!jws.ok || typeof jws.header.typ !== 'string' || !TYPE.test(jws.header.typ)) return undefined
  const parsed = parseStrictJson(jws.payload)
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined
  const claims = parsed.value
  const issuer = issuerOf(claims, jws)
  // A list is published for everybody: one that is addressed is addressed to somebody else (RFC 7519, 4.1.3).
  if (claims.aud !== undefined) return undefined
  if (typeof claims.sub !== 'string' || issuer === undefined) return undefined
  return { jws, claims, url: claims.sub, issuer, digest: toHex(sha256(encodeUtf8(token))) }
}
