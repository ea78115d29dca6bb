import { describe, expect, it } from 'vitest'
import type { PassportError } from '../../src/core/errors.js'
import type { Exchange } from '../../src/exchange/exchange.js'
import type { ExchangeView, FactsOf, Invitation, OfferedCredential } from '../../src/exchange/wallet-exchange.js'
import type { RegisterEntry } from '../../src/ports/issuance-register.js'
import type { Wallet } from '../../src/wallet/create-wallet.js'
import { openUnreliable } from './support/power.js'
import { type Answer, askFor, newKey, nonceOf, postJson, proofOf, tokenFor } from './support/raw-wallet.js'
import { createDemoAuthority, offered, openWallet, type TestEmployer } from './support/world.js'

type World = Awaited<ReturnType<typeof openUnreliable>>

const RIGHT_TO_WORK = offered('RightToWork')
const HOUR = 3_600_000

/** Does it again, as somebody would who heard nothing, or was told to come again. */
const again = async <Done>(work: () => Promise<Done>): Promise<Done> => {
  for (let attempt = 0; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (attempt === 5 || (error as PassportError).retryable === false) throw error
    }
}

const offer = (world: World, credential: OfferedCredential = RIGHT_TO_WORK): Promise<Invitation> =>
  again(async () =>
    (await world.now()).exchange.offer({ credentials: [credential], idempotencyKey: 'one', validForSeconds: 600 }),
  )

const take = async (wallet: Wallet, { uri, transactionCode = '' }: Invitation): Promise<void> => {
  const opened = await again(() => wallet.openOffer(uri))
  await again(async () => {
    const taken = await opened.accept({ transactionCode })
    if (taken.some((one) => !one.ok)) throw new Error('Not yet')
  })
}

/** A wallet that says only what it is told to, and everything until it is answered. */
const rawWallet = async (world: World, invitation: Invitation) => {
  const { openid4vci } = await world.now()
  const employer = { openid4vci } as TestEmployer
  const [key, token] = [await newKey(), await tokenFor(employer, invitation)]
  let told: unknown
  const persist = (work: () => Promise<Answer>): Promise<Answer> =>
    again(async () => {
      const answer = await work()
      if (answer.status >= 500) throw new Error('Not yet')
      return answer
    })
  const post = (path: string, body: object) =>
    persist(() => postJson(`${openid4vci.url}/${path}`, body, { authorization: `Bearer ${token}` }))
  const askOnce = async () => {
    const jwt = [await proofOf(key, employer, await nonceOf(employer))]
    return askFor(employer, token, { credential_configuration_id: 'RightToWork_dc+sd-jwt', proofs: { jwt } })
  }
  const ask = async () => {
    const answer = await persist(askOnce)
    told = answer.body.notification_id
    return answer
  }
  const tell = (event: string) => post('notification', { notification_id: told, event })
  return { askOnce, ask, post, tell }
}

type Raw = Awaited<ReturnType<typeof rawWallet>>

/** Everything that is there after the power was off. */
const look = async ({ now, register }: World, { exchangeId }: Invitation) => {
  const { book } = await now()
  const entries: RegisterEntry[] = []
  for (const state of ['intended', 'issued', 'abandoned'] as const)
    for await (const entry of register.find({ state })) entries.push(entry)
  const exchange = (await book.byId(exchangeId)) as Exchange
  const places = entries.flatMap(({ statusIndices }) => statusIndices.map(({ list, index }) => `${list} ${index}`))
  const valid = entries.filter(({ state, statusChanges }) => state === 'issued' && statusChanges.length === 0)
  return {
    exchange,
    valid: valid.map(({ credentialId }) => credentialId),
    told: (state: string) => exchange.events.flatMap(({ item }) => (item?.state === state ? [item.credentialId] : [])),
    isSound:
      new Set(places).size === places.length &&
      exchange.events.every(({ number }, index) => number === index + 1) &&
      !entries.some(({ state }) => state === 'intended'),
  }
}

type Seen = Awaited<ReturnType<typeof look>>

/** What is done before, what is done while the power fails, and what has to be so afterwards. */
interface Scene {
  readonly whenUnaccepted?: 'keep' | 'withdraw'
  readonly writes: number
  readonly prepare?: (raw: Raw) => Promise<unknown>
  readonly credential?: OfferedCredential
  readonly act: (world: World, invitation: Invitation, raw: Raw) => Promise<unknown>
  readonly expected: (seen: Seen) => void
}

const expectTaken = ({ exchange, valid, told }: Seen): void => {
  expect(exchange.state).toBe('completed')
  expect(valid).toHaveLength(1)
  expect(told('accepted')).toEqual(valid)
}

const expectWithdrawn =
  (state: string, reason: string) =>
  ({ exchange, valid, told }: Seen): void => {
    expect([exchange.state, exchange.reason]).toEqual([state, reason])
    expect(valid).toEqual([])
    expect(told('withdrawn')).toEqual(told('issued'))
    expect(JSON.stringify(exchange.detail)).not.toContain('uniqueIdentifier')
  }

const askAndGet = async ({ ask }: Raw) => {
  const answer = await ask()
  expect(answer.status).toBe(200)
  return answer
}

const askAndTell = async (raw: Raw, event: string) => {
  await askAndGet(raw)
  expect((await raw.tell(event)).status).toBe(204)
}

const keepUntilEnded = (world: World, { exchangeId }: Invitation) =>
  again(async () => {
    const { keeper, book } = await world.now()
    await keeper.keep()
    const { state } = (await book.byId(exchangeId)) ?? {}
    if (state === 'created' || state === 'opened' || state === 'accepted') throw new Error('Not yet')
  })

const timeIsOver: Scene['act'] = (world, invitation) => {
  world.clock.ahead += HOUR
  return keepUntilEnded(world, invitation)
}

const cancel: Scene['act'] = async (world, invitation) => {
  await again(async () => (await world.now()).exchange.cancel(invitation.exchangeId))
  await keepUntilEnded(world, invitation)
}

const SCENES: Readonly<Record<string, Scene>> = {
  'a credential is handed out, and its wallet says that it has it': {
    writes: 7,
    act: (_, __, raw) => askAndTell(raw, 'credential_accepted'),
    expected: expectTaken,
  },
  'a credential that was deferred gets its facts, and is handed out': {
    writes: 9,
    credential: { type: 'RightToWork' },
    act: async (world, { exchangeId }, { ask, post }) => {
      const { transaction_id } = (await ask()).body
      const facts = RIGHT_TO_WORK.facts as FactsOf<'RightToWork'>
      await again(async () => (await world.now()).openid4vci.provide(exchangeId, 0, facts))
      const { status, body } = await post('deferred', { transaction_id })
      expect(status).toBe(200)
      await post('notification', { notification_id: body.notification_id, event: 'credential_accepted' })
    },
    expected: expectTaken,
  },
  'the time of an offer that nobody took is over': {
    writes: 2,
    act: timeIsOver,
    expected: expectWithdrawn('expired', 'exchange.expired'),
  },
  'what was handed out and not acknowledged is withdrawn': {
    writes: 4,
    prepare: askAndGet,
    act: timeIsOver,
    expected: expectWithdrawn('expired', 'exchange.expired'),
  },
  'what was handed out is kept': {
    whenUnaccepted: 'keep',
    writes: 2,
    prepare: askAndGet,
    act: timeIsOver,
    expected: ({ exchange, valid, told }) => {
      expect(exchange.state).toBe('completed')
      expect(valid).toEqual(told('issued'))
    },
  },
  'an offer is cancelled': {
    writes: 4,
    prepare: askAndGet,
    act: cancel,
    expected: expectWithdrawn('failed', 'owner.cancelled'),
  },
  'an offer is cancelled whose credentials are kept': {
    whenUnaccepted: 'keep',
    writes: 4,
    prepare: askAndGet,
    act: cancel,
    expected: expectWithdrawn('failed', 'owner.cancelled'),
  },
  'a credential is handed out, and its wallet cannot keep it': {
    writes: 8,
    act: (_, __, raw) => askAndTell(raw, 'credential_failure'),
    expected: ({ exchange, valid, told }) => {
      expect([exchange.state, exchange.reason]).toEqual(['rejected', 'holder.unable'])
      expect(valid).toEqual([])
      expect(told('refused')).toHaveLength(1)
    },
  },
  'a credential is handed out to a wallet that never comes back': {
    writes: 7,
    act: async (world, invitation, raw) => {
      await raw.askOnce()
      await timeIsOver(world, invitation, raw)
    },
    expected: ({ exchange, valid }) => {
      expect(exchange.state).toBe('expired')
      expect(valid).toEqual([])
    },
  },
  'a credential that was accepted is deleted': {
    writes: 2,
    prepare: (raw) => askAndTell(raw, 'credential_accepted'),
    act: async (_, __, { tell }) => expect((await tell('credential_deleted')).status).toBe(204),
    expected: ({ exchange, valid, told }) => {
      expect(exchange.state).toBe('completed')
      expect(valid).toEqual([])
      expect(told('deleted')).toHaveLength(1)
    },
  },
}

/** @returns whether the power failed: there were as many writes */
const play = async (scene: Scene, at: number, when: 'before' | 'after'): Promise<boolean> => {
  const world = await openUnreliable(await createDemoAuthority(), scene.whenUnaccepted)
  const invitation = await offer(world, scene.credential)
  const raw = await rawWallet(world, invitation)
  await scene.prepare?.(raw)
  const power = await world.arm({ at, when })
  await scene.act(world, invitation, raw)
  const seen = await look(world, invitation)
  scene.expected(seen)
  expect(seen.isSound).toBe(true)
  await world.close()
  return power.isOff
}

/** Plays it with the power failing at each write in turn, until it has no more writes. @returns how many it has */
const playAll = async (playOne: (at: number) => Promise<boolean>): Promise<number> => {
  let at = 1
  while (await playOne(at)) at += 1
  return at - 1
}

const endedViews = async ({ now }: World, { exchangeId, browserSecret = '' }: Invitation) => {
  const views: ExchangeView[] = []
  for await (const view of (await now()).exchange.follow(exchangeId, { proof: { browserSecret } })) views.push(view)
  const { state, outcome } = views.at(-1) ?? {}
  expect(outcome?.report.verdict).toBe('accepted')
  return { exchange: state, exchangeViews: views.map(({ event }) => event.state) }
}

const WHEN = ['before', 'after'] as const

describe.each(Object.entries(SCENES))('%s', (_, scene) => {
  it.each(WHEN)(
    'and the power fails %s any write',
    async (when) => {
      expect(await playAll((at) => play(scene, at, when))).toBeGreaterThanOrEqual(scene.writes)
    },
    60_000,
  )
})

describe('our wallet', () => {
  it.each(WHEN)(
    'takes an offer, and the power fails %s any write',
    async (when) => {
      const writes = await playAll(async (at) => {
        const authority = await createDemoAuthority()
        const world = await openUnreliable(authority)
        const wallet = await openWallet(authority, [world.origin], { clock: world.clock })
        const power = await world.arm({ at, when })
        const invitation = await offer(world)
        await take(wallet, invitation)
        expect(await wallet.refresh()).toEqual([])
        expect(wallet.credentials()).toMatchObject([{ type: 'RightToWork', standing: 'good' }])
        const seen = await look(world, invitation)
        expectTaken(seen)
        expect(seen.isSound).toBe(true)
        await world.close()
        return power.isOff
      })
      expect(writes).toBeGreaterThanOrEqual(13)
    },
    60_000,
  )

  it.each(WHEN)(
    'answers a request, and the power fails %s any write',
    async (when) => {
      const authority = await createDemoAuthority()
      const writes = await playAll(async (at) => {
        const world = await openUnreliable(authority)
        const wallet = await openWallet(authority, [world.origin], { clock: world.clock })
        await take(wallet, await offer(world, offered('Identity')))
        const power = await world.arm({ at, when })
        const asked = { credentials: [{ type: 'Identity' }], purpose: 'To see', device: 'cross' } as const
        const invitation = await again(async () =>
          (await world.now()).exchange.request({ ...asked, idempotencyKey: 'r' }),
        )
        await again(async () => {
          // An answer is sent once. Where its receipt got lost, its asker knows whether it came.
          const review = await wallet.openRequest(invitation.uri).catch(() => undefined)
          await review?.share().catch(() => undefined)
          world.clock.ahead += 11_000
          await keepUntilEnded(world, invitation)
        })
        const { exchange, exchangeViews } = await endedViews(world, invitation)
        expect(exchange).toBe('completed')
        expect(exchangeViews).toEqual(['created', 'opened', 'accepted', 'completed'])
        await world.close()
        return power.isOff
      })
      expect(writes).toBeGreaterThanOrEqual(4)
    },
    60_000,
  )
})
