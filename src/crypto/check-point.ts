import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import type { SignatureAlgorithm } from '../ports/signer.js'

// ZIP 215 leniency off: only the canonical encoding of a point in the prime-order subgroup is a key.
const isEd25519Key = (point: Uint8Array): boolean => {
  const decoded = ed25519.Point.fromBytes(point, false)
  return !decoded.is0() && decoded.isTorsionFree()
}

const isP256Key = (point: Uint8Array): boolean => {
  p256.Point.fromBytes(point).assertValidity()
  return true
}

const CHECKS: Record<SignatureAlgorithm, (point: Uint8Array) => boolean> = { EdDSA: isEd25519Key, ES256: isP256Key }

/**
 * Whether encoded public key bytes are a sound key: on the curve, canonical, not of small order. Platforms import keys
 * for which anybody can forge signatures; this does not.
 */
export const isSoundPoint = (algorithm: SignatureAlgorithm, point: Uint8Array): boolean => {
  try {
    return CHECKS[algorithm](point)
  } catch {
    return false
  }
}

/** The compressed form of a P-256 point; `undefined` when it is not on the curve. */
export const compressP256 = (uncompressed: Uint8Array): Uint8Array | undefined => {
  try {
    return p256.Point.fromBytes(uncompressed).toBytes(true)
  } catch {
    return undefined
  }
}

/** The affine coordinates of a compressed P-256 point; `undefined` when it is not on the curve. */
export const expandP256 = (compressed: Uint8Array): { readonly x: Uint8Array; readonly y: Uint8Array } | undefined => {
  try {
    const bytes = p256.Point.fromBytes(compressed).toBytes(false)
    return { x: bytes.slice(1, 33), y: bytes.slice(33) }
  } catch {
    return undefined
  }
}
