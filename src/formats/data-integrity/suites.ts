import type { SignatureAlgorithm } from '../../ports/signer.js'

/** How a suite turns a document into bytes to sign; `selective` signs every statement of the `rdfc` form by itself. */
export type Transformation = 'rdfc' | 'jcs' | 'selective'

/** Everything about one cryptosuite. */
export interface CryptosuiteRow {
  readonly transformation: Transformation
  /** Keys that can sign it, each with the hash of its curve. */
  readonly algorithms: readonly SignatureAlgorithm[]
  /** The multibase header of its proof values. */
  readonly base: 'z' | 'u'
}

const EDWARDS: readonly SignatureAlgorithm[] = ['EdDSA']
const CURVES: readonly SignatureAlgorithm[] = ['ES256', 'ES384']

/**
 * The one table of cryptosuites. What is not in it is neither made nor believed.
 * @see Data Integrity EdDSA Cryptosuites 1.0; Data Integrity ECDSA Cryptosuites 1.0
 */
export const CRYPTOSUITES = {
  'eddsa-rdfc-2022': { transformation: 'rdfc', algorithms: EDWARDS, base: 'z' },
  'eddsa-jcs-2022': { transformation: 'jcs', algorithms: EDWARDS, base: 'z' },
  'ecdsa-rdfc-2019': { transformation: 'rdfc', algorithms: CURVES, base: 'z' },
  'ecdsa-jcs-2019': { transformation: 'jcs', algorithms: CURVES, base: 'z' },
  'ecdsa-sd-2023': { transformation: 'selective', algorithms: ['ES256'], base: 'u' },
} as const satisfies Record<string, CryptosuiteRow>

/** The name of a cryptosuite of ours. */
export type CryptosuiteName = keyof typeof CRYPTOSUITES

/** The name of a cryptosuite that signs whole documents, as presentations must be. */
export type WholeCryptosuiteName = Exclude<CryptosuiteName, 'ecdsa-sd-2023'>

/** Their names. */
export const CRYPTOSUITE_NAMES = Object.keys(CRYPTOSUITES) as readonly CryptosuiteName[]

/** The row of a cryptosuite; `undefined` for anything that is not the name of one of ours. */
export const cryptosuiteNamed = (name: unknown): CryptosuiteRow | undefined => {
  const found = CRYPTOSUITE_NAMES.find((known) => known === name)
  return found && CRYPTOSUITES[found]
}

/** The linked-data suite that signs a whole document with such a key; `undefined` when there is none. */
export const linkedDataSuite = (algorithm: SignatureAlgorithm): CryptosuiteName | undefined =>
  CRYPTOSUITE_NAMES.find((name) => {
    const { transformation, algorithms }: CryptosuiteRow = CRYPTOSUITES[name]
    return transformation === 'rdfc' && algorithms.includes(algorithm)
  })
