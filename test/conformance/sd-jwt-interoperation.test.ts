import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import type { JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { signSdJwtVc } from '../../src/formats/sd-jwt/sign.js'
import type { SignatureAlgorithm, Signer } from '../../src/ports/signer.js'
import type { PrivateKeyJwk } from '../../src/runtime/runtime.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import { discloseClaims } from '../../src/wallet/disclose.js'
import { AUDIENCE, CHALLENGE, createWorld, ISSUED, trustListWith, type World } from '../verifier/support/world.js'

const NOW = new Date('2026-03-02T12:00:00Z')
const HASHES: Readonly<Record<string, string | null>> = { EdDSA: null, ES256: 'sha256', ES384: 'sha384' }
const P1363 = { dsaEncoding: 'ieee-p1363' } as const

interface Party {
  readonly key: PrivateKeyJwk
  readonly signer: Signer
  readonly did: string
}

const newParty = async (algorithm: SignatureAlgorithm, keyId?: string): Promise<Party> => {
  const key = await generateKey(algorithm)
  const self = didKey(key)
  return { key, did: self.did, signer: await createLocalSigner(key, keyId ?? self.keyId) }
}

/** Their library, for an issuer's key and a holder's. */
const peerFor = (issuer: Party, holder: Party) => {
  const signerOf = ({ key, signer }: Party) => {
    const privateKey = createPrivateKey({ key: { ...key }, format: 'jwk' })
    return (data: string) =>
      sign(HASHES[signer.algorithm] ?? null, Buffer.from(data), { key: privateKey, ...P1363 }).toString('base64url')
  }
  const verifierOf = ({ signer }: Party) => {
    const publicKey = createPublicKey({ key: { ...signer.publicKeyJwk }, format: 'jwk' })
    return (data: string, signature: string) =>
      verify(
        HASHES[signer.algorithm] ?? null,
        Buffer.from(data),
        { key: publicKey, ...P1363 },
        Buffer.from(signature, 'base64url'),
      )
  }
  return new SDJwtVcInstance({
    hasher: (data, algorithm) =>
      createHash(algorithm.replace('-', ''))
        .update(Buffer.from(data as string))
        .digest(),
    hashAlg: 'sha-256',
    saltGenerator: (length: number) => randomBytes(length).toString('base64url'),
    signer: signerOf(issuer),
    signAlg: issuer.signer.algorithm,
    verifier: verifierOf(issuer),
    kbSigner: signerOf(holder),
    kbSignAlg: holder.signer.algorithm,
    kbVerifier: verifierOf(holder),
  })
}

const ALONE: Policy = {
  ...POLICIES.nhs,
  name: 'one credential',
  identityCredential: 'waived',
  skip: { status: 'Status is not what is compared here.' },
}

describe.each(['EdDSA', 'ES256', 'ES384'] as const)('@sd-jwt/sd-jwt-vc, both ways, with %s', (algorithm) => {
  let world: World
  let issuer: Party
  let holder: Party
  let trustList: string
  let document: JsonObject
  beforeAll(async () => {
    world = await createWorld()
    const { did } = world.authority.organisations.northfield
    issuer = await newParty(algorithm, `${did}#another`)
    holder = await newParty('ES256')
    trustList = await trustListWith(
      world,
      'northfield',
      (entry) => {
        entry.keys = [
          { id: issuer.signer.keyId, publicKeyJwk: issuer.signer.publicKeyJwk, validFrom: '2020-01-01T00:00:00Z' },
        ]
      },
      (list) => {
        list.expiresAt = '2036-01-01T00:00:00Z'
      },
    )
    const { credentialStatus: _, ...golden } = world.golden['vc+jwt'].document
    document = { ...golden, credentialSubject: { ...(golden.credentialSubject as JsonObject), id: holder.did } }
  })

  const ours = () => createVerifier({ ...world.options, policy: ALONE, trustList, clock: { now: () => NOW } })
  const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
  const NAME = 'payBandOrPayScale'

  it('what we issue and present, they verify', async () => {
    const disclosable = [`/credentialSubject/employmentAssignment/${NAME}`]
    const issued = await signSdJwtVc(document, issuer.signer, { created: new Date(ISSUED), disclosable })
    const peer = peerFor(issuer, holder)
    const { payload } = await peer.verify(issued)
    expect(payload).toMatchObject({ vct: expect.stringMatching(/employment-assignment\/v1$/) })
    const presentTo = {
      signer: holder.signer,
      challenge: CHALLENGE,
      audience: AUDIENCE,
      clock: fixedClock(NOW.toISOString()),
    }
    const presented = (await discloseClaims(issued, { show: [NAME], presentTo })) as string
    const verified = await peer.verify(presented, { keyBindingNonce: CHALLENGE })
    expect(verified.kb?.payload).toMatchObject({ aud: AUDIENCE, nonce: CHALLENGE })
    expect((verified.payload as unknown as JsonObject).employmentAssignment).toHaveProperty(NAME)
    await expect(peer.verify(`${presented.slice(0, -6)}AAAAAA`, { keyBindingNonce: CHALLENGE })).rejects.toThrow()
  })

  it('what they issue and present, we accept, and withheld claims are withheld', async () => {
    const issued = await signSdJwtVc(document, issuer.signer, { created: new Date(ISSUED) })
    const claims = JSON.parse(Buffer.from(issued.split('.')[1] ?? '', 'base64url').toString())
    const peer = peerFor(issuer, holder)
    const theirs = await peer.issue(claims, { employmentAssignment: { _sd: [NAME] } } as never, {
      header: { kid: issuer.signer.keyId, typ: 'dc+sd-jwt' },
    })
    expect((await ours().verify(theirs)).report.reasons).toEqual([])
    const kb = { payload: { iat: Math.floor(NOW.getTime() / 1000), nonce: CHALLENGE, aud: AUDIENCE } }
    for (const frame of [{ employmentAssignment: { [NAME]: true } }, {}]) {
      const presented = await peer.present(theirs, frame as never, { kb })
      const result = await ours().verifyPresentation(presented, ASK)
      expect(result.report.reasons).toEqual([])
      const [credential] = result.presentation?.credentials ?? []
      expect(credential?.claims && Object.hasOwn(credential.claims, NAME)).toBe(Object.keys(frame).length > 0)
    }
  })
})
