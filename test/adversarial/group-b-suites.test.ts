import { beforeAll, describe, it } from 'vitest'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { CRYPTOSUITES } from '../../src/formats/data-integrity/suites.js'
import type { SignatureAlgorithm } from '../../src/ports/signer.js'
import { SUITES } from '../support/suites.js'
import { createEveryFormat, type EveryFormat } from '../verifier/support/every-format.js'
import { edited } from '../verifier/support/sign.js'
import { expectAccepted, expectRefused } from './harness.js'

let every: EveryFormat
beforeAll(async () => {
  every = await createEveryFormat()
})

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** S + L, S + 8L: the same point, written as no signer writes it (RFC 8032, 5.1.7). */
const malleated = (signature: Uint8Array, times: bigint): Uint8Array => {
  const s = signature.slice(32).reduceRight((value, byte) => value * 256n + BigInt(byte), 0n) + ORDER * times
  return Uint8Array.from([
    ...signature.slice(0, 32),
    ...Array.from({ length: 32 }, (_, index) => Number((s >> BigInt(8 * index)) & 255n)),
  ])
}

describe.each(SUITES)('group B: keys, by %s, %s', (name, algorithm) => {
  let golden: JsonObject
  beforeAll(async () => {
    const { credential } = await every.issue([name, algorithm], 'EmploymentAssignment', ({ claims }) => {
      claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
      claims.employingOrganisationOds = 'RZ2'
    })
    golden = credential as JsonObject
  })

  const verify = async (input: unknown) => (await every.verifier()).verifyCredential(input)

  it('the golden credential is accepted', async () => {
    await expectAccepted(() => verify(golden))
  })

  const suite: readonly SignatureAlgorithm[] = CRYPTOSUITES[name].algorithms

  it.each((['EdDSA', 'ES256', 'ES384', 'ES512'] as const).filter((other) => !suite.includes(other)))(
    'KEY-09 over a key for %s',
    async (other) => {
      const keyId = every.signers.find((signer) => signer.algorithm === other)?.keyId
      const input = edited(golden as Json, (draft) => {
        draft.proof.verificationMethod = keyId
      })
      await expectRefused('SP_ALG_NOT_ALLOWED', () => verify(input), { code: 'signature.keyMismatch' })
    },
  )

  it.each(algorithm === 'EdDSA' ? [1n, 8n] : [])('KEY-03 a malleated Ed25519 signature (%i)', async (times) => {
    const input = edited(golden as Json, (draft) => {
      const signature = decodeMultibase(draft.proof.proofValue) ?? new Uint8Array()
      draft.proof.proofValue = encodeMultibase('z', malleated(signature, times))
    })
    await expectRefused('CRYPTOGRAPHIC_SECURITY_ERROR', () => verify(input), { code: 'signature.invalid' })
  })
})
