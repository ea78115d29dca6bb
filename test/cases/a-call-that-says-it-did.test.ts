import { mkdir, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { plainKey } from '../../src/codec/plain-text.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { createExchangesApi } from '../../src/http/exchanges/create-exchanges-api.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import type { IssuerOptions } from '../../src/issuer/settings.js'
import { collect } from '../../src/testing/contracts/case.js'
import { cli, workspace } from '../cli/support.js'
import { askFor, newKey, nonceOf, proofOf, tokenFor } from '../exchange/support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer } from '../exchange/support/world.js'

const NOW = '2026-01-20T09:00:00Z'

async function openIssuer(more: Partial<IssuerOptions> = {}) {
  const store = createMemoryStore()
  const key = await generateKey('ES256')
  const { did, keyId } = didKey(key)
  const time = { now: Date.parse(NOW) }
  const issuer = createIssuer({
    id: did,
    name: 'Northfield NHS Trust (fictional)',
    odsCode: 'RZ1',
    signer: await createLocalSigner(key, keyId),
    register: store.register,
    statusLists: store.statusLists,
    statusUrl: 'https://status.example/lists',
    clock: { now: () => new Date(time.now) },
    ...more,
  })
  const { title: _, ...example } = CREDENTIAL_TYPES.RightToWork.examples[0]
  const request = (subject = did) => Object.assign(JSON.parse(JSON.stringify(example)), { subject })
  const reserved = async () => (await store.statusLists.lists()).reduce((sum, list) => sum + list.reserved, 0)
  return { issuer, store, time, request, reserved, did }
}

let folder: Awaited<ReturnType<typeof workspace>>
beforeAll(async () => {
  folder = await workspace()
  await cli([
    ...['keygen', '--algorithm', 'ES256', '--out', folder.path('key')],
    ...['--passphrase-file', folder.path('passphrase')],
  ])
  const { out } = await cli(['example', 'right-to-work'])
  const { writeFile } = await import('node:fs/promises')
  await writeFile(folder.path('claims.json'), out)
})
afterAll(() => folder.remove())

const KEY = () => ['--key', folder.path('key'), '--passphrase-file', folder.path('passphrase')]
const issueTo = (out: string, ...more: readonly string[]) =>
  cli([
    ...['issue', 'right-to-work', '--claims', folder.path('claims.json'), '--out', out, ...KEY()],
    ...['--store', folder.path('store.db'), '--status-url', 'https://status.example/lists', ...more],
  ])

describe('DID-1: what is revoked stays revoked, and every answer is true', () => {
  it('in the API', async () => {
    const { issuer, request } = await openIssuer()
    const { id } = await issuer.issue('RightToWork', request())
    expect(await issuer.reinstate(id)).toBe(false)
    expect(await issuer.suspend(id, 'SuspectNoLongerValid')).toBe(true)
    expect(await issuer.suspend(id, 'SuspectNoLongerValid')).toBe(false)
    expect(await issuer.reinstate(id)).toBe(true)
    expect(await issuer.revoke(id, 'NoLongerValid')).toBe(true)
    expect(await issuer.revoke(id, 'NoLongerValid')).toBe(false)
    const final = { code: 'store.revocationIsFinal' }
    await expect(issuer.reinstate(id)).rejects.toMatchObject(final)
    await expect(issuer.suspend(id, 'SuspectNoLongerValid')).rejects.toMatchObject(final)
  })

  it('on the command line', async () => {
    const file = folder.path('one.json')
    expect((await issueTo(file)).exitCode).toBe(0)
    const change = (...words: readonly string[]) => cli([...words, file, ...KEY(), '--store', folder.path('store.db')])
    const idle = await change('reinstate')
    expect([idle.exitCode, idle.err]).toEqual([0, expect.stringContaining('is not suspended; nothing was changed')])
    expect((await change('revoke', '--reason', 'NoLongerValid')).err).toMatch(/^Revoked /m)
    for (const words of [['reinstate'], ['suspend', '--reason', 'SuspectNoLongerValid']]) {
      const ran = await change(...words)
      expect(ran.exitCode, words[0]).not.toBe(0)
      expect(ran.err).toMatch(/stays revoked/)
      expect(ran.err).not.toMatch(/^(Reinstated|Suspended)/m)
    }
  })
})

describe('CAL-3: nothing is dated before its cause', () => {
  it('a clock that was set back a year changes nothing, and says so', async () => {
    const { issuer, store, request, time } = await openIssuer()
    const { id } = await issuer.issue('RightToWork', request())
    time.now -= 365 * 86_400_000
    await expect(issuer.revoke(id, 'NoLongerValid')).rejects.toMatchObject({ code: 'store.clockSetBack' })
    time.now = Date.parse(NOW) - 20_000
    expect(await issuer.revoke(id, 'NoLongerValid')).toBe(true)
    const [entry] = await collect(store.register.find({ credentialId: id }))
    expect(entry?.statusChanges).toMatchObject([{ at: entry?.settledAt }])
  })
})

describe('DID-3: what cannot be written is not issued', () => {
  it.each(['no-such-folder/c.json', 'folder'])('--out %s: nothing is recorded, and the key is free', async (name) => {
    await mkdir(folder.path('folder'), { recursive: true })
    const ran = await issueTo(folder.path(name), '--idempotency-key', `once ${name}`)
    expect(ran.exitCode).toBe(66)
    expect(ran.err).not.toMatch(/^Issued/m)
    const again = await issueTo(folder.path(`${name.length}.json`), '--idempotency-key', `once ${name}`)
    expect(again.err).toMatch(/^Issued/m)
    expect(again.exitCode).toBe(0)
  })

  it('a refusal leaves no file behind', async () => {
    const ran = await issueTo(folder.path('never.json'), '--format', 'dc+sd-jwt', '--idempotency-key', '\u0007')
    expect(ran.exitCode).not.toBe(0)
    expect((await readdir(folder.path(''))).filter((name) => name.startsWith('.') || name === 'never.json')).toEqual([])
  })
})

describe('DID-4: keys are counted before anything is issued', () => {
  it('two, then three more than may be: the second is refused, and nothing is issued for it', async () => {
    const authority = await createDemoAuthority()
    const employer = await openEmployer(authority, { openid4vci: { batchSize: 3 } })
    const invitation = await employer.exchange.offer({ credentials: [offered('RightToWork')] })
    const token = await tokenFor(employer, invitation)
    const ask = async (keys: readonly Awaited<ReturnType<typeof newKey>>[]) => {
      const nonce = await nonceOf(employer)
      const jwt = await Promise.all(keys.map((key) => proofOf(key, employer, nonce)))
      return askFor(employer, token, { credential_configuration_id: 'RightToWork_dc+sd-jwt', proofs: { jwt } })
    }
    const keys = await Promise.all(Array.from({ length: 5 }, () => newKey()))
    expect((await ask(keys.slice(0, 2))).status).toBe(200)
    const refused = await ask(keys.slice(2))
    expect([refused.status, refused.body.error]).toEqual([400, 'credential_request_denied'])
    const { register } = authority.organisations.northfield.store
    expect(await collect(register.find({ state: 'issued' }))).toHaveLength(2)
    expect(await collect(register.find({ state: 'intended' }))).toEqual([])
    expect((await ask(keys.slice(2, 3))).status).toBe(200)
    expect(employer.errors).toEqual([])
    await employer.close()
  })
})

describe('DID-5: everything is checked before anything is reserved', () => {
  it.each(['', ' ', 'x'.repeat(501), 'a\u0000b', 'North\u202efield', 7])(
    'the name %j is misuse, at once',
    async (name) => {
      await expect(openIssuer({ name: name as string })).rejects.toThrow(TypeError)
    },
  )

  it.each([
    ['odsCode', 'rz1'],
    ['odsCode', ''],
    ['predecessors', ['']],
  ])('%s %j too', async (member, value) => {
    await expect(openIssuer({ [member]: value })).rejects.toThrow(TypeError)
  })
})

describe('DID-8: a subject that is no DID', () => {
  it.each(['did:key:nonsense', 'did:key:z6Mk', 'did:jwk:e30', 'did:key:', 'did:', 'nobody'])(
    '%s is a fault at /subject in every format, and nothing is reserved',
    async (subject) => {
      const { issuer, request, reserved } = await openIssuer()
      expect(issuer.check('RightToWork', request(subject)).faults).toContainEqual(
        expect.objectContaining({ path: '/subject' }),
      )
      for (const format of ['vc+jwt', 'dc+sd-jwt', 'vc+sd-jwt', 'jwt_vc_json', 'data-integrity'] as const)
        await expect(issuer.issue('RightToWork', request(subject), { format })).rejects.toMatchObject({
          code: 'claims.invalid',
        })
      expect(await reserved()).toBe(0)
    },
  )

  it('honest ones are taken', async () => {
    const { issuer, request, did } = await openIssuer()
    for (const subject of [did, 'did:web:wallet.example', 'did:example:holder'])
      expect(issuer.check('RightToWork', request(subject)).faults).toEqual([])
  })
})

describe('exchanges over HTTP', () => {
  const TOKEN = 'a-token-of-at-least-32-characters-'
  const open = async () => {
    const authority = await createDemoAuthority()
    const employer = await openEmployer(authority)
    const api = createExchangesApi({ exchange: employer.exchange, token: TOKEN })
    const post = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
      const answer = await api(
        new Request(`http://localhost${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
      )
      return { status: answer.status, body: await answer.json() }
    }
    return { authority, employer, post }
  }
  const wanted = (more: object) => ({
    credentials: [{ type: 'RightToWork' }],
    purpose: 'Before you start',
    device: 'same',
    returnUrl: 'https://portal.example/done',
    ...more,
  })

  it.each([
    'not a url',
    'javascript:alert(1)',
    'http://portal.example/done',
    'https://user:secret@portal.example/',
    'https://user@portal.example/',
    '//elsewhere.example/',
    'data:text/html,x',
    '',
  ])('DID-6: returnUrl %j is a 400 at /returnUrl, and nothing begins', async (returnUrl) => {
    const { employer, post } = await open()
    const { status, body } = await post('/exchanges/requests', wanted({ returnUrl }))
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('/returnUrl')])
    const request = wanted({ returnUrl }) as Parameters<typeof employer.exchange.request>[0]
    await expect(employer.exchange.request(request)).rejects.toThrow(TypeError)
    await employer.close()
  })

  it('DID-6: an honest one is taken', async () => {
    const { employer, post } = await open()
    expect((await post('/exchanges/requests', wanted({}))).status).toBe(201)
    await employer.close()
  })

  it.each([9e12, 31_536_001, 0, -1, 1.5, '900'])(
    'DID-7: validForSeconds %j is a 400 there',
    async (validForSeconds) => {
      const { employer, post } = await open()
      const { status, body } = await post('/exchanges/requests', wanted({ validForSeconds }))
      expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('/validForSeconds')])
      const offer = { credentials: [offered('RightToWork')], validForSeconds: validForSeconds as number }
      await expect(employer.exchange.offer(offer)).rejects.toThrow(TypeError)
      await employer.close()
    },
  )
})

describe('ONE-5: one rule for names, ids and keys', () => {
  const BAD = [
    '',
    ' ',
    'a\u0000',
    'a\r\nb',
    'a\u202eb',
    '\u200b',
    '\ufeffx',
    'a\u2066b',
    '\ud800',
    'x'.repeat(1_000_000),
  ]

  it.each(BAD.map((key) => [JSON.stringify(key).slice(0, 20), key]))(
    'the key %s is misuse, before anything is reserved',
    async (_, key) => {
      const { issuer, request, reserved } = await openIssuer()
      await expect(issuer.issue('RightToWork', request(), { idempotencyKey: key })).rejects.toThrow(TypeError)
      expect(await reserved()).toBe(0)
      const authority = await createDemoAuthority()
      const employer = await openEmployer(authority)
      await expect(
        employer.exchange.offer({ credentials: [offered('RightToWork')], idempotencyKey: key }),
      ).rejects.toThrow(TypeError)
      await employer.close()
    },
  )

  it('é is é, however it was typed', async () => {
    const { issuer, request } = await openIssuer()
    await issuer.issue('RightToWork', request(), { idempotencyKey: 'Zo\u00eb 1' })
    await expect(issuer.issue('RightToWork', request(), { idempotencyKey: 'Zoe\u0308 1' })).rejects.toMatchObject({
      code: 'store.alreadyIssued',
    })
    expect(plainKey('Zoe\u0308')).toBe('Zo\u00eb')
  })

  it.each(['legalFirstName', 'legalSurname', 'evidenceCheckedBy'])(
    'a name in the claims that turns its direction is refused: %s',
    async (claim) => {
      const { issuer, request } = await openIssuer()
      for (const text of ['Wyn\u202e', '\u2066Wyn']) {
        const bad = request()
        bad.claims[claim] = text
        expect(issuer.check('RightToWork', bad).faults).toContainEqual(
          expect.objectContaining({ path: `/claims/${claim}` }),
        )
      }
      const honest = request()
      honest.claims[claim] = 'علی\u200cرضا'
      expect(issuer.check('RightToWork', honest).faults).toEqual([])
    },
  )
})
