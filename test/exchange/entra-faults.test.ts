import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { PassportError } from '../../src/core/errors.js'
import { entraContract } from '../../src/exchange/entra/contracts.js'
import type { GuardedRequest } from '../../src/ports/guarded-request.js'
import type { EntraFaults } from '../../src/testing/simulators/entra/faults.js'
import {
  ASK,
  ask,
  clientOf,
  type EntraWorld,
  errorOf,
  OFFER,
  statesOf,
  TAKEN,
  take,
  world,
} from './support/entra-world.js'
import { untilEnd } from './support/world.js'

describe('what goes wrong on the way', () => {
  const CALLS: readonly [keyof EntraFaults, number, readonly number[]][] = [
    ['slow', 1, []],
    ['status500', 2, [500, 1000]],
    ['status429', 2, [1000, 1000]],
    ['dropConnection', 3, [500, 1000, 2000]],
    ['dropAnswer', 2, [500, 1000]],
  ]

  it.each(CALLS)('%s, %i times: it is made good', async (fault, times, pauses) => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    entra.simulator.faults[fault] = times
    await take(entra, wallet)
    expect(entra.pauses).toEqual(pauses)
    entra.simulator.faults[fault] = times
    expect((await ask(entra, wallet)).outcome).toMatchObject({ verdict: 'accepted' })
    expect(entra.pauses).toEqual([...pauses, ...pauses])
  })

  it.each(CALLS)('%s of the token endpoint: it is made good', async (fault, times) => {
    const { simulator } = await world()
    simulator.faults[fault] = times
    const client = clientOf(simulator, { now: () => new Date() })
    await expect(client.call({ api: 'admin', method: 'GET', path: 'authorities/x', repeatable: true })).rejects.toThrow(
      'Entra answered 404: notFound',
    )
  })

  it('an answer that takes too long is asked for again', async () => {
    const { simulator } = await world()
    const pauses: number[] = []
    const client = clientOf(simulator, { now: () => new Date() }, pauses, 150)
    simulator.faults.slow = 1
    const path = `authorities/${simulator.authorityId}/contracts`
    await client.call({ api: 'admin', method: 'GET', path, repeatable: true })
    expect(pauses).toEqual([500])
  })

  it.each([
    ['status500', 'exchange.refused', 'Entra answered 500: internalServerError, transientError'],
    ['status429', 'exchange.refused', 'Entra answered 429: tooManyRequests, transientError'],
    ['dropConnection', 'fetch.failed', 'The request failed'],
  ] as const)('%s for ever: it gives up, and says that it may be tried again', async (fault, code, message) => {
    const { exchange, simulator } = await world()
    const before = simulator.calls.length
    simulator.faults[fault] = 100
    expect(await errorOf(exchange.offer(OFFER))).toMatchObject({ code, message, retryable: true })
    expect(simulator.calls.length - before).toBe(4)
    simulator.faults[fault] = 0
    await exchange.offer(OFFER)
  })

  it('is not waited for when the service asks for too long', async () => {
    const { simulator } = await world()
    const answers = [{ 'retry-after': '3600' }, { 'retry-after': new Date(Date.now() + 9e6).toUTCString() }]
    const asked: string[] = []
    const send: GuardedRequest = async (url) => {
      asked.push(url)
      return { status: 429, headers: answers.shift() ?? {}, body: new Uint8Array() }
    }
    const client = clientOf(simulator, { now: () => new Date() }, [], 5_000, send)
    for (const count of [1, 2]) {
      const call = client.call({ api: 'admin', method: 'GET', path: 'authorities', repeatable: true })
      expect(await errorOf(call)).toMatchObject({ code: 'exchange.refused', retryable: true })
      expect(asked).toHaveLength(count)
    }
  })

  it.each(['status500', 'dropAnswer'] as const)('%s: a contract is not created again', async (fault) => {
    const { admin, simulator } = await world()
    const contract = entraContract('CoreSkill', { issuedBy: 'Northfield' })
    const before = simulator.calls.length
    simulator.faults[fault] = 1
    expect(await errorOf(admin.createContract(contract))).toBeInstanceOf(PassportError)
    expect(simulator.calls.length - before).toBe(1)
    simulator.faults.status429 = 1
    const again = await errorOf(admin.createContract(contract))
    expect(simulator.calls.length - before).toBe(3)
    expect(again).toEqual(fault === 'dropAnswer' ? expect.objectContaining({ code: 'exchange.refused' }) : undefined)
  })

  it.each(['duplicateCallback', 'reorderCallbacks'] as const)('%s: the same comes of it', async (fault) => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    entra.simulator.faults[fault] = 4
    const id = await take(entra, wallet)
    expect(await statesOf(entra, id)).toEqual(
      fault === 'duplicateCallback' ? TAKEN : ['created', 'accepted', 'completed'],
    )
    expect((await ask(entra, wallet)).outcome).toMatchObject({ verdict: 'accepted' })
    expect(new Set(entra.simulator.callbacks.map(({ status }) => status))).toEqual(new Set([200]))
    expect(entra.errors).toEqual([])
  })

  it('issuing fails at Entra', async () => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    entra.simulator.faults.issuanceError = 1
    const id = await take(entra, wallet)
    expect((await untilEnd(entra.exchange, id)).at(-1)).toMatchObject({ state: 'failed', reason: 'exchange.refused' })
    expect(wallet.credentials).toEqual([])
  })
})

describe('tokens', () => {
  const tokensIn = ({ calls }: EntraWorld['simulator']) => calls.filter((call) => call.endsWith('/token')).length

  it('one serves many calls, until a minute before its end', async () => {
    const clock = { time: Date.now(), now: () => new Date(clock.time) }
    const { exchange, simulator } = await world({ clock })
    // The administration has one of its own.
    expect(tokensIn(simulator)).toBe(1)
    await Promise.all([exchange.offer(OFFER), exchange.offer(OFFER), exchange.request(ASK)])
    expect(tokensIn(simulator)).toBe(2)
    clock.time += 3_538_000
    await exchange.offer(OFFER)
    expect(tokensIn(simulator)).toBe(2)
    clock.time += 2_000
    await Promise.all([exchange.offer(OFFER), exchange.offer(OFFER)])
    expect(tokensIn(simulator)).toBe(3)
  })

  it('one that could not be had is asked for anew', async () => {
    const { simulator } = await world()
    const client = clientOf(simulator, { now: () => new Date() })
    const list = { api: 'admin', method: 'GET', path: `authorities/${simulator.authorityId}/contracts` } as const
    simulator.faults.dropConnection = 4
    await expect(client.call({ ...list, repeatable: true })).rejects.toThrow(PassportError)
    await client.call({ ...list, repeatable: true })
  })
})

describe('a crash in between', () => {
  it('after Entra made its request: the same name makes another, and only that one counts', async () => {
    const { exchanges } = createMemoryStore()
    let crashes = false
    const store = {
      ...exchanges,
      put: async (record: Parameters<typeof exchanges.put>[0]) => {
        if (crashes && record.version > 1) throw new Error('the process is gone')
        return exchanges.put(record)
      },
    }
    const before = await world({ store })
    crashes = true
    const named = { ...OFFER, idempotencyKey: 'row 1' }
    await expect(before.exchange.offer(named)).rejects.toThrow('the process is gone')
    crashes = false
    const after = before.reopen()
    const wallet = await before.simulator.newAuthenticator()
    const id = await take(after, wallet, named)
    expect(await statesOf(after, id)).toEqual(TAKEN)
    await expect(after.exchange.offer(named)).rejects.toMatchObject({ code: 'exchange.ended' })
    expect(await after.book.byId(id)).toMatchObject({
      detail: expect.not.objectContaining({ link: expect.anything() }),
    })
  })

  it('while the holder decides: another process hears the end', async () => {
    const before = await world()
    const wallet = await before.simulator.newAuthenticator()
    await take(before, wallet)
    const { uri, exchangeId, browserSecret = '' } = await before.exchange.request(ASK)
    const scanned = await wallet.scan(uri)
    const after = before.reopen()
    await scanned.accept()
    expect((await untilEnd(after.exchange, exchangeId)).at(-1)).toMatchObject({ state: 'completed' })
    const found = await after.book.byId(exchangeId)
    expect(after.entra.outcome(found!, { browserSecret })).toMatchObject({ verdict: 'accepted' })
  })

  it('the same name gives the same invitation, whoever asks, and however many at once', async () => {
    const entra = await world()
    const named = { ...OFFER, idempotencyKey: 'row 2' }
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => entra.exchange.offer(named)))
    for (const other of [...others, await entra.reopen().exchange.offer(named)]) expect(other).toEqual(first)
    await expect(entra.exchange.request({ ...ASK, idempotencyKey: 'row 2' })).rejects.toThrow(TypeError)
  })
})
