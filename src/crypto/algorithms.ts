import type { SignatureAlgorithm } from '../ports/signer.js'

/** Everything about one signature algorithm. */
export interface AlgorithmRow {
  readonly kty: 'OKP' | 'EC'
  readonly crv: 'Ed25519' | 'P-256'
  /** Names a JOSE header may use for it (RFC 8037; RFC 9864 names the curve itself). */
  readonly joseNames: readonly string[]
  readonly coordinateBytes: number
  readonly signatureBytes: number
  /** The multicodec prefix of its public keys (Multikey, did:key). */
  readonly multicodec: readonly [number, number]
  readonly multikeyBytes: number
}

/** The one table of algorithms. What is not in it does not exist. */
export const ALGORITHMS: Record<SignatureAlgorithm, AlgorithmRow> = {
  EdDSA: {
    kty: 'OKP',
    crv: 'Ed25519',
    joseNames: ['EdDSA', 'Ed25519'],
    coordinateBytes: 32,
    signatureBytes: 64,
    multicodec: [0xed, 0x01],
    multikeyBytes: 32,
  },
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    joseNames: ['ES256'],
    coordinateBytes: 32,
    signatureBytes: 64,
    multicodec: [0x80, 0x24],
    multikeyBytes: 33,
  },
}

const NAMES = Object.keys(ALGORITHMS) as SignatureAlgorithm[]

/** The algorithm of a JOSE `alg` name; `undefined` for any that is not allowed. */
export const algorithmNamed = (joseName: unknown): SignatureAlgorithm | undefined =>
  NAMES.find((name) => ALGORITHMS[name].joseNames.some((known) => known === joseName))

/** The only algorithm a key of this type and curve may be used with. */
export const algorithmOfCurve = (kty: unknown, crv: unknown): SignatureAlgorithm | undefined =>
  NAMES.find((name) => ALGORITHMS[name].kty === kty && ALGORITHMS[name].crv === crv)
