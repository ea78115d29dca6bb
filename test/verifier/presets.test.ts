import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCertificateTrust } from '../../src/adapters/x509/certificate-trust.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { fixedClock } from '../../src/core/clock.js'
import { PassportError } from '../../src/core/errors.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { didKey } from '../../src/dids/did-key.js'
import { discloseSdJwt } from '../../src/formats/sd-jwt/disclose.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import type { PublicKeyJwk, SignatureAlgorithm, Signer } from '../../src/ports/signer.js'
import type { DemoHolder } from '../../src/testing/demo-authority.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import { POLICIES, type Policy, parsePolicy } from '../../src/verifier/policy.js'
import type { CredentialResult, VerificationResult } from '../../src/verifier/result.js'
import { createPresentation } from '../../src/wallet/present.js'
import { makeCertificate, toBase64, toPem } from '../support/certificates.js'
import type { Draft } from './support/sign.js'
import {
  AUDIENCE,
  CHALLENGE,
  createWorld,
  ISSUED,
  NOW,
  requestFor,
  trustListWith,
  type World,
} from './support/world.js'

let world: World
let holder: DemoHolder
beforeAll(async () => {
  world = await createWorld()
  holder = await world.authority.newHolder('ES256')
})

const ASKED = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }

const reasonsOf = ({ report }: VerificationResult): readonly string[] => report.reasons.map(({ code }) => code)

const decoded = (token: string): readonly [JsonObject, JsonObject] => {
  const [header, payload] = token
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
  return [header, payload]
}

/** A fetcher that serves these documents and nothing else. */
const serving =
  (documents: Readonly<Record<string, Json>>): GuardedFetch =>
  async (url) => {
    const document = documents[url]
    if (document === undefined) throw new PassportError('fetch.failed', 'Nothing is served there')
    return { url, contentType: 'application/json', body: encodeUtf8(JSON.stringify(document)), freshFor: 0 }
  }

/** A did.json whose one key is written as an ecosystem writes it. */
const didDocument = (did: string, signer: Signer, type = 'JsonWebKey2020', id = signer.keyId): JsonObject => ({
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
  id: did,
  verificationMethod: [{ id, type, controller: did, publicKeyJwk: { ...signer.publicKeyJwk } }],
  authentication: [id],
  assertionMethod: [id],
})

/** Southmere's entry, issuing under another identifier whose keys are not listed. */
const listing = (issuer: string, types: readonly string[] = ['*']): Promise<string> =>
  trustListWith(world, 'southmere', (entry) => {
    entry.issuers = [...entry.issuers, issuer]
    entry.mayIssue = types.map((type) => ({ type }))
    delete entry.keys
  })

describe('every preset', () => {
  it.each(Object.entries(POLICIES))('%s is a policy, plain JSON, under its own name', (name, policy) => {
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
    expect(policy.name).toBe(name)
  })

  it.each<readonly [keyof typeof POLICIES, readonly string[]]>([
    ['nhs', ['data-integrity', 'vc+jwt']],
    ['entra', []],
    ['govuk', ['vc+jwt']],
  ])('%s takes %j of linked data and tokens of VCDM 2.0', async (name, taken) => {
    const verifier = createVerifier({ ...world.options, policy: POLICIES[name] })
    for (const format of ['data-integrity', 'vc+jwt'] as const) {
      const reasons = reasonsOf(await verifier.verify(world.golden[format].credential))
      expect(reasons.includes('format.notAllowedByPolicy'), format).toBe(!taken.includes(format))
    }
  })

  it('a presentation in another format is refused, and says so', async () => {
    const { did, signer } = world.authority.holder
    const credentials = [world.golden['data-integrity'].credential]
    const presentation = await createPresentation({
      credentials,
      holder: did,
      signer,
      challenge: CHALLENGE,
      audience: AUDIENCE,
    })
    const { report } = await createVerifier({ ...world.options, policy: POLICIES.entra }).verify(presentation, ASKED)
    expect(report).toMatchObject({
      kind: 'presentation',
      verdict: 'rejected',
      holderBinding: { faults: [{ path: '', code: 'format.notAllowedByPolicy' }] },
      credentials: [],
    })
  })

  it('a credential in a presentation is held to the policy too', async () => {
    const { did, signer } = world.authority.holder
    const presentation = await createPresentation({
      credentials: [world.identity.credential, world.golden['data-integrity'].credential],
      holder: did,
      signer,
      challenge: CHALLENGE,
      audience: AUDIENCE,
      clock: fixedClock(NOW),
      format: 'vp+jwt',
    })
    const policy: Policy = { ...POLICIES.nhs, name: 'tokens', formats: ['vp+jwt', 'vc+jwt'] }
    const { report } = await createVerifier({ ...world.options, policy }).verify(presentation, ASKED)
    expect(report.reasons).toContainEqual({ check: 'format', code: 'format.notAllowedByPolicy', credential: 1 })
  })
})

describe('govuk', () => {
  // The form of did.json that GOV.UK checks.
  const publishing = (did: string, { keyId, algorithm, publicKeyJwk }: Signer): JsonObject => {
    const jwk = { ...publicKeyJwk, kid: keyId.split('#')[1] ?? '', alg: algorithm }
    return {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: did,
      verificationMethod: [{ id: keyId, type: 'JsonWebKey2020', controller: did, publicKeyJwk: jwk }],
      assertionMethod: [keyId],
    }
  }

  const HOST = 'trust.southmere.example'
  const ISSUER = `https://${HOST}`
  const KEY = `did:web:${HOST}#78fa131d677c1ac0f172c53b47ac169a`

  const issuing = async (more: { readonly keyId?: string; readonly algorithm?: SignatureAlgorithm } = {}) => {
    const { keyId = KEY, algorithm = 'ES256' } = more
    const signer = await createLocalSigner(await generateKey(algorithm), keyId)
    const { store } = world.authority.organisations.southmere
    const issuer = createIssuer({
      id: ISSUER,
      odsCode: 'RZ2',
      signer,
      register: store.register,
      statusLists: store.statusLists,
      statusUrl: `${ISSUER}/status`,
      format: 'vc+jwt',
      clock: fixedClock(ISSUED),
    })
    const request = requestFor(world.authority, 'EmploymentAssignment', (draft: Draft) => {
      draft.subject = holder.did
      draft.claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
      draft.claims.employingOrganisationOds = 'RZ2'
      draft.validUntil = '2027-03-02T09:00:00Z'
    })
    const { credential } = await issuer.issue('EmploymentAssignment', request)
    const lists: (JsonObject | string)[] = []
    for await (const { credential: list } of issuer.publishStatus()) lists.push(list)
    return { credential: credential as string, signer, lists }
  }

  const verifying = async (
    { credential, signer, lists }: Awaited<ReturnType<typeof issuing>>,
    more: Partial<VerifierOptions> = {},
  ) => {
    const did = signer.keyId.split('#')[0] ?? ''
    const host = did.slice('did:web:'.length)
    return createVerifier({
      ...world.options,
      policy: POLICIES.govuk,
      trustList: await listing(ISSUER),
      statusLists: lists,
      fetch: serving({ [`https://${host}/.well-known/did.json`]: publishing(did, signer) }),
      ...more,
    }).verifyCredential(credential)
  }

  // What GOV.UK publishes of the JWTs that its wallet takes.
  it('we sign what GOV.UK Wallet asks for', async () => {
    const { credential } = await issuing()
    const [header, payload] = decoded(credential)
    expect(header).toEqual({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: KEY })
    expect(payload).toMatchObject({
      iss: ISSUER,
      sub: holder.did,
      iat: Date.parse(ISSUED) / 1000,
      exp: Date.parse('2027-03-02T09:00:00Z') / 1000,
      '@context': expect.arrayContaining(['https://www.w3.org/ns/credentials/v2']),
      type: ['VerifiableCredential', 'EmploymentAssignment'],
      issuer: ISSUER,
      validFrom: ISSUED,
      validUntil: '2027-03-02T09:00:00Z',
      credentialSubject: { id: holder.did },
    })
    expect(holder.did).toMatch(/^did:key:zDn/)
  })

  it('takes the issuer’s key from the did:web of its own host', async () => {
    const result = await verifying(await issuing())
    expect(result.report.reasons).toEqual([{ check: 'status', code: 'status.listUnavailable' }])
    const nhs = await verifying(await issuing(), { policy: POLICIES.nhs })
    expect(reasonsOf(nhs)).toContain('signature.keyUnavailable')
  })

  it.each<readonly [string, string]>([
    ['another host', 'did:web:evil.example#k'],
    ['a host below it', `did:web:evil.${HOST}#k`],
    ['a host above it', 'did:web:southmere.example#k'],
    ['its host with a port', `did:web:${HOST}%3A8443#k`],
  ])('refuses a key of %s', async (_title, keyId) => {
    expect(reasonsOf(await verifying(await issuing({ keyId })))).toEqual(['signature.keyUnavailable'])
  })

  it('looks up nothing for an issuer whom the list does not name', async () => {
    const issued = await issuing()
    const asked: string[] = []
    const fetch: GuardedFetch = async (url) => {
      asked.push(url)
      throw new PassportError('fetch.failed', 'Nothing is served there')
    }
    const { trustList } = world.options
    const result = await verifying(issued, { fetch, ...(trustList ? { trustList } : {}) })
    expect(result.verdict).toBe('rejected')
    expect(asked).toEqual([])
  })

  it.each<SignatureAlgorithm>(['EdDSA', 'ES384'])('refuses %s', async (algorithm) => {
    const { report } = await verifying(await issuing({ algorithm }))
    expect(report.checks.format).toMatchObject({ code: 'format.algorithmNotAllowed' })
  })
})

describe('entra', () => {
  const DID = 'did:web:verifiedid.southmere.example'
  const KEY = `${DID}#0a52vcSigningKey-7b11`
  const DID_JSON = 'https://verifiedid.southmere.example/.well-known/did.json'
  const JTI = 'urn:pic:0a524c5e9d0b6d0f3a8c7b11'
  const SECONDS = Date.parse(ISSUED) / 1000

  const secp256k1 = (): Signer => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as unknown as PublicKeyJwk & { y: string }
    const sign = async (data: Uint8Array) => nodeSign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return { algorithm: 'ES256K', keyId: KEY, publicKeyJwk: { kty, crv, x, y }, sign }
  }

  const signerFor = async (algorithm: SignatureAlgorithm): Promise<Signer> =>
    algorithm === 'ES256K' ? secp256k1() : createLocalSigner(await generateKey(algorithm), KEY)

  /** A token with the members that Microsoft Entra Verified ID writes. */
  const issued = (signer: Signer, type: string, claims: JsonObject = {}, members: JsonObject = {}): Promise<string> => {
    const payload: JsonObject = {
      vc: {
        '@context': ['https://www.w3.org/2018/credentials/v1'],
        type: ['VerifiableCredential', type],
        credentialSubject: { displayName: 'Ada Example', jobTitle: 'Nurse' },
        ...members,
      },
      jti: JTI,
      iss: DID,
      sub: holder.did,
      iat: SECONDS,
      exp: SECONDS + 86_400,
      ...claims,
    }
    return signCompactJws({ header: { typ: 'JWT' }, payload: JSON.stringify(payload), signer })
  }

  // Entra's lists lie where no test reaches; they are asked about in test/status.
  const POLICY: Policy = { ...POLICIES.entra, skip: { ...POLICIES.entra.skip, status: 'Asked elsewhere.' } }
  const EMPLOYEE = { type: 'VerifiedEmployee', id: 'urn:entra:VerifiedEmployee', validate: () => [] }

  const verifierFor = async (signer: Signer, more: Partial<VerifierOptions> = {}, type?: string) =>
    createVerifier({
      ...world.options,
      policy: POLICY,
      trustList: await listing(DID, ['VerifiedEmployee', 'Identity']),
      fetch: serving({ [DID_JSON]: didDocument(DID, signer, type, KEY.slice(DID.length)) }),
      schemas: [EMPLOYEE],
      ...more,
    })

  const verify = async (algorithm: SignatureAlgorithm, type?: string): Promise<CredentialResult> => {
    const signer = await signerFor(algorithm)
    return (await verifierFor(signer, {}, type)).verifyCredential(await issued(signer, 'VerifiedEmployee'))
  }

  it.each<readonly [SignatureAlgorithm, string]>([
    ['ES256', 'JsonWebKey2020'],
    ['EdDSA', 'JsonWebKey2020'],
    ['ES256K', 'JsonWebKey2020'],
    ['ES256K', 'EcdsaSecp256k1VerificationKey2019'],
  ])('accepts %s, with the key written as %s', async (algorithm, type) => {
    const result = await verify(algorithm, type)
    expect(reasonsOf(result)).toEqual([])
    expect(result.credential?.document).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: JTI,
      type: ['VerifiableCredential', 'VerifiedEmployee'],
      issuer: DID,
      validFrom: ISSUED,
      validUntil: '2026-03-03T09:00:00Z',
      credentialSubject: { id: holder.did, displayName: 'Ada Example', jobTitle: 'Nurse' },
    })
  })

  it('a key of another curve is not read from a method for secp256k1', async () => {
    expect((await verify('ES256', 'EcdsaSecp256k1VerificationKey2019')).verdict).toBe('rejected')
  })

  it('asks whether the trust list lets the issuer issue the type', async () => {
    const signer = await signerFor('ES256')
    const trustList = await listing(DID, ['Identity'])
    const verifier = await verifierFor(signer, { trustList })
    const result = await verifier.verifyCredential(await issued(signer, 'VerifiedEmployee'))
    expect(reasonsOf(result)).toEqual(['issuerTrust.typeNotAllowed'])
  })

  const EVIL = 'did:web:evil.example'
  const CONTEXTS = ['https://www.w3.org/2018/credentials/v1', 'https://evil.example']

  it.each<readonly [string, JsonObject, JsonObject, string]>([
    ['one that has ended', { exp: SECONDS + 60 }, {}, 'validityPeriod.expired'],
    ['one that is to begin', { nbf: SECONDS + 86_000 }, {}, 'validityPeriod.notYetValid'],
    ['another issuer', { iss: EVIL }, {}, 'issuerTrust.unknownIssuer'],
    ['two issuers', {}, { issuer: EVIL }, 'format.claimConflict'],
    ['a context of its own', {}, { '@context': CONTEXTS }, 'format.contextNotAllowed'],
  ])('refuses %s', async (_title, claims, members, code) => {
    const signer = await signerFor('ES256')
    const credential = await issued(signer, 'VerifiedEmployee', claims, members)
    expect(reasonsOf(await (await verifierFor(signer)).verifyCredential(credential))).toContain(code)
  })

  it('accepts a presentation by its subject alone', async () => {
    const signer = await signerFor('ES256')
    const verifier = await verifierFor(signer)
    const credential = await issued(signer, 'VerifiedEmployee')
    const presentedBy = async (by: DemoHolder) =>
      verifier.verifyPresentation(
        await createPresentation({
          credentials: [credential],
          holder: by.did,
          signer: by.signer,
          challenge: CHALLENGE,
          audience: AUDIENCE,
          clock: fixedClock(NOW),
          format: 'jwt_vp_json',
        }),
        ASKED,
      )
    const result = await presentedBy(holder)
    expect(reasonsOf(result)).toEqual([])
    expect(result.presentation).toMatchObject({ holder: holder.did, credentials: [{ format: 'jwt_vc_json' }] })
    const stolen = await presentedBy(await world.authority.newHolder('ES256'))
    expect(reasonsOf(stolen)).toEqual(['holderBinding.notTheSubject'])
  })

  it('what we issue for Entra is what nhs takes too, and under nhs its claims are checked', async () => {
    const { southmere } = world.authority.organisations
    const request = requestFor(world.authority, 'EmploymentAssignment', (draft: Draft) => {
      draft.claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
      draft.claims.employingOrganisationOds = 'RZ2'
    })
    const { credential } = await southmere.issuer.issue('EmploymentAssignment', request, { format: 'jwt_vc_json' })
    const statusLists = await world.authority.statusLists()
    for (const policy of [POLICIES.nhs, POLICIES.entra]) {
      const result = await createVerifier({ ...world.options, statusLists, policy }).verifyCredential(credential)
      expect(reasonsOf(result)).toEqual([])
      expect(result.report.checks.schema.outcome).toBe(policy === POLICIES.nhs ? 'passed' : 'notRun')
    }
  })
})

describe('haip', () => {
  const issuedWith = async (by: 'leaf' | 'stranger') => {
    const root = await makeCertificate({ name: 'root', authority: true })
    const other = await makeCertificate({ name: 'other', authority: true })
    const { southmere } = world.authority.organisations
    const wish = { name: 'southmere', key: southmere.signer.publicKeyJwk, dns: 'southmere.example' }
    const leaf = await makeCertificate(wish, by === 'leaf' ? root : other)
    const issuer = createIssuer({
      id: southmere.did,
      name: southmere.entry.name,
      odsCode: 'RZ2',
      signer: { ...southmere.signer, certificateChain: [toBase64(leaf)] },
      register: southmere.store.register,
      statusLists: southmere.store.statusLists,
      statusUrl: 'https://status.southmere.example/lists',
      format: 'dc+sd-jwt',
      clock: fixedClock(ISSUED),
    })
    const request = requestFor(world.authority, 'EmploymentAssignment', (draft: Draft) => {
      draft.subject = holder.did
      draft.claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
      draft.claims.employingOrganisationOds = 'RZ2'
    })
    const issued = await issuer.issue('EmploymentAssignment', request)
    const { credential } = issued
    const certificates = createCertificateTrust({ anchors: [toPem(root)] })
    const verify = async (input: string) => {
      const statusLists: (JsonObject | string)[] = []
      for await (const { credential: list } of southmere.issuer.publishStatus()) statusLists.push(list)
      const verifier = createVerifier({ ...world.options, statusLists, policy: POLICIES.haip, certificates })
      return verifier.verify(input, ASKED)
    }
    return { issued, issuer, credential: credential as string, verify }
  }

  const bound = (credential: string, signer: Signer = holder.signer): Promise<string> =>
    discloseSdJwt(credential, {
      disclose: [],
      keyBinding: { signer, nonce: CHALLENGE, audience: AUDIENCE, created: new Date(NOW) },
    })

  it('needs anchors', () => {
    expect(() => createVerifier({ ...world.options, policy: POLICIES.haip })).toThrow(/certificates/)
  })

  it('accepts an SD-JWT VC with its chain, presented with its key', async () => {
    const { credential, verify } = await issuedWith('leaf')
    const result = await verify(await bound(credential))
    expect(reasonsOf(result)).toEqual([])
    expect(result.verdict).toBe('accepted')
  })

  it('refuses one that nobody presents', async () => {
    const { credential, verify } = await issuedWith('leaf')
    const { report } = await verify(credential)
    expect(report.reasons).toEqual([{ check: 'holderBinding', code: 'holderBinding.presentationMissing' }])
  })

  it('refuses one that was revoked', async () => {
    const { credential, verify, issuer, issued } = await issuedWith('leaf')
    await issuer.revoke(issued.id, 'LeavingOrganisation')
    expect(reasonsOf(await verify(await bound(credential)))).toEqual(['status.revoked'])
  })

  it('refuses one whose chain leads elsewhere', async () => {
    const { credential, verify } = await issuedWith('stranger')
    expect(reasonsOf(await verify(await bound(credential)))).toContain('signature.certificateUntrusted')
  })

  it('refuses one that is presented with another key', async () => {
    const { credential, verify } = await issuedWith('leaf')
    const { signer } = await world.authority.newHolder('ES256')
    expect((await verify(await bound(credential, signer))).verdict).toBe('rejected')
  })

  it('refuses a holder’s key of another algorithm', async () => {
    const { credential, verify } = await issuedWith('leaf')
    const key = await generateKey('EdDSA')
    const signer = await createLocalSigner(key, didKey(key).keyId)
    const { report } = await verify(await bound(credential, signer))
    expect(report).toMatchObject({ holderBinding: { faults: [{ code: 'format.algorithmNotAllowed' }] } })
  })
})
