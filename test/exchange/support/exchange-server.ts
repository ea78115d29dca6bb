// A process of its own: an employer that offers and asks, on the embedded store, until it is killed.
import { randomUUID } from 'node:crypto'
import { openLibsqlStore } from '../../../src/adapters/libsql/libsql-store.js'
import { listen } from '../../../src/cli/listen.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { ExchangeBook } from '../../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../../src/exchange/book/keeper.js'
import { createOpenidExchange } from '../../../src/exchange/create-openid-exchange.js'
import { createOpenid4vci } from '../../../src/exchange/openid4vci/create-openid4vci.js'
import { createOpenid4vp } from '../../../src/exchange/openid4vp/create-openid4vp.js'
import type { FollowOptions, OfferRequest, PresentationRequest } from '../../../src/exchange/wallet-exchange.js'
import { createWalletHandler } from '../../../src/http/wallet/create-wallet-handler.js'
import { createIssuer } from '../../../src/issuer/create-issuer.js'
import { createVerifier, type Verifier } from '../../../src/verifier/create-verifier.js'
import { POLICIES } from '../../../src/verifier/policy.js'

const setup = JSON.parse(process.env.SETUP ?? '{}') as {
  readonly path: string
  readonly port: number
  readonly key: Parameters<typeof createLocalSigner>[0]
  readonly keyId: string
  readonly secret: string
  readonly trustList: string
  readonly anchor: string
}
const secret = Buffer.from(setup.secret, 'base64')
const store = await openLibsqlStore({ path: setup.path })
const signer = await createLocalSigner(setup.key, setup.keyId)
const owner = setup.keyId.split('#')[0] ?? ''
const issuer = createIssuer({
  id: owner,
  name: 'Northfield NHS Trust (fictional)',
  odsCode: 'RZ1',
  signer,
  register: store.register,
  statusLists: store.statusLists,
  statusUrl: 'https://status.northfield.example/lists',
})
await issuer.resume()

// The lists as they stood a moment ago: signing them for every question would be all that this process does.
const FRESH = 1_000
let known: { readonly verifier: Promise<Verifier>; readonly at: number } | undefined
const newVerifier = async (): Promise<Verifier> => {
  const statusLists = []
  for await (const { credential } of issuer.publishStatus()) statusLists.push(credential)
  return createVerifier({ policy: POLICIES.nhs, trustList: setup.trustList, anchor: setup.anchor, statusLists })
}
const verifierNow = (): Promise<Verifier> => {
  if (!known || Date.now() - known.at > FRESH) known = { verifier: newVerifier(), at: Date.now() }
  return known.verifier
}
const verifier: Verifier = {
  policy: POLICIES.nhs,
  verify: async (...given) => (await verifierNow()).verify(...given),
  verifyCredential: async (...given) => (await verifierNow()).verifyCredential(...given),
  verifyPresentation: async (...given) => (await verifierNow()).verifyPresentation(...given),
}

const server = await listen({ port: setup.port })
const book = new ExchangeBook({ store: store.exchanges, owner, sealingKey: secret })
const openid4vci = createOpenid4vci({
  url: `${server.origin}/issue`,
  issuer,
  register: store.register,
  algorithm: signer.algorithm,
  book,
  nonceKey: secret,
  types: ['Identity'],
  formats: ['dc+sd-jwt'],
  display: { name: 'Northfield NHS Trust (fictional)' },
  whenUnaccepted: 'withdraw',
})
const openid4vp = createOpenid4vp({
  url: `${server.origin}/ask`,
  verifier,
  book,
  client: { prefix: 'decentralized_identifier', signer },
  name: 'Northfield NHS Trust (fictional)',
})
const exchange = createOpenidExchange({ book, openid4vci, openid4vp })
const keeper = createKeeper({ book, expire: { openid4vci: openid4vci.expire, openid4vp: openid4vp.expire } })
keeper.start(200)

/** What the employer's own system asks of it. */
const ownSystem = async (request: Request): Promise<unknown> => {
  const { pathname, searchParams } = new URL(request.url)
  if (pathname === '/own/offer') return exchange.offer((await request.json()) as OfferRequest)
  if (pathname === '/own/request') return exchange.request((await request.json()) as PresentationRequest)
  const browserSecret = searchParams.get('secret')
  const options: FollowOptions = browserSecret === null ? {} : { proof: { browserSecret } }
  const views = []
  for await (const view of exchange.follow(searchParams.get('id') ?? '', {
    ...options,
    signal: AbortSignal.timeout(50),
  }))
    views.push(view)
  return views
}

const wallets = createWalletHandler({ openid4vci, openid4vp })
server.serve(async (request) => {
  if (!new URL(request.url).pathname.startsWith('/own/')) return wallets(request)
  return ownSystem(request).then(
    (body) => Response.json(body),
    (error: { readonly code?: string }) => Response.json({ code: error.code, id: randomUUID() }, { status: 500 }),
  )
})
process.stdout.write('ready\n')
