import { randomBytes } from 'node:crypto'
import { createMemoryWalletStorage } from '../../../src/adapters/memory/wallet-storage.js'
import { listen } from '../../../src/cli/listen.js'
import { britishDate } from '../../../src/codec/date-time.js'
import type { Clock } from '../../../src/core/clock.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../../src/credentials/catalogue.js'
import { currentExample } from '../../../src/credentials/examples.js'
import { CREDENTIAL_ROWS } from '../../../src/credentials/rows.js'
import { ExchangeBook } from '../../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../../src/exchange/book/keeper.js'
import { createOpenidExchange } from '../../../src/exchange/create-openid-exchange.js'
import { createOpenid4vci } from '../../../src/exchange/openid4vci/create-openid4vci.js'
import type { Openid4vciOptions } from '../../../src/exchange/openid4vci/settings.js'
import { createOpenid4vp } from '../../../src/exchange/openid4vp/create-openid4vp.js'
import type { Openid4vpOptions } from '../../../src/exchange/openid4vp/settings.js'
import type { ExchangeView, OfferedCredential, WalletExchange } from '../../../src/exchange/wallet-exchange.js'
import { createWalletHandler } from '../../../src/http/wallet/create-wallet-handler.js'
import type { ExchangeStore } from '../../../src/ports/exchange-store.js'
import { createGuardedRequest } from '../../../src/runtime/guarded-fetch-node.js'
import { createDemoAuthority, type DemoAuthority } from '../../../src/testing/demo-authority.js'
import { createVerifier, type Verifier } from '../../../src/verifier/create-verifier.js'
import { POLICIES, type Policy } from '../../../src/verifier/policy.js'
import { createWallet, type Wallet } from '../../../src/wallet/create-wallet.js'
import type { WalletOptions } from '../../../src/wallet/settings.js'

const ALL_TYPES = Object.keys(CREDENTIAL_ROWS) as CredentialTypeName[]

/** An employer on loopback, with everything that wallets can reach. */
export interface TestEmployer {
  readonly origin: string
  readonly exchange: WalletExchange
  readonly book: ExchangeBook
  readonly keeper: ReturnType<typeof createKeeper>
  readonly openid4vci: ReturnType<typeof createOpenid4vci>
  readonly openid4vp: ReturnType<typeof createOpenid4vp>
  readonly errors: unknown[]
  close(): Promise<void>
}

export interface EmployerOptions {
  readonly name?: 'northfield' | 'southmere' | 'nationalBody' | 'identityProvider' | 'trainingBody'
  readonly openid4vci?: Partial<Openid4vciOptions>
  readonly openid4vp?: Partial<Openid4vpOptions>
  readonly store?: ExchangeStore
  readonly sealingKey?: Uint8Array
  readonly clock?: Clock
}

/** A verifier that has every list at hand, as they stand now. */
const verifierNow = async (authority: DemoAuthority, policy: Policy): Promise<Verifier> =>
  createVerifier({
    policy,
    trustList: authority.trustList,
    anchor: authority.anchor,
    statusLists: await authority.statusLists(),
  })

/** Judges by the lists as they stand at each verification. */
export const freshVerifier = (authority: DemoAuthority, policy: Policy = POLICIES.nhs): Verifier => {
  return {
    policy,
    verify: async (...given) => (await verifierNow(authority, policy)).verify(...given),
    verifyCredential: async (...given) => (await verifierNow(authority, policy)).verifyCredential(...given),
    verifyPresentation: async (...given) => (await verifierNow(authority, policy)).verifyPresentation(...given),
  }
}

export const openEmployer = async (
  authority: DemoAuthority,
  { name = 'northfield', ...more }: EmployerOptions = {},
): Promise<TestEmployer> => {
  const organisation = authority.organisations[name]
  const server = await listen({ port: 0 })
  const errors: unknown[] = []
  const book = new ExchangeBook({
    store: more.store ?? organisation.store.exchanges,
    owner: organisation.did,
    sealingKey: more.sealingKey ?? randomBytes(32),
    ...(more.clock ? { clock: more.clock } : {}),
  })
  const openid4vci = createOpenid4vci({
    url: `${server.origin}/issue`,
    issuer: organisation.issuer,
    register: organisation.store.register,
    algorithm: organisation.signer.algorithm,
    book,
    nonceKey: randomBytes(32),
    types: ALL_TYPES,
    formats: ['dc+sd-jwt', 'vc+jwt', 'data-integrity', 'vc+sd-jwt', 'jwt_vc_json'],
    display: { name: organisation.entry.name },
    whenUnaccepted: 'withdraw',
    ...more.openid4vci,
  })
  const openid4vp = createOpenid4vp({
    url: `${server.origin}/ask`,
    verifier: freshVerifier(authority),
    book,
    client: { prefix: 'decentralized_identifier', signer: organisation.signer },
    name: organisation.entry.name,
    ...more.openid4vp,
  })
  server.serve(createWalletHandler({ openid4vci, openid4vp, onError: (error) => errors.push(error) }))
  return {
    origin: server.origin,
    exchange: createOpenidExchange({ book, openid4vci, openid4vp, signIn: more.openid4vci?.signIn !== undefined }),
    book,
    keeper: createKeeper({
      book,
      expire: { openid4vci: openid4vci.expire, openid4vp: openid4vp.expire },
      onError: (error) => errors.push(error),
    }),
    openid4vci,
    openid4vp,
    errors,
    close: server.close,
  }
}

export const openWallet = (
  authority: DemoAuthority,
  origins: readonly string[],
  more: Partial<WalletOptions> = {},
): Promise<Wallet> =>
  createWallet({
    storage: createMemoryWalletStorage(),
    sealingKey: randomBytes(32),
    send: createGuardedRequest({ allowHosts: origins }),
    verifier: freshVerifier(authority),
    ...more,
  })

/** Serves the status lists of all organisations, as they stand at each request, by the last part of their address. */
export const serveLists = async (authority: DemoAuthority) => {
  const server = await listen({ port: 0 })
  server.serve(async (request) => {
    const name = new URL(request.url).pathname.split('/').at(-1)
    for (const { issuer } of Object.values(authority.organisations))
      for await (const { url, credential, purpose } of issuer.publishStatus())
        if (url.endsWith(`/${name}`)) {
          const body = typeof credential === 'string' ? credential : JSON.stringify(credential)
          const contentType = purpose === 'status' ? 'application/statuslist+jwt' : 'application/vc'
          return new Response(body, { headers: { 'content-type': contentType } })
        }
    return new Response(null, { status: 404 })
  })
  return server
}

/** The facts of a type's example, as they are today, or on another day. */
export const offered = <Type extends CredentialTypeName>(
  type: Type,
  format?: OfferedCredential['format'],
  example = 0,
  today = britishDate(Date.now()),
): OfferedCredential => {
  const written = CREDENTIAL_TYPES[type].examples[example] ?? CREDENTIAL_TYPES[type].examples[0]
  const golden = currentExample(written, today)
  const { uniqueIdentifier, assurance, claims, evidence } = golden
  const facts = { uniqueIdentifier, assurance, claims, ...(evidence ? { evidence } : {}) }
  return { type, facts, ...(format ? { format } : {}) } as unknown as OfferedCredential
}

/** Everything that was told of an exchange, once it ended. */
export const untilEnd = async (
  exchange: WalletExchange,
  id: string,
  proof?: { readonly browserSecret: string; readonly responseCode?: string },
): Promise<readonly ExchangeView[]> => {
  const views: ExchangeView[] = []
  for await (const view of exchange.follow(id, proof ? { proof } : {})) views.push(view)
  return views
}

export { createDemoAuthority }
