import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkers } from '../../src/adapters/workers/worker-pool.js'
import { issueBatch } from '../../src/bulk/issue-batch.js'
import type { BatchRow, RowResult } from '../../src/bulk/rows.js'
import type { Workers } from '../../src/ports/workers.js'
import { collect } from '../../src/testing/contracts/case.js'
import { buildOnce } from '../bulk/support/build.js'
import { countsOf, everyEntry, newIssuer, rowsFor } from '../bulk/support/staff.js'

let workers: Workers
beforeAll(async () => {
  workers = createWorkers(2, { module: (await buildOnce()).worker })
})
afterAll(() => workers.close())

type Issuer = Awaited<ReturnType<typeof newIssuer>>

const issueAll = (issuer: Issuer, rows: readonly BatchRow<'RightToWork'>[], by = workers) =>
  collect(issueBatch(issuer, rows, { type: 'RightToWork', workers: by, batchSize: 4, resumeOlderThanSeconds: 0 }))

const idsIn = (results: readonly RowResult[]): readonly string[] =>
  results.flatMap((result) => ('credentialId' in result ? result.credentialId : []))

// Its thread signs, and dies before anybody hears of it.
const dyingAfterSigning = (deaths: number): Workers => {
  let left = deaths
  return {
    ...workers,
    run: async (task) => {
      const answer = await workers.run(task)
      if (task.work === 'signRows' && left-- > 0) throw new Error('the thread is gone')
      return answer
    },
  }
}

describe('QUE-01: a worker is killed after it signed, before anybody heard', () => {
  it.each([1, 2])('%i of them: one live credential for each row, and each is in the register', async (deaths) => {
    const issuer = await newIssuer()
    const rows = rowsFor(12)
    await expect(issueAll(issuer, rows, dyingAfterSigning(deaths))).rejects.toThrow()
    const results = await issueAll(issuer, rows)
    expect(
      results.map(({ outcome }) => outcome).filter((outcome) => !/^(issued|alreadyIssued)$/.test(outcome)),
    ).toEqual([])
    const live = (await everyEntry(issuer)).filter(({ state }) => state !== 'abandoned')
    expect(live.map(({ state }) => state)).toEqual(Array(12).fill('issued'))
    expect(live.map(({ credentialId }) => credentialId).sort()).toEqual([...idsIn(results)].sort())
  })
})

describe('QUE-02: the same rows submitted twice', () => {
  const SECOND: readonly (readonly [string, readonly BatchRow<'RightToWork'>[], Record<string, number>])[] = [
    ['identical', rowsFor(10), { alreadyIssued: 10 }],
    ['in another order', [...rowsFor(10)].reverse(), { alreadyIssued: 10 }],
    ['overlapping', rowsFor(10, 5), { alreadyIssued: 5, issued: 5 }],
    ['with rows twice', [...rowsFor(12), ...rowsFor(12)], { alreadyIssued: 22, issued: 2 }],
  ]
  it.each(SECOND)('%s: no second credential, and the result says which one there is', async (_, again, expected) => {
    const issuer = await newIssuer()
    const first = await issueAll(issuer, rowsFor(10))
    const second = await issueAll(issuer, again)
    expect(countsOf(second)).toEqual(expected)
    const known = second.filter(({ outcome }) => outcome === 'alreadyIssued')
    const everyId = new Set([...idsIn(first), ...idsIn(second.filter(({ outcome }) => outcome === 'issued'))])
    expect(idsIn(known).filter((id) => !everyId.has(id))).toEqual([])
    expect(await everyEntry(issuer)).toHaveLength(everyId.size)
  })
})
