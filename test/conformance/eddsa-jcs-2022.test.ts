import { ed25519 } from '@noble/curves/ed25519.js'
import { describe } from 'vitest'
import { keepScore } from '../support/score.js'
import { secretKeyIn, testSuiteVectors } from '../support/suite-vectors.js'
import { hasVectors, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-di-eddsa'

describe.runIf(hasVectors)('Data Integrity EdDSA Cryptosuites 1.0, eddsa-jcs-2022', () => {
  const score = keepScore('w3c-vc-di-eddsa (eddsa-jcs-2022)', {
    documents: 1,
    'sets of intermediates': 1,
    signatures: 1,
  })
  const sign = (data: Uint8Array): Uint8Array =>
    ed25519.sign(data, secretKeyIn(vectorJson(`${FOLDER}/keyPair.json`).privateKeyMultibase))
  testSuiteVectors({ folder: `${FOLDER}/eddsa-jcs-2022`, ending: 'JCS', algorithm: 'EdDSA', sign }, score)
})
