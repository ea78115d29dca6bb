import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import type { FactsOf } from '../../src/exchange/wallet-exchange.js'
import { askFor, newKey, nonceOf, postJson, proofOf, tokenFor } from './support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer, openWallet, type TestEmployer, untilEnd } from './support/world.js'

let authority: Awaited<ReturnType<typeof createDemoAuthority>>
let employer: TestEmployer
beforeAll(async () => {
  authority = await createDemoAuthority()
  employer = await openEmployer(authority)
})
afterAll(async () => {
  expect(employer.errors).toEqual([])
  await employer.close()
})

const FACTS = offered('RightToWork').facts as FactsOf<'RightToWork'>
const CONFIGURATION = 'RightToWork_dc+sd-jwt'

const deferred = async () => {
  const invitation = await employer.exchange.offer({ credentials: [{ type: 'RightToWork' }] })
  const token = await tokenFor(employer, invitation)
  const ask = async (more: JsonObject = {}) => {
    const jwt = [await proofOf(await newKey(), employer, await nonceOf(employer))]
    return askFor(employer, token, { credential_configuration_id: CONFIGURATION, proofs: { jwt }, ...more })
  }
  const comeBack = (transaction_id: unknown, more: JsonObject = {}) =>
    postJson(`${employer.openid4vci.url}/deferred`, { transaction_id, ...more } as JsonObject, {
      authorization: `Bearer ${token}`,
    })
  return { invitation, ask, comeBack }
}

describe('a credential that is not ready yet', () => {
  it('is waited for, and is there once its facts are', async () => {
    const { invitation, ask, comeBack } = await deferred()
    const first = await ask()
    expect(first).toMatchObject({ status: 202, body: { interval: 5, transaction_id: expect.any(String) } })
    const { transaction_id } = first.body
    expect(await comeBack(transaction_id)).toMatchObject({ status: 202, body: { interval: 5 } })
    await employer.openid4vci.provide(invitation.exchangeId, 0, FACTS)
    const second = await comeBack(transaction_id)
    expect(second).toMatchObject({ status: 200, body: { credentials: [{ credential: expect.any(String) }] } })
    // The answer got lost: the same again.
    expect((await comeBack(transaction_id)).body).toEqual(second.body)
  })

  it.each([
    ['unknown', 'unknown'],
    ['', undefined],
    ['a number', 7],
  ])('under another name (%s) is nothing', async (_, id) => {
    const { ask, comeBack } = await deferred()
    await ask()
    const { status, body } = await comeBack(id)
    expect(status).toBe(400)
    expect(body.error).toMatch(/^invalid_/)
  })

  it('of another offer is nothing to this one', async () => {
    const [one, other] = [await deferred(), await deferred()]
    const { transaction_id } = (await one.ask()).body
    await other.ask()
    expect((await other.comeBack(transaction_id)).body.error).toBe('invalid_transaction_id')
  })

  it('with facts that break a rule stays away, and whoever gave them hears which', async () => {
    const { invitation, ask, comeBack } = await deferred()
    const { transaction_id } = (await ask()).body
    const broken = { ...FACTS, claims: {} } as unknown as typeof FACTS
    await expect(employer.openid4vci.provide(invitation.exchangeId, 0, broken)).rejects.toHaveProperty('faults')
    expect((await comeBack(transaction_id)).status).toBe(202)
  })

  it('is not to be had once the offer is over', async () => {
    const { invitation, ask, comeBack } = await deferred()
    const { transaction_id } = (await ask()).body
    await employer.exchange.cancel(invitation.exchangeId)
    const provided = employer.openid4vci.provide(invitation.exchangeId, 0, FACTS)
    await expect(provided).rejects.toMatchObject({ code: 'exchange.ended' })
    expect((await comeBack(transaction_id)).status).toBe(401)
  })

  it('is waited for by our wallet', async () => {
    const { invitation } = await deferred().then(async () => {
      const made = await employer.exchange.offer({ credentials: [{ type: 'RightToWork' }] })
      return { invitation: made }
    })
    const wallet = await openWallet(authority, [employer.origin])
    const offer = await wallet.openOffer(invitation.uri)
    const taking = offer.accept({ transactionCode: invitation.transactionCode ?? '' })
    await employer.openid4vci.provide(invitation.exchangeId, 0, FACTS)
    expect(await taking).toMatchObject([{ ok: true }])
    expect((await untilEnd(employer.exchange, invitation.exchangeId)).at(-1)?.state).toBe('completed')
  })
})

describe('an answer that is encrypted', () => {
  it.each(['A128GCM', 'A256GCM'])('to a key of the wallet’s, with %s', async (enc) => {
    const { privateKey, publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
    const jwk = { ...((await exportJWK(publicKey)) as JsonObject), alg: 'ECDH-ES', kid: 'mine' }
    const credential_response_encryption = { jwk, enc }
    const { invitation, ask, comeBack } = await deferred()
    const open = async ({ body, headers }: Awaited<ReturnType<typeof ask>>): Promise<JsonObject> => {
      expect(headers.get('content-type')).toContain('application/jwt')
      const { plaintext, protectedHeader } = await compactDecrypt(String(body.text), privateKey)
      expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc, kid: 'mine' })
      return JSON.parse(new TextDecoder().decode(plaintext))
    }
    const { transaction_id } = await open(await ask({ credential_response_encryption }))
    await employer.openid4vci.provide(invitation.exchangeId, 0, FACTS)
    const answer = await open(await comeBack(transaction_id, { credential_response_encryption }))
    expect(answer).toMatchObject({ credentials: [{ credential: expect.any(String) }] })
  })
})
