import type { SignatureAlgorithm } from '../ports/signer.js'

/** Everything about one signature algorithm. */
export interface AlgorithmRow {
  readonly kty: 'OKP' | 'EC'
  readonly crv: 'Ed25519' | 'P-256' | 'P-384' | 'P-521' | 'secp256k1'
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
  ES384: {
    kty: 'EC',
    crv: 'P-384',
    joseNames: ['ES384'],
    coordinateBytes: 48,
    signatureBytes: 96,
    multicodec: [0x81, 0x24],
    multikeyBytes: 49,
  },
  ES512: {
    kty: 'EC',
    crv: 'P-521',
    joseNames: ['ES512'],
    coordinateBytes: 66,
    signatureBytes: 132,
    multicodec: [0x82, 0x24],
    multikeyBytes: 67,
  },
  ES256K: {
    kty: 'EC',
    crv: 'secp256k1',
    joseNames: ['ES256K'],
    coordinateBytes: 32,
    signatureBytes: 64,
    multicodec: [0xe7, 0x01],
    multikeyBytes: 33,
  },
}

/** Every algorithm of the table. */
export const ALGORITHM_NAMES = Object.keys(ALGORITHMS) as readonly SignatureAlgorithm[]

/** The algorithms of tokens, but for those of VCDM 1.1: ES256K lives on only there. */
export const TOKEN_ALGORITHMS: readonly SignatureAlgorithm[] = ALGORITHM_NAMES.filter((name) => name !== 'ES256K')

/** The algorithm of a JOSE `alg` name; `undefined` for any that is not allowed. */
export const algorithmNamed = (joseName: unknown): SignatureAlgorithm | undefined =>
  ALGORITHM_NAMES.find((name) => ALGORITHMS[name].joseNames.some((known) => known === joseName))

/** The only algorithm a key of this type and curve may be used with. */
export const algorithmOfCurve = (kty: unknown, crv: unknown): SignatureAlgorithm | undefined =>
  ALGORITHM_NAMES.find((name) => ALGORITHMS[name].kty === kty && ALGORITHMS[name].crv === crv)
