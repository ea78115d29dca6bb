import { decodeBase64url, encodeBase64url } from '#runtime'
import { decodeBase58, encodeBase58 } from './base58.js'

const BASES = {
  z: { encode: encodeBase58, decode: decodeBase58 },
  u: { encode: encodeBase64url, decode: decodeBase64url },
} as const

/** Bytes with a multibase prefix: `z` is base58 (Bitcoin), `u` is base64url without padding. */
export const encodeMultibase = (base: keyof typeof BASES, bytes: Uint8Array): string => base + BASES[base].encode(bytes)

/** The bytes of a multibase text in base `z` or `u`; `undefined` for another base or a malformed text. */
export const decodeMultibase = (text: string): Uint8Array | undefined => {
  const base = text.charAt(0)
  return base === 'z' || base === 'u' ? BASES[base].decode(text.slice(1)) : undefined
}
