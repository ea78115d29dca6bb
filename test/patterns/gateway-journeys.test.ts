import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { CredentialTypeName } from '../../src/credentials/rows.js'
import { ExchangeBook } from '../../src/exchange/book/exchange-book.js'
import { createGateway } from '../../src/exchange/gateway/create-gateway.js'
import { createGatewayDownloads, lastModifiedIn } from '../../src/patterns/gateway-downloads.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { createGatewaySimulator } from '../../src/testing/simulators/gateway.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { IDENTITY, NOW, visit } from '../exchange/support/gateway-world.js'
import { factsOf, serveSystem } from '../systems/support.js'
import { createNetwork } from './support/network.js'

const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const PORTAL = 'https://portal.example'

interface Hub {
  readonly product: 'TIS' | 'eLearning for Healthcare'
  readonly types: readonly CredentialTypeName[]
  readonly names: 'similar' | 'equal'
  /** What changes, so that a wallet would show something else. */
  readonly changed: object
}

const HUBS: readonly Hub[] = [
  {
    product: 'TIS',
    types: ['TrainingProgramme', 'TrainingPlacement'],
    names: 'similar',
    changed: { endDate: '2029-12-31' },
  },
  {
    product: 'eLearning for Healthcare',
    types: ['CoreSkill'],
    names: 'equal',
    changed: { lastDateAwarded: '2026-01-31' },
  },
]

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A system with a portal of its own, and the credential gateway; the network between may go down. */
const open = async ({ product, types, names }: Hub) => {
  const clock = { time: Date.parse(NOW), now: () => new Date(clock.time) }
  const network = createNetwork()
  const { system, users } = simulateRecords(product, { now: () => new Date(clock.time - 1_000) })
  const served = await serveSystem(system)
  const templates = { CoreSkill: { template: 'CoreSkill', prefix: 'CS' } }
  const simulator = await createGatewaySimulator({ clock, templates: Object.values(templates) })
  closing.push(served.close, simulator.close)
  const person = { ...NAMES, id: users.enterPerson({ ...NAMES, reference: '7654321' }) }
  const records = types.map((type) => ({ type, id: users.enterRecord(person.id, factsOf(type, 0, NOW.slice(0, 10))) }))
  const redirectUris = { verification: `${PORTAL}/verified`, issuance: `${PORTAL}/issued` }
  const [sourceKey, registration] = [randomBytes(32), simulator.register(redirectUris)]
  const kept = { store: createMemoryStore().exchanges, sealingKey: randomBytes(32) }
  const start = () => {
    const gateway = createGateway({
      ...registration,
      book: new ExchangeBook({ ...kept, owner: 'hub', clock }),
      send: network.through(createGuardedRequest({ allowHosts: [simulator.origin], timeout: 2_000 })),
      sourceKey,
      lastModified: lastModifiedIn(served.client),
      names,
      templates,
      wait: async () => undefined,
    })
    const ledger = createLedger({ ...kept, owner: 'hub downloads', clock })
    return { gateway, downloads: createGatewayDownloads({ gateway, system: served.client, sourceKey, ledger, clock }) }
  }
  const holder = simulator.newHolder()
  holder.hold('Identity', IDENTITY)
  return { clock, network, users, person, records, start, simulator, holder }
}

type Opened = Awaited<ReturnType<typeof open>>

/** Whoever was told that it did not work tries again; what cannot be told is begun anew. */
const patiently = async <Done>({ network }: Opened, work: () => Promise<Done | undefined>): Promise<Done> => {
  for (let attempt = 0; attempt < 4; attempt++) {
    const done = await work().catch((error: { readonly retryable?: boolean }) => {
      if (!error.retryable) throw error
      return undefined
    })
    if (done !== undefined) return done
    network.repair()
  }
  throw new Error('It never worked')
}

const identify = (opened: Opened): Promise<string> =>
  patiently(opened, async () => {
    const { gateway, downloads } = opened.start()
    const asked = await downloads.identify(opened.person)
    const back = await visit(opened.holder, asked)
    const outcome = await patiently(opened, () => gateway.finishVerification(back, asked.browserSecret))
    return outcome.state === 'completed' ? outcome.session?.id : undefined
  })

const download = (opened: Opened, sessionId: string, record: Opened['records'][number]): Promise<string> =>
  patiently(opened, async () => {
    const { gateway, downloads } = opened.start()
    const { type, id: recordId } = record
    const offered = await downloads.download({ sessionId, personId: opened.person.id, type, recordId })
    const back = await visit(opened.holder, offered)
    const outcome = await patiently(opened, () => gateway.finishIssuance(back, offered.browserSecret))
    return outcome.state === 'completed' ? outcome.serialNumber : undefined
  })

const play = async (hub: Hub, at: number, when: 'before' | 'after') => {
  const opened = await open(hub)
  const { network, holder, simulator, records, users, clock } = opened
  network.arm(at, when)
  const sessionId = await identify(opened)
  const serials: string[] = []
  for (const record of records) serials.push(await download(opened, sessionId, record))
  const held = holder.credentials.filter(({ template }) => template !== 'Identity').map((one) => one.serialNumber)
  expect(held).toEqual(expect.arrayContaining(serials))

  const update = () => patiently(opened, () => opened.start().downloads.update())
  expect(await update()).toEqual([])
  const [changing] = records
  clock.time += 60_000
  for (const { id, type } of records.filter((one) => one === changing))
    users.changeRecord(id, { ...factsOf(type, 0, NOW.slice(0, 10)).claims, ...hub.changed })
  await update()
  await update()
  expect(simulator.revocations.has(serials[0] ?? '')).toBe(true)
  expect(serials.slice(1).some((serial) => simulator.revocations.has(serial))).toBe(false)
  const { calls, wentDown } = network
  return { calls, wentDown, unknown: held.length - serials.length }
}

describe.each(HUBS)('$product: identity first, then download, revoked when what the wallet shows changes', (hub) => {
  it('from its beginning to its end, and with the gateway gone at each call in turn', async () => {
    const { calls, unknown } = await play(hub, Number.POSITIVE_INFINITY, 'before')
    expect(unknown).toBe(0)
    for (let at = 1; at <= calls; at++)
      expect(await play(hub, at, 'before')).toMatchObject({ wentDown: true, unknown: 0 })
  }, 60_000)

  it('with answers that are lost: at most one credential of which only the wallet knows, as documented', async () => {
    const { calls } = await play(hub, Number.POSITIVE_INFINITY, 'after')
    for (let at = 1; at <= calls; at++) expect((await play(hub, at, 'after')).unknown).toBeLessThanOrEqual(1)
  }, 60_000)

  it('with the identity of somebody else: nothing is to be had', async () => {
    const opened = await open(hub)
    const { gateway, downloads } = opened.start()
    const other = opened.simulator.newHolder()
    other.hold('Identity', { ...IDENTITY, 'ID-LegalSurname': 'Somebody-Else' })
    const asked = await downloads.identify(opened.person)
    const outcome = await gateway.finishVerification(await visit(other, asked), asked.browserSecret)
    expect(outcome).toMatchObject({ state: 'failed', reason: 'identity_verification_failed' })
    const [{ type, id: recordId } = { type: 'CoreSkill' as const, id: '' }] = opened.records
    const attempt = { sessionId: 'no session', personId: opened.person.id, type, recordId }
    await expect(downloads.download(attempt)).rejects.toMatchObject({ code: 'exchange.untrusted' })
    await expect(downloads.download({ ...attempt, recordId: 'another' })).rejects.toMatchObject({
      code: 'exchange.unknown',
    })
  })

  it('with a record that changes while it is downloaded: revoked at once, or never issued', async () => {
    const opened = await open(hub)
    const sessionId = await identify(opened)
    const { gateway, downloads } = opened.start()
    const [{ type, id: recordId } = { type: 'CoreSkill' as const, id: '' }] = opened.records
    const offered = await downloads.download({ sessionId, personId: opened.person.id, type, recordId })
    const back = await visit(opened.holder, offered)
    opened.clock.time += 5_000
    opened.users.changeRecord(recordId, { ...factsOf(type, 0, NOW.slice(0, 10)).claims, ...hub.changed })
    const outcome = await gateway.finishIssuance(back, offered.browserSecret)
    expect(outcome).toMatchObject({ state: 'failed', reason: 'stale_data' })
    expect(opened.simulator.revocations.size).toBe(1)
  })
})
