import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LibsqlStore, openLibsqlStore } from '../../src/adapters/libsql/libsql-store.js'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { createWorkers } from '../../src/adapters/workers/worker-pool.js'
import { type IssueBatchOptions, issueBatch } from '../../src/bulk/issue-batch.js'
import type { BatchProgress, BatchRow, RowResult } from '../../src/bulk/rows.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { CREDENTIAL_FORMATS, type IssuingFormat } from '../../src/formats/sign.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import type { Workers } from '../../src/ports/workers.js'
import { collect } from '../../src/testing/contracts/case.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES, parsePolicy } from '../../src/verifier/policy.js'
import { buildOnce } from './support/build.js'
import { countsOf, everyEntry, newIssuer, requestFor, rowFor, rowsFor } from './support/staff.js'

let folder: string
let workers: Workers

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staff-passport-bulk-'))
  workers = createWorkers(2, { module: (await buildOnce()).worker })
}, 60_000)
afterAll(async () => {
  await workers.close()
  await rm(folder, { recursive: true, force: true })
})

type Options = Omit<IssueBatchOptions<'RightToWork'>, 'type'>
type Issuer = Awaited<ReturnType<typeof newIssuer>>

const issueAll = (
  issuer: Issuer,
  rows: Iterable<BatchRow<'RightToWork'>> | AsyncIterable<BatchRow<'RightToWork'>>,
  options: Options = {},
): Promise<readonly RowResult[]> => collect(issueBatch(issuer, rows, { type: 'RightToWork', ...options }))

const issuedIn = (results: readonly RowResult[]) =>
  results.flatMap((result) => (result.outcome === 'issued' ? [result] : []))

// Trust is another matter: here only what was signed is asked about.
const policy = parsePolicy({ ...POLICIES['w3c-proof-only'], name: 'test' })

describe.each([
  ['in this thread', () => ({})],
  ['in two threads', () => ({ workers })],
])('issuing many, %s', (_, where) => {
  it('gives every row its credential, in order, each of which verifies and says what it should', async () => {
    const issuer = await newIssuer()
    const results = await issueAll(issuer, rowsFor(25), { ...where(), batchSize: 4 })
    expect(results.map(({ label }) => label)).toEqual(rowsFor(25).map(({ label }) => label))
    expect(results.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
    const verifier = createVerifier({ policy, clock: issuer.clock })
    for (const { credential, label, credentialId } of issuedIn(results)) {
      const { verdict, credential: accepted } = await verifier.verifyCredential(credential)
      expect(verdict).toBe('accepted')
      expect(accepted?.claims?.legalFirstName).toBe(label)
      expect(accepted?.document.id).toBe(credentialId)
    }
    expect(countsOf(results)).toEqual({ issued: 25 })
  })

  it.each(Object.keys(CREDENTIAL_FORMATS) as IssuingFormat[])('in every format: %s', async (format) => {
    const issuer = await newIssuer(createMemoryStore(), CREDENTIAL_FORMATS[format].algorithms[0])
    const results = await collect(issueBatch({ ...issuer, format }, rowsFor(3), { type: 'RightToWork', ...where() }))
    expect(countsOf(results)).toEqual({ issued: 3 })
    const entries = await everyEntry(issuer)
    expect(entries.every(({ state, statusIndices }) => state === 'issued' && statusIndices.length > 0)).toBe(true)
  })

  it('refuses a row with its faults, warns of another, and stops no other for it', async () => {
    const issuer = await newIssuer()
    const rows = [
      rowFor('Before'),
      rowFor('Zzyzx', { birthDate: '31/02/1990', nationality: 'Zzyzxian' }),
      { number: 99, faults: [{ path: '/x', code: 'import.columns', sentence: 's', mend: 'm' }] },
      rowFor('After'),
    ]
    const results = await issueAll(issuer, rows, where())
    expect(results.map(({ outcome }) => outcome)).toEqual(['issued', 'refused', 'refused', 'issued'])
    const [, refused, read] = results
    const faults = refused?.outcome === 'refused' ? refused.faults : []
    expect(faults.map(({ path }) => path)).toContain('/claims/birthDate')
    expect(faults.every(({ sentence, mend, code }) => sentence && mend && code)).toBe(true)
    expect(JSON.stringify(faults)).not.toMatch(/Zzyzx|31\/02/)
    expect(read).toMatchObject({ number: 99, faults: [{ code: 'import.columns' }] })
    expect(await everyEntry(issuer)).toHaveLength(2)
  })
})

describe('what was issued before', () => {
  it('is not issued again: the same rows, reordered, or more of them', async () => {
    const issuer = await newIssuer()
    const first = issuedIn(await issueAll(issuer, rowsFor(10), { batchSize: 3 }))
    const again = await issueAll(issuer, [...rowsFor(10)].reverse(), { batchSize: 4 })
    expect(countsOf(again)).toEqual({ alreadyIssued: 10 })
    const idOf = new Map(first.map(({ label, credentialId }) => [label, credentialId]))
    for (const result of again) expect(result).toMatchObject({ credentialId: idOf.get(result.label) })
    expect(countsOf(await issueAll(issuer, rowsFor(10, 5), { batchSize: 4 }))).toEqual({ alreadyIssued: 5, issued: 5 })
    expect(await everyEntry(issuer)).toHaveLength(15)
  })

  it.each([2, 3, 100])('a key twice in one run gives one credential, in batches of %i', async (batchSize) => {
    const issuer = await newIssuer()
    const rows = [rowFor('A'), rowFor('B'), rowFor('A'), rowFor('C'), rowFor('A')]
    const results = await issueAll(issuer, rows, { batchSize, workers })
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'issued',
      'issued',
      'alreadyIssued',
      'issued',
      'alreadyIssued',
    ])
    expect(results[4]).toMatchObject({ credentialId: issuedIn(results)[0]?.credentialId })
    expect(await everyEntry(issuer)).toHaveLength(3)
  })

  it('rows without a key are issued as often as they are given', async () => {
    const issuer = await newIssuer()
    const row = { request: requestFor('A') as never }
    expect(countsOf(await issueAll(issuer, [row, row]))).toEqual({ issued: 2 })
  })

  it('two runs over one store at once give one credential for each key', async () => {
    const store = await openLibsqlStore({ path: join(folder, 'two-runs.db') })
    const issuer = await newIssuer(store)
    const runs = await Promise.all([
      issueAll(issuer, rowsFor(40), { batchSize: 3, workers }),
      issueAll(issuer, rowsFor(40), { batchSize: 5, workers }),
    ])
    const issued = runs.flatMap(issuedIn)
    expect(new Set(issued.map(({ label }) => label)).size).toBe(40)
    expect(issued).toHaveLength(40)
    const others = runs.flat().filter(({ outcome }) => outcome !== 'issued')
    expect(others.every(({ outcome }) => outcome === 'alreadyIssued' || outcome === 'inProgress')).toBe(true)
    expect((await everyEntry(store)).filter(({ state }) => state === 'issued')).toHaveLength(40)
    await store.verify()
    await store.close()
  })
})

describe('a dry run', () => {
  it('says what would come of each row, and leaves nothing behind', async () => {
    const issuer = await newIssuer()
    await issueAll(issuer, [rowFor('Known')])
    const before = JSON.stringify([await everyEntry(issuer), await issuer.statusLists.lists()])
    const rows = [rowFor('A'), rowFor('Known'), rowFor('Bad', { birthDate: 'soon' }), rowFor('A')]
    const results = await issueAll(issuer, rows, { dryRun: true, batchSize: 2 })
    expect(results.map(({ outcome }) => outcome)).toEqual(['sound', 'alreadyIssued', 'refused', 'refused'])
    expect(results[3]).toMatchObject({ faults: [{ code: 'import.duplicateKey' }] })
    expect(JSON.stringify([await everyEntry(issuer), await issuer.statusLists.lists()])).toBe(before)
  })
})

describe('status places', () => {
  it('are reserved in blocks, given to one credential each, and passed on when a row is refused', async () => {
    const store = createMemoryStore()
    const asked: number[] = []
    const statusLists = {
      ...store.statusLists,
      reserve: (purpose: 'revocation' | 'suspension' | 'status', count?: number) => {
        asked.push(count ?? 1)
        return store.statusLists.reserve(purpose, count)
      },
    }
    const issuer = await newIssuer({ ...store, statusLists })
    const rows = rowsFor(30).map((row, at) => (at % 3 === 0 ? rowFor(`Bad ${at}`, { birthDate: 'soon' }) : row))
    await issueAll(issuer, rows, { batchSize: 10 })
    const places = (await everyEntry(issuer)).flatMap(({ statusIndices }) =>
      statusIndices.map(({ list, index }) => `${list}#${index}`),
    )
    const purposes = CREDENTIAL_TYPES.RightToWork.statusPurposes.length
    expect(places).toHaveLength(20 * purposes)
    expect(new Set(places).size).toBe(places.length)
    expect(asked.length, 'one call for each batch and purpose').toBeLessThanOrEqual(3 * purposes)
    expect(asked.reduce((sum, count) => sum + count)).toBeLessThan(30 * purposes)
  })
})

describe('stopping', () => {
  const states = async (issuer: Issuer) => [...new Set((await everyEntry(issuer)).map(({ state }) => state))].sort()

  it('by signal: nothing is left under way, and a second run goes on', async () => {
    const issuer = await newIssuer()
    const controller = new AbortController()
    const seen: BatchProgress[] = []
    const onProgress = (progress: BatchProgress) => {
      seen.push(progress)
      if (seen.length === 2) controller.abort(new Error('enough'))
    }
    const run = issueAll(issuer, rowsFor(60), { batchSize: 5, workers, signal: controller.signal, onProgress })
    await expect(run).rejects.toThrow('enough')
    expect(seen.map(({ issued }) => issued)).toEqual([5, 10])
    expect((await everyEntry(issuer)).filter(({ state }) => state === 'issued')).toHaveLength(10)
    expect(await states(issuer)).not.toContain('intended')
    expect(countsOf(await issueAll(issuer, rowsFor(60), { workers }))).toEqual({ alreadyIssued: 10, issued: 50 })
  })

  it('by walking away', async () => {
    const issuer = await newIssuer()
    for await (const { number } of issueBatch(issuer, rowsFor(60), { type: 'RightToWork', batchSize: 5, workers }))
      if (number === 7) break
    expect(await states(issuer)).not.toContain('intended')
    expect((await everyEntry(issuer)).filter(({ state }) => state === 'issued')).toHaveLength(10)
  })

  it('because the rows end in an error', async () => {
    const issuer = await newIssuer()
    const failing = async function* () {
      yield* rowsFor(12)
      throw new Error('the disk is gone')
    }
    await expect(issueAll(issuer, failing(), { batchSize: 5, workers })).rejects.toThrow('the disk is gone')
    expect(await states(issuer)).not.toContain('intended')
  })

  it('because a thread dies: what it had is abandoned, and issued by the next run', async () => {
    const issuer = await newIssuer()
    let calls = 0
    const dying: Workers = {
      ...workers,
      run: (task) => {
        calls += 1
        return task.work === 'signRows' && calls > 6 ? Promise.reject(new Error('killed')) : workers.run(task)
      },
    }
    await expect(issueAll(issuer, rowsFor(40), { batchSize: 5, workers: dying })).rejects.toThrow('killed')
    expect(await states(issuer)).not.toContain('intended')
    await issueAll(issuer, rowsFor(40), { workers })
    const issued = (await everyEntry(issuer)).filter(({ state }) => state === 'issued')
    expect(new Set(issued.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(40)
    expect(issued).toHaveLength(40)
  })
})

describe('reading ahead', () => {
  it('is bounded by what is under way, however slow the reader of results is', async () => {
    const issuer = await newIssuer()
    let read = 0
    const counted = function* () {
      for (const row of rowsFor(200)) {
        read += 1
        yield row
      }
    }
    let done = 0
    let most = 0
    for await (const _ of issueBatch(issuer, counted(), { type: 'RightToWork', batchSize: 10, workers })) {
      done += 1
      most = Math.max(most, read - done)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(done).toBe(200)
    // Four batches are under way, one is being handed out, one is being read.
    expect(most).toBeLessThanOrEqual(60)
  })
})

describe('a key that fails', () => {
  it('fails its row alone, abandons its intent and frees its key', async () => {
    const { key, ...issuer } = await newIssuer()
    const local = await createLocalSigner(key.privateKeyJwk, key.keyId)
    let signatures = 0
    const signer = {
      ...local,
      sign: async (data: Uint8Array) => {
        signatures += 1
        if (signatures === 2) throw new Error('the key service is down')
        return local.sign(data)
      },
    }
    const run = () => collect(issueBatch({ ...issuer, signer }, rowsFor(3), { type: 'RightToWork' }))
    const first = await run()
    expect(first.map(({ outcome }) => outcome)).toEqual(['issued', 'failed', 'issued'])
    expect(first[1]).toMatchObject({ code: 'key.signingFailed' })
    expect(countsOf(await run())).toEqual({ alreadyIssued: 2, issued: 1 })
    expect((await everyEntry(issuer)).filter(({ state }) => state === 'abandoned')).toHaveLength(1)
  })
})

describe('an intent that somebody else abandoned meanwhile', () => {
  it('fails its row alone, and its credential is not handed out', async () => {
    const store = createMemoryStore()
    let robbed = ''
    const register: typeof store.register = {
      ...store.register,
      intend: async (intents) => {
        await store.register.intend(intents)
        robbed = intents[1]?.credentialId ?? ''
        await store.register.settle([{ credentialId: robbed, state: 'abandoned', at: '2026-01-20T09:00:00Z' }])
      },
    }
    const issuer = await newIssuer({ ...store, register })
    const released: string[] = []
    const outbox = {
      portVersion: 1 as const,
      recover: async () => [],
      hold: async () => {},
      release: async (ids: readonly string[]) => void released.push(...ids),
    }
    const results = await issueAll(issuer, rowsFor(3), { outbox })
    expect(results.map(({ outcome }) => outcome)).toEqual(['issued', 'failed', 'issued'])
    expect(results[1]).toMatchObject({ code: 'store.intentAbandoned' })
    expect(released).toHaveLength(2)
    expect(released).not.toContain(robbed)
  })
})

describe('what another run left', () => {
  it('is in progress, unless it is to be resumed', async () => {
    const issuer = await newIssuer()
    const one = { credentialId: 'urn:uuid:left', issuer: issuer.id, type: 'RightToWork', unsignedDigest: 'a' }
    await issuer.register.intend([
      { ...one, statusIndices: [], idempotencyKey: 'row N0', intendedAt: '2026-01-20T08:59:00Z' },
    ])
    expect(await issueAll(issuer, rowsFor(1))).toMatchObject([{ outcome: 'inProgress', credentialId: 'urn:uuid:left' }])
    expect(countsOf(await issueAll(issuer, rowsFor(1), { resumeOlderThanSeconds: 120 }))).toEqual({ inProgress: 1 })
    expect(countsOf(await issueAll(issuer, rowsFor(1), { resumeOlderThanSeconds: 60 }))).toEqual({ issued: 1 })
  })
})

describe('a wrong call', () => {
  type Wrong = readonly [name: string, change: (good: Issuer) => object, options: Readonly<Record<string, unknown>>]
  const WRONG: readonly Wrong[] = [
    ['no type', (good) => good, { type: 'Passport' }],
    ['a type in kebab-case', (good) => good, { type: 'right-to-work' }],
    ['neither key nor signer', ({ key: _, ...good }) => good, {}],
    ['a format that the key cannot write', (good) => ({ ...good, format: 'ecdsa-sd-2023' }), {}],
    ['no register', (good) => ({ ...good, register: undefined }), {}],
    ['a batch of nothing', (good) => good, { batchSize: 0 }],
    ['a batch of too many', (good) => good, { batchSize: 1_001 }],
  ]
  it.each(WRONG)('%s', async (_, change, options) => {
    const issuer = change(await newIssuer()) as Issuer
    await expect(issueAll(issuer, rowsFor(1), options as Options)).rejects.toThrow(TypeError)
  })

  it('a signer for other threads', async () => {
    const { key, ...issuer } = await newIssuer()
    const signer = await createLocalSigner(key.privateKeyJwk, key.keyId)
    await expect(
      collect(issueBatch({ ...issuer, signer }, rowsFor(1), { type: 'RightToWork', workers })),
    ).rejects.toThrow(TypeError)
  })

  it.each([0, 65, 1.5])('%f threads', (count) => expect(() => createWorkers(count)).toThrow(TypeError))

  it('a module that is not there', async () => {
    const lost = createWorkers(1, { module: new URL('file:///nowhere/bulk-worker.mjs') })
    const run = issueAll(await newIssuer(), rowsFor(1), { workers: lost })
    await expect(run).rejects.toMatchObject({ code: 'system.workerFailed', retryable: true })
    await lost.close()
  })
})

describe('one by one and in bulk', () => {
  it('issue the same, and know each other’s keys', async () => {
    const store: LibsqlStore = await openLibsqlStore({ path: join(folder, 'one-by-one.db') })
    const { key, ...issuer } = await newIssuer(store)
    const single = createIssuer({ ...issuer, signer: await createLocalSigner(key.privateKeyJwk, key.keyId) })
    const request = requestFor('N0') as never
    const alone = await single.issue('RightToWork', request, { idempotencyKey: 'row N0' })
    const [known, other] = await issueAll({ ...issuer, key }, rowsFor(2), { workers })
    expect(known).toMatchObject({ outcome: 'alreadyIssued', credentialId: alone.id })
    await expect(single.issue('RightToWork', request, { idempotencyKey: 'row N1' })).rejects.toMatchObject({
      code: 'store.alreadyIssued',
    })
    const document = other?.outcome === 'issued' ? JSON.parse(other.credential) : {}
    expect(Object.keys(document).sort()).toEqual([...Object.keys(alone.document), 'proof'].sort())
    await single.revoke(document.id, 'LeavingOrganisation')
    await store.close()
  })
})
