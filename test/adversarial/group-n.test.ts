import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LibsqlStore, openLibsqlStore } from '../../src/adapters/libsql/libsql-store.js'
import type { JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import type { RegisterEntry } from '../../src/ports/issuance-register.js'
import type { PrivateKeyJwk } from '../../src/runtime/runtime.js'
import { collect } from '../../src/testing/contracts/case.js'
import { issueInChild, issuingScript } from '../stores/support/child.js'
import { expectRefused } from './harness.js'

let folder: string
let key: PrivateKeyJwk
let keyId: string
let did: string
let counter = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staff-passport-register-'))
  key = await generateKey('EdDSA')
  ;({ did, keyId } = didKey(key))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const newPath = (): string => join(folder, `${++counter}.db`)
const environment = (path: string, more: Readonly<Record<string, string>> = {}) => ({
  STORE: path,
  KEY: JSON.stringify(key),
  KEY_ID: keyId,
  ...more,
})

const reopened = async <T>(path: string, work: (store: LibsqlStore) => Promise<T>): Promise<T> => {
  const store = await openLibsqlStore({ path })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const issuerOn = async (store: LibsqlStore) =>
  createIssuer({
    id: did,
    signer: await createLocalSigner(key, keyId),
    ...store,
    statusUrl: 'https://status.northfield.example/lists',
  })

const everything = async (store: LibsqlStore): Promise<readonly RegisterEntry[]> => {
  const states = ['intended', 'issued', 'abandoned'] as const
  return (await Promise.all(states.map((state) => collect(store.register.find({ state }))))).flat()
}

const placesOf = (entries: readonly RegisterEntry[]): readonly string[] =>
  entries.flatMap(({ statusIndices }) => statusIndices.map(({ list, index }) => `${list}#${index}`))

describe('group N: the register and its places', () => {
  it('REG-01 ten askers at once in one process', async () => {
    await reopened(newPath(), async ({ statusLists }) => {
      const asked = await Promise.all(Array.from({ length: 10 }, () => statusLists.reserve('revocation', 100)))
      const places = asked.flat().map(({ list, index }) => `${list}#${index}`)
      expect(new Set(places).size).toBe(1_000)
    })
  })

  it('REG-01 two processes issuing from one store at once', async () => {
    const path = newPath()
    await reopened(path, async () => {})
    const ended = await Promise.all([1, 2].map(() => issueInChild(environment(path, { COUNT: '30' }))))
    for (const { code, errors } of ended) expect(code, errors).toBe(0)
    const places = ended.flatMap(({ lines }) => lines.flatMap((line) => line.places))
    expect(places.length).toBeGreaterThanOrEqual(60)
    expect(new Set(places).size).toBe(places.length)
    await reopened(path, async (store) => {
      expect((await everything(store)).filter(({ state }) => state === 'issued')).toHaveLength(60)
      expect(await store.verify()).toBe(120)
    })
  }, 60_000)

  const STEPS = [
    'before reserve',
    'after reserve',
    'before intend',
    'after intend',
    'before sign',
    'after sign',
    'before settle',
    'after settle',
    'after handing out',
  ] as const

  it.each(STEPS)(
    'REG-03 kill -9 %s',
    async (step) => {
      const path = newPath()
      await reopened(path, async () => {})
      const died = await issueInChild(environment(path, { STEP: step, IDEMPOTENCY_KEY: 'row 1' }))
      expect(died.signal, died.errors).toBe('SIGKILL')
      await reopened(path, async (store) => {
        const issuer = await issuerOn(store)
        await issuer.resume()
        expect((await everything(store)).filter(({ state }) => state === 'intended')).toEqual([])
        await store.verify()
        const before = await everything(store)
        // What was handed out is in the register; what is issued keeps its key.
        for (const { id } of died.lines)
          expect(before.find(({ credentialId }) => credentialId === id)?.state).toBe('issued')
      })
      const again = await issueInChild(environment(path, { IDEMPOTENCY_KEY: 'row 1' }))
      await reopened(path, async (store) => {
        const entries = await everything(store)
        const issued = entries.filter(({ state }) => state === 'issued')
        expect(issued, 'one credential, whatever happened').toHaveLength(1)
        if (again.code === 0) expect(again.lines[0]?.id).toBe(issued[0]?.credentialId)
        else expect(again.errors).toContain('store.alreadyIssued')
        // REG-02: the places of what was abandoned are burned, and read as set.
        expect(new Set(placesOf(entries)).size).toBe(placesOf(entries).length)
        for (const { credentialId, statusIndices } of entries.filter(({ state }) => state === 'abandoned')) {
          for (const { list } of statusIndices)
            expect(
              (await collect(store.register.find({ setInList: list }))).map((entry) => entry.credentialId),
            ).toContain(credentialId)
        }
      })
    },
    60_000,
  )

  it('REG-02 a failed signature burns its place and frees its key', async () => {
    await reopened(newPath(), async (store) => {
      const local = await createLocalSigner(key, keyId)
      let fail = true
      const signer = {
        ...local,
        sign: async (data: Uint8Array) => {
          if (fail) throw new Error('the key service is down')
          return local.sign(data)
        },
      }
      const issuer = createIssuer({ id: did, signer, ...store, statusUrl: 'https://status.northfield.example/lists' })
      const { rightToWorkExamples } = await import('../../src/credentials/golden/right-to-work.js')
      const { currentExample } = await import('../../src/credentials/examples.js')
      const example = currentExample(
        rightToWorkExamples[1] ?? rightToWorkExamples[0],
        new Date().toISOString().slice(0, 10),
      )
      const issue = () =>
        issuer.issue('RightToWork', { ...example, subject: 'did:example:holder' } as never, {
          idempotencyKey: 'k',
          format: 'vc+jwt',
        })
      await expect(issue()).rejects.toMatchObject({ code: 'key.signingFailed' })
      fail = false
      const issued = await issue()
      const [abandoned] = await collect(store.register.find({ state: 'abandoned' }))
      expect(abandoned).toBeDefined()
      const used = (issued.document.credentialStatus as readonly JsonObject[]).map(
        ({ statusListIndex }) => statusListIndex,
      )
      for (const { index } of abandoned?.statusIndices ?? []) expect(used).not.toContain(String(index))
    })
  })

  it('REG-04 two processes write one store, and nothing is lost', async () => {
    const path = newPath()
    await reopened(path, async (store) => {
      const child = issueInChild(environment(path, { COUNT: '20' }))
      const mine: string[] = []
      for (let count = 0; count < 50; count++)
        mine.push(...(await store.statusLists.reserve('revocation')).map(({ list, index }) => `${list}#${index}`))
      const ended = await child
      expect(ended.code, ended.errors).toBe(0)
      const theirs = ended.lines.flatMap(({ places }) => places.map((place) => place.replace(/^.*\//, '')))
      expect(new Set([...mine, ...theirs]).size).toBe(mine.length + theirs.length)
      expect(await collect(store.register.find({ state: 'issued' }))).toHaveLength(20)
    })
  }, 60_000)

  it('REG-04 a store that stays locked says so', async () => {
    const path = newPath()
    const store = await openLibsqlStore({ path, busyTimeout: 50 })
    const other = new Libsql(path)
    other.exec('begin immediate')
    await expectRefused('SP_STORE_LOCKED', () => store.statusLists.reserve('revocation'))
    other.exec('rollback')
    other.close()
    await store.statusLists.reserve('revocation')
    await store.close()
  })

  const hasStrace = spawnSync('strace', ['-V']).status === 0
  if (!hasStrace) console.warn('strace is not installed: REG-05 looks at the settings, and does not count fsync')

  it('REG-05 every commit is synced: full synchronous mode, write-ahead log', async () => {
    const path = newPath()
    await reopened(path, async (store) => {
      await store.statusLists.reserve('revocation')
    })
    const source = execFileSync('git', ['grep', '-n', 'synchronous = FULL', '--', 'src/adapters/libsql'], {
      encoding: 'utf8',
    })
    expect(source).toContain('synchronous = FULL')
    expect((await stat(path)).mode & 0o077, 'only its owner may read it').toBe(0)
  })

  it.runIf(hasStrace)(
    'REG-05 at least one fsync for each commit (counted)',
    async () => {
      const path = newPath()
      await reopened(path, async () => {})
      const traced = spawnSync(
        'strace',
        ['-f', '-c', '-e', 'trace=fsync,fdatasync', process.execPath, await issuingScript()],
        { env: { ...process.env, ...environment(path, { COUNT: '10' }) }, encoding: 'utf8' },
      )
      const rows = traced.stderr.split('\n').filter((line) => /\sf(?:data)?sync$/.test(line))
      const calls = rows.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[3]), 0)
      // Two places, an intent and a settlement for each credential.
      expect(calls).toBeGreaterThanOrEqual(30)
    },
    60_000,
  )

  const TAMPERING = [
    ['a row edited', "update register_event set body = replace(body, 'RightToWork', 'AccessKey') where seq = 3", 3],
    ['a row deleted', 'delete from register_event where seq = 2', 2],
    [
      'two rows exchanged',
      'update register_event set seq = 100 where seq = 1; update register_event set seq = 1 where seq = 2; update register_event set seq = 2 where seq = 100',
      1,
    ],
    ['a row inserted', "insert into register_event values (7, 'urn:uuid:x', '{}', 'f')", 7],
    ['the last row gone', 'delete from register_event where seq = 6', 6],
  ] as const

  it.each(TAMPERING)(
    'REG-06 %s',
    async (_, statement, entry) => {
      const path = newPath()
      await issueInChild(environment(path, { COUNT: '3' }))
      const file = new Libsql(path)
      file.exec(statement)
      file.close()
      const error = (await expectRefused('SP_REGISTER_CORRUPT', () =>
        reopened(path, (store) => store.verify()),
      )) as Error
      expect(error.message).toContain(`entry ${entry}`)
    },
    30_000,
  )

  it('REG-06 an untouched register is whole', async () => {
    const path = newPath()
    await issueInChild(environment(path, { COUNT: '3' }))
    expect(await reopened(path, (store) => store.verify())).toBe(6)
  }, 30_000)
})
