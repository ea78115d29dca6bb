import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEdwardsKey } from '../../src/crypto/edwards-point.js'
import { type CurveAlgorithm, compressPoint, expandPoint, isOnCurve } from '../../src/crypto/elliptic-curve.js'

// Another library's answer: no leniency, not the identity, no torsion.
const isKeyByNoble = (bytes: Uint8Array): boolean => {
  try {
    const point = ed25519.Point.fromBytes(bytes, false)
    return !point.is0() && point.isTorsionFree()
  } catch {
    return false
  }
}

const TORSION = [...Array(8).keys()].map((count) => {
  const generator = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa', true)
  return count === 0 ? ed25519.Point.ZERO : generator.multiplyUnsafe(BigInt(count))
})

describe('Ed25519 points', () => {
  it('of small order are no keys', () => {
    expect(new Set(TORSION.map((point) => point.toHex())).size).toBe(8)
    for (const point of TORSION) expect(isEdwardsKey(point.toBytes())).toBe(false)
  })

  it('of mixed order are no keys, and without their torsion they are', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 250n), fc.integer({ min: 1, max: 7 }), (scalar, torsion) => {
        const point = ed25519.Point.BASE.multiply(scalar)
        expect(isEdwardsKey(point.toBytes())).toBe(true)
        expect(isEdwardsKey(point.add(TORSION[torsion] ?? ed25519.Point.ZERO).toBytes())).toBe(false)
      }),
      { numRuns: 25 },
    )
  })

  it('are judged as another library judges them, whatever the bytes', () => {
    const near = fc.tuple(fc.constantFrom(0, 1, 2, 0xec, 0xed, 0xee, 0xff), fc.constantFrom(0, 0x7f, 0x80, 0xff))
    const edges = near.map(([low, high]) => Uint8Array.of(low, ...Array(30).fill(high & 0x7f ? 0xff : 0), high))
    fc.assert(
      fc.property(fc.oneof(edges, fc.uint8Array({ minLength: 32, maxLength: 32 })), (bytes) => {
        expect(isEdwardsKey(bytes)).toBe(isKeyByNoble(bytes))
      }),
      { numRuns: 150 },
    )
  })
})

const CURVES = { ES256: p256, ES384: p384, ES512: p521, ES256K: secp256k1 } as const

describe.each(Object.entries(CURVES))('points for %s', (name, curve) => {
  const algorithm = name as CurveAlgorithm

  it('are compressed and expanded as another library does it', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 250n), (scalar) => {
        const point = curve.Point.BASE.multiply(scalar)
        const whole = point.toBytes(false)
        const half = (whole.length - 1) / 2
        const [x, y] = [whole.slice(1, half + 1), whole.slice(half + 1)]
        expect(isOnCurve(algorithm, x, y)).toBe(true)
        expect(compressPoint(x, y)).toEqual(point.toBytes(true))
        expect(expandPoint(algorithm, point.toBytes(true))).toEqual({ x, y })
        expect(
          isOnCurve(
            algorithm,
            x,
            Uint8Array.from(y, (byte) => byte ^ 1),
          ),
        ).toBe(false)
      }),
      { numRuns: 10 },
    )
  })

  it('whose x is on no curve, or not reduced, are none', () => {
    const bytes = (curve.Point.Fp.ORDER.toString(16).length + 1) >> 1
    const beyond = Uint8Array.of(2, ...Array(bytes).fill(0xff))
    expect(expandPoint(algorithm, beyond)).toBeUndefined()
    expect(expandPoint(algorithm, Uint8Array.of(4, ...Array(bytes).fill(1)))).toBeUndefined()
    const found = [...Array(20).keys()].map((last) =>
      expandPoint(algorithm, Uint8Array.of(2, ...Array(bytes - 1).fill(0), last)),
    )
    expect(found.some((point) => point === undefined)).toBe(true)
    expect(found.some((point) => point !== undefined)).toBe(true)
  })
})
