import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFileVersionMemory } from '../../src/adapters/file/version-memory-file.js'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { fixedClock } from '../../src/core/clock.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didJwk } from '../../src/dids/did-jwk.js'
import { didKey } from '../../src/dids/did-key.js'
import { fetchDidWeb } from '../../src/dids/did-web.js'
import { createDidDocument } from '../../src/dids/publish.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import type { VersionMemory } from '../../src/ports/version-memory.js'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch-node.js'
import { createTrust } from '../../src/trust/trust.js'
import type { TrustList } from '../../src/trust/trust-list.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import { type Loopback, serveHttps } from '../support/loopback.js'
import { edited, FORMATS, secure } from '../verifier/support/sign.js'
import {
  createWorld,
  ISSUED,
  NOW,
  northfieldSecuring,
  renamed,
  requestFor,
  trustListWith,
  type World,
} from '../verifier/support/world.js'
import { expectAccepted, expectRefused, spyFetch } from './harness.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const verifierWith = (more: Partial<VerifierOptions> = {}) => createVerifier({ ...world.options, ...more })

/** A folder that is gone afterwards. */
const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'group-i-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('DID-01: the document is somebody else’s', () => {
  let server: Loopback
  let did: string
  let served: string
  beforeAll(async () => {
    server = await serveHttps((_request, response) => response.end(served))
    did = `did:web:127.0.0.1%3A${server.port}`
  })
  afterAll(() => server.close())

  const fetcher = () => createGuardedFetch({ allowHosts: [server.host], certificateAuthorities: [server.cert] })
  const documentOf = (id: string, keyId = `${id}#key-1`): string => {
    const { publicKeyJwk } = world.authority.organisations.northfield.signer
    return JSON.stringify({ ...createDidDocument({ did: id, keys: [{ keyId, publicKeyJwk }] }) })
  }
  const ids = (): readonly [string, string][] => [
    ['another host', 'did:web:b.example'],
    ['a folder of the host', `${did}:hr`],
    ['the port written otherwise', did.replace('%3A', '%3a')],
    ['the same key as a did:key', didKey(world.authority.organisations.northfield.signer.publicKeyJwk).did],
  ]

  it('DID-01 in the resolver', async () => {
    served = documentOf(did)
    await expectAccepted(() => createDidResolver({ fetch: fetcher() }).findKey(`${did}#key-1`, 'assertionMethod'))
    for (const [, id] of ids()) {
      served = JSON.stringify({ ...JSON.parse(documentOf(did)), id })
      await expectRefused('INVALID_DID_DOCUMENT', () => fetchDidWeb(did, fetcher()))
      await expectRefused('INVALID_DID_DOCUMENT', () =>
        createDidResolver({ fetch: fetcher() }).findKey(`${did}#key-1`, 'assertionMethod'),
      )
    }
  })

  it.each(FORMATS)('DID-01 in the verifier, %s', async (format) => {
    const signer = renamed(world.authority.organisations.northfield.signer, `${did}#key-1`)
    const document = edited(world.golden[format].document, (draft) => {
      draft.issuer.id = did
    })
    const input = await secure(format, document, northfieldSecuring(world, { signer }))
    const trustList = await trustListWith(world, 'northfield', (entry) => {
      entry.issuers.push(did)
      delete entry.keys
    })
    const verify = () => verifierWith({ trustList, fetch: fetcher() }).verifyCredential(input)
    served = documentOf(did)
    expect((await verify()).report.checks.signature.outcome).toBe('passed')
    served = JSON.stringify({ ...JSON.parse(documentOf(did)), id: 'did:web:b.example' })
    await expectRefused('INVALID_DID_DOCUMENT', verify)
  })
})

describe('DID-02: path escape', () => {
  it.each([
    'did:web:x.nhs.uk:..:..:evil',
    'did:web:x.nhs.uk:.',
    'did:web:x.nhs.uk:%2e%2e:evil',
    'did:web:x.nhs.uk%2Fevil',
    'did:web:x.nhs.uk%2fevil',
    'did:web:x.nhs.uk:a%2Fb',
    'did:web:x.nhs.uk%5Cevil',
    'did:web:x.nhs.uk%40evil.com',
    'did:web:x.nhs.uk%23evil',
    'did:web:x.nhs.uk%3Fevil',
    'did:web:x.nhs.uk::evil',
    'did:web::evil',
    'did:web:x.nhs.uk:',
    'did:web:x.nhs.uk/../evil',
    'did:WEB:x.nhs.uk',
    'did:Web:x.nhs.uk',
    'DID:web:x.nhs.uk',
    'did:web:\u0445.nhs.uk',
    'did:web:x.nhs.uk:\u2024\u2024',
    'did:web:x\u3002nhs.uk',
    'did:web:x.nhs.uk\u0000',
    'did:web:[::1]',
    'did:web:x.nhs.uk%3A443%2Fevil',
  ])('DID-02 %s', async (did) => {
    const spy = spyFetch()
    const resolver = createDidResolver({ fetch: spy.fetch })
    await expectRefused('INVALID_DID', () => resolver.resolve(did), { fetch: spy })
    await expectRefused('INVALID_DID', () => resolver.findKey(`${did}#key-1`, 'assertionMethod'), { fetch: spy })
  })

  it.each(['did:web:x.nhs.uk:a..b:c', 'did:web:x.nhs.uk:...', 'did:web:x.nhs.uk:_a-b.c'])(
    'DID-02 %s is no escape',
    async (did) => {
      const asked: string[] = []
      const fetch: GuardedFetch = async (url) => {
        asked.push(url)
        return { url, contentType: '', body: encodeUtf8(JSON.stringify({ id: did })), freshFor: 0 }
      }
      await expectAccepted(() => createDidResolver({ fetch }).resolve(did))
      expect(asked.map((url) => new URL(url).href)).toEqual([
        `https://x.nhs.uk/${did.split(':').slice(3).join('/')}/did.json`,
      ])
    },
  )
})

describe('DID-03: a valid signature of an unknown issuer', () => {
  it.each([
    ['did:key', 'EdDSA', 'data-integrity', didKey],
    ['did:key', 'EdDSA', 'vc+jwt', didKey],
    ['did:key', 'ES256', 'vc+jwt', didKey],
    ['did:jwk', 'EdDSA', 'data-integrity', didJwk],
    ['did:jwk', 'ES256', 'vc+jwt', didJwk],
  ] as const)('DID-03 %s, %s, %s', async (_method, algorithm, format, name) => {
    const key = await generateKey(algorithm)
    const { did, keyId } = name(key)
    const document = edited(world.golden[format].document, (draft) => {
      draft.issuer.id = did
    })
    const input = await secure(format, document, { signer: await createLocalSigner(key, keyId), created: ISSUED })
    const spy = spyFetch()
    const verifier = verifierWith({ fetch: spy.fetch })
    const refused = await expectRefused('SP_ISSUER_UNTRUSTED', () => verifier.verifyCredential(input), { fetch: spy })
    expect(refused).toMatchObject({
      verdict: 'rejected',
      report: { checks: { signature: { outcome: 'passed' }, issuerTrust: { code: 'issuerTrust.unknownIssuer' } } },
    })
  })

  it('DID-03 no trust in an empty list', async () => {
    const trustList = await world.authority.signTrustList({ ...world.authority.list, organisations: [] })
    await expectRefused('SP_ISSUER_UNTRUSTED', () =>
      verifierWith({ trustList }).verifyCredential(world.golden['vc+jwt'].credential),
    )
  })
})

describe('DID-04: a trusted issuer, another type', () => {
  it.each(FORMATS)('DID-04 an employer listed for employment issues a registration, %s', async (format) => {
    const trustList = await trustListWith(world, 'northfield', (entry) => {
      entry.mayIssue = [{ type: 'EmploymentAssignment' }]
    })
    const { northfield } = world.authority.organisations
    const { credential } = await northfield.issuer.issue(
      'ProfessionalRegistration',
      requestFor(world.authority, 'ProfessionalRegistration'),
      { format },
    )
    const statusLists = await world.authority.statusLists()
    const verifier = verifierWith({ trustList, statusLists })
    const refused = await expectRefused('SP_ISSUER_UNTRUSTED', () => verifier.verifyCredential(credential))
    expect(refused).toMatchObject({
      report: { checks: { signature: { outcome: 'passed' }, issuerTrust: { code: 'issuerTrust.typeNotAllowed' } } },
    })
    await expectAccepted(() => verifierWith({ statusLists }).verifyCredential(credential))
    await expectAccepted(() => verifier.verifyCredential(world.golden[format].credential))
  })

  it('DID-04 a training body listed for everything is held to its roles', async () => {
    const trustList = await trustListWith(world, 'training-body', (entry) => {
      entry.mayIssue = [{ type: '*' }]
    })
    const { trainingBody } = world.authority.organisations
    const document = edited(world.golden['vc+jwt'].document, (draft) => {
      draft.issuer = { id: trainingBody.did }
    })
    const input = await secure('vc+jwt', document, { signer: trainingBody.signer, created: ISSUED })
    await expectRefused('SP_ISSUER_UNTRUSTED', () => verifierWith({ trustList }).verifyCredential(input))
  })
})

describe('DID-06: rollback of the trust list', () => {
  const signedVersion = (version: number): Promise<string> => {
    const list: TrustList = { ...world.authority.list, version }
    return world.authority.signTrustList(list)
  }

  const seesRollback = async (memory: () => VersionMemory): Promise<void> => {
    const [older, newer] = [await signedVersion(1), await signedVersion(2)]
    const input = world.golden['data-integrity'].credential
    const ask = (trustList: string) => verifierWith({ trustList, versionMemory: memory() }).verifyCredential(input)
    await expectAccepted(() => ask(older))
    await expectAccepted(() => ask(newer))
    await expectRefused('SP_CONFLICT', () => ask(older), { code: 'issuerTrust.listRolledBack' })
    await expectAccepted(() => ask(newer))
  }

  it('DID-06 remembered in memory', async () => {
    const { versionMemory } = createMemoryStore()
    await seesRollback(() => versionMemory)
  })

  it('DID-06 remembered in a file, opened anew each time', () =>
    inFolder((folder) => seesRollback(() => createFileVersionMemory(join(folder, 'seen.json')))))

  it('DID-06 a list of another keeper counts for itself', async () => {
    const { versionMemory } = createMemoryStore()
    const other = await createWorld()
    const now = Date.parse(NOW)
    const trust = ({ authority }: World, signed: string) =>
      createTrust({ signed, anchor: authority.anchor, versionMemory }).at(now)
    await expectAccepted(async () => trust(world, await signedVersion(5)))
    await expectAccepted(() => trust(other, other.authority.trustList))
    await expectRefused('SP_CONFLICT', async () => trust(world, await signedVersion(4)))
  })
})

describe('DID-07: expiry of the trust list', () => {
  const afterItsEnd = () => fixedClock(world.authority.list.expiresAt)

  it.each(FORMATS)('DID-07 nothing new is accepted once it has expired, %s', async (format) => {
    const verifier = verifierWith({ clock: afterItsEnd() })
    const refused = await expectRefused(
      'SP_EXPIRED',
      () => verifier.verifyCredential(world.golden[format].credential),
      { code: 'issuerTrust.listExpired' },
    )
    expect(refused).toMatchObject({
      verdict: 'rejected',
      report: { checks: { status: { blockedBy: ['issuerTrust'] } } },
    })
  })

  it('DID-07 a list without an end is not opened', async () => {
    const { expiresAt: _none, ...endless } = world.authority.list
    await expect(world.authority.signTrustList(endless as TrustList)).rejects.toThrow(TypeError)
  })
})
