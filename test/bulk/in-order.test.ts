import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inGroups, mapInOrder } from '../../src/bulk/in-order.js'
import { linesOf, pack, repack, unpack } from '../../src/bulk/message.js'
import { collect } from '../../src/testing/contracts/case.js'

const from = async function* <T>(items: readonly T[]) {
  yield* items
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('working in order', () => {
  it('gives results in the order of the items, whatever time each takes, and no more at once than it may', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (items, depth) => {
        let underWay = 0
        let most = 0
        const work = async (item: number) => {
          most = Math.max(most, ++underWay)
          await later(item)
          underWay -= 1
          return item
        }
        const results = await collect(mapInOrder(from(items), { depth, work, discard: async () => {} }))
        expect(results).toEqual(items)
        expect(most).toBeLessThanOrEqual(depth)
      }),
      { numRuns: 60 },
    ))

  it.each([0, 1, 5])('discards what nobody will see after a failure at item %i', async (bad) => {
    const discarded: number[] = []
    const seen: number[] = []
    const run = async () => {
      const work = async (item: number) => {
        await later(item === bad ? 5 : 1)
        if (item === bad) throw new Error('bad')
        return item
      }
      const discard = async (item: number) => void discarded.push(item)
      for await (const item of mapInOrder(from([0, 1, 2, 3, 4, 5]), { depth: 3, work, discard })) seen.push(item)
    }
    await expect(run()).rejects.toThrow('bad')
    expect(seen).toEqual([0, 1, 2, 3, 4].slice(0, bad))
    expect(discarded.every((item) => item > bad && item < bad + 3)).toBe(true)
  })

  it('groups', async () => {
    expect(await collect(inGroups([1, 2, 3, 4, 5], 2))).toEqual([[1, 2], [3, 4], [5]])
    expect(await collect(inGroups([], 2))).toEqual([])
  })
})

describe('messages between threads', () => {
  it('come out as they went in', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (head, values) => {
        const lines = values.map((value) => JSON.stringify(value))
        const message = unpack(pack(head, lines))
        expect(JSON.stringify(message.head)).toBe(JSON.stringify(head))
        expect(linesOf(message.body)).toEqual(lines)
        expect(linesOf(unpack(repack('another', message.body)).body)).toEqual(lines)
      }),
    ))
})
