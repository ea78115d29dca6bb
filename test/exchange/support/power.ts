import { randomBytes } from 'node:crypto'
import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import { listen } from '../../../src/cli/listen.js'
import { systemClock } from '../../../src/core/clock.js'
import { ExchangeBook } from '../../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../../src/exchange/book/keeper.js'
import { createOpenidExchange } from '../../../src/exchange/create-openid-exchange.js'
import { createOpenid4vci } from '../../../src/exchange/openid4vci/create-openid4vci.js'
import { createOpenid4vp } from '../../../src/exchange/openid4vp/create-openid4vp.js'
import { createWalletHandler } from '../../../src/http/wallet/create-wallet-handler.js'
import { createIssuer } from '../../../src/issuer/create-issuer.js'
import type { Store } from '../../../src/ports/store.js'
import type { DemoAuthority } from '../../../src/testing/demo-authority.js'
import { freshVerifier } from './world.js'

/** At which write the power fails, and whether that write still reached the disk. */
export interface Cut {
  readonly at: number
  readonly when: 'before' | 'after'
}

/** The electricity of one process: once it is off, nothing of that process is ever written or read again. */
const createPower = () => {
  const state: { writes: number; isOff: boolean; cut?: Cut } = { writes: 0, isOff: false }
  const refuse = (): void => {
    if (state.isOff) throw new Error('The power is off')
  }
  const write = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    refuse()
    const { cut } = state
    state.writes += cut ? 1 : 0
    const isNow = state.writes === cut?.at
    if (isNow && cut?.when === 'before') state.isOff = true
    refuse()
    const answer = await work()
    if (isNow) state.isOff = true
    refuse()
    return answer
  }
  const read = async function* <Value>(values: AsyncIterable<Value>): AsyncIterable<Value> {
    refuse()
    yield* values
  }
  return { state, write, read }
}

type Power = ReturnType<typeof createPower>

const wired = ({ exchanges, register, statusLists }: Store, { write, read }: Power) => ({
  exchanges: {
    ...exchanges,
    put: (record) => write(() => exchanges.put(record)),
    claim: (name, until) => write(() => exchanges.claim(name, until)),
    find: (query) => read(exchanges.find(query)),
  } satisfies Store['exchanges'],
  register: {
    ...register,
    intend: (intents) => write(() => register.intend(intents)),
    settle: (settlements) => write(() => register.settle(settlements)),
    changeStatus: (id, change) => write(() => register.changeStatus(id, change)),
    find: (query) => read(register.find(query)),
  } satisfies Store['register'],
  statusLists: {
    ...statusLists,
    reserve: (purpose, count) => write(() => statusLists.reserve(purpose, count)),
  } satisfies Store['statusLists'],
})

/**
 * An employer whose power fails at one of its writes, counted from when it is armed, and which is started anew, on the same
 * store, by the next request after that.
 */
export const openUnreliable = async (authority: DemoAuthority, whenUnaccepted: 'keep' | 'withdraw' = 'withdraw') => {
  const { did, signer, entry } = authority.organisations.northfield
  // The lists that verifiers look at are drawn from here.
  const { store } = authority.organisations.northfield
  const { exchanges } = createMemoryStore()
  const kept: Store = { ...store, exchanges }
  const [sealingKey, nonceKey] = [randomBytes(32), randomBytes(32)]
  const clock = { ahead: 0, now: () => new Date(systemClock.now().getTime() + clock.ahead) }
  const server = await listen({ port: 0 })
  const boot = async (power: Power) => {
    const { exchanges, register, statusLists } = wired(kept, power)
    const statusUrl = 'https://status.northfield.example/lists'
    const issuer = createIssuer({ id: did, name: entry.name, odsCode: 'RZ1', signer, register, statusLists, statusUrl })
    await issuer.resume()
    const book = new ExchangeBook({ store: exchanges, owner: did, sealingKey, clock })
    const openid4vci = createOpenid4vci({
      url: `${server.origin}/issue`,
      issuer,
      register,
      algorithm: signer.algorithm,
      book,
      nonceKey,
      types: ['RightToWork', 'Identity'],
      formats: ['dc+sd-jwt'],
      display: { name: entry.name },
      whenUnaccepted,
    })
    const openid4vp = createOpenid4vp({
      url: `${server.origin}/ask`,
      verifier: freshVerifier(authority),
      book,
      client: { prefix: 'decentralized_identifier', signer },
      name: entry.name,
    })
    const keeper = createKeeper({ book, expire: { openid4vci: openid4vci.expire, openid4vp: openid4vp.expire } })
    const handle = createWalletHandler({ openid4vci, openid4vp })
    return {
      power,
      issuer,
      book,
      openid4vci,
      exchange: createOpenidExchange({ book, openid4vci, openid4vp }),
      keeper,
      handle,
    }
  }
  let alive = boot(createPower())
  /** The process that runs now; one without power is followed by another, some time later. */
  const now = async () => {
    const before = alive
    if (!(await before).power.state.isOff) return before
    if (alive === before) {
      clock.ahead += 11_000
      alive = boot(createPower())
    }
    return alive
  }
  server.serve(async (request) => (await now()).handle(request))
  return {
    clock,
    origin: server.origin,
    now,
    /** From here on writes are counted, up to the one at which the power fails. */
    arm: async (cut: Cut) => {
      const { power } = await alive
      power.state.cut = cut
      return power.state
    },
    register: store.register,
    close: server.close,
  }
}
