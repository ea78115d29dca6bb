import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createFileVersionMemory } from '../../src/adapters/file/version-memory-file.js'
import { openLibsqlStore } from '../../src/adapters/libsql/libsql-store.js'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { setBit } from '../../src/codec/bitstring.js'
import { generateKey, publicJwk } from '../../src/crypto/keys.js'
import { didKey } from '../../src/dids/did-key.js'
import type { VersionMemory } from '../../src/ports/version-memory.js'
import { encodeList } from '../../src/status/encoded-list.js'
import { parseTrustList, type TrustList } from '../../src/trust/trust-list.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import { explain } from '../../src/verifier/explain.js'
import { listsWith } from '../verifier/support/content-cases.js'
import { type Draft, edited, FORMATS, secure, withProof } from '../verifier/support/sign.js'
import {
  createWorld,
  documentOf,
  NOW,
  northfieldSecuring,
  trustListWith,
  type World,
} from '../verifier/support/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

describe('MEAN-2: a code, a name and a key are one organisation’s', () => {
  const faultsOf = (change: (draft: Draft) => void): readonly string[] => {
    const parsed = parseTrustList(edited(JSON.parse(JSON.stringify(world.authority.list)), change))
    return parsed.ok ? [] : parsed.faults.map(({ path }) => path)
  }
  const at = (id: string): number => world.authority.list.organisations.findIndex((one) => one.id === id)

  it('the list that is right has no fault', () => expect(faultsOf(() => {})).toEqual([]))

  it('one ODS code in two organisations', () => {
    const [a, b] = [at('northfield'), at('southmere')]
    const faults = faultsOf(({ organisations }) => {
      organisations[b].odsCode = 'RZ1'
    })
    expect(faults).toEqual([`/organisations/${a}/odsCode`, `/organisations/${b}/odsCode`])
  })

  it.each([
    'Northfield NHS Trust (fictional)',
    'NORTHFIELD  NHS Trust (fictional)',
    'Nórthfield NHS Trust (fictional)',
  ])('one name in two organisations, as people read it: %s', (name) => {
    const [a, b] = [at('northfield'), at('southmere')]
    const faults = faultsOf(({ organisations }) => {
      organisations[b].name = name
    })
    expect(faults).toEqual([`/organisations/${a}/name`, `/organisations/${b}/name`])
  })

  it('one key under two ids, one of them compromised, in one organisation', async () => {
    const index = at('southmere')
    const faults = faultsOf(({ organisations }) => {
      const [key] = organisations[index].keys
      organisations[index].keys.push({ ...key, id: `${key.id}-again`, compromisedAt: '2026-01-01T00:00:00Z' })
    })
    expect(faults).toEqual([0, 1].map((key) => `/organisations/${index}/keys/${key}/publicKeyJwk`))
  })

  it('one key in two organisations, told by its thumbprint and not by its members', () => {
    const [a, b] = [at('northfield'), at('southmere')]
    const faults = faultsOf(({ organisations }) => {
      const [key] = organisations[b].keys
      organisations[a].keys.push({
        ...key,
        id: 'did:web:elsewhere.example#1',
        publicKeyJwk: { use: 'sig', ...key.publicKeyJwk },
      })
    })
    expect(faults).toEqual([`/organisations/${a}/keys/1/publicKeyJwk`, `/organisations/${b}/keys/0/publicKeyJwk`])
  })

  it('a key listed by one and carried in the DID of another', async () => {
    const key = publicJwk(await generateKey('ES256'))
    const [a, b] = [at('northfield'), at('southmere')]
    const faults = faultsOf(({ organisations }) => {
      organisations[a].issuers.push(didKey(key).did)
      organisations[b].keys.push({
        id: 'did:web:southmere.example#2',
        publicKeyJwk: key,
        validFrom: '2020-01-01T00:00:00Z',
      })
    })
    expect(faults).toContain(`/organisations/${b}/keys/1/publicKeyJwk`)
    expect(faults.some((path) => path.startsWith(`/organisations/${a}/issuers/`))).toBe(true)
  })
})

describe('MEAN-3: an issuer’s name is the trust list’s to say', () => {
  const own = 'Northfield NHS Trust (fictional)'
  const reportFor = async (format: (typeof FORMATS)[number], name: unknown) => {
    const document = edited(world.golden[format].document, (draft) => {
      delete draft.proof
      draft.issuer = { id: draft.issuer.id ?? draft.issuer, name }
    })
    const result = await createVerifier(world.options).verifyCredential(
      await secure(format, document, northfieldSecuring(world)),
    )
    return result
  }

  it.each(FORMATS)('another’s name is a warning with a code, and the reader is told, in %s', async (format) => {
    for (const name of ['General Medical Council', `${own} (merged)`]) {
      const result = await reportFor(format, name)
      expect(result.report.reasons, String(name)).toEqual([])
      const warning = { path: '/issuer/name', code: 'issuerTrust.nameDiffers' }
      expect(result.verdict === 'accepted' && result.credential.warnings).toContainEqual(warning)
      expect(explain(result.report)).toContain('issuerTrust.nameDiffers')
      expect(explain(result.report)).not.toContain('General Medical Council')
      expect(explain(result.report)).toContain(own)
    }
  })

  it.each(FORMATS)('one that turns its direction is refused by the schema, in %s', async (format) => {
    const { report } = await reportFor(format, `${own}\u202e`)
    expect(report.reasons).toEqual([{ check: 'schema', code: 'schema.invalid' }])
  })

  it.each(FORMATS)('its own name is none, in %s', async (format) => {
    for (const name of [own, own.toUpperCase()]) {
      const result = await reportFor(format, name)
      expect(result.verdict === 'accepted' && result.credential.warnings).toEqual([])
    }
  })
})

const memories: readonly (readonly [string, (use: (memory: VersionMemory) => Promise<void>) => Promise<void>])[] = [
  ['in memory', (use) => use(createMemoryStore().versionMemory)],
  ['in a file', (use) => inFolder((folder) => use(createFileVersionMemory(join(folder, 'seen.json'))))],
  [
    'in the embedded store',
    (use) =>
      inFolder(async (folder) => {
        const store = await openLibsqlStore({ path: join(folder, 'store.db') })
        await use(store.versionMemory).finally(() => store.close())
      }),
  ],
]

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'seen-'))
  await use(folder).finally(() => rm(folder, { recursive: true }))
}

const codeOf = async (options: Partial<VerifierOptions>): Promise<string | undefined> => {
  const { report } = await createVerifier({ ...world.options, ...options }).verify(world.golden['vc+jwt'].credential)
  return report.reasons[0]?.code
}

describe('MEAN-4: lists are remembered by their issuer and address', () => {
  it.each(memories)('another’s list under one’s address rolls nothing back, %s', (_, withMemory) =>
    withMemory(async (versionMemory) => {
      const southmere = world.authority.organisations.southmere
      const [list] = await listsWith(world, {})
      const original = documentOf(list)
      // Southmere’s own list, of the future, under the address of Northfield’s, and a credential of Southmere’s that names it.
      const foreign = edited(original, (draft) => {
        delete draft.proof
        draft.issuer = southmere.did
        draft.validFrom = '2026-03-02T11:59:00Z'
      })
      const theirs = await withProof(foreign, { signer: southmere.signer, created: NOW }).catch(() => undefined)
      if (theirs === undefined) throw new Error('not signed')
      await codeOf({ versionMemory, statusLists: [...world.statusLists, theirs] })
      expect(await codeOf({ versionMemory })).toBeUndefined()
      const older = await listsWith(world, { document: (draft) => (draft.validFrom = '2026-03-01T00:00:00Z') })
      expect(await codeOf({ versionMemory, statusLists: older })).toBe('status.listRolledBack')
    }),
  )
})

describe('MEAN-5: the catalogue’s types have the catalogue’s schema', () => {
  const schema = { id: 'https://example.org/schema.json', validate: () => [] }

  it('a schema of one’s own for one of them is misuse, told at once', () => {
    for (const type of ['RightToWork', 'Identity', 'EmploymentAssignment'])
      expect(() => createVerifier({ ...world.options, schemas: [{ ...schema, type }] })).toThrow(TypeError)
  })

  it('two for one type as well; one for a type of one’s own is taken', () => {
    const permit = { ...schema, type: 'ParkingPermit' }
    expect(() => createVerifier({ ...world.options, schemas: [permit, { ...permit }] })).toThrow(TypeError)
    expect(() => createVerifier({ ...world.options, schemas: [permit] })).not.toThrow()
  })
})

describe('MEAN-6: where memory is given, a list that says two things is found', () => {
  const signed = (change: (draft: Draft) => void) => trustListWith(world, 'northfield', () => {}, change)

  it.each(memories)('another trust list of the same version, %s', (_, withMemory) =>
    withMemory(async (versionMemory) => {
      const one = await signed((draft) => (draft.version = 7))
      const other = await signed((draft) => {
        draft.version = 7
        draft.expiresAt = '2036-01-01T00:00:00Z'
      })
      expect(await codeOf({ versionMemory, trustList: one })).toBeUndefined()
      expect(await codeOf({ versionMemory, trustList: other })).toBe('issuerTrust.listEquivocates')
      expect(await codeOf({ versionMemory, trustList: one })).toBeUndefined()
    }),
  )

  it.each(memories)('a higher version that was issued earlier, %s', (_, withMemory) =>
    withMemory(async (versionMemory) => {
      const { issuedAt } = world.authority.list
      const later = (version: number, days: number): ((draft: Draft) => void) => {
        const moved = new Date(Date.parse(issuedAt) + days * 3_600_000).toISOString().replace('.000', '')
        return (draft: Draft) => Object.assign(draft as TrustList, { version, issuedAt: moved })
      }
      expect(await codeOf({ versionMemory, trustList: await signed(later(3, 0)) })).toBeUndefined()
      expect(await codeOf({ versionMemory, trustList: await signed(later(4, -1)) })).toBe(
        'issuerTrust.listIssuedEarlier',
      )
      expect(await codeOf({ versionMemory, trustList: await signed(later(4, 1)) })).toBeUndefined()
    }),
  )

  it.each(memories)('a newer status list that takes a revocation back, %s', (_, withMemory) =>
    withMemory(async (versionMemory) => {
      const entries = world.golden['vc+jwt'].document.credentialStatus as Draft
      const entry = entries.find((one: Draft) => one.statusPurpose === 'revocation')
      const bits = new Uint8Array(16_384)
      setBit(bits, Number(entry.statusListIndex))
      const encodedList = await encodeList(bits)
      const revoked = await listsWith(world, {
        document: (draft) => (draft.credentialSubject.encodedList = encodedList),
      })
      const newer = await listsWith(world, { document: (draft) => (draft.validFrom = '2026-03-02T11:00:00Z') })
      expect(await codeOf({ versionMemory })).toBeUndefined()
      expect(await codeOf({ versionMemory, statusLists: revoked })).toBe('status.revoked')
      expect(await codeOf({ versionMemory, statusLists: newer })).toBe('status.revocationWithdrawn')
      expect(await codeOf({ statusLists: newer })).toBeUndefined()
    }),
  )
})
