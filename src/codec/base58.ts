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

const DIGITS: readonly number[] = Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)))

// Four letters at a time, into limbs of three bytes: the product of the two is still a whole number of JavaScript.
const LETTERS = 4
const LIMB = 2 ** 24

/** Makes the number `limbs`, the least first, `scale` times as large, and adds to it. */
const scaleAndAdd = (limbs: number[], scale: number, addend: number): void => {
  let carry = addend
  for (let index = 0; index < limbs.length; index++) {
    carry += (limbs[index] as number) * scale
    const above = Math.floor(carry / LIMB)
    limbs[index] = carry - above * LIMB
    carry = above
  }
  if (carry > 0) limbs.push(carry)
}

const toLimbs = (text: string): readonly number[] | undefined => {
  const limbs: number[] = []
  for (let start = 0; start < text.length; start += LETTERS) {
    let value = 0
    let scale = 1
    for (let place = start; place < Math.min(start + LETTERS, text.length); place++) {
      const digit = DIGITS[text.charCodeAt(place)] ?? -1
      if (digit < 0) return undefined
      value = value * BASE + digit
      scale *= BASE
    }
    scaleAndAdd(limbs, scale, value)
  }
  return limbs
}

const countOnes = (text: string): number => {
  let ones = 0
  while (text[ones] === '1') ones++
  return ones
}

const bytesIn = (limb: number): number => (limb < 2 ** 8 ? 1 : limb < 2 ** 16 ? 2 : 3)

/** The bytes of a base58 text; `undefined` when it holds another letter, or is too long. */
export const decodeBase58 = (text: string): Uint8Array | undefined => {
  if (text.length > MAXIMUM_CHARACTERS) return undefined
  const limbs = toLimbs(text)
  if (!limbs) return undefined
  const last = limbs.at(-1)
  const length = last === undefined ? 0 : (limbs.length - 1) * 3 + bytesIn(last)
  const bytes = new Uint8Array(countOnes(text) + length)
  for (let index = 0; index < length; index++)
    bytes[bytes.length - 1 - index] = ((limbs[(index / 3) | 0] as number) >> ((index % 3) * 8)) & 255
  return bytes
}
