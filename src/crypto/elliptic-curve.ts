import type { SignatureAlgorithm } from '../ports/signer.js'

// y² = x³ + ax + b over the integers modulo p; the cofactor is 1, so that every point on the curve is a sound key.
interface Curve {
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
}

const TWO = 2n
const P256 = TWO ** 256n - TWO ** 224n + TWO ** 192n + TWO ** 96n - 1n
const P384 = TWO ** 384n - TWO ** 128n - TWO ** 96n + TWO ** 32n - 1n
const P521 = TWO ** 521n - 1n

/** SP 800-186, sections 3.2.1.3 to 3.2.1.5; SEC 2, section 2.4.1. */
const CURVES: Readonly<Record<Exclude<SignatureAlgorithm, 'EdDSA'>, Curve>> = {
  ES256: {
    p: P256,
    a: P256 - 3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  ES384: {
    p: P384,
    a: P384 - 3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  ES512: {
    p: P521,
    a: P521 - 3n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
  ES256K: { p: TWO ** 256n - TWO ** 32n - 977n, a: 0n, b: 7n },
}

/** An algorithm whose keys are points with two coordinates. */
export type CurveAlgorithm = keyof typeof CURVES

const toInteger = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)

const toBytes = (value: bigint, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn))

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const rightSide = ({ p, a, b }: Curve, x: bigint): bigint => (x * x * x + a * x + b) % p

/** Whether two coordinates are a point on the curve, each of them reduced. */
export const isOnCurve = (algorithm: CurveAlgorithm, xBytes: Uint8Array, yBytes: Uint8Array): boolean => {
  const curve = CURVES[algorithm]
  const x = toInteger(xBytes)
  const y = toInteger(yBytes)
  return x < curve.p && y < curve.p && (y * y) % curve.p === rightSide(curve, x)
}

const EVEN = 2
const ODD = 3

/** The compressed form of a point: the parity of y, and x (SEC 1, section 2.3.3). */
export const compressPoint = (x: Uint8Array, y: Uint8Array): Uint8Array =>
  Uint8Array.from([(y.at(-1) ?? 0) & 1 ? ODD : EVEN, ...x])

/** The coordinates of a compressed point; `undefined` when it is not on the curve (SEC 1, section 2.3.4). */
export const expandPoint = (
  algorithm: CurveAlgorithm,
  compressed: Uint8Array,
): { readonly x: Uint8Array; readonly y: Uint8Array } | undefined => {
  const [parity] = compressed
  if (parity !== EVEN && parity !== ODD) return undefined
  const { p } = CURVES[algorithm]
  const x = compressed.slice(1)
  // Every p of the table is 3 modulo 4, where this power is a square root if there is one.
  const root = power(rightSide(CURVES[algorithm], toInteger(x)), (p + 1n) / 4n, p)
  const y = toBytes(Number(root & 1n) === (parity & 1) ? root : p - root, x.length)
  return isOnCurve(algorithm, x, y) ? { x, y } : undefined
}
