import { describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import type { JsonObject } from '../../src/core/json.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { hasVectors, vectorJson } from '../support/vectors.js'
import { expectReportShape } from './support/report-schema.js'
import { type Draft, edited } from './support/sign.js'

const CONTEXTS: Readonly<Record<string, string>> = {
  'https://www.w3.org/ns/credentials/examples/v2': 'credentials/examples/v2',
  'https://w3id.org/citizenship/v4rc1': 'citizenship/citizenship-v4rc1.jsonld',
}

const contexts = () =>
  Object.entries(CONTEXTS).map(([url, file]) => ({
    url,
    document: vectorJson(`w3c-vc-schemas-contexts/contexts/${file}`) as JsonObject,
  }))

const SIGNED = [
  'eddsa-rdfc-2022/signedDataInt.json',
  'eddsa-rdfc-2022/employ/signedDataInt.json',
  'proof-set-chain/signedProofSet1.json',
  'proof-set-chain/signedProofSet2.json',
  'proof-set-chain/signedProofChain1.json',
  'proof-set-chain/signedProofChain2.json',
]

const signed = (file: string): Draft => vectorJson(`w3c-vc-di-eddsa/${file}`)

const verify = async (input: unknown) => {
  const verifier = createVerifier({
    policy: POLICIES['w3c-proof-only'],
    clock: fixedClock('2024-06-01T00:00:00Z'),
    contexts: contexts(),
  })
  const result = await verifier.verify(input)
  expectReportShape(result.report)
  return result
}

const proofsOf = (document: Draft): Draft[] => [document.proof].flat()

describe.runIf(hasVectors)('signed documents of Data Integrity EdDSA Cryptosuites 1.0, under w3c-proof-only', () => {
  it.each(SIGNED)('%s is accepted', async (file) => {
    const { verdict, report } = await verify(signed(file))
    expect(report.reasons).toEqual([])
    expect(verdict).toBe('accepted')
  })

  it.each(SIGNED)('%s with any one proof changed is rejected', async (file) => {
    for (const index of proofsOf(signed(file)).keys()) {
      const changed = edited(signed(file), (draft) => {
        const proof = proofsOf(draft)[index]
        proof.proofValue = `${proof.proofValue.slice(0, -2)}${proof.proofValue.endsWith('11') ? '12' : '11'}`
      })
      const { verdict, report } = await verify(changed)
      expect(verdict).toBe('rejected')
      expect(report.reasons).toEqual([
        { check: 'signature', code: expect.stringMatching(/^signature\.(invalid|proofMalformed)$/) },
      ])
    }
  })

  it.each(SIGNED)('%s with a changed word is rejected', async (file) => {
    const changed = edited(signed(file), (draft) => {
      draft.name = 'Another name'
    })
    expect((await verify(changed)).report.reasons).toEqual([{ check: 'signature', code: 'signature.invalid' }])
  })

  it('a chain without its first proof is rejected', async () => {
    const changed = edited(signed('proof-set-chain/signedProofChain1.json'), (draft) => {
      draft.proof = draft.proof.slice(1)
    })
    expect((await verify(changed)).report.reasons).toEqual([{ check: 'signature', code: 'signature.chainBroken' }])
  })

  it('a document whose context nobody supplied is rejected, and nothing is fetched', async () => {
    const bare = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: fixedClock('2024-06-01T00:00:00Z') })
    const { report } = await bare.verify(signed('eddsa-rdfc-2022/signedDataInt.json'))
    expect(report.reasons).toEqual([{ check: 'format', code: 'format.contextNotAllowed' }])
  })
})
