import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import type { Invitation, PresentationRequest } from '../../src/exchange/wallet-exchange.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import type { Wallet } from '../../src/wallet/create-wallet.js'
import { CANARY } from '../exchange/support/canary.js'
import { type Answer, get, postForm } from '../exchange/support/raw-wallet.js'
import {
  createDemoAuthority,
  offered,
  openEmployer,
  openWallet,
  type TestEmployer,
  untilEnd,
} from '../exchange/support/world.js'

let a: TestEmployer
let b: TestEmployer
let wallet: Wallet
let authority: Awaited<ReturnType<typeof createDemoAuthority>>
let thief: Wallet

/** How far the clock of the employer that asks is ahead, in milliseconds. */
let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }
afterEach(() => {
  ahead = 0
})

const fill = async (into: Wallet): Promise<void> => {
  const credentials = [offered('Identity'), offered('RightToWork'), offered('ProfessionalRegistration')]
  const invitation = await a.exchange.offer({ credentials: credentials.slice(0, 2) })
  const taken = await (await into.openOffer(invitation.uri)).accept({
    transactionCode: invitation.transactionCode ?? '',
  })
  expect(taken.every(({ ok }) => ok)).toBe(true)
}

beforeAll(async () => {
  authority = await createDemoAuthority()
  a = await openEmployer(authority)
  // In the clear, so that a test can look at what a wallet sends and change it.
  b = await openEmployer(authority, {
    name: 'southmere',
    clock,
    openid4vp: { encrypt: false, client: { prefix: 'redirect_uri' } },
  })
  wallet = await openWallet(authority, [a.origin, b.origin])
  thief = await openWallet(authority, [a.origin, b.origin])
  await fill(wallet)
  await fill(thief)
})
afterAll(async () => {
  expect([...a.errors, ...b.errors]).toEqual([])
  await a.close()
  await b.close()
})

const WANTED: PresentationRequest = {
  credentials: [{ type: 'Identity' }, { type: 'RightToWork' }],
  purpose: 'Before you start',
  device: 'cross',
}

const ask = (more: Partial<PresentationRequest> = {}): Promise<Invitation> => b.exchange.request({ ...WANTED, ...more })

/** What a wallet would send, caught on its way. */
const answerOf = async (
  by: Wallet,
  invitation: Invitation,
): Promise<{ url: string; fields: Record<string, string> }> => {
  let caught = { url: '', fields: {} as Record<string, string> }
  const listening = await openWallet(authority, [a.origin, b.origin], {
    send: async (url, request) => {
      if (!url.includes('/response/')) return createGuardedRequest({ allowHosts: [a.origin, b.origin] })(url, request)
      caught = { url, fields: Object.fromEntries(new URLSearchParams(request.body)) }
      return { status: 200, headers: {}, body: new TextEncoder().encode('{}') }
    },
  })
  await fill(listening)
  const request = await listening.openRequest(invitation.uri)
  await request.share()
  void by
  return caught
}

const tokenIn = ({ fields }: { fields: Record<string, string> }): Record<string, string[]> =>
  JSON.parse(fields.vp_token ?? '{}')

const send = (
  caught: { url: string; fields: Record<string, string> },
  vpToken?: unknown,
  more: Record<string, string> = {},
) =>
  postForm(caught.url, {
    ...caught.fields,
    ...(vpToken === undefined ? {} : { vp_token: JSON.stringify(vpToken) }),
    ...more,
  })

const stateOf = async (invitation: Invitation): Promise<string | undefined> =>
  (await b.book.byId(invitation.exchangeId))?.state

const reportOf = async ({ exchangeId, browserSecret = '' }: Invitation) =>
  (await untilEnd(b.exchange, exchangeId, { browserSecret })).at(-1)?.outcome?.report

const expectRefused = (answer: Answer): void => {
  expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  expect(JSON.stringify(answer.body)).not.toMatch(CANARY)
}

describe('VP-01: a whole response is sent again', () => {
  it('to the same request', async () => {
    const invitation = await ask()
    const caught = await answerOf(wallet, invitation)
    expect((await send(caught)).status).toBe(200)
    expectRefused(await send(caught))
    expect(await stateOf(invitation)).toBe('completed')
  })

  it('a hundred at once: exactly one is taken', async () => {
    const invitation = await ask()
    const caught = await answerOf(wallet, invitation)
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(caught)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('to another request', async () => {
    const [first, second] = [await ask(), await ask()]
    const [mine, other] = [await answerOf(wallet, first), await answerOf(wallet, second)]
    expectRefused(await send({ url: other.url, fields: mine.fields }))
    expect(await stateOf(second)).toBe('created')
    // Even with the right state, its proofs answer another challenge.
    expectRefused(await send(other, tokenIn(mine)))
    expect(await reportOf(second)).toMatchObject({ verdict: 'rejected' })
  })
})

describe('VP-02: a presentation for another verifier', () => {
  it('made for another address', async () => {
    const elsewhere = await openEmployer(authority, {
      name: 'southmere',
      openid4vp: { encrypt: false, client: { prefix: 'redirect_uri' } },
    })
    const invitation = await ask()
    const caught = await answerOf(wallet, invitation)
    const theirs = await elsewhere.exchange.request(WANTED)
    const uri = new URL(theirs.uri)
    uri.searchParams.set('nonce', new URL(invitation.uri).searchParams.get('nonce') ?? '')
    // The same challenge, another audience.
    const listening = await openWallet(authority, [a.origin, b.origin, elsewhere.origin])
    await fill(listening)
    const request = await listening.openRequest(uri.href)
    expect(request.verifier.clientId).not.toBe(new URL(invitation.uri).searchParams.get('client_id'))
    let sent: Record<string, string[]> = {}
    const spy = await openWallet(authority, [a.origin, b.origin, elsewhere.origin], {
      send: async (url, asked) => {
        if (!url.includes('/response/'))
          return createGuardedRequest({ allowHosts: [a.origin, b.origin, elsewhere.origin] })(url, asked)
        sent = JSON.parse(new URLSearchParams(asked.body).get('vp_token') ?? '{}')
        return { status: 200, headers: {}, body: new TextEncoder().encode('{}') }
      },
    })
    await fill(spy)
    await (await spy.openRequest(uri.href)).share()
    expectRefused(await send(caught, sent))
    const report = await reportOf(invitation)
    expect(report?.presentation.reasons.map(({ code }) => code)).toContain('holderBinding.audienceMismatch')
    await elsewhere.close()
  })

  const LINKS: readonly (readonly [string, (uri: URL) => void])[] = [
    ['the prefix dropped', (uri) => uri.searchParams.set('client_id', uri.searchParams.get('response_uri') ?? '')],
    ['another prefix', (uri) => uri.searchParams.set('client_id', `x509_san_dns:${uri.hostname}`)],
    ['an answer that goes elsewhere', (uri) => uri.searchParams.set('response_uri', 'https://elsewhere.example/x')],
    [
      'a client that is elsewhere',
      (uri) => uri.searchParams.set('client_id', 'redirect_uri:https://elsewhere.example/x'),
    ],
    ['no client at all', (uri) => uri.searchParams.delete('client_id')],
    ['two clients', (uri) => uri.searchParams.append('client_id', 'redirect_uri:https://elsewhere.example/x')],
  ]
  it.each(LINKS)('the wallet answers no request with %s', async (_, change) => {
    const uri = new URL((await ask()).uri)
    change(uri)
    await expect(wallet.openRequest(uri.href)).rejects.toMatchObject({ code: expect.stringMatching(/^exchange\./) })
  })
})

describe('VP-03: a thief begins, a victim answers', () => {
  const SAME = { device: 'same', returnUrl: 'https://portal.southmere.example/back' } as const

  it('on one device: nobody learns the outcome without the code that the victim’s browser was led back with', async () => {
    const invitation = await ask(SAME)
    const caught = await answerOf(wallet, invitation)
    const answer = await send(caught)
    const back = new URL(String(answer.body.redirect_uri))
    const responseCode = back.searchParams.get('response_code') ?? ''
    expect(back.origin).toBe('https://portal.southmere.example')
    const { exchangeId, browserSecret = '' } = invitation
    const seenBy = async (proof?: { browserSecret: string; responseCode?: string }) =>
      (await untilEnd(b.exchange, exchangeId, proof)).at(-1)?.outcome
    expect(await seenBy()).toBeUndefined()
    expect(await seenBy({ browserSecret })).toBeUndefined()
    expect(await seenBy({ browserSecret, responseCode: 'guess' })).toBeUndefined()
    expect(await seenBy({ browserSecret: 'guess', responseCode })).toBeUndefined()
    expect(await seenBy({ browserSecret, responseCode })).toMatchObject({ report: { verdict: 'accepted' } })
  })

  it('a refusal leads the browser back, too', async () => {
    const invitation = await ask(SAME)
    const caught = await answerOf(wallet, invitation)
    const answer = await send(caught, { Identity_0_0: ['nothing'] })
    expect(answer.status).toBe(200)
    expect(String(answer.body.redirect_uri)).toMatch(/^https:\/\/portal\.southmere\.example\/back\?response_code=/)
    expect(await stateOf(invitation)).toBe('failed')
  })
})

describe('VP-04: a state that is unknown or over', () => {
  it('another state, none, and a finished one get the same answer', async () => {
    const invitation = await ask()
    const caught = await answerOf(wallet, invitation)
    const unknown = await send(caught, undefined, { state: 'invented' })
    const { state: _state, ...without } = caught.fields
    const none = await postForm(caught.url, without)
    const nobody = await send({ ...caught, url: `${caught.url.slice(0, -4)}AAAA` })
    expect((await send(caught)).status).toBe(200)
    const over = await send(caught)
    for (const answer of [unknown, none, nobody, over]) expectRefused(answer)
    expect(new Set([unknown, none, nobody, over].map(({ body }) => JSON.stringify(body))).size).toBe(1)
  })

  it('a request that expired', async () => {
    const invitation = await ask({ validForSeconds: 60 })
    const caught = await answerOf(wallet, invitation)
    ahead = 61_000
    expectRefused(await send(caught))
    await b.keeper.keep()
    expect(await stateOf(invitation)).toBe('expired')
  })
})

describe('VP-05: the outcome, without the second secret', () => {
  it('two secrets of 256 bits, and neither tells the other', async () => {
    const { exchangeId, browserSecret = '' } = await ask()
    for (const secret of [exchangeId, browserSecret]) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(exchangeId).not.toBe(browserSecret)
  })

  it('an exchange of another employer does not exist', async () => {
    const invitation = await ask()
    await expect(untilEnd(a.exchange, invitation.exchangeId)).rejects.toMatchObject({ code: 'exchange.unknown' })
    await expect(a.exchange.cancel(invitation.exchangeId)).rejects.toMatchObject({ code: 'exchange.unknown' })
  })

  it('a guessed address of a request', async () => {
    expect((await get(`${b.openid4vp.url}/request/guess`)).status).toBe(404)
  })
})

describe('VP-06: a wallet that does not keep to the query', () => {
  type Token = Record<string, string[]>
  const CHANGES: readonly (readonly [string, (token: Token) => unknown, string | undefined])[] = [
    [
      'a credential of another type',
      ({ Identity_0_0: identity }) => ({ Identity_0_0: identity, RightToWork_1_0: identity }),
      'exchange.notAnswered',
    ],
    ['fewer credentials', ({ Identity_0_0: identity }) => ({ Identity_0_0: identity }), 'exchange.notAnswered'],
    ['an answer to nothing that was asked', (token) => ({ ...token, more: token.Identity_0_0 }), 'exchange.notAsked'],
    [
      'two answers to one question',
      ({ Identity_0_0: [one = ''] = [], ...rest }) => ({ ...rest, Identity_0_0: [one, one] }),
      'exchange.notAsked',
    ],
    ['no answer to a question', (token) => ({ ...token, Identity_0_0: [] }), 'exchange.notAsked'],
    [
      'an answer in another format’s place',
      ({ Identity_0_0: identity = [], ...rest }) => ({ ...rest, Identity_0_1: identity }),
      'exchange.formatNotAsked',
    ],
  ]
  it.each(CHANGES)('%s', async (_, change, code) => {
    const invitation = await ask()
    const caught = await answerOf(wallet, invitation)
    expectRefused(await send(caught, change(tokenIn(caught))))
    const report = await reportOf(invitation)
    expect(report?.verdict).toBe('rejected')
    if (code) expect(report?.faults.map((fault) => fault.code)).toContain(code)
  })

  it('more claims than were asked for', async () => {
    const invitation = await ask({ credentials: [{ type: 'Identity', claims: ['photo'] }] })
    const plain = await ask({ credentials: [{ type: 'Identity' }] })
    const uri = new URL(plain.uri)
    // The wallet is asked for more than its employer will say that it asked for.
    uri.searchParams.set('dcql_query', new URL(invitation.uri).searchParams.get('dcql_query') ?? '')
    const caught = await answerOf(wallet, { ...plain, uri: uri.href })
    expectRefused(await send(caught))
    expect((await reportOf(plain))?.faults.map(({ code }) => code)).toContain('exchange.tooMuchShown')
  })

  it('fewer claims than were asked for', async () => {
    const invitation = await ask({ credentials: [{ type: 'Identity', claims: ['photo'] }] })
    const uri = new URL(invitation.uri)
    uri.searchParams.set(
      'dcql_query',
      new URL((await ask({ credentials: [{ type: 'Identity' }] })).uri).searchParams.get('dcql_query') ?? '',
    )
    const caught = await answerOf(wallet, { ...invitation, uri: uri.href })
    expectRefused(await send(caught))
    expect((await reportOf(invitation))?.faults.map(({ code }) => code)).toContain('exchange.notAnswered')
  })

  it('of an issuer that is not accepted', async () => {
    const { did } = authority.organisations.nationalBody
    const invitation = await ask({ credentials: [{ type: 'Identity', issuers: [did] }] })
    expectRefused(await send(await answerOf(wallet, invitation)))
    expect((await reportOf(invitation))?.faults.map(({ code }) => code)).toContain('exchange.issuerNotAsked')
  })

  it('of two people', async () => {
    const invitation = await ask()
    const caught = await answerOf(wallet, invitation)
    const other = await answerOf(thief, await ask())
    const token = { ...tokenIn(caught), RightToWork_1_0: tokenIn(other).RightToWork_1_0 ?? [] }
    expectRefused(await send(caught, token))
    expect((await reportOf(invitation))?.verdict).toBe('rejected')
  })

  const SHAPES: readonly (readonly [string, unknown])[] = [
    ['a list', []],
    ['a text', 'x'],
    ['an empty object', {}],
    ['a presentation that is no list', { Identity_0_0: 'x' }],
    ['null', null],
    ['a prototype', JSON.parse('{"__proto__":["x"]}')],
  ]
  it.each(SHAPES)('%s in place of presentations', async (_, vpToken) => {
    const caught = await answerOf(wallet, await ask())
    const answer = await send(caught, vpToken)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toBe('invalid_request')
  })

  it('and in the clear where it was to be encrypted', async () => {
    const sealed = await openEmployer(authority, {
      name: 'southmere',
      openid4vp: { client: { prefix: 'redirect_uri' } },
    })
    const invitation = await sealed.exchange.request(WANTED)
    const uri = new URL(invitation.uri)
    const request = { url: uri.searchParams.get('response_uri') ?? '', state: uri.searchParams.get('state') ?? '' }
    const vp_token = JSON.stringify({ Identity_0_0: ['x'] } satisfies JsonObject)
    expectRefused(await postForm(request.url, { vp_token, state: request.state }))
    expectRefused(await postForm(request.url, { response: 'not.a.jwe.at.all' }))
    expect((await sealed.book.byId(invitation.exchangeId))?.state).toBe('created')
    await sealed.close()
  })
})
