const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE = 58
// Quadratic work: nothing of ours in base58 is longer than a key or a signature.
const MAXIMUM_CHARACTERS = 1_024

/** Bytes in the Bitcoin alphabet of base 58. @throws TypeError for more bytes than a key or signature has */
export const encodeBase58 = (bytes: Uint8Array): string => {
  if (bytes.length > MAXIMUM_CHARACTERS) throw new TypeError('base58 is for keys and signatures')
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let index = 0; index < digits.length; index++) {
      carry += (digits[index] ?? 0) << 8
      digits[index] = carry % BASE
      carry = Math.floor(carry / BASE)
    }
    for (; carry > 0; carry = Math.floor(carry / BASE)) digits.push(carry % BASE)
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  const ones = '1'.repeat(zeros < 0 ? bytes.length : zeros)
  return (
    ones +
    digits
      .reverse()
      .map((digit) => ALPHABET.charAt(digit))
      .join('')
  )
}

/** The bytes of a base58 text; `undefined` when it holds another letter, or is too long. */
export const decodeBase58 = (text: string): Uint8Array | undefined => {
  if (text.length > MAXIMUM_CHARACTERS) return undefined
  const bytes: number[] = []
  for (const character of text) {
    let carry = ALPHABET.indexOf(character)
    if (carry < 0) return undefined
    for (let index = 0; index < bytes.length; index++) {
      carry += (bytes[index] ?? 0) * BASE
      bytes[index] = carry & 255
      carry >>= 8
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255)
  }
  const ones = /^1*/.exec(text)?.[0].length ?? 0
  return Uint8Array.from([...new Array<number>(ones).fill(0), ...bytes.reverse()])
}
