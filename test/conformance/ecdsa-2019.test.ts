import { p256, p384 } from '@noble/curves/nist.js'
import { describe } from 'vitest'
import { keepScore } from '../support/score.js'
import { secretKeyIn, testSuiteVectors } from '../support/suite-vectors.js'
import { hasVectors, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-di-ecdsa'

const SETS = [
  ['ecdsa-rdfc-2019-p256', 'ECDSAP256', 'ES256'],
  ['ecdsa-rdfc-2019-p256/employ', 'ECDSAP256', 'ES256'],
  ['ecdsa-rdfc-2019-p384', 'ECDSAP384', 'ES384'],
  ['ecdsa-rdfc-2019-p384/employ', 'ECDSAP384', 'ES384'],
  ['ecdsa-jcs-2019-p256', 'JCSECDSAP256', 'ES256'],
  ['ecdsa-jcs-2019-p384', 'JCSECDSAP384', 'ES384'],
] as const

const CURVES = { ES256: [p256, 'p256KeyPair.json'], ES384: [p384, 'p384KeyPair.json'] } as const

describe.runIf(hasVectors)('Data Integrity ECDSA Cryptosuites 1.0, ecdsa-rdfc-2019 and ecdsa-jcs-2019', () => {
  const score = keepScore('w3c-vc-di-ecdsa (ecdsa-rdfc-2019, ecdsa-jcs-2019)', {
    documents: SETS.length,
    'sets of intermediates': SETS.length,
    signatures: SETS.length,
  })
  for (const [set, ending, algorithm] of SETS) {
    const [curve, keyFile] = CURVES[algorithm]
    const sign = (data: Uint8Array): Uint8Array => {
      const { secretKeyMultibase } = vectorJson(`${FOLDER}/${keyFile}`)
      return curve.sign(data, secretKeyIn(secretKeyMultibase), { lowS: false })
    }
    testSuiteVectors({ folder: `${FOLDER}/${set}`, ending, algorithm, sign }, score)
  }
})
