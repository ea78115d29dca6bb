import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCredentialFile } from '../../src/adapters/file/credential-file.js'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { issueBatch } from '../../src/bulk/issue-batch.js'
import type { CredentialOutbox, OutboxCredential } from '../../src/ports/credential-outbox.js'
import { collect } from '../../src/testing/contracts/case.js'
import { everyEntry, newIssuer, rowsFor } from './support/staff.js'

let folder: string
let counter = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staff-passport-outbox-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const newPath = (): string => join(folder, `${++counter}.ndjson`)

const credential = (id: string): OutboxCredential => ({
  credentialId: id,
  digest: `digest of ${id}`,
  type: 'RightToWork',
  format: 'vc+jwt',
  row: 2,
  label: `Ŵ ${id}`,
  credential: JSON.stringify(`token of ${id}`),
})

const linesIn = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id)

describe('a file of credentials', () => {
  it('hands out what is released, in order, and nothing before', async () => {
    const path = newPath()
    const outbox = await openCredentialFile(path)
    expect(await outbox.recover()).toEqual([])
    await outbox.hold(['a', 'b', 'c'].map(credential))
    expect(await linesIn(path)).toEqual([])
    await outbox.release(['c', 'a'])
    expect(await linesIn(path)).toEqual(['a', 'c'])
    await outbox.hold([credential('d')])
    await outbox.release(['d'])
    await outbox.close()
    expect(await linesIn(path)).toEqual(['a', 'c', 'd'])
    expect(JSON.parse((await readFile(path, 'utf8')).split('\n')[0] ?? '')).toEqual({
      row: 2,
      key: 'Ŵ a',
      id: 'a',
      type: 'RightToWork',
      format: 'vc+jwt',
      credential: 'token of a',
    })
    expect((await stat(path)).mode & 0o077).toBe(0)
    await expect(stat(`${path}.lock`)).rejects.toThrow()
    await expect(stat(`${path}.held`)).rejects.toThrow()
  })

  it('recovers what was held when its process died', async () => {
    const path = newPath()
    const first = await openCredentialFile(path)
    await first.hold([credential('a')])
    await first.release(['a'])
    await first.hold([credential('b'), credential('c')])
    await first.close()
    const second = await openCredentialFile(path)
    expect((await second.recover()).map(({ credentialId }) => credentialId)).toEqual(['b', 'c'])
    await second.release(['b'])
    expect(await linesIn(path)).toEqual(['a', 'b'])
    await second.close()
  })

  it('mends a line that was torn while it was handed out', async () => {
    const path = newPath()
    const first = await openCredentialFile(path)
    await first.hold([credential('a'), credential('b')])
    await first.close()
    const held = await readFile(`${path}.held`)
    await writeFile(path, held.subarray(held.indexOf(10) + 1, held.length - 7))
    const second = await openCredentialFile(path)
    await second.recover()
    await second.release(['a', 'b'])
    expect(await linesIn(path)).toEqual(['a', 'b'])
    await second.close()
  })

  it.each([1, 40, 200, 300])('forgets what was not held to its end, cut at byte %i', async (bytes) => {
    const path = newPath()
    const first = await openCredentialFile(path)
    await first.hold([credential('a'), credential('b')])
    await first.close()
    await writeFile(`${path}.held`, (await readFile(`${path}.held`)).subarray(0, bytes))
    const second = await openCredentialFile(path)
    expect(await second.recover()).toEqual([])
    await second.close()
  })

  it('says that it was cut short', async () => {
    const path = newPath()
    const first = await openCredentialFile(path)
    await first.hold([credential('a')])
    await first.release(['a'])
    await first.hold([credential('b')])
    await first.close()
    await writeFile(path, '')
    const second = await openCredentialFile(path)
    await expect(second.recover()).rejects.toMatchObject({ code: 'store.corrupt' })
    await second.close()
  })

  it('is one process’s at a time, and taken over from one that died', async () => {
    const path = newPath()
    const first = await openCredentialFile(path)
    await expect(openCredentialFile(path)).rejects.toMatchObject({ code: 'store.locked', retryable: true })
    await first.close()
    // No process has this number: it is above the largest that Linux gives.
    await writeFile(`${path}.lock`, '4999999\n')
    await (await openCredentialFile(path)).close()
  })

  it('says that it cannot be written', async () => {
    await expect(openCredentialFile(join(folder, 'no such folder', 'x'))).rejects.toMatchObject({
      code: 'store.unavailable',
    })
  })
})

type Step = 'hold' | 'release'

/** An outbox whose process dies before or after a step: nothing more is heard of it. */
const dying = (outbox: CredentialOutbox, step: Step, when: 'before' | 'after', nth: number): CredentialOutbox => {
  let count = 0
  const dyingAt =
    <Given extends unknown[]>(name: Step, work: (...given: Given) => Promise<void>) =>
    async (...given: Given): Promise<void> => {
      const isNow = name === step && ++count === nth
      if (isNow && when === 'before') throw new Error('died')
      await work(...given)
      if (isNow) throw new Error('died')
    }
  return { ...outbox, hold: dyingAt('hold', outbox.hold), release: dyingAt('release', outbox.release) }
}

describe('a run that dies and is run again', () => {
  it.each([
    ['before holding', 'hold', 'before'],
    ['after holding, before settling', 'hold', 'after'],
    ['after settling, before handing out', 'release', 'before'],
    ['after handing out', 'release', 'after'],
  ] as const)('%s: every row has one credential, in the register and in the file', async (_, step, when) => {
    const path = newPath()
    const issuer = await newIssuer(createMemoryStore())
    const options = { type: 'RightToWork', batchSize: 4, resumeOlderThanSeconds: 0 } as const
    const first = await openCredentialFile(path)
    const run = collect(issueBatch(issuer, rowsFor(20), { ...options, outbox: dying(first, step, when, 2) }))
    await expect(run).rejects.toThrow('died')
    await first.close()
    const second = await openCredentialFile(path)
    await collect(issueBatch(issuer, rowsFor(20), { ...options, outbox: second }))
    await second.close()
    const issued = (await everyEntry(issuer)).filter(({ state }) => state === 'issued')
    expect(new Set(issued.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(20)
    expect([...(await linesIn(path))].sort()).toEqual(issued.map(({ credentialId }) => credentialId).sort())
  })

  it('hands out nothing that was abandoned in the meantime', async () => {
    const path = newPath()
    const issuer = await newIssuer(createMemoryStore())
    const options = { type: 'RightToWork', batchSize: 4 } as const
    const first = await openCredentialFile(path)
    const run = issueBatch(issuer, rowsFor(4), { ...options, outbox: dying(first, 'hold', 'after', 1) })
    await expect(collect(run)).rejects.toThrow('died')
    await first.close()
    for (const { credentialId } of (await everyEntry(issuer)).slice(0, 2))
      await issuer.register.settle([{ credentialId, state: 'abandoned', at: '2026-01-20T09:00:00Z' }])
    const second = await openCredentialFile(path)
    await collect(issueBatch(issuer, [], { ...options, outbox: second }))
    expect(await linesIn(path)).toHaveLength(2)
    await collect(issueBatch(issuer, rowsFor(4), { ...options, outbox: second }))
    await second.close()
    const issued = (await everyEntry(issuer)).filter(({ state }) => state === 'issued')
    expect([...(await linesIn(path))].sort()).toEqual(issued.map(({ credentialId }) => credentialId).sort())
  })
})
