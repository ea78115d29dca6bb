import { beforeAll, describe, expect, it } from 'vitest'
import { createCertificateTrust } from '../../src/adapters/x509/certificate-trust.js'
import type { JsonObject } from '../../src/core/json.js'
import { credentialFormat } from '../../src/formats/sign.js'
import type { Signer } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import {
  type CertificateHolder,
  type CertificateWish,
  makeCertificate,
  toBase64,
  toPem,
} from '../support/certificates.js'
import { createWorld, ISSUED, type World } from './support/world.js'

let world: World
let root: CertificateHolder
let middle: CertificateHolder
let leaf: CertificateHolder

const POLICY: Policy = {
  ...POLICIES.nhs,
  name: 'by certificate',
  issuerBinding: 'certificate',
  skip: { status: 'Not what is tested.', schema: 'The credential is another trust’s.' },
}

const southmere = () => world.authority.organisations.southmere

/** A leaf for Southmere's own key. */
const leafFor = (wish: Partial<CertificateWish> = {}, by: CertificateHolder = middle): Promise<CertificateHolder> =>
  makeCertificate({ name: 'southmere', key: southmere().signer.publicKeyJwk, dns: 'southmere.example', ...wish }, by)

const signedWith = async (chain: readonly string[], signer: Signer = southmere().signer): Promise<string> => {
  const document: JsonObject = { ...world.golden['vc+jwt'].document, issuer: southmere().did }
  const sending = { ...signer, certificateChain: chain }
  return (await credentialFormat('vc+jwt').sign(document, sending, { created: new Date(ISSUED) })) as string
}

const verify = async (token: string, anchors: readonly CertificateHolder[] = [root]) => {
  const certificates = createCertificateTrust({ anchors: anchors.map(toPem) })
  const { clock, trustList, anchor } = world.options
  const verifier = createVerifier({
    policy: POLICY,
    certificates,
    ...(clock ? { clock } : {}),
    ...(trustList ? { trustList } : {}),
    ...(anchor ? { anchor } : {}),
  })
  return verifier.verifyCredential(token)
}

const codesOf = async (chain: readonly CertificateHolder[], anchors?: readonly CertificateHolder[]) => {
  const { report } = await verify(await signedWith(chain.map(toBase64)), anchors)
  const { signature } = report.checks
  return 'code' in signature ? signature.code : signature.outcome
}

beforeAll(async () => {
  world = await createWorld()
  root = await makeCertificate({ name: 'root', authority: true })
  middle = await makeCertificate({ name: 'middle', authority: true, pathLength: 0 }, root)
  leaf = await leafFor()
})

describe('issuers bound by certificate', () => {
  it('accepts a chain to the anchor, and files both ends of it', async () => {
    const result = await verify(await signedWith([leaf, middle].map(toBase64)))
    expect(result.report.checks.signature).toMatchObject({
      outcome: 'passed',
      evidence: { proofs: [{ certificate: expect.stringMatching(/^[0-9a-f]{64}$/), anchor: expect.any(String) }] },
    })
    expect(result.verdict).toBe('accepted')
  })

  it.each<[string, () => Promise<readonly CertificateHolder[]>, string]>([
    ['a leaf straight from the anchor', async () => [await leafFor({}, root)], 'passed'],
    [
      'the identifier as a URI',
      async () => [await leafFor({ dns: 'x.example', uri: southmere().did }), middle],
      'passed',
    ],
    [
      'another host',
      async () => [await leafFor({ dns: 'northfield.example' }), middle],
      'signature.certificateNotIssuers',
    ],
    ['a wildcard', async () => [await leafFor({ dns: '*.example' }), middle], 'signature.certificateNotIssuers'],
    [
      'a host that begins alike',
      async () => [await leafFor({ dns: 'southmere.example.evil' }), middle],
      'signature.certificateNotIssuers',
    ],
    [
      'no names',
      async () => [await makeCertificate({ name: 'southmere', key: southmere().signer.publicKeyJwk }, middle), middle],
      'signature.certificateNotIssuers',
    ],
    [
      'a leaf that has expired',
      async () => [await leafFor({ until: '2026-02-01T00:00:00Z' }), middle],
      'signature.certificateUntrusted',
    ],
    [
      'a leaf that is not valid yet',
      async () => [await leafFor({ from: '2026-06-01T00:00:00Z' }), middle],
      'signature.certificateUntrusted',
    ],
    [
      'an authority as the signer',
      async () => [await leafFor({ authority: true }, root)],
      'signature.certificateUntrusted',
    ],
    [
      'a key that is not for signatures',
      async () => [await leafFor({ usage: 0x08 }), middle],
      'signature.certificateUntrusted',
    ],
    ['an intermediate missing', async () => [leaf], 'signature.certificateUntrusted'],
    ['the anchor sent along', async () => [leaf, middle, root], 'signature.certificateUntrusted'],
    [
      'a certificate signed by itself',
      async () => [await makeCertificate({ name: 'southmere', dns: 'southmere.example' })],
      'signature.certificateUntrusted',
    ],
    [
      'an unknown critical extension',
      async () => [await leafFor({ critical: '1.3.6.1.4.1.99999.1' }), middle],
      'signature.certificateUntrusted',
    ],
    [
      'an intermediate that is no authority',
      async () => {
        const clerk = await makeCertificate({ name: 'clerk' }, root)
        return [await leafFor({}, clerk), clerk]
      },
      'signature.certificateUntrusted',
    ],
    [
      'a path longer than its authority allows',
      async () => {
        const below = await makeCertificate({ name: 'below', authority: true }, middle)
        return [await leafFor({}, below), below, middle]
      },
      'signature.certificateUntrusted',
    ],
    [
      'another authority of the same name',
      async () => {
        const impostor = await makeCertificate({ name: 'root', authority: true })
        return [await leafFor({}, impostor)]
      },
      'signature.certificateUntrusted',
    ],
    [
      'the certificate of another key',
      async () => [await makeCertificate({ name: 'southmere', dns: 'southmere.example' }, middle), middle],
      'signature.invalid',
    ],
  ])('%s', async (_, chain, expected) => {
    expect(await codesOf(await chain())).toBe(expected)
  })

  it('trusts no anchor but its own', async () => {
    expect(await codesOf([leaf, middle], [await makeCertificate({ name: 'other', authority: true })])).toBe(
      'signature.certificateUntrusted',
    )
  })

  it.each([
    ['bytes that are no certificate', ['AAAA']],
    ['a certificate cut short', () => [toBase64(leaf).slice(0, 400)]],
  ])('refuses %s', async (_, chain) => {
    const { report } = await verify(await signedWith(typeof chain === 'function' ? chain() : chain))
    expect(report.reasons).toContainEqual({ check: 'signature', code: 'signature.certificateMalformed' })
  })

  it.each([
    ['no list', 'AAAA' as unknown as string[]],
    ['an empty list', []],
    ['no base64', ['not base64!']],
    ['too many', Array.from({ length: 9 }, () => 'AAAA')],
  ])('the front door refuses x5c with %s', async (_, chain) => {
    const { report } = await verify(await signedWith(chain))
    expect(report.reasons).toContainEqual({ check: 'format', code: 'format.keyInHeader' })
  })

  it('is refused where the policy does not bind by certificate', async () => {
    const token = await signedWith([leaf, middle].map(toBase64))
    const { report } = await createVerifier(world.options).verifyCredential(token)
    expect(report.reasons).toContainEqual({ check: 'format', code: 'format.keyInHeader' })
  })

  it('needs a chain: a listed key alone is not enough', async () => {
    const document: JsonObject = { ...world.golden['vc+jwt'].document, issuer: southmere().did }
    const token = await credentialFormat('vc+jwt').sign(document, southmere().signer, { created: new Date(ISSUED) })
    const { report } = await verify(token as string)
    expect(report.reasons).toContainEqual({ check: 'signature', code: 'signature.keyNotFound' })
  })

  it('says at construction what does not fit', () => {
    expect(() => createCertificateTrust({ anchors: ['not a certificate'] })).toThrow(TypeError)
    expect(() => createCertificateTrust({ anchors: [] })).toThrow(TypeError)
    expect(() => createVerifier({ ...world.options, policy: POLICY })).toThrow(/certificates is needed/)
    const certificates = createCertificateTrust({ anchors: [toPem(root)] })
    expect(() => createVerifier({ ...world.options, certificates })).toThrow(/only there/)
  })
})
