import { decodeBase64url, encodeBase64url } from '#runtime'
import { decodeMultibase, encodeMultibase } from '../codec/multibase.js'
import type { PublicKeyJwk, SignatureAlgorithm } from '../ports/signer.js'
import { ALGORITHM_NAMES, ALGORITHMS, algorithmOfCurve } from './algorithms.js'
import { compressPoint, expandPoint, isOnCurve } from './elliptic-curve.js'

const keyBytes = (algorithm: SignatureAlgorithm, jwk: PublicKeyJwk): Uint8Array | undefined => {
  const x = decodeBase64url(jwk.x)
  if (algorithm === 'EdDSA') return x
  const y = decodeBase64url(jwk.y ?? '')
  return x && y && isOnCurve(algorithm, x, y) ? compressPoint(x, y) : undefined
}

/**
 * A public key as a Multikey text, such as `z6Mk…` for Ed25519 and `zDn…` for P-256.
 * @throws TypeError when it is not a public key of an algorithm of ours
 * @see Controlled Identifiers 1.0, section 2.2.2
 */
export const encodeMultikey = (jwk: PublicKeyJwk): string => {
  const algorithm = algorithmOfCurve(jwk.kty, jwk.crv)
  const bytes = algorithm && keyBytes(algorithm, jwk)
  if (!algorithm || bytes?.length !== ALGORITHMS[algorithm].multikeyBytes)
    throw new TypeError('encodeMultikey needs a public key for one of our algorithms')
  return encodeMultibase('z', Uint8Array.from([...ALGORITHMS[algorithm].multicodec, ...bytes]))
}

const jwkOf = (algorithm: SignatureAlgorithm, bytes: Uint8Array): PublicKeyJwk | undefined => {
  const { kty, crv } = ALGORITHMS[algorithm]
  if (algorithm === 'EdDSA') return { kty, crv, x: encodeBase64url(bytes) }
  const point = expandPoint(algorithm, bytes)
  return point && { kty, crv, x: encodeBase64url(point.x), y: encodeBase64url(point.y) }
}

/** The public key of a Multikey text in base58; `undefined` when it is malformed or of another kind of key. */
export const decodeMultikey = (text: string): PublicKeyJwk | undefined => {
  const bytes = text.startsWith('z') ? decodeMultibase(text) : undefined
  if (!bytes) return undefined
  for (const algorithm of ALGORITHM_NAMES) {
    const { multicodec, multikeyBytes } = ALGORITHMS[algorithm]
    if (bytes[0] === multicodec[0] && bytes[1] === multicodec[1] && bytes.length === multikeyBytes + 2)
      return jwkOf(algorithm, bytes.slice(2))
  }
  return undefined
}
