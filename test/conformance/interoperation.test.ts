import * as dataIntegrity from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import * as jose from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { currentExample } from '../../src/credentials/examples.js'
import { rightToWorkExamples } from '../../src/credentials/golden/right-to-work.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey, didKeyDocument } from '../../src/dids/did-key.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import { createDocumentLoader } from '../../src/formats/data-integrity/rdfc/document-loader.js'
import { createDemoAuthority, type DemoAuthority } from '../../src/testing/demo-authority.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createPresentation } from '../../src/wallet/present.js'

const proofOnly = createVerifier({ policy: POLICIES['w3c-proof-only'] })

const suite = () => new dataIntegrity.DataIntegrityProof({ cryptosuite })

// What their stack needs of a loader: contexts, DID documents and single verification methods.
const documentLoader = async (url: string): Promise<unknown> => {
  if (!url.startsWith('did:key:')) return createDocumentLoader()(url)
  const [did = '', fragment] = url.split('#')
  const document = didKeyDocument(did) as JsonObject
  const [method] = document.verificationMethod as readonly JsonObject[]
  const found = fragment ? { '@context': 'https://w3id.org/security/multikey/v1', ...method } : document
  return { contextUrl: null, documentUrl: url, document: found }
}

let authority: DemoAuthority
const request = () => {
  const { title: _, ...example } = currentExample(
    rightToWorkExamples[1] ?? rightToWorkExamples[0],
    new Date().toISOString().slice(0, 10),
  )
  return { ...example, subject: authority.holder.did } as never
}

const issue = async (format: 'data-integrity' | 'vc+jwt', organisation: 'northfield' | 'southmere' = 'northfield') =>
  (await authority.organisations[organisation].issuer.issue('RightToWork', request(), { format })).credential

beforeAll(async () => {
  authority = await createDemoAuthority()
})

describe('with @digitalbazaar/vc', () => {
  it('it verifies what we issue', async () => {
    const credential = (await issue('data-integrity')) as JsonObject
    const result = await vc.verifyCredential({
      credential,
      suite: suite(),
      documentLoader,
      checkStatus: async () => ({ verified: true }),
    })
    expect(result.error).toBeUndefined()
    expect(result.verified).toBe(true)
  })

  it('it verifies what our holder presents', async () => {
    const { did, signer } = authority.holder
    const credentials = [(await issue('data-integrity')) as JsonObject]
    const presentation = (await createPresentation({
      credentials,
      holder: did,
      signer,
      challenge: 'c',
      audience: 'https://v.example',
    })) as JsonObject
    const checkStatus = async () => ({ verified: true })
    const result = await vc.verify({
      presentation,
      suite: suite(),
      documentLoader,
      challenge: 'c',
      domain: 'https://v.example',
      checkStatus,
    })
    expect(result.verified, JSON.stringify(result.error)).toBe(true)
  })

  it('we verify what it issues', async () => {
    const key = await generateKey('EdDSA')
    const { did, keyId } = didKey(key)
    const local = await createLocalSigner(key, keyId)
    const signer = { id: keyId, algorithm: 'Ed25519', sign: ({ data }: { data: Uint8Array }) => local.sign(data) }
    const credential = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: did,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:somebody' },
    }
    const signed = await vc.issue({
      credential,
      suite: new dataIntegrity.DataIntegrityProof({ signer, cryptosuite }),
      documentLoader,
    })
    const { report } = await proofOnly.verify(signed)
    expect(report.verdict, JSON.stringify(report.reasons)).toBe('accepted')
  })
})

/** A holder of theirs: a fresh key, and signatures by their stack. */
const stranger = async () => {
  const key = await generateKey('EdDSA')
  const { did, keyId } = didKey(key)
  const local = await createLocalSigner(key, keyId)
  const signer = { id: keyId, algorithm: 'Ed25519', sign: ({ data }: { data: Uint8Array }) => local.sign(data) }
  return { did, keyId, key, suite: new dataIntegrity.DataIntegrityProof({ signer, cryptosuite }) }
}

const minimal = (did: string) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: did,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: did },
})

const ASKED = { expectedChallenge: 'c', expectedAudience: 'https://v.example' }

describe('presentations of others', () => {
  it('we verify what @digitalbazaar/vc presents', async () => {
    const holder = await stranger()
    const credential = await vc.issue({ credential: minimal(holder.did), suite: holder.suite, documentLoader })
    const presentation = await vc.signPresentation({
      presentation: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        holder: holder.did,
        verifiableCredential: [credential],
      },
      suite: holder.suite,
      documentLoader,
      challenge: 'c',
      domain: 'https://v.example',
    })
    const { report } = await proofOnly.verify(presentation, ASKED)
    expect(report.verdict, JSON.stringify(report)).toBe('accepted')
    const elsewhere = await proofOnly.verify(presentation, { ...ASKED, expectedAudience: 'https://w.example' })
    expect(elsewhere.report.verdict).toBe('rejected')
  })

  it('we verify what jose presents', async () => {
    const { did, keyId, key } = await stranger()
    const privateKey = await jose.importJWK({ ...key }, 'EdDSA')
    const sign = (payload: jose.JWTPayload, typ: string) =>
      new jose.SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ }).sign(privateKey)
    const token = await sign(minimal(did), 'vc+jwt')
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: did,
      verifiableCredential: [
        {
          '@context': 'https://www.w3.org/ns/credentials/v2',
          type: 'EnvelopedVerifiableCredential',
          id: `data:application/vc+jwt,${token}`,
        },
      ],
      nonce: 'c',
      aud: 'https://v.example',
      iat: Math.floor(Date.now() / 1000),
    }
    const { report } = await proofOnly.verify(await sign(presentation, 'vp+jwt'), ASKED)
    expect(report.verdict, JSON.stringify(report)).toBe('accepted')
    const other = await proofOnly.verify(await sign({ ...presentation, nonce: 'd' }, 'vp+jwt'), ASKED)
    expect(other.report.verdict).toBe('rejected')
  })

  it('jose verifies what our holder presents as a token', async () => {
    const { did, signer } = authority.holder
    const credentials = [(await issue('vc+jwt')) as string]
    const asked = { challenge: 'c', audience: 'https://v.example', format: 'vp+jwt' } as const
    const token = (await createPresentation({ credentials, holder: did, signer, ...asked })) as string
    const key = await jose.importJWK({ ...signer.publicKeyJwk }, 'EdDSA')
    const { payload } = await jose.jwtVerify(token, key, { typ: 'vp+jwt', audience: 'https://v.example' })
    expect(payload).toMatchObject({ iss: did, nonce: 'c' })
  })
})

describe('with jose', () => {
  it.each([
    ['EdDSA', 'northfield'],
    ['ES256', 'southmere'],
  ] as const)('it verifies the %s tokens that we issue', async (algorithm, organisation) => {
    const token = (await issue('vc+jwt', organisation)) as string
    const key = await jose.importJWK({ ...authority.organisations[organisation].signer.publicKeyJwk }, algorithm)
    const { payload, protectedHeader } = await jose.jwtVerify(token, key, { typ: 'vc+jwt', algorithms: [algorithm] })
    expect(payload.iss).toBe(authority.organisations[organisation].did)
    expect(protectedHeader.cty).toBe('vc')
  })

  it.each(['EdDSA', 'ES256'] as const)('we verify the %s tokens that it signs', async (algorithm) => {
    const { publicKey, privateKey } = await jose.generateKeyPair(algorithm, {
      extractable: true,
      ...(algorithm === 'EdDSA' ? { crv: 'Ed25519' } : {}),
    })
    const { did, keyId } = didKey((await jose.exportJWK(publicKey)) as never)
    const payload = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: did,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:somebody' },
    }
    const token = await new jose.SignJWT(payload)
      .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'vc+jwt' })
      .sign(privateKey)
    const { report } = await proofOnly.verify(token)
    expect(report.verdict, JSON.stringify(report.reasons)).toBe('accepted')
  })

  it('it computes the same thumbprints', async () => {
    const { jwkThumbprint } = await import('../../src/crypto/keys.js')
    for (const algorithm of ['EdDSA', 'ES256'] as const) {
      const { d: _, ...jwk } = await generateKey(algorithm)
      expect(jwkThumbprint(jwk)).toBe(await jose.calculateJwkThumbprint({ ...jwk }))
    }
  })
})

describe('the same claims', () => {
  it('give the same credential in either format, but for its own id, status places and times', async () => {
    const linked = (
      await authority.organisations.northfield.issuer.issue('RightToWork', request(), { format: 'data-integrity' })
    ).document
    const token = (
      await authority.organisations.northfield.issuer.issue('RightToWork', request(), { format: 'vc+jwt' })
    ).document
    const alike = ({ id: _id, credentialStatus: _status, validFrom: _from, ...rest }: JsonObject) => rest
    expect(alike(token)).toEqual(alike(linked))
  })

  it('resolve offline', async () => {
    const answer = await createDidResolver().resolve(authority.holder.did)
    expect(answer.ok).toBe(true)
  })
})
