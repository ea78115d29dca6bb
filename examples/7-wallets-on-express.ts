// Wallets reach an employer through Express: toNodeHandler mounts what speaks Fetch.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { CREDENTIAL_TYPES } from 'staff-passport'
import { createGuardedRequest, createOpenid4vci, createOpenidExchange, ExchangeBook } from 'staff-passport/exchange'
import { createWalletHandler } from 'staff-passport/http'
import { toNodeHandler } from 'staff-passport/node'
import { createDemoAuthority } from 'staff-passport/testing'
import { createVerifier, POLICIES } from 'staff-passport/verify'
import { createMemoryWalletStorage, createWallet } from 'staff-passport/wallet'

const { organisations } = await createDemoAuthority()
const { did, issuer, signer, store } = organisations.southmere

const app = express()
const server = app.listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // yours: https, by name

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
app.use(['/issue', '/.well-known'], toNodeHandler(wallets))
app.use(express.json())
app.get('/', (_, response) => void response.send('Southmere'))

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
console.log(`through Express: ${wallet.credentials().map(({ type }) => type)}`)
server.close()
