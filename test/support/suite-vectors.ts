import { expect, it } from 'vitest'
import { toHex } from '../../src/codec/hex.js'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import type { JsonObject } from '../../src/core/json.js'
import { computeHashData, createForms } from '../../src/formats/data-integrity/hash-data.js'
import type { SignatureAlgorithm } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { exampleContexts } from './contexts.js'
import type { Score } from './score.js'
import { vectorFile, vectorJson } from './vectors.js'

/** One published example of a suite that signs whole documents: its folder, and how its files end. */
export interface SuiteVectors {
  readonly folder: string
  readonly ending: string
  readonly algorithm: SignatureAlgorithm
  /** What the published key makes of bytes: these suites' signatures are deterministic (RFC 8032, RFC 6979). */
  readonly sign: (data: Uint8Array) => Uint8Array
}

/** A verifier that asks for proofs alone, at a time when the examples were valid. */
export const proofOnlyVerifier = () =>
  createVerifier({
    policy: POLICIES['w3c-proof-only'],
    contexts: exampleContexts(),
    clock: { now: () => new Date('2025-06-01T00:00:00Z') },
  })

// Two bytes of multicodec, then the key.
export const secretKeyIn = (multibase: string): Uint8Array => (decodeMultibase(multibase) ?? new Uint8Array()).slice(2)

/** Tests of one published example: intermediates, the signature, and the whole document. */
export const testSuiteVectors = (vectors: SuiteVectors, score: Score): void => {
  const { folder, ending, algorithm, sign } = vectors
  const file = (name: string): string => vectorFile(`${folder}/${name}${ending}.txt`).trim()
  const signed = (): JsonObject => vectorJson(`${folder}/signed${ending}.json`)
  const formOf = () => createForms({ extraContexts: exampleContexts() })
  const hashes = () => {
    const { proof, ...document } = signed()
    return computeHashData(document, proof as JsonObject, { algorithm, formOf: formOf() })
  }

  it(`${folder}: every intermediate is equal to the byte`, async () => {
    const { canonicalDocument, canonicalProof, hashData } = await hashes()
    expect(canonicalDocument.trim()).toBe(file('canonDoc'))
    expect(canonicalProof.trim()).toBe(file('proofCanon'))
    expect(toHex(hashData)).toBe(file('combinedHash'))
    expect(toHex(hashData.slice(0, hashData.length / 2))).toBe(file('proofHash'))
    expect(toHex(hashData.slice(hashData.length / 2))).toBe(file('docHash'))
    score.held('sets of intermediates')
  })

  it(`${folder}: the published key makes the published signature of it`, async () => {
    const { hashData } = await hashes()
    const { proof, ...document } = signed()
    const configuration: JsonObject = vectorJson(`${folder}/proofConfig${ending}.json`)
    const again = await computeHashData(document, configuration, { algorithm, formOf: formOf() })
    expect(toHex(again.hashData)).toBe(toHex(hashData))
    const signature = sign(hashData)
    expect(toHex(signature)).toBe(file('sigHex'))
    expect(encodeMultibase('z', signature)).toBe(file('sigBTC58'))
    expect((proof as JsonObject).proofValue).toBe(encodeMultibase('z', signature))
    score.held('signatures')
  })

  it(`${folder}: the signed document verifies`, async () => {
    const { report } = await proofOnlyVerifier().verify(signed())
    expect(report.reasons).toEqual([])
    expect(report.verdict).toBe('accepted')
    score.held('documents')
  })
}
