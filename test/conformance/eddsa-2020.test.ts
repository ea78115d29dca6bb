import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/codec/hex.js'
import { encodeMultibase } from '../../src/codec/multibase.js'
import type { JsonObject } from '../../src/core/json.js'
import { computeHashData, createForms } from '../../src/formats/data-integrity/hash-data.js'
import { exampleContexts } from '../support/contexts.js'
import { keepScore } from '../support/score.js'
import { proofOnlyVerifier, secretKeyIn } from '../support/suite-vectors.js'
import { hasVectors, vectorFile, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-di-eddsa'
const SET = `${FOLDER}/Ed25519Signature2020`

describe.runIf(hasVectors)(
  'Data Integrity EdDSA Cryptosuites 1.0, Ed25519Signature2020, which new credentials do not use',
  () => {
    const score = keepScore('w3c-vc-di-eddsa (Ed25519Signature2020, its predecessor)', {
      'sets of intermediates': 1,
      'documents refused by name': 1,
    })
    const file = (name: string): string => vectorFile(`${SET}/${name}EdSig.txt`).trim()

    it('every intermediate is equal to the byte', async () => {
      const { proof, ...document }: JsonObject = vectorJson(`${SET}/signedEdSig.json`)
      const context = {
        url: 'https://w3id.org/security/suites/ed25519-2020/v1',
        document: vectorJson(`${FOLDER}/contexts/lds-ed25519-2020-v1.json`),
      }
      const formOf = createForms({ extraContexts: [...exampleContexts(), context] })
      const data = await computeHashData(document, vectorJson(`${SET}/proofConfigEdSig.json`), { formOf })
      expect(data.canonicalDocument.trim()).toBe(file('canonDoc'))
      expect(data.canonicalProof.trim()).toBe(file('proofCanon'))
      expect(toHex(data.hashData)).toBe(file('combinedHash'))
      expect(toHex(data.hashData.slice(0, 32))).toBe(file('proofHash'))
      expect(toHex(data.hashData.slice(32))).toBe(file('docHash'))
      const { privateKeyMultibase } = vectorJson(`${FOLDER}/keyPair.json`)
      const signature = ed25519.sign(data.hashData, secretKeyIn(privateKeyMultibase))
      expect(toHex(signature)).toBe(file('sigHex'))
      expect((proof as JsonObject).proofValue).toBe(encodeMultibase('z', signature))
      score.held('sets of intermediates')
    })

    it('the signed document is refused: its algorithm is not one of ours', async () => {
      const { report } = await proofOnlyVerifier().verify(vectorJson(`${SET}/signedEdSig.json`))
      expect(report.reasons).toEqual([{ check: 'format', code: 'format.algorithmNotAllowed' }])
      score.held('documents refused by name')
    })
  },
)
