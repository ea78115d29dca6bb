const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Int8Array(128).fill(-1)
for (let index = 0; index < ALPHABET.length; index++) VALUES[ALPHABET.charCodeAt(index)] = index

const at = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0
const letter = (sextet: number): string => ALPHABET.charAt(sextet & 63)

/** Bytes as base64url without padding (RFC 4648, section 5; RFC 7515, section 2). */
export const encodeBase64url = (bytes: Uint8Array): string => {
  const parts: string[] = []
  for (let index = 0; index < bytes.length; index += 3) {
    const triple = (at(bytes, index) << 16) | (at(bytes, index + 1) << 8) | at(bytes, index + 2)
    const group = letter(triple >> 18) + letter(triple >> 12) + letter(triple >> 6) + letter(triple)
    parts.push(group.slice(0, Math.min(3, bytes.length - index) + 1))
  }
  return parts.join('')
}

/**
 * The bytes of a base64url text; `undefined` unless it is in its one canonical form: no padding, no white space, no
 * letter of another alphabet, and no bits set that carry no byte.
 */
export const decodeBase64url = (text: string): Uint8Array | undefined => {
  const remainder = text.length % 4
  if (remainder === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let buffer = 0
  let bits = 0
  let length = 0
  for (let index = 0; index < text.length; index++) {
    const value = VALUES[text.charCodeAt(index)] ?? -1
    if (value < 0) return undefined
    buffer = ((buffer << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (buffer >> bits) & 255
    }
  }
  return (buffer & ((1 << bits) - 1)) === 0 ? bytes : undefined
}
