import { randomBytes } from 'node:crypto'
import { afterEach } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import { type Clock, fixedClock } from '../../../src/core/clock.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../../src/credentials/rows.js'
import { ExchangeBook } from '../../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../../src/exchange/book/keeper.js'
import type { BrowserInvitation } from '../../../src/exchange/gateway/begin-verification.js'
import { createGateway } from '../../../src/exchange/gateway/create-gateway.js'
import type { KnownPerson } from '../../../src/exchange/gateway/flow.js'
import type { GatewayOptions } from '../../../src/exchange/gateway/settings.js'
import { type SourceRecord, signSource } from '../../../src/exchange/gateway/source.js'
import type { ExchangeStore } from '../../../src/ports/exchange-store.js'
import { createGuardedRequest } from '../../../src/runtime/guarded-fetch-node.js'
import type { GatewayHolder } from '../../../src/testing/simulators/gateway/holder.js'
import { createGatewaySimulator, type GatewaySimulator } from '../../../src/testing/simulators/gateway.js'
import { offered } from './world.js'

export const NOW = '2026-03-01T09:00:00Z'

const PORTAL = 'https://portal.example'
const REDIRECTS = { verification: `${PORTAL}/verified`, issuance: `${PORTAL}/issued` }
/** For every type for which none is published. */
const TEMPLATES = Object.fromEntries(
  Object.values(CREDENTIAL_ROWS)
    .filter(({ gateway }) => !gateway)
    .map(({ type }) => [type, { template: type, prefix: type.replace(/[a-z]/g, '') }]),
) as NonNullable<GatewayOptions['templates']>

export const UNIQUE = '0b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10'
export const PERSON: KnownPerson = {
  id: 'person-1',
  legalFirstName: 'Ŵyn',
  legalSurname: 'O’Example-Testwell',
  birthDate: '1990-02-28',
}
export const IDENTITY = {
  UniqueIdentifier: UNIQUE,
  'ID-LegalFirstName': 'Ŵyn',
  'ID-LegalSurname': 'O’Example-Testwell',
  'ID-BirthDate': '1990-02-28',
}

export interface GatewayWorldOptions {
  readonly clock?: Clock
  readonly store?: ExchangeStore
  readonly options?: Partial<GatewayOptions>
  /** One that others use too. */
  readonly simulator?: GatewaySimulator
}

/** A record of the source system, as the catalogue's own example says it. */
export const recordOf = (type: CredentialTypeName, more: object = {}): SourceRecord => {
  const { facts } = offered(type, undefined, 0, NOW.slice(0, 10)) as unknown as {
    facts: Pick<SourceRecord, 'claims' | 'assurance'>
  }
  const { claims, assurance } = facts
  return { type, id: `${type}-1`, personId: PERSON.id, claims, assurance, ...more } as SourceRecord
}

const openings: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(openings.splice(0).map((one) => one.close()))
})

/** A service that is registered with a simulated gateway, on loopback. */
export const gatewayWorld = async (world: GatewayWorldOptions = {}) => {
  const { clock = fixedClock(NOW), store = createMemoryStore().exchanges, options } = world
  const simulator = world.simulator ?? (await createGatewaySimulator({ clock, templates: Object.values(TEMPLATES) }))
  if (!world.simulator) openings.push(simulator)
  const [pauses, errors]: [number[], unknown[]] = [[], []]
  const modified = new Map<string, string | undefined>()
  const sourceKey = randomBytes(32)
  const kept = { store, sealingKey: randomBytes(32) }
  const registration = simulator.register(REDIRECTS)
  const open = () => {
    const book = new ExchangeBook({ ...kept, owner: 'portal', clock })
    const gateway = createGateway({
      ...registration,
      book,
      send: createGuardedRequest({ allowHosts: [simulator.origin], timeout: 2_000 }),
      sourceKey,
      lastModified: async ({ id }) => (modified.has(id) ? modified.get(id) : '2020-01-01T00:00:00Z'),
      names: 'similar',
      templates: TEMPLATES,
      wait: async (milliseconds) => void pauses.push(milliseconds),
      ...options,
    })
    const keeper = createKeeper({ book, expire: { gateway: gateway.expire }, onError: (error) => errors.push(error) })
    return { book, gateway, keeper }
  }
  const sign = (record: SourceRecord) => signSource(record, { key: sourceKey, clock })
  return { ...open(), reopen: open, simulator, pauses, errors, modified, sign, sourceKey, registration }
}

export type GatewayWorld = Awaited<ReturnType<typeof gatewayWorld>>

/** What a holder's browser comes back with. */
export const visit = async (
  holder: GatewayHolder,
  { uri }: Pick<BrowserInvitation, 'uri'>,
  act: 'accept' | 'decline' = 'accept',
): Promise<string> => {
  const page = await holder.open(uri)
  return typeof page === 'string' ? page : page[act]()
}

/** Somebody with their identity in their wallet. */
export const identified = (
  { simulator }: Pick<GatewayWorld, 'simulator'>,
  identity: object = IDENTITY,
): GatewayHolder => {
  const holder = simulator.newHolder()
  holder.hold('Identity', { ...(identity as typeof IDENTITY) })
  return holder
}

/** Shows who somebody is. */
export const verifyPerson = async (
  { gateway }: Pick<GatewayWorld, 'gateway'>,
  holder: GatewayHolder,
  person: KnownPerson = PERSON,
) => {
  const invitation = await gateway.beginVerification({ person })
  return gateway.finishVerification(await visit(holder, invitation), invitation.browserSecret)
}

/** The session of somebody who has shown who they are. */
export const sessionOf = async (world: Pick<GatewayWorld, 'gateway'>, holder: GatewayHolder): Promise<string> => {
  const outcome = await verifyPerson(world, holder)
  if (outcome.state !== 'completed' || !outcome.session) throw new Error('No session')
  return outcome.session.id
}

/** Issues a record to somebody who has shown who they are. */
export const issueTo = async (world: GatewayWorld, holder: GatewayHolder, record: SourceRecord) => {
  const invitation = await world.gateway.beginIssuance({
    sessionId: await sessionOf(world, holder),
    source: world.sign(record),
  })
  return world.gateway.finishIssuance(await visit(holder, invitation), invitation.browserSecret)
}
