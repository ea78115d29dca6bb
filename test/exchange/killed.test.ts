import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openLibsqlStore } from '../../src/adapters/libsql/libsql-store.js'
import { createMemoryWalletStorage } from '../../src/adapters/memory/wallet-storage.js'
import type { PassportError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import type { ExchangeView, Invitation } from '../../src/exchange/wallet-exchange.js'
import type { RegisterEntry } from '../../src/ports/issuance-register.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createWallet, type Wallet } from '../../src/wallet/create-wallet.js'
import { serverProcess } from './support/server-process.js'
import { createDemoAuthority, offered } from './support/world.js'

const EXCHANGES = 200
const KILLS = 4

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number }
      server.close(() => resolve(port))
    })
  })

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Does it again as long as it may be done again. */
const patiently = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 120 || !(error as PassportError).retryable) throw error
      await pause(250)
    }
  }
}

const person = (number: number) => {
  const { facts } = offered('Identity') as unknown as { facts: { claims: object } }
  const uniqueIdentifier = `0b9a2c1e-5a5a-4c1f-9b61-${String(number).padStart(12, '0')}`
  const claims = { ...facts.claims, legalFirstName: `Person ${'x'.repeat(number + 1)}` }
  return { uniqueIdentifier, facts: { ...facts, uniqueIdentifier, claims } }
}

it(`${EXCHANGES} exchanges at once, and the server killed ${KILLS} times: none is lost, doubled or crossed`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'staff-passport-killed-'))
  const authority = await createDemoAuthority()
  const key = await generateKey('ES256')
  const { did, keyId } = didKey(key)
  const { publicKeyJwk } = await createLocalSigner(key, keyId)
  const { entry } = authority.organisations.northfield
  const keys = [{ id: keyId, publicKeyJwk, validFrom: '2015-01-01T00:00:00Z' }]
  const trustList = await authority.signTrustList({
    ...authority.list,
    organisations: [{ ...entry, issuers: [did], keys }],
  })
  const path = join(folder, 'store.db')
  const secret = randomBytes(32).toString('base64')
  const setup = { path, port: await freePort(), key, keyId, secret, trustList, anchor: authority.anchor }
  const origin = `http://127.0.0.1:${setup.port}`
  const server = await serverProcess(setup)
  onTestFinished(() => server.kill())
  await server.start()

  const own = <Answer>(what: string, body?: unknown): Promise<Answer> =>
    patiently(async () => {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      const response = await fetch(`${origin}/own/${what}`, init).catch(() => undefined)
      if (!response?.ok) throw Object.assign(new Error(`own system: ${await response?.text()}`), { retryable: true })
      return (await response.json()) as Answer
    })

  const send = createGuardedRequest({ allowHosts: [origin] })
  const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor: authority.anchor })
  const newWallet = (): Promise<Wallet> =>
    createWallet({ storage: createMemoryWalletStorage(), sealingKey: randomBytes(32), send, verifier })

  const take = async (wallet: Wallet, number: number): Promise<string> => {
    const credentials = [{ type: 'Identity', facts: person(number).facts }]
    const invitation = await own<Invitation>('offer', { credentials, idempotencyKey: `offer ${number}` })
    const offer = await patiently(() => wallet.openOffer(invitation.uri))
    const taken = await patiently(async () => {
      const all = await offer.accept({ transactionCode: invitation.transactionCode ?? '' })
      if (all.some((one) => !one.ok && one.retryable)) throw Object.assign(new Error('Not yet'), { retryable: true })
      return all
    })
    expect(taken).toMatchObject([{ ok: true }])
    return invitation.exchangeId
  }

  const show = async (wallet: Wallet, number: number) => {
    const credentials = [{ type: 'Identity' }]
    const asked = { credentials, purpose: 'To see', device: 'cross', idempotencyKey: `request ${number}` }
    const invitation = await own<Invitation>('request', asked)
    const request = await patiently(() => wallet.openRequest(invitation.uri))
    // An answer whose receipt got lost is not sent again: what came of it, its asker knows.
    const shared = async () => {
      await request.share().catch((error: PassportError) => {
        if (error.code !== 'fetch.failed' && !error.retryable && error.code !== 'exchange.refused') throw error
      })
      const views = await own<ExchangeView[]>(`views?id=${invitation.exchangeId}&secret=${invitation.browserSecret}`)
      const last = views.at(-1)
      if (last?.state !== 'completed')
        throw Object.assign(new Error(`It is ${last?.state}: ${last?.reason}`), { retryable: true })
      return last
    }
    return { id: invitation.exchangeId, view: await patiently(shared) }
  }

  let isOver = false
  let kills = 0
  const killing = (async () => {
    while (!isOver && kills < KILLS) {
      await pause(700 + Math.random() * 1_300)
      if (isOver) break
      await server.kill()
      kills += 1
      await pause(200)
      await server.start()
    }
  })()

  const wallets = await Promise.all(Array.from({ length: EXCHANGES / 2 }, newWallet))
  const offers = await Promise.all(wallets.map(take))
  const shown = await Promise.all(wallets.map(show))
  isOver = true
  await killing
  // What a wallet could not say while the server was down, it says now.
  const tellTheRest = (wallet: Wallet) =>
    patiently(async () => {
      if (wallet.unheard() === 0) return
      await wallet.refresh()
      if (wallet.unheard() > 0) throw Object.assign(new Error('Not heard yet'), { retryable: true })
    })
  await Promise.all(wallets.map(tellTheRest))
  expect(kills).toBeGreaterThanOrEqual(2)

  // None crossed: everybody holds what is theirs, and every asker was shown whom they asked.
  wallets.forEach((wallet, number) => {
    const credentials = wallet.credentials()
    expect(credentials).toHaveLength(1)
    const [token = ''] = String(credentials[0]?.credential).split('~')
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    expect(payload).toContain(person(number).uniqueIdentifier)
  })
  shown.forEach(({ view }, number) => {
    const [credential] = view.outcome?.presentation?.credentials ?? []
    const { credentialSubject } = (credential?.document ?? {}) as { readonly credentialSubject?: JsonObject }
    expect(credentialSubject?.uniqueIdentifier).toBe(person(number).uniqueIdentifier)
    expect(view.outcome?.report.verdict).toBe('accepted')
  })

  // None lost: every exchange came to its end.
  const ids = new Set([...offers, ...shown.map(({ id }) => id)])
  expect(ids.size).toBe(EXCHANGES)
  const states = await Promise.all(
    [...ids].map(async (id) => (await own<ExchangeView[]>(`views?id=${id}`)).at(-1)?.state),
  )
  expect(states.filter((state) => state !== 'completed')).toEqual([])
  await server.kill()

  // None doubled: one credential for each, and whatever a crash cut off is revoked, in places of its own.
  const store = await openLibsqlStore({ path })
  await store.verify()
  const entries: RegisterEntry[] = []
  for await (const one of store.register.find({ state: 'issued' })) entries.push(one)
  const valid = entries.filter(({ statusChanges }) => !statusChanges.some(({ purpose }) => purpose === 'revocation'))
  expect(valid).toHaveLength(wallets.length)
  const places = entries.flatMap(({ statusIndices }) => statusIndices.map(({ list, index }) => `${list} ${index}`))
  expect(new Set(places).size).toBe(places.length)
  await store.close()
  await rm(folder, { recursive: true, force: true })
}, 120_000)
