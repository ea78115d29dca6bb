import type { Runtime } from './runtime.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Int8Array(256).fill(-1)
for (let index = 0; index < ALPHABET.length; index++) VALUES[ALPHABET.charCodeAt(index)] = index

const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))

const at = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0
const letter = (sextet: number): number => LETTERS[sextet & 63] ?? 0

const decoder = new TextDecoder()

/** {@inheritDoc Runtime.encodeBase64url} */
export const encodeBase64url: Runtime['encodeBase64url'] = (bytes) => {
  const letters = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  for (let index = 0, length = 0; index < bytes.length; index += 3) {
    const triple = (at(bytes, index) << 16) | (at(bytes, index + 1) << 8) | at(bytes, index + 2)
    letters[length++] = letter(triple >> 18)
    letters[length++] = letter(triple >> 12)
    letters[length++] = letter(triple >> 6)
    letters[length++] = letter(triple)
  }
  return decoder.decode(letters.subarray(0, Math.ceil((bytes.length * 4) / 3)))
}

const value = (letters: Uint8Array, index: number): number => VALUES[letters[index] ?? 0] ?? -1

// Negative where any of the four is a letter of another alphabet.
const group = (letters: Uint8Array, index: number): number =>
  (value(letters, index) << 18) |
  (value(letters, index + 1) << 12) |
  (value(letters, index + 2) << 6) |
  value(letters, index + 3)

const encoder = new TextEncoder()

/** {@inheritDoc Runtime.decodeBase64url} */
export const decodeBase64url: Runtime['decodeBase64url'] = (text) => {
  const remainder = text.length % 4
  if (remainder === 1) return undefined
  const letters = encoder.encode(text)
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  const whole = text.length - remainder
  let length = 0
  for (let index = 0; index < whole; index += 4) {
    const triple = group(letters, index)
    if (triple < 0) return undefined
    bytes[length++] = triple >> 16
    bytes[length++] = triple >> 8
    bytes[length++] = triple
  }
  if (remainder === 0) return bytes
  // `A` stands for six bits that are not set.
  const rest = group(encoder.encode(text.slice(whole).padEnd(4, 'A')), 0)
  if (rest < 0 || (rest & (remainder === 2 ? 0xffff : 0xff)) !== 0) return undefined
  bytes[length++] = rest >> 16
  if (remainder === 3) bytes[length] = rest >> 8
  return bytes
}
