import { randomBytes } from 'node:crypto'
import { afterEach } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import { listen } from '../../../src/cli/listen.js'
import { type Clock, systemClock } from '../../../src/core/clock.js'
import type { JsonObject } from '../../../src/core/json.js'
import type { CredentialTypeName } from '../../../src/credentials/rows.js'
import { ExchangeBook } from '../../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../../src/exchange/book/keeper.js'
import { createEntraAdmin, type EntraAdmin, type EntraContractRecord } from '../../../src/exchange/entra/admin.js'
import { createEntraClient } from '../../../src/exchange/entra/client.js'
import { entraContract } from '../../../src/exchange/entra/contracts.js'
import { createEntraExchange } from '../../../src/exchange/entra/create-entra-exchange.js'
import type { EntraPresentationRequest, EntraRequestedCredential } from '../../../src/exchange/entra/questions.js'
import type { EntraOptions } from '../../../src/exchange/entra/settings.js'
import type { OfferRequest } from '../../../src/exchange/wallet-exchange.js'
import { createWalletHandler } from '../../../src/http/wallet/create-wallet-handler.js'
import type { ExchangeStore } from '../../../src/ports/exchange-store.js'
import type { GuardedRequest } from '../../../src/ports/guarded-request.js'
import { createGuardedRequest } from '../../../src/runtime/guarded-fetch-node.js'
import { createEntraSimulator, type EntraSimulator } from '../../../src/testing/simulators/entra.js'
import { offered, untilEnd } from './world.js'

export const API_KEY = 'an-api-key-of-thirty-two-letters'

const TYPES = ['RightToWork', 'Identity', 'EmploymentHistory'] as const
type Contracts = Readonly<Record<(typeof TYPES)[number], EntraContractRecord>> & Record<string, EntraContractRecord>

export interface EntraWorldOptions {
  readonly clock?: Clock
  readonly store?: ExchangeStore
  readonly options?: Partial<EntraOptions>
  /** Types to have contracts for, besides the usual three. */
  readonly types?: readonly CredentialTypeName[]
  /** An employer whose tenant and contracts are to be this one's, too. */
  readonly beside?: { readonly simulator: EntraSimulator; readonly contracts: Contracts }
}

/** A client whose pauses are noted, and not waited for. */
export const clientOf = (
  simulator: Pick<EntraSimulator, 'client' | 'origin'>,
  clock: Clock,
  pauses: number[] = [],
  timeout = 5_000,
  send: GuardedRequest = createGuardedRequest({ allowHosts: [simulator.origin], timeout }),
) =>
  createEntraClient({
    ...simulator.client,
    send,
    clock,
    wait: async (milliseconds) => {
      pauses.push(milliseconds)
    },
  })

const newContracts = async (admin: EntraAdmin, types: readonly CredentialTypeName[]): Promise<Contracts> => {
  const contracts: Record<string, EntraContractRecord> = {}
  for (const type of types)
    contracts[type] = await admin.createContract(entraContract(type, { issuedBy: 'Northfield' }))
  return contracts as Contracts
}

/** An employer with contracts in a simulated tenant, on loopback. */
export const openEntra = async ({
  clock = systemClock,
  store,
  options,
  beside,
  types = [],
}: EntraWorldOptions = {}) => {
  const simulator = beside?.simulator ?? (await createEntraSimulator({ clock }))
  const server = await listen({ port: 0 })
  const [pauses, errors]: [number[], unknown[]] = [[], []]
  const client = clientOf(simulator, clock, pauses)
  const admin = createEntraAdmin({ client, authorityId: simulator.authorityId })
  const contracts = beside?.contracts ?? (await newContracts(admin, [...TYPES, ...types]))
  const ofEach = <Value>(value: (type: string) => Value) =>
    Object.fromEntries(Object.keys(contracts).map((type) => [type, value(type)]))
  const kept = { store: store ?? createMemoryStore().exchanges, sealingKey: randomBytes(32) }
  const open = () => {
    const book = new ExchangeBook({ ...kept, owner: simulator.did, clock })
    const entra = createEntraExchange({
      url: `${server.origin}/entra`,
      client,
      authority: simulator.did,
      book,
      apiKey: API_KEY,
      name: 'Northfield NHS Trust',
      odsCode: 'RZ1',
      manifests: ofEach((type) => contracts[type]?.manifestUrl ?? ''),
      issuers: ofEach(() => [simulator.did]),
      ...options,
    })
    const handle = createWalletHandler({ entra, onError: (error) => errors.push(error) })
    server.serve(handle)
    const keeper = createKeeper({ book, expire: { entra: entra.expire } })
    return { book, entra, exchange: entra.exchange, handle, keeper }
  }
  const close = () => Promise.all([...(beside ? [] : [simulator.close()]), server.close()])
  return { ...open(), simulator, client, admin, contracts, pauses, errors, reopen: open, close }
}

export type EntraWorld = Awaited<ReturnType<typeof openEntra>>

/** A callback as Entra sends it, or as somebody pretends to. */
export const callback = (
  { handle, entra }: Pick<EntraWorld, 'handle' | 'entra'>,
  body: unknown,
  headers: Record<string, string> = { 'api-key': API_KEY },
): Promise<Response> =>
  handle(
    new Request(`${entra.url}/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )

const opened: EntraWorld[] = []
/** A world that is gone after its test. */
export const world = async (options?: EntraWorldOptions): Promise<EntraWorld> => {
  const one = await openEntra(options)
  opened.push(one)
  return one
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})

export const OFFER: OfferRequest = { credentials: [offered('RightToWork')] }
export const RIGHT_TO_WORK: EntraRequestedCredential = {
  type: 'RightToWork',
  claims: ['nationality', 'uniqueIdentifier'],
}
export const ASK: EntraPresentationRequest = {
  credentials: [RIGHT_TO_WORK],
  purpose: 'Before you start',
  device: 'cross',
}
export const FACTS = JSON.parse(JSON.stringify(offered('RightToWork').facts)) as JsonObject & {
  readonly claims: JsonObject
}
export const UNIQUE = String(FACTS.uniqueIdentifier)

type Wallet = Awaited<ReturnType<EntraWorld['simulator']['newAuthenticator']>>

export const take = async ({ exchange }: Pick<EntraWorld, 'exchange'>, wallet: Wallet, offer = OFFER) => {
  const { uri, transactionCode = '', exchangeId } = await exchange.offer(offer)
  await (await wallet.scan(uri, { pin: transactionCode })).accept()
  return exchangeId
}

export const ask = async (
  { entra, exchange, book }: EntraWorld,
  wallet: Wallet,
  request: Partial<EntraPresentationRequest> = {},
) => {
  const { uri, exchangeId, browserSecret = '' } = await exchange.request({ ...ASK, ...request })
  await (await wallet.scan(uri)).accept()
  const [end] = (await untilEnd(exchange, exchangeId)).slice(-1)
  const found = await book.byId(exchangeId)
  return { end, exchangeId, outcome: found && entra.outcome(found, { browserSecret }), found }
}

export const statesOf = async ({ exchange }: Pick<EntraWorld, 'exchange'>, id: string) =>
  (await untilEnd(exchange, id)).map(({ event }) => event.item?.state ?? event.state)

export const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

/** Everything that an error says, all the way down. */
export const everythingSaid = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.stack} ${everythingSaid(error.cause)}`
    : JSON.stringify(error ?? '')

export const TAKEN = ['created', 'opened', 'accepted', 'completed']
