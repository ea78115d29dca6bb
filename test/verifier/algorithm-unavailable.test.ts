import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POLICIES } from '../../src/verifier/policy.js'

// A platform that lacks Ed25519, as older browsers do: the rest of it is the real one.
const lacking = vi.hoisted(() => ({ ed25519: false }))
vi.mock('#runtime', async (original) => {
  const runtime = await original<typeof import('../../src/runtime/node.js')>()
  return {
    ...runtime,
    importPublicKey: (...given: Parameters<typeof runtime.importPublicKey>) => {
      if (lacking.ed25519 && given[0] === 'EdDSA') throw new DOMException('Unrecognized name.', 'NotSupportedError')
      return runtime.importPublicKey(...given)
    },
  }
})

const issued: Record<string, unknown> = {}

beforeAll(async () => {
  const { createLocalSigner } = await import('../../src/crypto/local-signer.js')
  const { generateKey } = await import('../../src/crypto/keys.js')
  const { didKey } = await import('../../src/dids/did-key.js')
  const { signJwtCredential } = await import('../../src/formats/vc-jwt/sign.js')
  for (const algorithm of ['EdDSA', 'ES256'] as const) {
    const key = await generateKey(algorithm)
    const { did, keyId } = didKey(key)
    const document = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: did,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:somebody' },
    }
    issued[algorithm] = await signJwtCredential(document, await createLocalSigner(key, keyId), { created: new Date() })
  }
  // Keys are remembered once imported; fresh modules remember none.
  vi.resetModules()
  lacking.ed25519 = true
})

afterAll(() => {
  lacking.ed25519 = false
})

const verify = async (input: unknown) => {
  const fresh = await import('../../src/verifier/create-verifier.js')
  return fresh.createVerifier({ policy: POLICIES['w3c-proof-only'] }).verifyCredential(input)
}

describe('a platform that lacks an algorithm', () => {
  it('cannot say, and says so', async () => {
    const { verdict, report } = await verify(issued.EdDSA)
    expect(verdict).toBe('undecided')
    expect(report.checks.signature).toMatchObject({ outcome: 'inconclusive', code: 'signature.algorithmUnavailable' })
  })

  it('verifies by the algorithms that it has', async () => {
    expect((await verify(issued.ES256)).verdict).toBe('accepted')
  })
})
