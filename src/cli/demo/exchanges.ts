import { randomBytes } from 'node:crypto'
import { createGuardedRequest } from '#runtime'
import { createMemoryWalletStorage } from '../../adapters/memory/wallet-storage.js'
import { encodeUtf8 } from '../../codec/utf8.js'
import { PassportError } from '../../core/errors.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../credentials/rows.js'
import { ExchangeBook } from '../../exchange/book/exchange-book.js'
import { createOpenidExchange } from '../../exchange/create-openid-exchange.js'
import { createOpenid4vci } from '../../exchange/openid4vci/create-openid4vci.js'
import { createOpenid4vp } from '../../exchange/openid4vp/create-openid4vp.js'
import type { WalletExchange } from '../../exchange/wallet-exchange.js'
import { createWalletHandler } from '../../http/wallet/create-wallet-handler.js'
import type { GuardedFetch } from '../../ports/guarded-fetch.js'
import { createVerifier, type Verifier } from '../../verifier/create-verifier.js'
import { POLICIES } from '../../verifier/policy.js'
import { createWallet, type Wallet } from '../../wallet/create-wallet.js'
import { listen } from '../listen.js'
import type { Organisation, World } from './world.js'

/** Northfield’s and Southmere’s endpoints for wallets, and the doctor’s wallet. */
export interface Exchanges {
  readonly northfield: WalletExchange
  readonly southmere: WalletExchange
  readonly wallet: Wallet
  close(): Promise<void>
}

const TYPES = Object.keys(CREDENTIAL_ROWS) as CredentialTypeName[]

/** Status lists as their issuers publish them, without a network between. */
const listsOf =
  ({ northfield, southmere }: World): GuardedFetch =>
  async (url) => {
    for (const { issuer } of [northfield, southmere])
      for await (const { url: own, credential } of issuer.publishStatus())
        if (own === url) {
          const [text, contentType] =
            typeof credential === 'string'
              ? [credential, 'application/statuslist+jwt']
              : [JSON.stringify(credential), 'application/vc']
          return { url, contentType, body: encodeUtf8(text), freshFor: 0 }
        }
    throw new PassportError('fetch.failed', 'There is no such list')
  }

/** A verifier that trusts the national body’s key and nothing else. */
export const verifierOf = (world: World): Verifier =>
  createVerifier({
    trustList: world.trustList,
    anchor: world.anchor,
    policy: POLICIES.nhs,
    fetch: listsOf(world),
  })

const open = async (world: World, organisation: Organisation) => {
  const { issuer, signer, store, entry, did } = organisation
  const server = await listen({ port: 0 })
  const book = new ExchangeBook({ store: store.exchanges, owner: did, sealingKey: randomBytes(32) })
  const openid4vci = createOpenid4vci({
    url: `${server.origin}/issue`,
    issuer,
    register: store.register,
    algorithm: signer.algorithm,
    book,
    nonceKey: randomBytes(32),
    types: TYPES,
    formats: ['dc+sd-jwt'],
    display: { name: entry.name },
    whenUnaccepted: 'withdraw',
  })
  const openid4vp = createOpenid4vp({
    url: `${server.origin}/ask`,
    verifier: verifierOf(world),
    book,
    client: { prefix: 'decentralized_identifier', signer },
    name: entry.name,
  })
  server.serve(createWalletHandler({ openid4vci, openid4vp }))
  return { server, exchange: createOpenidExchange({ book, openid4vci, openid4vp, signIn: false }) }
}

/** Opens both employers’ endpoints on this machine, and an empty wallet. */
export const openExchanges = async (world: World): Promise<Exchanges> => {
  const [northfield, southmere] = [await open(world, world.northfield), await open(world, world.southmere)]
  const wallet = await createWallet({
    storage: createMemoryWalletStorage(),
    sealingKey: randomBytes(32),
    send: createGuardedRequest({ allowHosts: [northfield.server.origin, southmere.server.origin] }),
    verifier: verifierOf(world),
  })
  const close = async (): Promise<void> => {
    await Promise.all([northfield.server.close(), southmere.server.close()])
  }
  return { northfield: northfield.exchange, southmere: southmere.exchange, wallet, close }
}
