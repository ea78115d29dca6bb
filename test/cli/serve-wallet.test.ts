import { randomBytes } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryWalletStorage } from '../../src/adapters/memory/wallet-storage.js'
import { listen } from '../../src/cli/listen.js'
import type { StartOptions } from '../../src/cli/start-server.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createWallet, type Wallet } from '../../src/wallet/create-wallet.js'
import { offered } from '../exchange/support/world.js'
import { foundOrganisation, type Organisation, TOKEN } from '../http/support/organisation.js'
import { ask, startTestServer, type TestServer } from '../http/support/server.js'
import { cli } from './support.js'

const CLIENT = { clientId: 'https://wallet.example', redirectUri: 'https://wallet.example/back' }
const BEARER = { headers: { authorization: `Bearer ${TOKEN}` } }
const UNSEEN = /O’Example|Testwell/

let northfield: Organisation
let options: Partial<StartOptions>
beforeAll(async () => {
  northfield = await foundOrganisation('ES256')
  const wallets = [{ clientId: CLIENT.clientId, redirectUris: [CLIENT.redirectUri] }]
  await writeFile(northfield.path('wallets.json'), JSON.stringify({ wallets }))
  options = { ...northfield.options, wallet: true, walletClient: northfield.path('wallets.json') }
})
afterAll(() => northfield.remove())

const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.said.filter((line) => UNSEEN.test(line) || line.includes('Unexpected'))).toEqual([])
    await server.close()
  }
})

const start = async (more: Partial<StartOptions> = {}): Promise<TestServer> => {
  const server = await startTestServer({ ...options, ...more })
  servers.push(server)
  return server
}

const newWallet = (server: TestServer, signIn?: (url: string) => Promise<string>): Promise<Wallet> =>
  createWallet({
    storage: createMemoryWalletStorage(),
    sealingKey: randomBytes(32),
    send: createGuardedRequest({ allowHosts: [server.origin] }),
    verifier: createVerifier({ policy: POLICIES['w3c-proof-only'] }),
    ...(signIn ? { client: { ...CLIENT, signIn } } : {}),
  })

const OFFER = { credentials: [offered('Identity')] }
const ASK = { credentials: [{ type: 'Identity' }], purpose: 'Before you start', device: 'cross' }

const takeOne = async (server: TestServer, wallet: Wallet, body: object = OFFER) => {
  const invitation = (await server.post('/exchanges/offers', body, BEARER)).body
  const offer = await wallet.openOffer(invitation.uri)
  expect(await offer.accept({ transactionCode: invitation.transactionCode })).toMatchObject([{ ok: true }])
  return invitation
}

describe('serve --wallet', () => {
  it('offers, asks, says what happened, revokes and sees it, to whoever has the token', async () => {
    const server = await start()
    const wallet = await newWallet(server)
    const offer = await takeOne(server, wallet)
    expect(offer).toMatchObject({
      transactionCode: expect.stringMatching(/^\d{6}$/),
      qrCode: expect.stringMatching(/^<svg/),
    })
    const { body: taken } = await server.get(`/exchanges/${offer.exchangeId}/events?wait=5`, BEARER)
    const states = taken.events.map(
      ({ event }: { event: { state: string; item?: { state: string } } }) => event.item?.state ?? event.state,
    )
    expect(states).toEqual(['created', 'opened', 'issued', 'accepted', 'accepted', 'completed'])

    const show = async () => {
      const asked = (await server.post('/exchanges/requests', ASK, BEARER)).body
      await (await wallet.openRequest(asked.uri)).share().catch(() => undefined)
      const headers = { ...BEARER.headers, 'browser-secret': asked.browserSecret }
      return (await server.get(`/exchanges/${asked.exchangeId}`, { headers })).body
    }
    expect(await show()).toMatchObject({ state: 'completed', outcome: { report: { verdict: 'accepted' } } })
    const credentialId = taken.events.find(({ event }: { event: { item?: object } }) => event.item)?.event.item
      .credentialId
    const status = {
      credentialId,
      credentialStatus: { statusPurpose: 'revocation' },
      status: true,
      reason: 'NoLongerValid',
    }
    expect((await server.post('/issuers/dc+sd-jwt/credentials/status', status, BEARER)).status).toBe(200)
    expect(await show()).toMatchObject({ state: 'failed', outcome: { report: { verdict: 'rejected' } } })
  })

  it('asks for what a new employer needs in one word', async () => {
    const server = await start()
    const newEmployer = { regulated: true, dbsEligible: true, patientContact: false, optional: ['CoreSkill'] }
    const { status, body } = await server.post(
      '/exchanges/requests',
      { newEmployer, purpose: 'To start', device: 'cross' },
      BEARER,
    )
    expect(status).toBe(201)
    const request = await (await newWallet(server)).openRequest(body.uri)
    expect(request.isSatisfiable).toBe(false)
  })

  it('keeps everything when it starts again: exchanges under way, and its secrets for its owner alone', async () => {
    const port = String(49_152 + Math.floor(Math.random() * 10_000))
    const first = await start({ port })
    const invitation = (await first.post('/exchanges/offers', { ...OFFER, idempotencyKey: 'one' }, BEARER)).body
    await first.close()
    servers.pop()
    const second = await start({ port })
    expect((await second.post('/exchanges/offers', { ...OFFER, idempotencyKey: 'one' }, BEARER)).body).toEqual(
      invitation,
    )
    const offer = await (await newWallet(second)).openOffer(invitation.uri)
    expect(await offer.accept({ transactionCode: invitation.transactionCode })).toMatchObject([{ ok: true }])
    expect((await stat(`${northfield.options.store}.secrets`)).mode & 0o777).toBe(0o600)
  })

  it('does not start on a store whose secrets are not there, or are others: what is sealed would be lost', async () => {
    const secrets = `${northfield.options.store}.secrets`
    const server = await start()
    await server.close()
    servers.pop()
    await rename(secrets, `${secrets}.kept`)
    await expect(startTestServer(options)).rejects.toThrow(/bring them back/)
    await writeFile(
      secrets,
      (await readFile(`${secrets}.kept`, 'utf8')).replace(
        /"sealingKey": ".{43}=/,
        `"sealingKey": "${randomBytes(32).toString('base64')}`,
      ),
    )
    await expect(startTestServer(options)).rejects.toThrow(/other secrets/)
    await rename(`${secrets}.kept`, secrets)
    await start()
  })

  it('stops at once when somebody waits for events, who gets what there is', async () => {
    const server = await start()
    const { exchangeId } = (await server.post('/exchanges/offers', OFFER, BEARER)).body
    const waiting = server.get(`/exchanges/${exchangeId}/events?after=1&wait=30`, BEARER)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const began = Date.now()
    await server.close()
    servers.pop()
    expect((await waiting).body).toEqual({ events: [] })
    expect(Date.now() - began).toBeLessThan(8_000)
  })

  it('ends what it is told to end', async () => {
    const server = await start()
    const invitation = (await server.post('/exchanges/offers', OFFER, BEARER)).body
    expect((await server.post(`/exchanges/${invitation.exchangeId}/cancel`, {}, BEARER)).status).toBe(204)
    expect((await server.post(`/exchanges/${invitation.exchangeId}/cancel`, {}, BEARER)).status).toBe(204)
    expect((await server.get(`/exchanges/${invitation.exchangeId}`, BEARER)).body).toMatchObject({
      reason: 'owner.cancelled',
    })
  })

  it('tells an address of every event', async () => {
    const heard: string[] = []
    const receiver = await listen({ port: 0 })
    receiver.serve(async (request) => {
      heard.push(((await request.json()) as { type: string }).type)
      return new Response(null, { status: 204 })
    })
    const server = await start({ webhook: `${receiver.origin}/hr` })
    await takeOne(server, await newWallet(server))
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe('exchange.completed')
    await receiver.close()
  })
})

describe('signing in with an access key', () => {
  type Browser = (url: string) => Promise<string>
  const offerBehind = async (server: TestServer) =>
    (await server.post('/exchanges/offers', { ...OFFER, proof: 'signIn' }, BEARER)).body

  const submit = (page: string, key: string) =>
    ask(page, {
      method: 'POST',
      body: new URLSearchParams({ key }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  const browser =
    (work: (page: string) => Promise<string>): Browser =>
    async (url) => {
      const { status, headers } = await ask(url)
      expect(status).toBe(302)
      return work(String(headers.location))
    }

  it('the right one, however it is written, lets the wallet in', async () => {
    const server = await start()
    const { uri, accessKey } = await offerBehind(server)
    expect(accessKey).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    const wallet = await newWallet(
      server,
      browser(async (page) => {
        const { status, text, headers } = await ask(page)
        expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
        expect(text).toContain('Northfield NHS Trust (fictional)')
        expect(text).toContain('<li>Identity</li>')
        expect(text).toContain(CLIENT.clientId)
        expect(text).not.toMatch(/<script|(?:src|href|action)=/)
        expect((await submit(page, '  ')).text).toContain('Enter your access key.')
        expect((await submit(page, '00000-00000')).text).toContain('This is not the access key')
        const entered = await submit(page, accessKey.toLowerCase().replace('-', ' '))
        expect(entered.status).toBe(303)
        return String(entered.headers.location)
      }),
    )
    const offer = await wallet.openOffer(uri)
    expect(await offer.accept()).toMatchObject([{ ok: true }])
  })

  it('five wrong ones, and the right one is worth nothing', async () => {
    const server = await start()
    const { uri, accessKey, exchangeId } = await offerBehind(server)
    const answers: number[] = []
    const wallet = await newWallet(
      server,
      browser(async (page) => {
        for (const wrong of ['1', '2', '3', '4', '5']) answers.push((await submit(page, wrong)).status)
        const last = await submit(page, accessKey)
        answers.push(last.status)
        expect((await ask(page)).status).toBe(410)
        expect((await submit(page, accessKey)).status).toBe(410)
        return String(last.headers.location)
      }),
    )
    await expect((await wallet.openOffer(uri)).accept()).rejects.toMatchObject({ code: 'exchange.refused' })
    expect(answers).toEqual([400, 400, 400, 400, 400, 303])
    expect((await server.get(`/exchanges/${exchangeId}`, BEARER)).body).toMatchObject({ state: 'rejected' })
  })

  it('whoever did not ask for it says so, and the wallet is told', async () => {
    const server = await start()
    const { uri, exchangeId } = await offerBehind(server)
    const wallet = await newWallet(
      server,
      browser(async (page) => {
        const declined = await ask(page, {
          method: 'POST',
          body: 'key=&decline=yes',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
        return String(declined.headers.location)
      }),
    )
    await expect((await wallet.openOffer(uri)).accept()).rejects.toMatchObject({ code: 'exchange.refused' })
    expect((await server.get(`/exchanges/${exchangeId}`, BEARER)).body).toMatchObject({ reason: 'holder.declined' })
  })

  it('an access key of another offer is a wrong one; a page that nobody began is not open', async () => {
    const server = await start()
    const [{ uri }, other] = [await offerBehind(server), await offerBehind(server)]
    const wallet = await newWallet(
      server,
      browser(async (page) => {
        expect((await submit(page, other.accessKey)).status).toBe(400)
        return CLIENT.redirectUri
      }),
    )
    await (await wallet.openOffer(uri)).accept().catch(() => undefined)
    expect((await ask(`${server.origin}/sign-in/unknown`)).status).toBe(410)
    expect((await submit(`${server.origin}/sign-in/unknown`, other.accessKey)).status).toBe(410)
  })
})

describe('what does not fit is said, and where', () => {
  it('without the token, nothing', async () => {
    const server = await start()
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as readonly Record<string, string>[]) {
      expect((await server.post('/exchanges/offers', OFFER, { headers })).status).toBe(401)
      expect((await server.get('/exchanges/unknown', { headers })).status).toBe(401)
    }
  })

  it.each([
    ['offers', {}, 400, '/credentials'],
    ['offers', { credentials: 'all' }, 400, '/credentials'],
    ['offers', { credentials: [{}] }, 400, '/credentials/0/type'],
    ['offers', { credentials: [{ ...offered('Identity'), holder: 'x' }] }, 400, '/credentials/0/*'],
    ['offers', { ...OFFER, validForSeconds: 0 }, 400, '/validForSeconds'],
    ['offers', { ...OFFER, proof: 'none' }, 400, '/proof'],
    [
      'offers',
      { credentials: [{ type: 'Identity', facts: { ...offered('Identity').facts, claims: {} } }] },
      400,
      '/credentials/0/facts/claims',
    ],
    ['offers', { credentials: [{ type: 'Nobody' }] }, 400, undefined],
    ['requests', { credentials: [{ type: 'Identity' }] }, 400, '/purpose'],
    ['requests', { ...ASK, newEmployer: {} }, 400, '/newEmployer/regulated'],
    ['requests', { ...ASK, device: 'none' }, 400, '/device'],
    ['requests', { ...ASK, device: 'same' }, 400, undefined],
  ] as const)('in %s: %j', async (what, body, status, pointer) => {
    const server = await start()
    const answered = await server.post(`/exchanges/${what}`, body, BEARER)
    expect(answered.status).toBe(status)
    const pointers = answered.body.problemDetails.map((one: { pointer?: string }) => one.pointer)
    if (pointer === undefined) expect(answered.body.detail.length).toBeGreaterThan(10)
    else expect(pointers.some((one: string) => one?.startsWith(pointer))).toBe(true)
    expect(answered.text).not.toMatch(UNSEEN)
  })

  it('of an exchange that is not there', async () => {
    const server = await start()
    expect((await server.get('/exchanges/unknown', BEARER)).body).toMatchObject({
      code: 'exchange.unknown',
      status: 404,
    })
    expect((await server.post('/exchanges/unknown/cancel', {}, BEARER)).status).toBe(404)
    expect((await server.get('/exchanges/unknown/events?wait=31', BEARER)).status).toBe(400)
  })

  it('on the command line, before anybody is served', async () => {
    const {
      key = '',
      store = '',
      passphraseFile = '',
      tokenFile = '',
      trust = '',
      trustAnchor = '',
    } = northfield.options
    const issuing = ['--key', key, '--passphrase-file', passphraseFile, '--store', store, '--token-file', tokenFile]
    const believing = ['--trust', trust, '--trust-anchor', String(trustAnchor)]
    const cases = [
      [[], /--key and --store/],
      [issuing, /--trust/],
      [[...issuing, ...believing], /--name/],
      [[...issuing, ...believing, '--name', 'Northfield', '--wallet-client', tokenFile], /JSON/],
      [[...issuing, ...believing, '--name', 'Northfield', '--wallet-secrets', trust], /JSON/],
      [[...issuing, ...believing, '--name', 'Northfield', '--wallet-format', 'mso_mdoc'], /formats/],
      [[...issuing, ...believing, '--name', 'Northfield', '--when-unaccepted', 'never'], /whenUnaccepted/],
      [[...issuing, ...believing, '--name', 'Northfield', '--webhook', 'here'], /--webhook/],
    ] as const
    for (const [given, message] of cases) {
      const { exitCode, err } = await cli(['serve', '--wallet', '--offline', '--port', '0', ...given])
      expect([64, 66], err).toContain(exitCode)
      expect(err).toMatch(message)
    }
  })
})
