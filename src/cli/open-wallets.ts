import { createGuardedRequest } from '#runtime'
import { isJsonObject } from '../core/json.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../credentials/rows.js'
import { createAccessKeys } from '../exchange/access-keys.js'
import { ExchangeBook } from '../exchange/book/exchange-book.js'
import { createKeeper } from '../exchange/book/keeper.js'
import { createWebhooks } from '../exchange/book/webhooks.js'
import { createOpenidExchange } from '../exchange/create-openid-exchange.js'
import { createOpenid4vci, type Openid4vci } from '../exchange/openid4vci/create-openid4vci.js'
import type { Openid4vciOptions, WalletClient } from '../exchange/openid4vci/settings.js'
import { createOpenid4vp, type Openid4vp } from '../exchange/openid4vp/create-openid4vp.js'
import type { IssuingFormat } from '../formats/sign.js'
import { createExchangesApi } from '../http/exchanges/create-exchanges-api.js'
import type { RoutingOptions } from '../http/route-requests.js'
import { createSignInHandler } from '../http/sign-in/create-sign-in-handler.js'
import { createWalletHandler } from '../http/wallet/create-wallet-handler.js'
import type { Issuer } from '../issuer/issuer.js'
import { misuse, unreadable } from './exit.js'
import { readJsonFile } from './files.js'
import type { Handle } from './listen.js'
import type { OpenedIssuer } from './open-issuer.js'
import type { OpenedVcApi, ServeOptions } from './open-vc-api.js'
import { renewingVerifier } from './renewing-verifier.js'
import { shown, type Terminal } from './terminal.js'
import { openWalletSecrets, type WalletSecrets } from './wallet-secrets.js'

/** What `serve --wallet` is told. */
export interface WalletServeOptions {
  readonly wallet?: boolean
  readonly walletFormat?: readonly string[]
  readonly walletSecrets?: string
  readonly walletClient?: string
  readonly whenUnaccepted?: string
  readonly webhook?: string
}

/** How a server's requests are taken, and what is said of them. */
export type Routing = Required<Pick<RoutingOptions, 'hosts' | 'log' | 'onError'>>

/** What wallets are served with. */
export interface WalletParts {
  readonly options: WalletServeOptions & ServeOptions & { readonly publicUrl?: string }
  readonly opened: OpenedVcApi
  readonly routing: Routing
  /** Where the server listens. */
  readonly origin: string
}

/** Wallets' endpoints, open. */
export interface OpenedWallets {
  /** Answers what is a wallet's, the holder's or the employer's own; `undefined` for everything else. */
  handle(request: Request): Promise<Response> | undefined
  /** Lets go of whoever waits for events. */
  stop(): void
  close(): Promise<void>
}

interface Needed extends WalletParts {
  readonly own: OpenedIssuer
  readonly token: string
  readonly base: string
  readonly name: string
  readonly secrets: WalletSecrets
  readonly wallets: readonly WalletClient[]
  readonly book: ExchangeBook
  readonly stopping: AbortController
}

const TYPES = Object.keys(CREDENTIAL_ROWS) as CredentialTypeName[]

const readClients = async (path: string | undefined, terminal: Terminal): Promise<readonly WalletClient[]> => {
  if (path === undefined) return []
  const { wallets } = await readJsonFile(path, terminal)
  const isRight = (one: unknown): boolean =>
    isJsonObject(one) && typeof one.clientId === 'string' && Array.isArray(one.redirectUris)
  if (!Array.isArray(wallets) || !wallets.every(isRight))
    throw unreadable(`${shown(path)} must hold { "wallets": [{ "clientId": "…", "redirectUris": ["…"] }] }`)
  return wallets as unknown as readonly WalletClient[]
}

const need = async (parts: WalletParts, terminal: Terminal): Promise<Needed> => {
  const { options, opened, origin } = parts
  const { store, walletSecrets = `${store}.secrets`, walletClient, publicUrl = origin, name } = options
  const { own, api } = opened
  if (!own?.settings || store === undefined)
    throw misuse('--wallet needs --key and --store: what wallets take is issued here')
  if (api.token === undefined) throw misuse('--wallet needs a bearer token: see --token-file')
  if (!api.verifiers.get('nhs'))
    throw misuse('--wallet needs --trust and --trust-anchor: what wallets show is verified')
  if (name === undefined) throw misuse('--wallet needs --name: wallets show it')
  const secrets = await openWalletSecrets(own.settings, walletSecrets, terminal)
  const { exchanges } = own.store
  const book = new ExchangeBook({ store: exchanges, owner: own.issuer.id, sealingKey: secrets.sealingKey })
  const wallets = await readClients(walletClient, terminal)
  const base = publicUrl.replace(/\/$/, '')
  return { ...parts, own, token: api.token, base, name, secrets, wallets, book, stopping: new AbortController() }
}

// Whoever verifies here hears of what is revoked here at once.
const telling = (issuer: Issuer, tell: () => void): Issuer => ({
  ...issuer,
  revoke: async (...given) => {
    const isChanged = await issuer.revoke(...given)
    tell()
    return isChanged
  },
})

const issuerOf = ({ own, opened, options, base, name, secrets, wallets, book }: Needed): Openid4vci => {
  const { walletFormat = ['dc+sd-jwt'], whenUnaccepted = 'withdraw' } = options
  return createOpenid4vci({
    url: `${base}/issue`,
    issuer: telling(own.issuer, opened.renew),
    register: own.store.register,
    algorithm: own.signer.algorithm,
    book,
    nonceKey: secrets.nonceKey,
    types: TYPES,
    formats: walletFormat as readonly IssuingFormat[],
    display: { name },
    whenUnaccepted: whenUnaccepted as Openid4vciOptions['whenUnaccepted'],
    signIn: (id) => `${base}/sign-in/${id}`,
    wallets,
  })
}

const verifierOf = ({ own, opened, base, name, book }: Needed): Openid4vp => {
  const current = () => opened.api.verifiers.get('nhs') ?? noVerifier()
  return createOpenid4vp({
    url: `${base}/ask`,
    verifier: renewingVerifier(current),
    book,
    client: { prefix: 'decentralized_identifier', signer: own.signer },
    name,
  })
}

const noVerifier = (): never => {
  throw new TypeError('There is no nhs verifier')
}

// The operator named it, so it may be inside.
const deliveryTo = (webhook: string, { secrets, book }: Needed) => {
  if (!URL.canParse(webhook)) throw misuse('--webhook must be a URL such as https://hr.trust.example/exchanges')
  const send = createGuardedRequest({ allowHosts: [new URL(webhook).origin] })
  return { deliver: createWebhooks(book, { url: webhook, secret: secrets.webhookSecret, send }) }
}

const keeping = (needed: Needed, openid4vci: Openid4vci, openid4vp: Openid4vp) => {
  const { options, routing, book } = needed
  const telling = options.webhook === undefined ? {} : deliveryTo(options.webhook, needed)
  const expire = { openid4vci: openid4vci.expire, openid4vp: openid4vp.expire }
  return createKeeper({ book, expire, ...telling, onError: routing.onError }).start()
}

const WALLETS = /^\/(?:issue|ask|\.well-known\/(?:openid-credential-issuer|oauth-authorization-server))(?:\/|$)/

const handleOf = (needed: Needed, openid4vci: Openid4vci, openid4vp: Openid4vp): OpenedWallets['handle'] => {
  const { routing, token, name, secrets, book, stopping } = needed
  const accessKeys = createAccessKeys({ book, key: secrets.accessKey })
  const exchange = createOpenidExchange({ book, openid4vci, openid4vp, signIn: true })
  const table: readonly (readonly [RegExp, Handle])[] = [
    [WALLETS, createWalletHandler({ ...routing, openid4vci, openid4vp })],
    [/^\/sign-in\//, createSignInHandler({ ...routing, openid4vci, accessKeys, organisation: name })],
    [
      /^\/exchanges(?:\/|$)/,
      createExchangesApi({ ...routing, exchange, token, accessKeys, stopping: stopping.signal }),
    ],
  ]
  return (request) => table.find(([path]) => path.test(new URL(request.url).pathname))?.[1](request)
}

/** Opens everything that wallets, their holders and the employer's own system reach. @throws CommandError 64, 66 */
export const openWallets = async (parts: WalletParts, terminal: Terminal): Promise<OpenedWallets> => {
  const needed = await need(parts, terminal)
  const openid4vci = issuerOf(needed)
  const openid4vp = verifierOf(needed)
  const handle = handleOf(needed, openid4vci, openid4vp)
  // Another process may be at it: only what is older than any issuance takes was cut off.
  await needed.own.issuer.resume({ olderThanSeconds: 60 })
  return { handle, stop: () => needed.stopping.abort(), close: keeping(needed, openid4vci, openid4vp) }
}
