import type { SignatureAlgorithm } from '../ports/signer.js'
import { isEdwardsKey } from './edwards-point.js'
import { isOnCurve } from './elliptic-curve.js'

/**
 * Whether coordinates are a sound key: on the curve, canonical, not of small order. Platforms import keys for which
 * anybody can forge signatures; this does not.
 */
export const isSoundPoint = (algorithm: SignatureAlgorithm, x: Uint8Array, y: Uint8Array): boolean =>
  algorithm === 'EdDSA' ? isEdwardsKey(x) : isOnCurve(algorithm, x, y)
