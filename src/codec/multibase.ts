import { decodeBase64url, encodeBase64url } from '#runtime'
import { decodeBase58, encodeBase58 } from './base58.js'

/** Bytes with a multibase prefix: `z` is base58 (Bitcoin), `u` is base64url without padding. */
export const encodeMultibase = (base: 'z' | 'u', bytes: Uint8Array): string =>
  base + (base === 'z' ? encodeBase58(bytes) : encodeBase64url(bytes))

/** The bytes of a multibase text in base `z` or `u`; `undefined` for another base or a malformed text. */
export const decodeMultibase = (text: string): Uint8Array | undefined => {
  if (text.startsWith('z')) return decodeBase58(text.slice(1))
  return text.startsWith('u') ? decodeBase64url(text.slice(1)) : undefined
}
