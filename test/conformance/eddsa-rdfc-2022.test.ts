import { describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { toHex } from '../../src/codec/hex.js'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import type { JsonObject } from '../../src/core/json.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { decodeMultikey } from '../../src/crypto/multikey.js'
import { computeHashData, createForms } from '../../src/formats/data-integrity/hash-data.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { exampleContexts } from '../support/contexts.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorFile, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-di-eddsa'
const SETS = ['eddsa-rdfc-2022', 'eddsa-rdfc-2022/employ'] as const

const SIGNED = [
  'eddsa-rdfc-2022/signedDataInt.json',
  'eddsa-rdfc-2022/employ/signedDataInt.json',
  'proof-set-chain/signedProofSet1.json',
  'proof-set-chain/signedProofSet2.json',
  'proof-set-chain/signedProofChain1.json',
  'proof-set-chain/signedProofChain2.json',
] as const

const formOf = createForms({ extraContexts: hasVectors ? exampleContexts() : [] })

const verifier = () =>
  createVerifier({
    policy: POLICIES['w3c-proof-only'],
    contexts: exampleContexts(),
    clock: { now: () => new Date('2024-06-01T00:00:00Z') },
  })

const firstProof = (signed: JsonObject): JsonObject => {
  const { proof } = signed
  return (Array.isArray(proof) ? proof[0] : proof) as JsonObject
}

interface KeyPair {
  readonly publicKeyMultibase: string
  readonly privateKeyMultibase: string
}

const CHAIN = `${FOLDER}/proof-set-chain`

/** Every proof of the published set and chain: what it is made over, what it says, and what it came to. */
const MADE = [
  ['the first of the set', 'unsigned.json', 'proofSetConfig1.json', 'proofSetConfigSigned1.json', 'keyPair1'],
  ['the second of the set', 'unsigned.json', 'proofSetConfig2.json', 'proofSetConfigSigned2.json', 'keyPair2'],
  [
    'the third, over both',
    'proofChainTempDoc1.json',
    'proofChainConfig1.json',
    'proofChainConfigSigned1.json',
    'keyPair3',
  ],
  [
    'the fourth, over the third',
    'proofChainTempDoc2.json',
    'proofChainConfig2.json',
    'proofChainConfigSigned2.json',
    'keyPair4',
  ],
] as const

const signerOf = ({ publicKeyMultibase, privateKeyMultibase }: KeyPair) => {
  // Two bytes of multicodec, then the seed.
  const d = encodeBase64url((decodeMultibase(privateKeyMultibase) as Uint8Array).slice(2))
  const jwk = decodeMultikey(publicKeyMultibase) as { kty: 'OKP'; crv: 'Ed25519'; x: string }
  return createLocalSigner({ ...jwk, d }, `did:key:${publicKeyMultibase}#${publicKeyMultibase}`)
}

describe.runIf(hasVectors)('Data Integrity EdDSA Cryptosuites 1.0, eddsa-rdfc-2022', () => {
  const score = keepScore('w3c-vc-di-eddsa (eddsa-rdfc-2022)', {
    documents: SIGNED.length,
    'sets of intermediates': SETS.length,
    signatures: SETS.length,
    'proofs of sets and chains': MADE.length,
  })

  it.each(SETS)('%s: every intermediate is equal to the byte', async (set) => {
    const file = (name: string): string => vectorFile(`${FOLDER}/${set}/${name}`)
    const signed: JsonObject = vectorJson(`${FOLDER}/${set}/signedDataInt.json`)
    const { proof: _, ...document } = signed
    const data = await computeHashData(document, firstProof(signed), { formOf })
    expect(data.canonicalDocument).toBe(file('canonDocDataInt.txt'))
    expect(data.canonicalProof).toBe(file('proofCanonDataInt.txt'))
    expect(toHex(data.hashData)).toBe(file('combinedHashDataInt.txt').trim())
    expect(toHex(data.hashData.slice(0, 32))).toBe(file('proofHashDataInt.txt').trim())
    expect(toHex(data.hashData.slice(32))).toBe(file('docHashDataInt.txt').trim())
    score.held('sets of intermediates')
  })

  it.each(SETS)('%s: the signature is the published one', async (set) => {
    const signed: JsonObject = vectorJson(`${FOLDER}/${set}/signedDataInt.json`)
    const { proof: _, ...document } = signed
    const configuration: JsonObject = vectorJson(`${FOLDER}/${set}/proofConfigDataInt.json`)
    const { hashData } = await computeHashData(document, configuration, { formOf })
    const signature = await (await signerOf(vectorJson(`${FOLDER}/keyPair.json`))).sign(hashData)
    expect(toHex(signature)).toBe(vectorFile(`${FOLDER}/${set}/sigHexDataInt.txt`).trim())
    expect(encodeMultibase('z', signature)).toBe(vectorFile(`${FOLDER}/${set}/sigBTC58DataInt.txt`).trim())
    expect(firstProof(signed).proofValue).toBe(encodeMultibase('z', signature))
    score.held('signatures')
  })

  it.each(MADE)('proof sets and chains: %s is the published one', async (_title, over, says, cameTo, key) => {
    const configuration: JsonObject = vectorJson(`${CHAIN}/${says}`)
    const { hashData } = await computeHashData(vectorJson(`${CHAIN}/${over}`), configuration, { formOf })
    const signer = await signerOf(vectorJson(`${CHAIN}/multiKeyPairs.json`)[key])
    const proofValue = encodeMultibase('z', await signer.sign(hashData))
    expect({ ...configuration, proofValue }).toEqual(vectorJson(`${CHAIN}/${cameTo}`))
    score.held('proofs of sets and chains')
  })

  it.each(SIGNED)('%s verifies', async (name) => {
    const { report } = await verifier().verify(vectorJson(`${FOLDER}/${name}`))
    expect(report.reasons).toEqual([])
    expect(report.verdict).toBe('accepted')
    score.held('documents')
  })

  it('the two ways of asking are both reported: bound to the issuer, the same document is not accepted', async () => {
    const { createDemoAuthority } = await import('../../src/testing/demo-authority.js')
    const { trustList, anchor } = await createDemoAuthority()
    const strict = createVerifier({ policy: POLICIES.nhs, trustList, anchor })
    const { report } = await strict.verify(vectorJson(`${FOLDER}/${SIGNED[0]}`))
    expect(report.verdict).toBe('rejected')
  })

  it('a chain without its first link is refused', async () => {
    const chain = vectorJson(`${FOLDER}/proof-set-chain/signedProofChain2.json`)
    const { report } = await verifier().verify({ ...chain, proof: chain.proof.slice(1) })
    expect(report.reasons).toContainEqual({ check: 'signature', code: 'signature.chainBroken' })
  })
})
