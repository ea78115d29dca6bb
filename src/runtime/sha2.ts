// The SHA-2 family (FIPS 180-4), at once and in little room, for platforms whose own digests only come later.

const FIRST_PRIMES = 80

const primes = (): readonly number[] => {
  const found: number[] = []
  for (let candidate = 2; found.length < FIRST_PRIMES; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  return found
}

/** The greatest integer whose power is at most the value (Newton's method, from above). */
const integerRoot = (value: bigint, degree: bigint): bigint => {
  let root = 1n << (BigInt(value.toString(2).length) / degree + 1n)
  for (;;) {
    const next = ((degree - 1n) * root + value / root ** (degree - 1n)) / degree
    if (next >= root) return root
    root = next
  }
}

const WORD = 64n

// Every constant of the family is the beginning of the fraction of a root of a prime: two words of 32 bits each.
const fractionsOf = (degree: bigint, from: number, count: number): readonly (readonly [high: number, low: number])[] =>
  primes()
    .slice(from, from + count)
    .map((prime) => {
      const fraction = BigInt.asUintN(64, integerRoot(BigInt(prime) << (WORD * degree), degree))
      return [Number(fraction >> 32n) | 0, Number(fraction & 0xffff_ffffn) | 0]
    })

const CUBE_ROOTS = 3n
const SQUARE_ROOTS = 2n
const ROUNDS = Int32Array.from(fractionsOf(CUBE_ROOTS, 0, 80).flat())
const ROUNDS_256 = Int32Array.from(fractionsOf(CUBE_ROOTS, 0, 64).map(([high]) => high))
const START = Int32Array.from(fractionsOf(SQUARE_ROOTS, 0, 8).flat())
const START_256 = Int32Array.from(fractionsOf(SQUARE_ROOTS, 0, 8).map(([high]) => high))
const START_384 = Int32Array.from(fractionsOf(SQUARE_ROOTS, 8, 8).flat())

const at = (words: Int32Array, index: number): number => words[index] as number

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

type Compress = (state: Int32Array, block: DataView, offset: number) => void

const WORDS_256 = new Int32Array(64)

const schedule256 = (block: DataView, offset: number): void => {
  for (let t = 0; t < 16; t++) WORDS_256[t] = block.getInt32(offset + 4 * t)
  for (let t = 16; t < 64; t++) {
    const [a, b] = [at(WORDS_256, t - 15), at(WORDS_256, t - 2)]
    const sigma0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const sigma1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    WORDS_256[t] = sigma0 + sigma1 + at(WORDS_256, t - 16) + at(WORDS_256, t - 7)
  }
}

const compress256: Compress = (state, block, offset) => {
  schedule256(block, offset)
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + at(ROUNDS_256, t) + at(WORDS_256, t)) | 0
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = at(state, index) + word
}

// Words of 64 bits are two of 32, high and low; turned about, the halves of a rotation change places.
const turn = (high: number, low: number, by: number): number =>
  by < 32 ? (high >>> by) | (low << (32 - by)) : (low >>> (by - 32)) | (high << (64 - by))

/** Adds words of 64 bits: the sums of the low halves, without sign, and of the high ones. */
const add = (into: Int32Array, index: number, low: number, high: number): void => {
  into[index + 1] = low
  into[index] = high + Math.floor(low / 2 ** 32)
}

const WORDS = new Int32Array(160)

const schedule = (block: DataView, offset: number): void => {
  for (let t = 0; t < 32; t++) WORDS[t] = block.getInt32(offset + 4 * t)
  for (let t = 32; t < 160; t += 2) {
    const [ah, al, bh, bl] = [at(WORDS, t - 30), at(WORDS, t - 29), at(WORDS, t - 4), at(WORDS, t - 3)]
    const high0 = turn(ah, al, 1) ^ turn(ah, al, 8) ^ (ah >>> 7)
    const low0 = turn(al, ah, 1) ^ turn(al, ah, 8) ^ turn(al, ah, 7)
    const high1 = turn(bh, bl, 19) ^ turn(bh, bl, 61) ^ (bh >>> 6)
    const low1 = turn(bl, bh, 19) ^ turn(bl, bh, 61) ^ turn(bl, bh, 6)
    const low = (low0 >>> 0) + (low1 >>> 0) + (at(WORDS, t - 31) >>> 0) + (at(WORDS, t - 13) >>> 0)
    add(WORDS, t, low, high0 + high1 + at(WORDS, t - 32) + at(WORDS, t - 14))
  }
}

const STATE = new Int32Array(16)
const FIRST = new Int32Array(2)

/** The first sum of a round: of its words of state (each by where its high half stands), its constant and its word. */
const firstSum = (t: number, e: number, f: number, g: number, h: number): void => {
  const [high, low] = [at(STATE, e), at(STATE, e + 1)]
  const sumHigh = turn(high, low, 14) ^ turn(high, low, 18) ^ turn(high, low, 41)
  const sumLow = turn(low, high, 14) ^ turn(low, high, 18) ^ turn(low, high, 41)
  const choiceHigh = (high & at(STATE, f)) ^ (~high & at(STATE, g))
  const choiceLow = (low & at(STATE, f + 1)) ^ (~low & at(STATE, g + 1))
  const lows = (at(STATE, h + 1) >>> 0) + (sumLow >>> 0) + (choiceLow >>> 0)
  const highs = at(STATE, h) + sumHigh + choiceHigh + at(ROUNDS, t) + at(WORDS, t)
  add(FIRST, 0, lows + (at(ROUNDS, t + 1) >>> 0) + (at(WORDS, t + 1) >>> 0), highs)
}

// The words of state stay where they are; what turns, round by round, is which of them is the first.
const round = (t: number): void => {
  const place = (word: number): number => (2 * word - t) & 15
  const [a, b, c, d, h] = [place(0), place(1), place(2), place(3), place(7)]
  firstSum(t, place(4), place(5), place(6), h)
  const [high, low] = [at(STATE, a), at(STATE, a + 1)]
  const sumHigh = turn(high, low, 28) ^ turn(high, low, 34) ^ turn(high, low, 39)
  const sumLow = turn(low, high, 28) ^ turn(low, high, 34) ^ turn(low, high, 39)
  const majorityHigh = (high & at(STATE, b)) ^ (high & at(STATE, c)) ^ (at(STATE, b) & at(STATE, c))
  const majorityLow = (low & at(STATE, b + 1)) ^ (low & at(STATE, c + 1)) ^ (at(STATE, b + 1) & at(STATE, c + 1))
  const firstLow = at(FIRST, 1) >>> 0
  add(STATE, d, (at(STATE, d + 1) >>> 0) + firstLow, at(STATE, d) + at(FIRST, 0))
  add(STATE, h, (sumLow >>> 0) + (majorityLow >>> 0) + firstLow, sumHigh + majorityHigh + at(FIRST, 0))
}

const compress: Compress = (state, block, offset) => {
  schedule(block, offset)
  STATE.set(state)
  for (let t = 0; t < 160; t += 2) round(t)
  for (let index = 0; index < 16; index += 2)
    add(state, index, (at(state, index + 1) >>> 0) + (at(STATE, index + 1) >>> 0), at(state, index) + at(STATE, index))
}

/** Hashes with blocks of so many bytes; the last is filled up with one bit, zeros, and the length in bits. */
const hash =
  (start: Int32Array, blockBytes: number, digestBytes: number, compressBlock: Compress) =>
  (data: Uint8Array): Uint8Array => {
    const state = start.slice()
    const whole = data.length - (data.length % blockBytes)
    const view = new DataView(data.buffer, data.byteOffset, data.length)
    for (let offset = 0; offset < whole; offset += blockBytes) compressBlock(state, view, offset)
    const rest = data.subarray(whole)
    const tail = new Uint8Array(rest.length + 1 + blockBytes / 8 > blockBytes ? 2 * blockBytes : blockBytes)
    tail.set(rest)
    tail[rest.length] = 0x80
    const end = new DataView(tail.buffer)
    end.setUint32(tail.length - 8, Math.floor(data.length / 2 ** 29))
    end.setUint32(tail.length - 4, data.length << 3)
    for (let offset = 0; offset < tail.length; offset += blockBytes) compressBlock(state, end, offset)
    const digest = new DataView(new ArrayBuffer(4 * state.length))
    for (const [index, word] of state.entries()) digest.setInt32(4 * index, word)
    return new Uint8Array(digest.buffer, 0, digestBytes)
  }

/** SHA-256. */
export const sha256 = hash(START_256, 64, 32, compress256)

/** SHA-384. */
export const sha384 = hash(START_384, 128, 48, compress)

/** SHA-512. */
export const sha512 = hash(START, 128, 64, compress)
