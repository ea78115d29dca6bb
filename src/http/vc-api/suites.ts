import type { JsonObject } from '../../core/json.js'
import { ALGORITHMS } from '../../crypto/algorithms.js'
import { VCDM_2_CONTEXT } from '../../formats/contexts.js'
import { CREDENTIAL_FORMATS, credentialFormat, type IssuingFormat } from '../../formats/sign.js'
import type { SignatureAlgorithm } from '../../ports/signer.js'

/** Secured by whatever suits the key, and with a place in a status list. */
export const STATUS_SUITE = 'status'
/** A `vc+jwt`, inside a document that may stand where JSON must (VCDM 2.0, section 4.13.1). */
export const ENVELOPED_SUITE = 'enveloped'

const FORMATS = (Object.keys(CREDENTIAL_FORMATS) as IssuingFormat[]).filter((name) => name !== 'data-integrity')

/** Every suite that a path may name. */
export const SUITES: readonly string[] = [...FORMATS, STATUS_SUITE, ENVELOPED_SUITE]

const suits = (format: IssuingFormat, algorithm: SignatureAlgorithm): boolean =>
  credentialFormat(format).algorithms.includes(algorithm)

const NAMED = new Map<string, (algorithm: SignatureAlgorithm) => IssuingFormat>([
  [STATUS_SUITE, (algorithm) => (suits('data-integrity', algorithm) ? 'data-integrity' : 'vc+jwt')],
  [ENVELOPED_SUITE, () => 'vc+jwt'],
])

/** The format of a suite under a key of this algorithm; `undefined` where that key cannot sign it. */
export const formatOfSuite = (suite: string, algorithm: SignatureAlgorithm): IssuingFormat | undefined => {
  const format = NAMED.get(suite)?.(algorithm) ?? FORMATS.find((name) => name === suite)
  return format !== undefined && suits(format, algorithm) ? format : undefined
}

/** The curve of an algorithm's keys. */
export const curveOf = (algorithm: SignatureAlgorithm): string => ALGORITHMS[algorithm].crv

/** A token inside a document. */
const envelope = (token: string): JsonObject => ({
  '@context': [VCDM_2_CONTEXT],
  id: `data:application/vc+jwt,${token}`,
  type: 'EnvelopedVerifiableCredential',
})

/** What the suite hands over: a document as it is, a token as it is or, of the enveloped suite, in an envelope. */
export const handOver = (suite: string, credential: JsonObject | string): JsonObject | string =>
  suite === ENVELOPED_SUITE && typeof credential === 'string' ? envelope(credential) : credential
