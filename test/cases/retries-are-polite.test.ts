import { describe, expect, it } from 'vitest'
import { createCaller as createProviderCaller } from '../../src/adapters/identity/call.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { readRetryAfter } from '../../src/core/retry-after.js'
import { sendPatiently } from '../../src/exchange/entra/send-patiently.js'
import { callGateway } from '../../src/exchange/gateway/call.js'
import type { GuardedRequest, OutboundResponse } from '../../src/ports/guarded-request.js'
import { createCaller } from '../../src/systems/call-system.js'
import { persist } from '../../src/wallet/talk.js'

const NOW = Date.parse('2026-07-01T12:00:00Z')
const clock = { now: () => new Date(NOW) }
const url = 'https://system.example'

const answer = (status: number, body: object = {}, headers: Record<string, string> = {}): OutboundResponse => ({
  status,
  headers,
  body: encodeUtf8(JSON.stringify(body)),
})

/** The other party is busy once, and says for how long. */
const busyOnce = (retryAfter: string | undefined) => {
  const pauses: number[] = []
  let isBusy = true
  const send: GuardedRequest = async (address) => {
    if (address.endsWith('/token')) return answer(200, { access_token: 'a', expires_in: 300 })
    if (!isBusy) return answer(200)
    isBusy = false
    return answer(429, {}, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
  }
  return { pauses, wait: async (milliseconds: number) => void pauses.push(milliseconds), send, clock }
}

type World = ReturnType<typeof busyOnce>
const access = { url, clientId: 'us', clientSecret: 'secret', organisation: 'RZ1' }

const CLIENTS: Readonly<Record<string, (world: World) => Promise<{ readonly status: number }>>> = {
  'an employer’s system': (world) => createCaller({ ...access, ...world })({ path: '/things' }),
  'an identity provider': (world) => createProviderCaller(world)(() => ({ url })),
  Entra: (world) => sendPatiently(world, url, { maximumBytes: 1000 }, true),
  'the gateway': (world) => callGateway({ ...world, url }, { path: '/', method: 'GET', repeatable: true }),
  'a wallet': (world) => persist(world.send, async () => ({ url, request: {} }), world),
}
const NAMES = Object.keys(CLIENTS)

const call = async (name: string, world: World): Promise<number | 'given up'> => {
  try {
    return (await CLIENTS[name]?.(world))?.status ?? 0
  } catch (error) {
    expect(error).toMatchObject({ retryable: true })
    return 'given up'
  }
}

describe.each(NAMES)('API-3: Retry-After, asked for by %s', (name) => {
  it.each([
    ['4', 4_000],
    ['0', 0],
    ['Wed, 01 Jul 2026 12:00:04 GMT', 4_000],
    ['Wednesday, 01-Jul-26 12:00:04 GMT', 4_000],
    ['Wed Jul  1 12:00:04 2026', 4_000],
    ['Wed, 01 Jul 2026 11:00:00 GMT', 0],
  ])('%s is waited for, to the letter', async (retryAfter, pause) => {
    const world = busyOnce(retryAfter)
    expect(await call(name, world)).toBe(200)
    expect(world.pauses).toEqual([pause])
  })

  it.each([undefined, '', 'soon', '-5', '1.5', '2026-07-01T12:00:04Z', 'Wed, never'])(
    '%s is no time: a short pause of our own',
    async (retryAfter) => {
      const world = busyOnce(retryAfter)
      expect(await call(name, world)).toBe(200)
      expect(world.pauses).toHaveLength(1)
      expect(world.pauses[0]).toBeLessThanOrEqual(500)
      expect(world.pauses[0]).toBeGreaterThan(0)
    },
  )

  it.each(['3600', '999999999999999999999', 'Thu, 02 Jul 2026 12:00:00 GMT'])(
    '%s is too long: given up at once, and never asked sooner',
    async (retryAfter) => {
      const world = busyOnce(retryAfter)
      expect([429, 'given up']).toContain(await call(name, world))
      expect(world.pauses).toEqual([])
    },
  )
})

it('API-3: sixty seconds are sixty seconds to an employer’s system', async () => {
  const world = busyOnce('60')
  expect(await call('an employer’s system', world)).toBe(200)
  expect(world.pauses).toEqual([60_000])
})

it('API-3: a date is read against the given clock', () => {
  expect(readRetryAfter('Wed, 01 Jul 2026 12:01:00 GMT', NOW)).toBe(60_000)
})

describe('API-3: one token for all calls at once', () => {
  const counting = ({ rejects = [] as readonly string[], fails = 0, life = 300 } = {}) => {
    const seen = { tokens: 0, at: NOW }
    const send: GuardedRequest = async (address, request) => {
      await Promise.resolve()
      if (!address.endsWith('/token')) {
        const token = String(request?.headers?.authorization).replace('Bearer ', '')
        return answer(rejects.includes(token) ? 401 : 200)
      }
      seen.tokens += 1
      if (seen.tokens <= fails) return answer(400)
      return answer(200, { access_token: `token-${seen.tokens}`, expires_in: life })
    }
    const caller = createCaller({ ...access, send, clock: { now: () => new Date(seen.at) } })
    const four = () => Promise.allSettled(Array.from({ length: 4 }, () => caller({ path: '/things' })))
    return { seen, four }
  }

  it('four calls ask for one', async () => {
    const { seen, four } = counting()
    expect((await four()).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(seen.tokens).toBe(1)
  })

  it('one that ended is renewed once', async () => {
    const { seen, four } = counting()
    await four()
    seen.at += 600_000
    expect((await four()).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(seen.tokens).toBe(2)
  })

  it('one that was withdrawn is renewed once', async () => {
    const { seen, four } = counting({ rejects: ['token-1'] })
    expect((await four()).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(seen.tokens).toBe(2)
  })

  it('one that could not be had fails all of them, and the next calls have one', async () => {
    const { seen, four } = counting({ fails: 1 })
    expect((await four()).every(({ status }) => status === 'rejected')).toBe(true)
    expect((await four()).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(seen.tokens).toBe(2)
  })
})
