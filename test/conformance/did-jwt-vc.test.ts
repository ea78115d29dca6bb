import { generateKeyPairSync, type KeyObject, sign as nodeSign } from 'node:crypto'
import * as theirs from 'did-jwt-vc'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { formatDateTime } from '../../src/codec/date-time.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import type { JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey, didKeyDocument } from '../../src/dids/did-key.js'
import { createDidDocument } from '../../src/dids/publish.js'
import { signJwtVcJson } from '../../src/formats/jwt-vc-json/sign.js'
import type { PublicKeyJwk, SignatureAlgorithm } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createPresentation } from '../../src/wallet/present.js'

const V1 = 'https://www.w3.org/2018/credentials/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const CHALLENGE = 'one-time'
const AUDIENCE = 'did:web:verifier.example'
const ASKED = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
const ALGORITHMS = ['EdDSA', 'ES256', 'ES256K'] as const

/** Somebody with a key, who signs for either library. */
interface Party {
  readonly did: string
  readonly keyId: string
  readonly publicKeyJwk: PublicKeyJwk
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>
  readonly document: JsonObject
}

const partyOf = (
  algorithm: SignatureAlgorithm,
  publicKeyJwk: PublicKeyJwk,
  sign: Party['sign'],
  web?: string,
): Party => {
  const key = didKey(publicKeyJwk)
  if (web === undefined) return { ...key, publicKeyJwk, sign, document: didKeyDocument(key.did) as JsonObject }
  const named = { keyId: `${web}#${algorithm}`, publicKeyJwk, writtenAs: 'Multikey' as const }
  return {
    did: web,
    keyId: named.keyId,
    publicKeyJwk,
    sign,
    document: createDidDocument({ did: web, keys: [named] }) as JsonObject,
  }
}

const secp256k1 = (web?: string): Party => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as unknown as PublicKeyJwk & { y: string }
  const key: KeyObject = privateKey
  const sign = async (data: Uint8Array) => nodeSign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
  return partyOf('ES256K', { kty, crv, x, y }, sign, web)
}

const newParty = async (algorithm: (typeof ALGORITHMS)[number], web?: string): Promise<Party> => {
  // No library of ours makes keys on this curve, or signs with them.
  if (algorithm === 'ES256K') return secp256k1(web)
  const local = await createLocalSigner(await generateKey(algorithm), 'did:example:any#key')
  return partyOf(algorithm, local.publicKeyJwk, local.sign, web)
}

const asTheirs = ({ did, sign }: Party, alg: string): theirs.Issuer => ({
  did,
  alg,
  signer: async (data) => encodeBase64url(await sign(typeof data === 'string' ? encodeUtf8(data) : data)),
})

const asOurs = ({ keyId, publicKeyJwk, sign }: Party, algorithm: SignatureAlgorithm) => ({
  algorithm,
  keyId,
  publicKeyJwk,
  sign,
})

const resolverOf = (...parties: readonly Party[]) => ({
  resolve: async (url: string) => ({
    didDocument: (parties.find(({ did }) => url.split(/[?#]/)[0] === did)?.document ?? null) as never,
    didResolutionMetadata: {},
    didDocumentMetadata: {},
  }),
})

const proofOnly = createVerifier({ policy: POLICIES['w3c-proof-only'] })

const NOW = new Date(Math.floor(Date.now() / 1000) * 1000 - 5000)
const LATER = formatDateTime(NOW.getTime() + 3_600_000)

const credentialOf = (issuer: Party, subject: Party): JsonObject => ({
  '@context': [V2],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'VerifiedEmployee'],
  issuer: { id: issuer.did, name: 'Northfield NHS Trust (fictional)' },
  validFrom: formatDateTime(NOW.getTime()),
  validUntil: LATER,
  credentialSubject: { id: subject.did, jobTitle: 'Nurse' },
})

/** The same, in the words of VCDM 1.1. */
const oldCredentialOf = (issuer: Party, subject: Party): theirs.CredentialPayload => {
  const { validFrom, validUntil, ...rest } = credentialOf(issuer, subject)
  return { ...rest, '@context': [V1], issuanceDate: validFrom, expirationDate: validUntil } as never
}

const documentOf = (result: Awaited<ReturnType<typeof proofOnly.verifyCredential>>): JsonObject | undefined =>
  result.credential?.document

describe.each(ALGORITHMS)('with did-jwt-vc, %s', (algorithm) => {
  let issuer: Party
  let web: Party
  let holder: Party
  beforeAll(async () => {
    issuer = await newParty(algorithm)
    web = await newParty(algorithm, 'did:web:northfield.example')
    holder = await newParty(algorithm)
  })

  const theyIssue = (by: Party, options: theirs.CreateCredentialOptions = {}) =>
    theirs.createVerifiableCredentialJwt(oldCredentialOf(by, holder), asTheirs(by, algorithm), options)

  it('we verify the credentials that it issues, which name no key', async () => {
    const result = await proofOnly.verifyCredential(await theyIssue(issuer))
    expect(result.report.reasons).toEqual([])
    // It leaves the issuer's name outside `vc`, where VCDM 1.1 does not look for it.
    expect(documentOf(result)).toEqual({ ...credentialOf(issuer, holder), issuer: issuer.did })
    expect(result.report.input.format).toBe('jwt_vc_json')
  })

  it('we verify the credentials that it issues with its members kept in `vc`', async () => {
    const { '@context': context, ...rest } = oldCredentialOf(issuer, holder)
    const payload = { vc: { '@context': context, ...rest }, iss: issuer.did, sub: holder.did } as never
    const token = await theirs.createVerifiableCredentialJwt(payload, asTheirs(issuer, algorithm), {
      removeOriginalFields: false,
    })
    expect(documentOf(await proofOnly.verifyCredential(token))).toEqual(credentialOf(issuer, holder))
  })

  it('a credential of several possible keys must name one', async () => {
    const { report } = await proofOnly.verifyCredential(await theyIssue(web))
    expect(report.checks.signature).toMatchObject({ outcome: 'failed', code: 'signature.keyNotFound' })
  })

  it('it verifies the credentials that we issue', async () => {
    for (const by of [issuer, web]) {
      const token = await signJwtVcJson(credentialOf(by, holder), asOurs(by, algorithm), { created: NOW })
      const verified = await theirs.verifyCredential(token, resolverOf(by))
      expect(verified.verified).toBe(true)
      expect(verified.verifiableCredential).toMatchObject({
        '@context': [V1],
        id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
        credentialSubject: { id: holder.did, jobTitle: 'Nurse' },
      })
    }
  })

  it('neither verifies a changed one', async () => {
    const [header, payload, signature] = (await theyIssue(issuer)).split('.') as [string, string, string]
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString())
    said.vc.credentialSubject.jobTitle = 'Consultant'
    const changed = [header, encodeBase64url(encodeUtf8(JSON.stringify(said))), signature].join('.')
    const { report } = await proofOnly.verifyCredential(changed)
    expect(report.reasons).toEqual([{ check: 'signature', code: 'signature.invalid' }])
    await expect(theirs.verifyCredential(changed, resolverOf(issuer))).rejects.toThrow()
  })

  it('we verify what it presents', async () => {
    const credential = await theyIssue(issuer)
    const presentation = await theirs.createVerifiablePresentationJwt(
      { vp: { '@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: [credential] }, aud: AUDIENCE },
      asTheirs(holder, algorithm),
      { challenge: CHALLENGE },
    )
    const result = await proofOnly.verifyPresentation(presentation, ASKED)
    expect(result.report.reasons).toEqual([])
    expect(result.presentation?.holder).toBe(holder.did)
    expect(result.presentation?.credentials[0]?.document.type).toEqual(['VerifiableCredential', 'VerifiedEmployee'])
    const replayed = await proofOnly.verifyPresentation(presentation, { ...ASKED, expectedChallenge: 'another' })
    expect(replayed.report.reasons).toContainEqual({ check: 'holderBinding', code: 'holderBinding.challengeMismatch' })
  })

  it('it verifies what our holder presents', async () => {
    const presentation = (await createPresentation({
      credentials: [await theyIssue(issuer)],
      holder: holder.did,
      signer: asOurs(holder, algorithm),
      challenge: CHALLENGE,
      audience: AUDIENCE,
      format: 'jwt_vp_json',
    })) as string
    const verified = await theirs.verifyPresentation(presentation, resolverOf(holder), {
      challenge: CHALLENGE,
      domain: AUDIENCE,
    })
    expect(verified.verified).toBe(true)
    expect(verified.verifiablePresentation.verifiableCredential?.[0]?.credentialSubject.id).toBe(holder.did)
    expect((await proofOnly.verifyPresentation(presentation, ASKED)).verdict).toBe('accepted')
  })
})
