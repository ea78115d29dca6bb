import { ed25519 } from '@noble/curves/ed25519.js'
import type { SignatureAlgorithm } from '../ports/signer.js'
import { isOnCurve } from './elliptic-curve.js'

// ZIP 215 leniency off: only the canonical encoding of a point in the prime-order subgroup is a key.
const isEd25519Key = (encoded: Uint8Array): boolean => {
  try {
    const point = ed25519.Point.fromBytes(encoded, false)
    return !point.is0() && point.isTorsionFree()
  } catch {
    return false
  }
}

/**
 * Whether coordinates are a sound key: on the curve, canonical, not of small order. Platforms import keys for which
 * anybody can forge signatures; this does not.
 */
export const isSoundPoint = (algorithm: SignatureAlgorithm, x: Uint8Array, y: Uint8Array): boolean =>
  algorithm === 'EdDSA' ? isEd25519Key(x) : isOnCurve(algorithm, x, y)
