import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import type { Invitation, OfferRequest } from '../../src/exchange/wallet-exchange.js'
import { CANARY } from '../exchange/support/canary.js'
import {
  type Answer,
  askFor,
  askWell,
  codeOf,
  dpopOf,
  get,
  newKey,
  nonceOf,
  offerBehind,
  postForm,
  proofOf,
  redeem,
  seconds,
  tokenFor,
} from '../exchange/support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer, type TestEmployer } from '../exchange/support/world.js'

const CONFIGURATION = 'RightToWork_dc+sd-jwt'
let a: TestEmployer
let b: TestEmployer
beforeAll(async () => {
  const authority = await createDemoAuthority()
  a = await openEmployer(authority)
  b = await openEmployer(authority, { name: 'southmere' })
})
afterAll(async () => {
  expect([...a.errors, ...b.errors]).toEqual([])
  await a.close()
  await b.close()
})

const offer = (more: Partial<OfferRequest> = {}, employer = a): Promise<Invitation> =>
  employer.exchange.offer({ credentials: [offered('RightToWork')], ...more })

/** Refused in the protocol's own words, which repeat nothing that was sent. */
const expectRefusal = ({ status, body }: Answer, error: string): void => {
  expect({ status: status >= 400 && status < 500, error: body.error }).toEqual({ status: true, error })
  expect(String(body.error_description).length).toBeLessThanOrEqual(500)
  expect(JSON.stringify(body)).not.toMatch(CANARY)
  expect(body.credentials).toBeUndefined()
}

describe('VCI-01: a pre-authorized code is redeemed again', () => {
  it('one after the other: the second gets nothing', async () => {
    const invitation = await offer()
    const code = await codeOf(invitation)
    expect((await redeem(a, code, invitation.transactionCode)).status).toBe(200)
    expectRefusal(await redeem(a, code, invitation.transactionCode), 'invalid_grant')
  })

  it('a hundred at once: exactly one gets a token', async () => {
    const invitation = await offer()
    const code = await codeOf(invitation)
    const answers = await Promise.all(Array.from({ length: 100 }, () => redeem(a, code, invitation.transactionCode)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefusal(answer, 'invalid_grant')
  })

  it('by the key that its token is bound to, whose answer got lost: another token in its place, once nothing was taken', async () => {
    const [mine, thief] = [await newKey(), await newKey()]
    const invitation = await offer()
    const code = await codeOf(invitation)
    const url = `${a.openid4vci.url}/token`
    const by = async (key: Awaited<ReturnType<typeof newKey>>) =>
      redeem(a, code, invitation.transactionCode, { dpop: await dpopOf(key, 'POST', url) })
    const take = async (token: unknown) => {
      const proof = await dpopOf(mine, 'POST', `${a.openid4vci.url}/credential`, { token: String(token) })
      const proofs = { jwt: [await proofOf(await newKey(), a, await nonceOf(a))] }
      const body = { credential_configuration_id: CONFIGURATION, proofs }
      return askFor(a, String(token), body, { authorization: `DPoP ${token}`, dpop: proof })
    }
    const first = await by(mine)
    expect(first.body.token_type).toBe('DPoP')
    expectRefusal(await by(thief), 'invalid_grant')
    expectRefusal(await redeem(a, code, invitation.transactionCode), 'invalid_grant')
    expectRefusal(await redeem(a, code, '000000', { dpop: await dpopOf(mine, 'POST', url) }), 'invalid_grant')
    const second = await by(mine)
    expect(second.status).toBe(200)
    expectRefusal(await take(first.body.access_token), 'invalid_token')
    expect((await take(second.body.access_token)).status).toBe(200)
    expectRefusal(await by(mine), 'invalid_grant')
  })

  it('at another employer: it is nothing there', async () => {
    const invitation = await offer()
    expectRefusal(await redeem(b, await codeOf(invitation), invitation.transactionCode), 'invalid_grant')
  })
})

const wrongCodes = (right = ''): readonly string[] =>
  ['000000', '000001', '000002', '000003', '000004', '000005', '000006'].filter((code) => code !== right)

describe('VCI-02: a transaction code is guessed', () => {
  it('after five wrong ones the right one is worth nothing, and the offer has failed', async () => {
    const invitation = await offer()
    const code = await codeOf(invitation)
    for (const wrong of wrongCodes(invitation.transactionCode).slice(0, 5))
      expectRefusal(await redeem(a, code, wrong), 'invalid_grant')
    expectRefusal(await redeem(a, code, invitation.transactionCode), 'invalid_grant')
    expect((await a.book.byId(invitation.exchangeId))?.state).toBe('failed')
  })

  it('four wrong ones and the right one: a mistake is forgiven', async () => {
    const invitation = await offer()
    const code = await codeOf(invitation)
    for (const wrong of wrongCodes(invitation.transactionCode).slice(0, 4)) await redeem(a, code, wrong)
    expect((await redeem(a, code, invitation.transactionCode)).status).toBe(200)
  })

  it('none at all: it is asked for, and no attempt is counted', async () => {
    const invitation = await offer()
    const code = await codeOf(invitation)
    for (let time = 0; time < 8; time++) expectRefusal(await redeem(a, code), 'invalid_request')
    expect((await redeem(a, code, invitation.transactionCode)).status).toBe(200)
  })
})

describe('VCI-03: many guesses at once', () => {
  it('a thousand in parallel: five are looked at', async () => {
    const invitation = await offer()
    const code = await codeOf(invitation)
    const guesses = Array.from({ length: 1_000 }, (_, guess) => String(guess).padStart(6, '0'))
    const others = guesses.filter((guess) => guess !== invitation.transactionCode)
    const answers: Answer[] = []
    for (let first = 0; first < others.length; first += 100)
      answers.push(...(await Promise.all(others.slice(first, first + 100).map((guess) => redeem(a, code, guess)))))
    expect(answers.filter(({ status }) => status === 200)).toEqual([])
    expect(await a.book.byId(invitation.exchangeId)).toMatchObject({ state: 'failed', detail: { wrongCodes: 5 } })
  }, 30_000)
})

describe('VCI-04: a nonce is used again, or is none of ours', () => {
  const NONCES: readonly (readonly [string, () => Promise<string | undefined>])[] = [
    [
      'used before',
      async () => {
        const nonce = await nonceOf(a)
        const token = await tokenFor(a, await offer())
        const proofs = { jwt: [await proofOf(await newKey(), a, nonce)] }
        expect((await askFor(a, token, { credential_configuration_id: CONFIGURATION, proofs })).status).toBe(200)
        return nonce
      },
    ],
    ['of another employer', () => nonceOf(b)],
    ['forged', async () => `${(await nonceOf(a)).slice(0, -4)}AAAA`],
    ['with a later end', async () => `z${await nonceOf(a)}`],
    ['invented', async () => 'nonce'],
    ['empty', async () => ''],
    ['absent', async () => undefined],
  ]
  it.each(NONCES)('%s', async (_, make) => {
    const token = await tokenFor(a, await offer())
    const proofs = { jwt: [await proofOf(await newKey(), a, await make())] }
    expectRefusal(await askFor(a, token, { credential_configuration_id: CONFIGURATION, proofs }), 'invalid_nonce')
  })
})

const credential = async (jwt: readonly string[] | undefined, more: JsonObject = {}): Promise<Answer> => {
  const token = await tokenFor(a, await offer())
  const proofs = jwt === undefined ? {} : { proofs: { jwt } }
  return askFor(a, token, { credential_configuration_id: CONFIGURATION, ...proofs, ...more } as JsonObject)
}

type Change = { readonly header?: JsonObject; readonly claims?: JsonObject }

describe('VCI-05: a proof that does not prove', () => {
  const CHANGES: readonly (readonly [string, (key: Awaited<ReturnType<typeof newKey>>) => Change])[] = [
    ['for another issuer', () => ({ claims: { aud: 'https://elsewhere.example' } })],
    ['for several issuers', () => ({ claims: { aud: [a.openid4vci.url, 'https://elsewhere.example'] } })],
    ['without audience', () => ({ claims: { aud: null } })],
    ['of no type', () => ({ header: { typ: null } })],
    ['of another type', () => ({ header: { typ: 'JWT' } })],
    ['unsigned (none)', () => ({ header: { alg: 'none' } })],
    ['with a private key in its header', (key) => ({ header: { jwk: key.privateKeyJwk as unknown as JsonObject } })],
    ['naming its key twice', (key) => ({ header: { jwk: key.jwk, kid: key.keyId } })],
    ['naming no key', () => ({ header: { kid: null } })],
    ['from long ago', () => ({ claims: { iat: seconds() - 86_400 } })],
    ['from the future', () => ({ claims: { iat: seconds() + 86_400 } })],
    ['without its time', () => ({ claims: { iat: null } })],
    ['critical', () => ({ header: { crit: ['exp'] } })],
    ['of a DID that must be fetched', () => ({ header: { kid: 'did:web:holder.example#key-1' } })],
  ]
  it.each(CHANGES)('%s', async (_, change) => {
    const key = await newKey()
    const { header = {}, claims = {} } = change(key)
    const proof = await proofOf(key, a, await nonceOf(a), {
      header: Object.fromEntries(Object.entries(header).map(([name, value]) => [name, value])),
      claims,
    })
    expectRefusal(await credential([proof]), 'invalid_proof')
  })

  it('missing', async () => expectRefusal(await credential(undefined), 'invalid_proof'))
  it('signed with another key', async () => {
    const [named, other] = [await newKey(), await newKey()]
    const proof = await proofOf(other, a, await nonceOf(a), { header: { kid: named.keyId } })
    expectRefusal(await credential([proof]), 'invalid_proof')
  })
  it('more of them than keys may be had', async () => {
    const nonce = await nonceOf(a)
    const proofs = [await proofOf(await newKey(), a, nonce), await proofOf(await newKey(), a, nonce)]
    expectRefusal(await credential(proofs), 'invalid_proof')
  })
  it('no JWT at all', async () => {
    const answer = await credential(['not a proof'])
    expect(['invalid_proof', 'invalid_credential_request']).toContain(answer.body.error)
    expect(answer.status).toBe(400)
  })
})

describe('VCI-06: a holder’s key that is not sound', () => {
  const ZERO = Buffer.alloc(32).toString('base64url')
  const ONE = Buffer.from([1, ...Array(31).fill(0)]).toString('base64url')
  const KEYS: readonly (readonly [string, JsonObject])[] = [
    ['Ed25519, the identity', { kty: 'OKP', crv: 'Ed25519', x: ONE }],
    ['Ed25519, order four', { kty: 'OKP', crv: 'Ed25519', x: ZERO }],
    ['Ed25519, not canonical', { kty: 'OKP', crv: 'Ed25519', x: Buffer.alloc(32, 0xff).toString('base64url') }],
    ['P-256, off the curve', { kty: 'EC', crv: 'P-256', x: ONE, y: ONE }],
    ['P-256, the zero point', { kty: 'EC', crv: 'P-256', x: ZERO, y: ZERO }],
  ]
  it.each(KEYS)('%s', async (_, jwk) => {
    const key = await newKey(jwk.crv === 'P-256' ? 'ES256' : 'EdDSA')
    const proof = await proofOf(key, a, await nonceOf(a), { header: { jwk } })
    expectRefusal(await credential([proof]), 'invalid_proof')
  })
  it('RSA', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = publicKey.export({ format: 'jwk' }) as JsonObject
    const proof = await proofOf(await newKey(), a, await nonceOf(a), { header: { jwk } })
    expectRefusal(await credential([proof]), 'invalid_proof')
  })
})

describe('VCI-07: something else is asked for', () => {
  const WANTED: readonly (readonly [string, JsonObject, string])[] = [
    ['an unknown configuration', { credential_configuration_id: 'Nothing' }, 'unknown_credential_configuration'],
    [
      'one that was not offered',
      { credential_configuration_id: 'Identity_dc+sd-jwt' },
      'unknown_credential_configuration',
    ],
    ['in another format', { credential_configuration_id: 'RightToWork_vc+jwt' }, 'unknown_credential_configuration'],
    ['an unknown identifier', { credential_identifier: 'nothing' }, 'unknown_credential_identifier'],
    [
      'two things',
      { credential_identifier: 'x', credential_configuration_id: CONFIGURATION },
      'invalid_credential_request',
    ],
    ['nothing', {}, 'invalid_credential_request'],
    ['a prototype', { credential_configuration_id: '__proto__' }, 'unknown_credential_configuration'],
  ]
  it.each(WANTED)('%s', async (_, wanted, error) => {
    const token = await tokenFor(a, await offer())
    const proofs = { jwt: [await proofOf(await newKey(), a, await nonceOf(a))] }
    expectRefusal(await askFor(a, token, { ...wanted, proofs }), error)
  })

  it('and the nonce of a request for nothing is not used up', async () => {
    const token = await tokenFor(a, await offer())
    const nonce = await nonceOf(a)
    const key = await newKey()
    const body = async (credential_configuration_id: string) => ({
      credential_configuration_id,
      proofs: { jwt: [await proofOf(key, a, nonce)] },
    })
    expectRefusal(await askFor(a, token, await body('Nothing')), 'unknown_credential_configuration')
    expect((await askFor(a, token, await body(CONFIGURATION))).status).toBe(200)
  })
})

describe('VCI-08: an access token in the wrong place or hands', () => {
  it('in the query', async () => {
    const token = await tokenFor(a, await offer())
    const url = `${a.openid4vci.url}/credential?access_token=${token}`
    const answer = await postForm(url, {}, { 'content-type': 'application/json' })
    expectRefusal(answer, 'invalid_token')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  it.each([
    ['none at all', ''],
    ['an invented one', 'Bearer abc'],
    ['by another scheme', 'Basic abc'],
  ])('%s', async (_, authorization) => {
    const answer = await askFor(a, '', { credential_configuration_id: CONFIGURATION }, { authorization })
    expectRefusal(answer, 'invalid_token')
    expect(answer.status).toBe(401)
  })

  it('at another employer', async () => {
    const token = await tokenFor(a, await offer())
    expectRefusal(await askFor(b, token, { credential_configuration_id: CONFIGURATION }), 'invalid_token')
  })

  it('one that anybody may use lasts five minutes', async () => {
    const invitation = await offer({ validForSeconds: 86_400 })
    const { body } = await redeem(a, await codeOf(invitation), invitation.transactionCode)
    expect(body).toMatchObject({ token_type: 'Bearer' })
    expect(Number(body.expires_in)).toBeLessThanOrEqual(300)
  })

  it('one that is bound to a key is worth nothing without it', async () => {
    const key = await newKey()
    const invitation = await offer({ validForSeconds: 3_600 })
    const url = `${a.openid4vci.url}/token`
    const dpop = await dpopOf(key, 'POST', url)
    const { body } = await redeem(a, await codeOf(invitation), invitation.transactionCode, { dpop })
    expect(body).toMatchObject({ token_type: 'DPoP' })
    expect(Number(body.expires_in)).toBeGreaterThan(300)
    const token = String(body.access_token)
    const wanted = { credential_configuration_id: CONFIGURATION }
    const at = `${a.openid4vci.url}/credential`
    const proof = (by: typeof key, more = {}) => dpopOf(by, 'POST', at, { token, ...more })
    const used = await proof(key)
    const WRONG: readonly (readonly [string, Record<string, string>])[] = [
      ['as a bearer token', { authorization: `Bearer ${token}` }],
      ['without a proof', { authorization: `DPoP ${token}` }],
      ['with another key', { authorization: `DPoP ${token}`, dpop: await proof(await newKey()) }],
      ['for another method', { authorization: `DPoP ${token}`, dpop: await dpopOf(key, 'GET', at, { token }) }],
      ['for another address', { authorization: `DPoP ${token}`, dpop: await dpopOf(key, 'POST', url, { token }) }],
      ['for another token', { authorization: `DPoP ${token}`, dpop: await dpopOf(key, 'POST', at, { token: 'x' }) }],
      ['for no token', { authorization: `DPoP ${token}`, dpop: await dpopOf(key, 'POST', at) }],
      ['long ago', { authorization: `DPoP ${token}`, dpop: await proof(key, { claims: { iat: seconds() - 3600 } }) }],
    ]
    for (const [, headers] of WRONG) {
      const answer = await askFor(a, token, wanted, headers)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(['invalid_token', 'invalid_dpop_proof']).toContain(answer.body.error)
    }
    const good = { authorization: `DPoP ${token}`, dpop: used }
    const proofs = { jwt: [await proofOf(await newKey(), a, await nonceOf(a))] }
    expect((await askFor(a, token, { ...wanted, proofs }, good)).status).toBe(200)
    expectRefusal(await askFor(a, token, { ...wanted, proofs }, good), 'invalid_dpop_proof')
  })

  it('after the offer is over', async () => {
    const invitation = await offer()
    const token = await tokenFor(a, invitation)
    await a.exchange.cancel(invitation.exchangeId)
    expectRefusal(await askWell(a, token, CONFIGURATION), 'invalid_token')
  })
})

describe('whatever is sent, an answer in the protocol’s words', () => {
  const BODIES = ['', '{', '[]', 'null', '{"a":1,"a":2}', '\u0000', '{"__proto__":{}}', 'x'.repeat(100_000)]
  it.each(BODIES)('%#', async (body) => {
    const token = await tokenFor(a, await offer())
    const answer = await fetch(`${a.openid4vci.url}/credential`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: 'invalid_credential_request' })
  })

  it('a parameter that is there twice', async () => {
    const code = await codeOf(await offer())
    const form = `grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=${code}&pre-authorized_code=${code}`
    expectRefusal(await postForm(`${a.openid4vci.url}/token`, form), 'invalid_request')
  })

  it('an offer that was taken is not shown again', async () => {
    const invitation = await offer()
    const link = new URL(invitation.uri).searchParams.get('credential_offer_uri') ?? ''
    expect(await offerBehind(invitation)).toMatchObject({ credential_issuer: a.openid4vci.url })
    await a.exchange.cancel(invitation.exchangeId)
    expect((await get(link)).status).toBe(404)
  })
})
