import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { API_KEY, ASK, callback, type EntraWorld, take, world } from '../exchange/support/entra-world.js'
import { untilEnd } from '../exchange/support/world.js'

const RETRIEVED = 'request_retrieved'
const VERIFIED = 'presentation_verified'
const FAILED = 'presentation_error'
const EXPIRY = 3_600_000

/** A request that waits for an answer, and what a true callback of each kind says. */
const asked = async () => {
  const clock = { time: Date.now(), now: () => new Date(clock.time) }
  const entra = await world({ clock })
  const wallet = await entra.simulator.newAuthenticator()
  await take(entra, wallet)
  const before = entra.simulator.callbacks.length
  const other = await entra.exchange.request(ASK)
  await (await wallet.scan(other.uri)).accept()
  const [, verified] = entra.simulator.callbacks.slice(before).map(({ body }) => body)
  const { exchangeId } = await entra.exchange.request(ASK)
  const detail = (await entra.book.byId(exchangeId))?.detail ?? {}
  const said = (requestStatus: string): JsonObject => ({
    ...(requestStatus === VERIFIED ? verified : {}),
    requestId: detail.requestId ?? '',
    state: detail.state ?? '',
    requestStatus,
  })
  const stateOf = async () => (await entra.book.byId(exchangeId))?.state
  return { entra, clock, exchangeId, said, stateOf, old: verified as JsonObject, oldId: other.exchangeId }
}

const everyState = async ({ exchange }: EntraWorld, id: string) =>
  (await untilEnd(exchange, id)).map(({ state }) => state)

describe('ENT-01: a forged callback', () => {
  it.each([
    ['no key', {}],
    ['an empty key', { 'api-key': '' }],
    ['another key', { 'api-key': API_KEY.replace('an', 'no') }],
    ['the beginning of the key', { 'api-key': API_KEY.slice(0, -1) }],
    ['more than the key', { 'api-key': `${API_KEY}x` }],
    ['the key twice', { 'api-key': `${API_KEY}, ${API_KEY}` }],
    ['the key in another place', { authorization: `Bearer ${API_KEY}` }],
  ])('ENT-01 %s: 401, the same for what there is and what there is not', async (_, headers) => {
    const { entra, said, stateOf } = await asked()
    const answers = [
      await callback(entra, said(VERIFIED), headers),
      await callback(entra, { ...said(VERIFIED), state: 'unknown' }, headers),
      await callback(entra, 'not even an object', headers),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect(await stateOf()).toBe('created')
  })

  it.each([
    ['an unknown state', { state: 'A'.repeat(43) }],
    ['no state', { state: null }],
    ['the state of another request', { requestId: '00000000-0000-0000-0000-000000000000' }],
    ['no request', { requestId: null }],
  ])('ENT-01 the right key, %s: 404, and nothing tells them apart', async (_, change) => {
    const { entra, said, stateOf } = await asked()
    const answer = await callback(entra, { ...said(VERIFIED), ...change })
    const unknown = await callback(entra, { ...said(VERIFIED), state: 'unknown', requestId: 'unknown' })
    expect([answer.status, await answer.text()]).toEqual([404, await unknown.text()])
    expect(await stateOf()).toBe('created')
  })

  it.each([
    ['a status of nobody', { requestStatus: 'presentation_great' }],
    ['a status of the other kind', { requestStatus: 'issuance_successful' }],
    ['nothing that was verified', { verifiedCredentialsData: [] }],
    ['something else that was verified', { verifiedCredentialsData: [{ issuer: 'did:web:a.example' }] }],
    ['more than anybody holds', { verifiedCredentialsData: Array(1_000).fill({}) }],
  ])('ENT-01 the right key, %s: 400, and no change', async (_, change) => {
    const { entra, said, stateOf } = await asked()
    expect((await callback(entra, { ...said(VERIFIED), ...change })).status).toBe(400)
    expect(await stateOf()).toBe('created')
  })

  it('ENT-01 an old callback again: no change, neither to its own request nor to another', async () => {
    const { entra, old, oldId, said, stateOf } = await asked()
    const before = await entra.book.byId(oldId)
    const changed = { ...old, verifiedCredentialsData: [{ issuer: 'did:web:a.example', type: ['X'], claims: {} }] }
    expect((await callback(entra, old)).status).toBe(200)
    expect((await callback(entra, changed)).status).toBe(200)
    expect(await entra.book.byId(oldId)).toEqual(before)
    const { state = '' } = said(RETRIEVED)
    expect((await callback(entra, { ...old, state })).status).toBe(404)
    expect(await stateOf()).toBe('created')
  })
})

describe('ENT-02: callbacks in any order', () => {
  it.each([
    ['in their order', [RETRIEVED, VERIFIED], ['created', 'opened', 'completed'], [200, 200]],
    ['the end first', [VERIFIED, RETRIEVED], ['created', 'completed'], [200, 200]],
    ['the end alone', [VERIFIED], ['created', 'completed'], [200]],
    [
      'each twice',
      [RETRIEVED, RETRIEVED, VERIFIED, VERIFIED],
      ['created', 'opened', 'completed'],
      [200, 200, 200, 200],
    ],
    ['another end after the end', [VERIFIED, FAILED], ['created', 'completed'], [200, 409]],
    ['a better end after the end', [FAILED, VERIFIED], ['created', 'failed'], [200, 409]],
  ])('ENT-02 %s', async (_, statuses, states, answers) => {
    const { entra, exchangeId, said } = await asked()
    const given: number[] = []
    for (const status of statuses) given.push((await callback(entra, said(status))).status)
    expect(given).toEqual(answers)
    expect((await untilEnd(entra.exchange, exchangeId)).map(({ event }) => event.state)).toEqual(states)
  })

  it('ENT-02 all at once: one of them ends it', async () => {
    const { entra, exchangeId, said } = await asked()
    const all = [RETRIEVED, VERIFIED, VERIFIED, RETRIEVED].map((status) => callback(entra, said(status)))
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await everyState(entra, exchangeId)).at(-1)).toBe('completed')
  })

  it.each([RETRIEVED, VERIFIED, FAILED])('ENT-02 after its time, %s is refused', async (status) => {
    const { entra, clock, exchangeId, said, stateOf } = await asked()
    clock.time += EXPIRY
    // Before the keeper saw to it, and after.
    expect((await callback(entra, said(status))).status).toBe(409)
    expect(await stateOf()).toBe('created')
    await entra.keeper.keep()
    expect((await callback(entra, said(status))).status).toBe(409)
    expect((await everyState(entra, exchangeId)).at(-1)).toBe('expired')
  })

  it.each([RETRIEVED, VERIFIED])('ENT-02 after it was cancelled, %s is refused', async (status) => {
    const { entra, exchangeId, said, stateOf } = await asked()
    await entra.exchange.cancel(exchangeId)
    expect((await callback(entra, said(status))).status).toBe(409)
    expect(await stateOf()).toBe('failed')
  })

  it('ENT-02 whoever opened it in time has the time to decide', async () => {
    const { entra, clock, said, stateOf } = await asked()
    clock.time += 290_000
    expect((await callback(entra, said(RETRIEVED))).status).toBe(200)
    clock.time += 590_000
    expect((await callback(entra, said(VERIFIED))).status).toBe(200)
    expect(await stateOf()).toBe('completed')
  })
})
