import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PassportError } from '../../src/core/errors.js'
import { JOURNEYS, type Prepare } from './support/journeys.js'
import { openTrusts, type Trusts } from './support/trusts.js'

let world: Trusts
beforeAll(async () => {
  world = await openTrusts()
})
afterAll(() => world.close())

/** Whoever pressed a button and saw it fail presses it again once the network is back. @returns how often that was */
const play = async (prepare: Prepare, at: number, when: 'before' | 'after') => {
  const { steps, end } = await prepare(world)
  world.network.arm(at, when)
  let failures = 0
  for (const step of steps)
    try {
      await step()
    } catch (error) {
      if (!world.network.wentDown || failures > 0) throw error
      expect((error as PassportError).retryable).toBe(true)
      failures += 1
      world.network.repair()
      await step()
    }
  const { calls, wentDown } = world.network
  world.network.repair()
  await end()
  return { calls, wentDown, failures }
}

describe.each(Object.entries(JOURNEYS))('%s, over HTTP', (_, prepare) => {
  let clean = 0

  it('from its beginning to its end', async () => {
    const { calls, failures } = await play(prepare, Number.POSITIVE_INFINITY, 'before')
    expect(failures).toBe(0)
    clean = calls
    expect(clean).toBeGreaterThan(1)
  })

  it.each(['before', 'after'] as const)(
    'with the network going down %s each of its calls in turn: done again, it ends as it should',
    async (when) => {
      for (let at = 1; at <= clean; at++) expect(await play(prepare, at, when)).toMatchObject({ wentDown: true })
    },
    60_000,
  )
})
