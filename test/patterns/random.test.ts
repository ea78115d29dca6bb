import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { Invitation, WalletExchange } from '../../src/exchange/wallet-exchange.js'
import { createInbound } from '../../src/patterns/inbound.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { createOutbound } from '../../src/patterns/outbound/create-outbound.js'
import type { RecordSystem } from '../../src/systems/record-system.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { createDemoAuthority, offered, openEmployer, openWallet, untilEnd } from '../exchange/support/world.js'
import { factsOf } from '../systems/support.js'

const HR = { role: 'HR adviser' }
const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const STEPS = 150

const randomOf = (seed: number) => {
  let state = seed
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  return { next, pick: <Item>(all: readonly Item[]): Item => all[Math.floor(next() * all.length)] as Item }
}

it.each([1, 2, 3].map(() => Math.floor(Math.random() * 1e9)))(
  'whatever is done, in whatever order, with crashes (seed %i): nothing valid that is not so, nobody’s, or there twice',
  async (seed) => {
    const { next, pick } = randomOf(seed)
    const authority = await createDemoAuthority()
    const a = await openEmployer(authority)
    const { signer } = await authority.newHolder('ES256')
    const b = await openEmployer(authority, {
      name: 'southmere',
      openid4vp: { client: { prefix: 'decentralized_identifier', signer } },
    })
    const { issuer, store } = authority.organisations.northfield
    const wallet = await openWallet(authority, [a.origin, b.origin])
    const take = async ({ uri, transactionCode = '' }: Invitation) =>
      (await wallet.openOffer(uri)).accept({ transactionCode })
    const IDENTITY = offered('Identity')
    await take(await a.exchange.offer({ credentials: [IDENTITY] }))

    const [esr, lms] = [simulateRecords('ESR'), simulateRecords('Think LMS')]
    const person = esr.users.enterPerson({ ...NAMES, reference: '1' })
    const there = lms.users.enterPerson({ ...NAMES, reference: '2' })
    const records = new Map<string, number>()

    // A crash around a call: before it was done, or after, when nobody hears of it.
    const crash = { chance: 0 }
    const around =
      <Given extends unknown[], Answer>(work: (...given: Given) => Promise<Answer>) =>
      async (...given: Given): Promise<Answer> => {
        if (next() < crash.chance) throw new Error('crash')
        const answer = await work(...given)
        if (next() < crash.chance) throw new Error('crash')
        return answer
      }
    const brittle = (system: RecordSystem): RecordSystem => ({
      ...system,
      read: around(system.read),
      add: around(system.add),
    })
    const exchange: WalletExchange = {
      ...a.exchange,
      offer: around(a.exchange.offer),
      cancel: around(a.exchange.cancel),
    }
    const kept = (owner: string) => ({ store: createMemoryStore().exchanges, owner, sealingKey: randomBytes(32) })
    const [ofA, ofB] = [kept('northfield'), kept('southmere')]
    const outbound = () =>
      createOutbound({
        system: brittle(esr.system),
        exchange,
        issuer: { revoke: around(issuer.revoke) },
        ledger: createLedger(ofA),
        route: 'viaPortal',
        employer: 'Northfield NHS Trust (fictional)',
        isOn: () => true,
      })
    const inbound = () => createInbound({ system: brittle(lms.system), ledger: createLedger(ofB), isOn: () => true })
    const passport = { passportId: 'passport-1', uniqueIdentifier: String(IDENTITY.facts?.uniqueIdentifier) }
    await outbound().match(passport, person, HR)

    const claimsOf = (turn: number) => ({
      ...(factsOf('CoreSkill').claims as object),
      lastDateAwarded: `2026-0${1 + (turn % 8)}-05`,
      dateTo: `2028-0${1 + (turn % 8)}-05`,
    })
    const invitations: Invitation[] = []
    const keep = (made: readonly (Invitation | undefined)[]) =>
      invitations.push(...made.flatMap((one) => (one ? [one] : [])))
    const acts: readonly (() => Promise<unknown>)[] = [
      async () => {
        const { credentialId: _, ...facts } = factsOf('CoreSkill')
        if (records.size < 4) records.set(esr.users.enterRecord(person, { ...facts, claims: claimsOf(0) } as never), 0)
      },
      async () => {
        const id = pick([...records.keys()])
        if (id === undefined) return
        records.set(id, (records.get(id) ?? 0) + (next() < 0.7 ? 1 : 0))
        esr.users.changeRecord(id, claimsOf(records.get(id) ?? 0))
      },
      async () => {
        const id = pick([...records.keys()])
        if (id === undefined || next() < 0.7) return
        records.delete(id)
        esr.users.deleteRecord(id)
      },
      async () => keep((await outbound().provide('passport-1', ['CoreSkill'], HR)).invitations),
      async () => keep((await outbound().update()).map(({ invitation }) => invitation)),
      async () => {
        const invitation = pick(invitations)
        if (invitation) await take(invitation)
      },
      async () => {
        await wallet.refresh()
        const credentials = [{ type: 'Identity' }, { type: 'CoreSkill', several: true, optional: true }] as const
        const asked = await b.exchange.request({ credentials, purpose: 'To start', device: 'cross' })
        await (await wallet.openRequest(asked.uri)).share()
        const end = (await untilEnd(b.exchange, asked.exchangeId, { browserSecret: asked.browserSecret ?? '' })).at(-1)
        const shown = end?.outcome?.presentation
        if (shown) await inbound().accept('passport-1', shown, HR)
      },
      () => inbound().match('passport-1', there, HR),
      () => inbound().send('passport-1', HR),
    ]
    for (let step = 0; step < STEPS; step++) {
      crash.chance = 0.15
      await pick(acts)().catch(() => undefined)
    }
    crash.chance = 0
    keep((await outbound().update()).map(({ invitation }) => invitation))
    expect(await outbound().update()).toEqual([])

    // Every credential that is valid is of a record as it stands now, and one record has one.
    const now = await outbound().current('passport-1')
    const held = (now?.provided ?? []).filter(({ state }) => state === 'held')
    expect(new Set(held.map(({ recordId }) => recordId)).size).toBe(held.length)
    expect(held.filter(({ recordId }) => !records.has(recordId))).toEqual([])
    const valid: string[] = []
    for await (const { credentialId, type, statusChanges } of store.register.find({ state: 'issued' }))
      if (type === 'CoreSkill' && statusChanges.length === 0) valid.push(credentialId)
    expect(valid.sort()).toEqual(held.flatMap(({ credentialId = '' }) => credentialId).sort())

    // What trust B's system has was sent once for each credential that was accepted.
    const got = (await lms.system.read(there, ['CoreSkill'])) ?? []
    await inbound()
      .match('passport-1', there, HR)
      .catch(() => undefined)
    const sent = (await inbound().current('passport-1'))?.items.filter(({ state }) => state === 'sent') ?? []
    const sending = (await inbound().current('passport-1'))?.items.filter(({ state }) => state === 'sending') ?? []
    expect(new Set(sent.map(({ recordId }) => recordId)).size).toBe(sent.length)
    expect(got.length).toBeGreaterThanOrEqual(sent.length)
    expect(got.length).toBeLessThanOrEqual(sent.length + sending.length)
    expect([...a.errors, ...b.errors]).toEqual([])
    await Promise.all([a.close(), b.close()])
  },
  60_000,
)
