import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import type { IssuerOptions } from '../../src/issuer/settings.js'

async function open(more: Partial<IssuerOptions> = {}) {
  const store = createMemoryStore()
  const key = await generateKey('ES256')
  const { did, keyId } = didKey(key)
  const issuer = createIssuer({
    id: did,
    name: 'Northfield NHS Trust (fictional)',
    signer: await createLocalSigner(key, keyId),
    ...store,
    statusUrl: 'https://status.northfield.example/lists',
    clock: { now: () => new Date('2026-01-20T09:00:00Z') },
    ...more,
  })
  const { title: _, ...example } = CREDENTIAL_TYPES.RightToWork.examples[0]
  const request = (members: object) => Object.assign(JSON.parse(JSON.stringify(example)), { subject: did }, members)
  return { issuer, store, request }
}

const evidence = (role: string) => ({ type: ['SourceEvidence'], route: 'viaPortal', checkedByRole: role })
const roles = (count: number) => Array.from({ length: count }, (_, at) => evidence(`Role ${at}`))

const FAULTY: readonly (readonly [string, object])[] = [
  ['evidence twice', { evidence: [evidence('Role'), evidence('Role')] }],
  ['evidence nine times', { evidence: roles(9) }],
  ['evidence that is no list', { evidence: evidence('Role') }],
  ['evidence that is a text', { evidence: 'viaPortal' }],
  ['a subject with a space', { subject: 'did:web:northfield.example:a b' }],
  ['a subject with a line end', { subject: 'did:web:northfield.example\n' }],
  ['a subject with a turned direction', { subject: 'did:web:northfield.example:\u202eb' }],
  ['validUntil beyond the year 9999', { validUntil: '+012026-01-01T00:00:00Z' }],
  ['validFrom that is a number', { validFrom: 5 }],
  ['a unique identifier that is none', { uniqueIdentifier: 'x' }],
]

const FORMATS = ['vc+jwt', 'dc+sd-jwt', 'vc+sd-jwt'] as const

describe('what is wrong is found before anything is reserved', () => {
  it.each(FAULTY)('DID-5: %s → check says so, issue refuses the same, and no place is taken', async (_, members) => {
    const { issuer, store, request } = await open()
    const { faults } = issuer.check('RightToWork', request(members))
    expect(faults.length).toBeGreaterThan(0)
    for (const format of FORMATS)
      await expect(issuer.issue('RightToWork', request(members), { format })).rejects.toMatchObject({
        name: 'ClaimsError',
        faults,
      })
    expect(await store.statusLists.lists()).toEqual([])
  })

  it.each([
    ['one piece of evidence', { evidence: roles(1) }],
    ['eight', { evidence: roles(8) }],
    ['none', {}],
  ])('DID-5: %s → issued', async (_, members) => {
    const { issuer, store, request } = await open()
    expect(issuer.check('RightToWork', request(members)).faults).toEqual([])
    for (const format of FORMATS) await issuer.issue('RightToWork', request(members), { format })
    expect((await store.statusLists.lists()).length).toBeGreaterThan(0)
  })

  it.each(['', ' ', 'x'.repeat(5_000)])('DID-5: the name %j → misuse, at construction', async (name) => {
    await expect(open({ name })).rejects.toThrow(TypeError)
  })
})
