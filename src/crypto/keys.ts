import {
  decodeBase64url,
  digestText,
  encodeBase64url,
  generateKey as generateOnPlatform,
  importPublicKey as importOnPlatform,
  verify,
} from '#runtime'
import { PassportError } from '../core/errors.js'
import { detached, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { keep } from '../core/keep.js'
import type { PublicKeyJwk, SignatureAlgorithm } from '../ports/signer.js'
import type { MaybePromise, PlatformKey, PrivateKeyJwk } from '../runtime/runtime.js'
import { ALGORITHMS, algorithmNamed, algorithmOfCurve, TOKEN_ALGORITHMS } from './algorithms.js'
import { isSoundPoint } from './check-point.js'

/** A public key, imported once, with its one algorithm. */
export interface PublicKey {
  readonly algorithm: SignatureAlgorithm
  readonly jwk: PublicKeyJwk
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string
  verify(data: Uint8Array, signature: Uint8Array): MaybePromise<boolean>
}

const rejected = (why: string): PassportError => new PassportError('key.rejected', `The key was rejected: ${why}`)

const coordinate = (jwk: JsonObject, name: 'x' | 'y', length: number): Uint8Array => {
  const text = jwk[name]
  const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined
  if (bytes?.length !== length) throw rejected(`its ${name} is not ${length} bytes of base64url`)
  return bytes
}

const pointOf = (
  algorithm: SignatureAlgorithm,
  jwk: JsonObject,
): { readonly x: Uint8Array; readonly y: Uint8Array } => {
  const { coordinateBytes } = ALGORITHMS[algorithm]
  const x = coordinate(jwk, 'x', coordinateBytes)
  return { x, y: algorithm === 'EdDSA' ? new Uint8Array() : coordinate(jwk, 'y', coordinateBytes) }
}

const checkAlgorithm = (jwk: JsonObject): SignatureAlgorithm => {
  const algorithm = algorithmOfCurve(jwk.kty, jwk.crv)
  if (!algorithm) throw rejected('it is for none of our algorithms (Ed25519, P-256, P-384, P-521, secp256k1)')
  if (jwk.alg !== undefined && algorithmNamed(jwk.alg) !== algorithm) throw rejected('its alg is not that of its curve')
  if (jwk.use !== undefined && jwk.use !== 'sig') throw rejected('it is not for signatures')
  if (jwk.key_ops !== undefined && !mayVerify(jwk.key_ops)) throw rejected('its key_ops do not let it verify')
  return algorithm
}

/** @see RFC 7517, section 4.3 */
function mayVerify(operations: Json): boolean {
  return (
    Array.isArray(operations) &&
    operations.includes('verify') &&
    operations.every((one) => typeof one === 'string') &&
    new Set(operations).size === operations.length
  )
}

/** The members of a JWK that make the public key, and nothing else, once they are known to be texts. */
const publicMembers = ({ kty, crv, x, y }: JsonObject): PublicKeyJwk => ({
  kty: String(kty),
  crv: String(crv),
  x: String(x),
  ...(y === undefined ? {} : { y: String(y) }),
})

/**
 * The public key in a JWK from elsewhere, such as a key service or `crypto.KeyObject.export`: its public members, and nothing else.
 * Whether its point is sound is asked when it is imported.
 *
 * ```ts
 * import { generateKeyPairSync } from 'node:crypto'
 * import { didKey, parsePublicJwk } from 'staff-passport'
 *
 * const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
 * const { did } = didKey(parsePublicJwk(publicKey.export({ format: 'jwk' })))
 * ```
 *
 * @throws TypeError when it is no public JWK of an algorithm of ours
 * @see RFC 7517; RFC 8037
 */
export function parsePublicJwk(value: unknown): PublicKeyJwk {
  const jwk = isJsonObject(value) ? value : {}
  const algorithm = algorithmOfCurve(jwk.kty, jwk.crv)
  const isPoint = typeof jwk.x === 'string' && typeof jwk.y === (algorithm === 'EdDSA' ? 'undefined' : 'string')
  if (!algorithm || !isPoint)
    throw new TypeError('The key must be a public JWK for Ed25519, P-256, P-384, P-521 or secp256k1')
  return publicMembers(jwk)
}

// RFC 7638, 3.2 and 3.3: these, in this order, without white space.
const requiredMembers = ({ crv, kty, x, y }: PublicKeyJwk) => (y === undefined ? { crv, kty, x } : { crv, kty, x, y })

/** The RFC 7638 thumbprint of a public (or private) JWK: SHA-256, base64url. */
export const jwkThumbprint = (jwk: PublicKeyJwk): string =>
  encodeBase64url(digestText('SHA-256', JSON.stringify(requiredMembers(jwk))))

const cache = new Map<string, PublicKey>()

// Ed25519 came to browsers late; a platform without it says so by this name (Web Cryptography, 14.3.9).
const isNotSupported = (error: unknown): boolean => error instanceof Error && error.name === 'NotSupportedError'

const importHere = async (algorithm: SignatureAlgorithm, jwk: PublicKeyJwk): Promise<PlatformKey> => {
  try {
    return await importOnPlatform(algorithm, jwk)
  } catch (cause) {
    if (!isNotSupported(cause)) throw cause
    throw new PassportError('key.algorithmUnavailable', 'This platform cannot compute the algorithm of the key', {
      cause,
    })
  }
}

/**
 * Imports a public key, once: the same key again comes out of a bounded cache. A key states its only algorithm.
 * @throws PassportError `key.rejected` for a key of small order, off its curve, not canonical, of a curve that we do not
 * use, with a private part, or malformed; `key.algorithmUnavailable` where the platform lacks the algorithm
 */
export const importPublicKey = async (jwk: unknown): Promise<PublicKey> => {
  if (!isJsonObject(jwk)) throw rejected('it is not a JWK')
  if (Object.hasOwn(jwk, 'd')) throw rejected('it holds a private key where a public one belongs')
  const algorithm = checkAlgorithm(jwk)
  const { x, y } = pointOf(algorithm, jwk)
  const bare = publicMembers(jwk)
  const thumbprint = jwkThumbprint(bare)
  const known = cache.get(thumbprint)
  if (known) return known
  if (!isSoundPoint(algorithm, x, y)) throw rejected('its point is not sound (small order, or off the curve)')
  const platformKey = await importHere(algorithm, bare)
  const { signatureBytes } = ALGORITHMS[algorithm]
  return keep(cache, thumbprint, {
    algorithm,
    // Kept for longer than whatever it was cut out of.
    jwk: detached(bare),
    thumbprint,
    verify: (data, signature) => signature.length === signatureBytes && verify(platformKey, data, signature),
  })
}

const GENERATED = TOKEN_ALGORITHMS

/**
 * Makes a key pair. The JWK holds the private part: seal it with `sealKeyFile` before it touches a disk.
 * @throws TypeError for an algorithm that new keys are not made for
 */
export const generateKey = async (algorithm: SignatureAlgorithm): Promise<PrivateKeyJwk> => {
  if (!GENERATED.includes(algorithm)) throw new TypeError(`algorithm must be one of ${GENERATED.join(', ')}`)
  const { kty, crv, x, y, d } = await generateOnPlatform(algorithm)
  return { kty, crv, x, ...(y === undefined ? {} : { y }), d }
}

/** The public half of a private JWK. */
export const publicJwk = (privateKeyJwk: PrivateKeyJwk): PublicKeyJwk => parsePublicJwk(privateKeyJwk)
