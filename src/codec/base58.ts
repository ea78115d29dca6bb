const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE = 58
// Quadratic work: nothing of ours in base58 is longer than a key or a signature.
const MAXIMUM_CHARACTERS = 1_024

const DIGITS: readonly number[] = Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)))

// Four letters or three bytes at a time: the product of the two is still a whole number of JavaScript.
const LETTERS = 4
const BYTES = 3
const LETTERS_LIMB = BASE ** LETTERS
const BYTES_LIMB = 2 ** (8 * BYTES)

/** Makes the number written in `limbs`, the least first, `scale` times as large, and adds to it. */
const scaleAndAdd = (limbs: number[], limb: number, scale: number, addend: number): void => {
  let carry = addend
  for (let index = 0; index < limbs.length; index++) {
    carry += (limbs[index] as number) * scale
    const above = Math.floor(carry / limb)
    limbs[index] = carry - above * limb
    carry = above
  }
  for (; carry > 0; carry = Math.floor(carry / limb)) limbs.push(carry % limb)
}

const lettersOf = (limb: number): string => {
  let letters = ''
  for (let rest = limb, place = 0; place < LETTERS; place++, rest = Math.floor(rest / BASE))
    letters = ALPHABET.charAt(rest % BASE) + letters
  return letters
}

/** Bytes in the Bitcoin alphabet of base 58. @throws TypeError for more bytes than a key or signature has */
export const encodeBase58 = (bytes: Uint8Array): string => {
  if (bytes.length > MAXIMUM_CHARACTERS) throw new TypeError('base58 is for keys and signatures')
  const limbs: number[] = []
  for (let start = 0; start < bytes.length; start += BYTES) {
    const some = bytes.subarray(start, start + BYTES)
    scaleAndAdd(
      limbs,
      LETTERS_LIMB,
      2 ** (8 * some.length),
      some.reduce((value, byte) => value * 256 + byte, 0),
    )
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  const ones = '1'.repeat(zeros < 0 ? bytes.length : zeros)
  return ones + limbs.reverse().map(lettersOf).join('').replace(/^1+/, '')
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
    scaleAndAdd(limbs, BYTES_LIMB, scale, value)
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
  const length = last === undefined ? 0 : (limbs.length - 1) * BYTES + bytesIn(last)
  const bytes = new Uint8Array(countOnes(text) + length)
  for (let index = 0; index < length; index++)
    bytes[bytes.length - 1 - index] = ((limbs[(index / BYTES) | 0] as number) >> ((index % BYTES) * 8)) & 255
  return bytes
}
