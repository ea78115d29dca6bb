// Edwards25519: −x² + y² = 1 + dx²y² over the integers modulo p (RFC 8032, section 5.1). Public keys alone are computed
// with here, so that nothing needs to take the same time.
const P = 2n ** 255n - 19n
/** What the order of the group is made of: 2^252 and this. */
const ORDER_REST = 27742317777372353535851937790883648493n

const mod = (value: bigint): bigint => {
  const rest = value % P
  return rest < 0n ? rest + P : rest
}

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n
  let square = mod(base)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

const D = mod(-121665n * power(121666n, P - 2n))
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z (RFC 8032, section 5.1.4). */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
  readonly t: bigint
}

const add = (a: Point, b: Point): Point => {
  const left = mod((a.y - a.x) * (b.y - b.x))
  const right = mod((a.y + a.x) * (b.y + b.x))
  const c = mod(2n * D * mod(a.t * b.t))
  const d = mod(2n * a.z * b.z)
  return product(right - left, d - c, d + c, right + left)
}

const double = ({ x, y, z }: Point): Point => {
  const a = mod(x * x)
  const b = mod(y * y)
  const sum = a + b
  const e = sum - mod((x + y) * (x + y))
  const g = a - b
  return product(e, mod(2n * z * z) + g, g, sum)
}

const product = (e: bigint, f: bigint, g: bigint, h: bigint): Point => ({
  x: mod(e * f),
  y: mod(g * h),
  z: mod(f * g),
  t: mod(e * h),
})

const isIdentity = ({ x, y, z }: Point): boolean => x === 0n && y === z

/** A square root of u/v; `undefined` when there is none (RFC 8032, section 5.1.3). */
const rootOfRatio = (u: bigint, v: bigint): bigint | undefined => {
  const v3 = mod(v * v * v)
  const candidate = mod(u * v3 * power(u * v3 * v3 * v, (P - 5n) / 8n))
  const square = mod(v * candidate * candidate)
  if (square === mod(u)) return candidate
  return square === mod(-u) ? mod(candidate * ROOT_OF_MINUS_ONE) : undefined
}

const decode = (encoded: Uint8Array): Point | undefined => {
  const whole = encoded.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
  const isOdd = whole >> 255n
  const y = whole & (2n ** 255n - 1n)
  if (y >= P) return undefined
  const root = rootOfRatio(y * y - 1n, D * y * y + 1n)
  if (root === undefined || (root === 0n && isOdd === 1n)) return undefined
  const x = (root & 1n) === isOdd ? root : P - root
  return { x, y, z: 1n, t: mod(x * y) }
}

const times = (point: Point, scalar: bigint): Point => {
  let result: Point = { x: 0n, y: 1n, z: 1n, t: 0n }
  for (let bit = scalar.toString(2).length - 1; bit >= 0; bit--) {
    result = double(result)
    if ((scalar >> BigInt(bit)) & 1n) result = add(result, point)
  }
  return result
}

const timesPowerOfTwo = (point: Point, exponent: number): Point => {
  let result = point
  for (let count = 0; count < exponent; count++) result = double(result)
  return result
}

/**
 * Whether 32 bytes are the canonical encoding of a point of the prime-order subgroup other than its identity: what an
 * Ed25519 public key must be. Under any other point signatures hold that nobody with a private key made.
 */
export const isEdwardsKey = (encoded: Uint8Array): boolean => {
  const point = decode(encoded)
  if (!point || isIdentity(point)) return false
  return isIdentity(add(timesPowerOfTwo(point, 252), times(point, ORDER_REST)))
}
