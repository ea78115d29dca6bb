// Wallets reach an employer through Hono, which runs on Node, Deno, Bun and at the edge.
import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { CREDENTIAL_TYPES } from 'staff-passport'
import { createGuardedRequest, createOpenid4vci, createOpenidExchange, ExchangeBook } from 'staff-passport/exchange'
import { createWalletHandler } from 'staff-passport/http'
import { createDemoAuthority } from 'staff-passport/testing'
import { createVerifier, POLICIES } from 'staff-passport/verify'
import { createMemoryWalletStorage, createWallet } from 'staff-passport/wallet'

const { organisations } = await createDemoAuthority()
const { did, issuer, signer, store } = organisations.southmere

const app = new Hono()
app.get('/', (context) => context.text('Southmere'))
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false })
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` // yours: https, by name

const book = new ExchangeBook({ store: store.exchanges, owner: did, sealingKey: randomBytes(32) })
const openid4vci = createOpenid4vci({
  url: `${origin}/issue`,
  issuer,
  register: store.register,
  algorithm: signer.algorithm,
  book,
  nonceKey: randomBytes(32),
  types: ['RightToWork'],
  formats: ['dc+sd-jwt'],
  display: { name: 'Southmere NHS Trust (fictional)' },
  whenUnaccepted: 'withdraw',
})
const wallets = createWalletHandler({ openid4vci })
app.all('*', ({ req }) => wallets(req.raw))

const [facts] = CREDENTIAL_TYPES.RightToWork.examples
const exchange = createOpenidExchange({ book, openid4vci })
const offer = await exchange.offer({ credentials: [{ type: 'RightToWork', facts }] })

const wallet = await createWallet({
  storage: createMemoryWalletStorage(),
  sealingKey: randomBytes(32),
  send: createGuardedRequest({ allowHosts: [origin] }),
  verifier: createVerifier({ policy: POLICIES['w3c-proof-only'] }),
})
await (await wallet.openOffer(offer.uri)).accept({ transactionCode: offer.transactionCode ?? '' })
console.log(`through Hono: ${wallet.credentials().map(({ type }) => type)}`)
server.close()
