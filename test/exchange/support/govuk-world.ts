import { randomBytes } from 'node:crypto'
import { afterEach } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import { listen } from '../../../src/cli/listen.js'
import type { JsonObject } from '../../../src/core/json.js'
import { generateKey } from '../../../src/crypto/keys.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { ExchangeBook } from '../../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../../src/exchange/book/keeper.js'
import { createGovukWalletExchange } from '../../../src/exchange/govuk-wallet/create-govuk-wallet-exchange.js'
import type { GovukOfferRequest } from '../../../src/exchange/govuk-wallet/make-offer.js'
import type { GovukWalletOptions } from '../../../src/exchange/govuk-wallet/settings.js'
import { createWalletHandler } from '../../../src/http/wallet/create-wallet-handler.js'
import { createIssuer } from '../../../src/issuer/create-issuer.js'
import type { Issuer } from '../../../src/issuer/issuer.js'
import type { IssuerOptions } from '../../../src/issuer/settings.js'
import type { GuardedFetch } from '../../../src/ports/guarded-fetch.js'
import { createGuardedFetch } from '../../../src/runtime/guarded-fetch-node.js'
import { createDemoAuthority } from '../../../src/testing/demo-authority.js'
import { createGovukWalletSimulator } from '../../../src/testing/simulators/govuk-wallet.js'
import { createVerifier } from '../../../src/verifier/create-verifier.js'
import { POLICIES } from '../../../src/verifier/policy.js'
import { offered } from './world.js'

export const URL = 'https://trust.example'
export const CLIENT = 'a-client-of-one-login'

/** A clock that stands still until it is told otherwise. */
const newClock = () => {
  let time = Date.now()
  return {
    now: () => new Date(time),
    pass: (seconds: number) => {
      time += seconds * 1000
    },
  }
}

export interface GovukWorldOptions {
  readonly options?: Partial<GovukWalletOptions>
  readonly issuer?: Partial<IssuerOptions>
  /** Stands before the issuer, until the exchange is opened again. */
  readonly before?: (issuer: Issuer) => Issuer
  /** Changes what the trust answers, by its path. */
  readonly tamper?: Readonly<Record<string, (body: JsonObject) => JsonObject>>
  /** What stands before the fetching of One Login's keys. */
  readonly fetch?: (fetch: GuardedFetch) => GuardedFetch
}

/** Answers otherwise than it should. */
const tampered =
  (handle: (request: Request) => Promise<Response>, tamper: NonNullable<GovukWorldOptions['tamper']>) =>
  async (request: Request): Promise<Response> => {
    const change = tamper[new globalThis.URL(request.url).pathname]
    const answer = await handle(request)
    if (!change || !answer.ok) return answer
    return Response.json(change((await answer.json()) as JsonObject), { headers: { 'cache-control': 'no-store' } })
  }

/** A trust that offers to GOV.UK Wallet, on loopback, known by an address that no name server knows. */
export const openGovuk = async ({
  options,
  issuer: about,
  fetch = (same) => same,
  before = (same) => same,
  tamper = {},
}: GovukWorldOptions = {}) => {
  const clock = newClock()
  const server = await listen({ port: 0 })
  const simulator = await createGovukWalletSimulator({
    clock,
    issuers: { [URL]: { clientId: CLIENT, at: server.origin } },
  })
  const authority = await createDemoAuthority({ clock })
  const signer = await createLocalSigner(await generateKey('ES256'), 'did:web:trust.example#key-1')
  const store = createMemoryStore()
  const issuer = createIssuer({
    id: URL,
    odsCode: 'RZ1',
    signer,
    register: store.register,
    statusLists: store.statusLists,
    statusUrl: `${URL}/lists`,
    clock,
    ...about,
  })
  const errors: unknown[] = []
  const strangers: string[] = []
  const sealingKey = randomBytes(32)
  const open = (using = issuer) => {
    const book = new ExchangeBook({ store: store.exchanges, owner: URL, sealingKey, clock })
    const govuk = createGovukWalletExchange({
      url: URL,
      issuer: using,
      register: store.register,
      signer,
      book,
      clientId: CLIENT,
      environment: simulator.environment,
      fetch: fetch(createGuardedFetch({ allowHosts: [simulator.origin] })),
      types: ['RightToWork', 'CoreSkill'],
      validityDays: 90,
      refreshUrl: 'https://staff-passport.gov.uk/renew',
      whenUnaccepted: 'withdraw',
      onForeignSubject: (id) => strangers.push(id),
      ...options,
    })
    const handle = createWalletHandler({ govukWallet: govuk, onError: (error) => errors.push(error) })
    server.serve(tampered(handle, tamper))
    const keeper = createKeeper({ book, expire: { 'govuk-wallet': govuk.expire }, onError: (e) => errors.push(e) })
    return { book, govuk, exchange: govuk.exchange, keeper }
  }
  /** What a verifier says that knows the trust by its address, as things stand now. */
  const verify = async (credential: unknown) => {
    const statusLists: (JsonObject | string)[] = []
    for await (const list of issuer.publishStatus()) statusLists.push(list.credential)
    const organisations = authority.list.organisations.map((one) =>
      one.id === 'northfield'
        ? {
            ...one,
            issuers: [URL],
            keys: [{ id: signer.keyId, publicKeyJwk: signer.publicKeyJwk, validFrom: '2015-01-01T00:00:00Z' }],
          }
        : one,
    )
    const trustList = await authority.signTrustList({ ...authority.list, organisations })
    const { anchor } = authority
    return createVerifier({ policy: POLICIES.govuk, trustList, anchor, statusLists, clock }).verify(credential)
  }
  const close = () => Promise.all([simulator.close(), server.close()])
  return {
    ...open(before(issuer)),
    origin: server.origin,
    simulator,
    clock,
    issuer,
    store,
    signer,
    errors,
    strangers,
    verify,
    reopen: () => open(),
    close,
  }
}

export type GovukWorld = Awaited<ReturnType<typeof openGovuk>>

const opened: GovukWorld[] = []
/** A world that is gone after its test. */
export const world = async (options?: GovukWorldOptions): Promise<GovukWorld> => {
  const one = await openGovuk(options)
  opened.push(one)
  return one
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})

/** Somebody who signed in to the trust's portal, and was offered a credential. */
export const invite = async (
  govuk: Pick<GovukWorld, 'exchange' | 'simulator'>,
  more: Partial<GovukOfferRequest> = {},
) => {
  const wallet = await govuk.simulator.newWallet()
  const credentials = [offered('RightToWork')]
  const invitation = await govuk.exchange.offer({ credentials, walletSubjectId: wallet.walletSubjectId, ...more })
  return { wallet, invitation, offer: await wallet.open(invitation.uri) }
}

/** Everything in an offer's link. */
export const linked = (uri: string) => {
  const text = new globalThis.URL(uri).searchParams.get('credential_offer') ?? ''
  const offer = JSON.parse(text)
  const code: string = offer.grants['urn:ietf:params:oauth:grant-type:pre-authorized_code']['pre-authorized_code']
  return { offer, code }
}
