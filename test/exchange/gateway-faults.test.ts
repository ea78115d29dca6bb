import { describe, expect, it } from 'vitest'
import { PassportError } from '../../src/core/errors.js'
import type { GuardedRequest } from '../../src/ports/guarded-request.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { createGatewaySimulator } from '../../src/testing/simulators/gateway.js'
import {
  type GatewayWorld,
  gatewayWorld,
  identified,
  NOW,
  PERSON,
  recordOf,
  sessionOf,
  UNIQUE,
  visit,
} from './support/gateway-world.js'

const PLACEMENT = recordOf('TrainingPlacement')

const movable = () => {
  const clock = { time: Date.parse(NOW), now: () => new Date(clock.time) }
  return clock
}

/** Whoever was refused for now comes again. */
const patiently = async <Answer>(attempt: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await attempt()
    } catch (error) {
      expect(error).toMatchObject({ retryable: true })
    }
  }
  throw new Error('It never worked')
}

const wholeWay = async (world: GatewayWorld) => {
  const holder = identified(world)
  const invitation = await world.gateway.beginVerification({ person: PERSON })
  const back = await visit(holder, invitation)
  const verified = await patiently(() => world.gateway.finishVerification(back, invitation.browserSecret))
  const sessionId = 'session' in verified ? (verified.session?.id ?? '') : ''
  const offer = await patiently(() =>
    world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT), idempotencyKey: 'placement 1' }),
  )
  const taken = await visit(holder, offer)
  const issued = await patiently(() => world.gateway.finishIssuance(taken, offer.browserSecret))
  await patiently(() => world.gateway.revoke(issued.exchangeId, 'Credential provided in error'))
  return { issued, holder }
}

describe('the way to the gateway is bad', () => {
  it.each([
    ['it is busy, twice at each call', 'status429', 2],
    ['it is broken, once', 'status500', 1],
    ['the connection ends before anything is done', 'dropConnection', 1],
    ['it is slow', 'slow', 8],
  ] as const)('%s: everything is done once', async (_, fault, times) => {
    const world = await gatewayWorld()
    for (const name of [
      'beginVerification',
      'finishVerification',
      'beginIssuance',
      'finishIssuance',
      'revoke',
    ] as const) {
      const work = world.gateway[name] as (...args: never[]) => Promise<unknown>
      let left = 1
      Object.assign(world.gateway, {
        [name]: (...args: never[]) => {
          world.simulator.faults[fault] = left-- > 0 ? times : 0
          return work(...args).finally(() => {
            world.simulator.faults[fault] = 0
          })
        },
      })
    }
    const { issued, holder } = await wholeWay(world)
    expect(issued).toMatchObject({ state: 'completed' })
    expect(holder.credentials.filter(({ template }) => template === 'TrainingPlacement')).toHaveLength(1)
    expect([...world.simulator.revocations.keys()]).toEqual([holder.credentials.at(-1)?.serialNumber])
  })

  it('an answer that was lost on the way is asked for again where that does no harm', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const sessionId = await sessionOf(world, holder)
    world.simulator.faults.dropAnswer = 1
    const offer = await world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT) })
    const issued = await world.gateway.finishIssuance(await visit(holder, offer), offer.browserSecret)
    world.simulator.faults.dropAnswer = 1
    await world.gateway.revoke(issued.exchangeId, 'Credential provided in error')
    expect(world.simulator.revocations.size).toBe(1)
  })

  it('a token that was lost on the way is not to be had again: nothing is taken for shown', async () => {
    const world = await gatewayWorld()
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    const back = await visit(identified(world), invitation)
    await world.gateway.beginVerification({ person: PERSON })
    // The keys are asked for first; the token is the second answer.
    await sessionOf(world, identified(world))
    world.simulator.faults.dropAnswer = 1
    const finish = () => world.gateway.finishVerification(back, invitation.browserSecret)
    await expect(finish()).rejects.toMatchObject({ code: 'fetch.failed', retryable: true })
    expect(await finish()).toMatchObject({ state: 'failed', reason: 'exchange.refused' })
  })

  it('a gateway that says to wait for an hour is not waited for', async () => {
    const world = await gatewayWorld({
      options: {
        send: async () => ({ status: 429, headers: { 'retry-after': '3600' }, body: new Uint8Array() }) as never,
      },
    })
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    const back = `https://portal.example/verified?code=x&state=${new URL(invitation.uri).searchParams.get('state')}`
    const finished = world.gateway.finishVerification(back, invitation.browserSecret)
    await expect(finished).rejects.toMatchObject({ code: 'fetch.failed', retryable: true })
    expect(world.pauses).toEqual([])
  })
})

describe('a crash', () => {
  it('before the browser came back loses nothing', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    const back = await visit(holder, invitation)
    const again = world.reopen()
    expect(await again.gateway.finishVerification(back, invitation.browserSecret)).toMatchObject({
      session: { uniqueIdentifier: UNIQUE },
    })
  })

  it('between the code and its end is mended by the keeper, from what was written down', async () => {
    const clock = movable()
    const simulator = await createGatewaySimulator({ clock })
    const guarded = createGuardedRequest({ allowHosts: [simulator.origin] })
    let isCut = true
    const send: GuardedRequest = (url, request) => {
      if (isCut && url.endsWith('revokecredential'))
        throw new PassportError('fetch.failed', 'Cut off', { retryable: true })
      return guarded(url, request)
    }
    const world = await gatewayWorld({ clock, simulator, options: { send } })
    const holder = identified(world)
    const sessionId = await sessionOf(world, holder)
    const offer = await world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT) })
    const back = await visit(holder, offer)
    world.modified.set(PLACEMENT.id, '2999-01-01T00:00:00Z')
    await expect(world.gateway.finishIssuance(back, offer.browserSecret)).rejects.toMatchObject({ retryable: true })
    expect(simulator.revocations.size).toBe(0)
    isCut = false
    const again = world.reopen()
    clock.time += 31_000
    await again.keeper.keep()
    expect([...simulator.revocations.keys()]).toEqual([holder.credentials.at(-1)?.serialNumber])
    expect(await again.gateway.finishIssuance(back, offer.browserSecret)).toMatchObject({ reason: 'stale_data' })
    await simulator.close()
  })
})

describe('what nobody else ends', () => {
  it('a holder who vanishes: the exchange expires, and says so', async () => {
    const clock = movable()
    const world = await gatewayWorld({ clock })
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    clock.time += 300_001
    await world.keeper.keep()
    expect((await world.book.byId(invitation.exchangeId))?.state).toBe('expired')
  })

  it('cancelled after the wallet took it: revoked', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const sessionId = await sessionOf(world, holder)
    const offer = await world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT) })
    await world.gateway.cancel(offer.exchangeId)
    await world.gateway.cancel(offer.exchangeId)
    const outcome = await world.gateway.finishIssuance(await visit(holder, offer), offer.browserSecret)
    expect(outcome).toMatchObject({ state: 'failed', reason: 'owner.cancelled' })
  })
})
