import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { CredentialTypeName } from '../../src/credentials/rows.js'
import type { Invitation } from '../../src/exchange/wallet-exchange.js'
import { createInbound } from '../../src/patterns/inbound/create-inbound.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { createOutbound } from '../../src/patterns/outbound/create-outbound.js'
import type { OutboundRoute } from '../../src/patterns/outbound/routes.js'
import type { RecordSystem } from '../../src/systems/record-system.js'
import { type ProductName, simulateRecords } from '../../src/testing/simulators/systems/products.js'
import type { Wallet } from '../../src/wallet/create-wallet.js'
import { createDemoAuthority, offered, openEmployer, openWallet, untilEnd } from '../exchange/support/world.js'
import { factsOf, serveSystem } from '../systems/support.js'

const HR = { role: 'HR adviser' }
const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const IDENTITY = offered('Identity')
const PERSON = { passportId: 'passport-1', uniqueIdentifier: String(IDENTITY.facts?.uniqueIdentifier) }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Somebody in a simulated system, behind its interface. */
const systemOf = async (name: ProductName, types: readonly CredentialTypeName[] = []) => {
  const { system, users } = simulateRecords(name)
  const person = users.enterPerson({ ...NAMES, reference: '30679710' })
  const records = types.map((type) => users.enterRecord(person, factsOf(type)))
  const served = await serveSystem(system)
  closing.push(served.close)
  return { ...served, users, person, records, own: system }
}

const ledgerOf = (owner: string) => {
  const kept = { store: createMemoryStore().exchanges, owner, sealingKey: randomBytes(32) }
  return () => createLedger(kept)
}

/** Trust A, trust B, and somebody with a wallet who has their identity in it. */
const open = async () => {
  const authority = await createDemoAuthority()
  const a = await openEmployer(authority)
  const { signer } = await authority.newHolder('ES256')
  const client = { prefix: 'decentralized_identifier', signer } as const
  const b = await openEmployer(authority, { name: 'southmere', openid4vp: { client } })
  closing.push(a.close, b.close)
  const wallet = await openWallet(authority, [a.origin, b.origin])
  const take = async ({ uri, transactionCode = '' }: Invitation, into: Wallet = wallet) =>
    (await into.openOffer(uri)).accept({ transactionCode })
  await take(await a.exchange.offer({ credentials: [IDENTITY] }))
  const show = async (types: readonly CredentialTypeName[]) => {
    const credentials = types.map((type) => ({ type, several: type === 'CoreSkill' }))
    const asked = await b.exchange.request({ credentials, purpose: 'Before you start', device: 'cross' })
    await (await wallet.openRequest(asked.uri)).share().catch(() => undefined)
    const proof = { browserSecret: asked.browserSecret ?? '' }
    return (await untilEnd(b.exchange, asked.exchangeId, proof)).at(-1)?.outcome
  }
  return { authority, a, b, wallet, take, show, issuer: authority.organisations.northfield.issuer }
}

type World = Awaited<ReturnType<typeof open>>

const outboundOf = (
  { a, issuer }: World,
  system: RecordSystem,
  route: OutboundRoute = 'viaPortal',
  ledger = ledgerOf('northfield'),
) => {
  const start = () =>
    createOutbound({
      system,
      exchange: a.exchange,
      issuer,
      ledger: ledger(),
      route,
      employer: 'Northfield NHS Trust (fictional)',
      isOn: () => true,
    })
  return { outbound: start(), start }
}

describe('from trust A’s system to the wallet, to trust B, and into trust B’s system', () => {
  it('matched, provided, taken, shown, accepted, matched, sent', async () => {
    const world = await open()
    const esrA = await systemOf('ESR', ['CoreSkill', 'EmploymentHistory'])
    const { outbound } = outboundOf(world, esrA.client)
    expect(await outbound.candidates(NAMES)).toMatchObject([{ id: esrA.person }])
    await outbound.match(PERSON, esrA.person, HR)
    const { invitations } = await outbound.provide('passport-1', ['CoreSkill', 'EmploymentHistory'], HR)
    expect(invitations).toHaveLength(2)
    for (const invitation of invitations) expect(await world.take(invitation)).toMatchObject([{ ok: true }])
    expect((await outbound.current('passport-1'))?.provided).toMatchObject([
      { state: 'held', credentialId: expect.any(String) },
      { state: 'held', credentialId: expect.any(String) },
    ])
    // What is there is not provided again.
    expect((await outbound.provide('passport-1', ['CoreSkill', 'EmploymentHistory'], HR)).invitations).toEqual([])

    const outcome = await world.show(['Identity', 'CoreSkill', 'EmploymentHistory'])
    const presentation = outcome?.presentation
    if (!presentation) throw new Error('It was not accepted')
    const skill = presentation.credentials.find(({ type }) => type === 'CoreSkill')
    expect(skill?.document.evidence ?? skill?.document).toMatchObject(
      skill?.document.evidence ? [{ route: 'viaPortal', checkedByRole: 'HR adviser' }] : {},
    )

    const lms = await systemOf('Think LMS')
    const ledger = ledgerOf('southmere')
    const inbound = createInbound({ system: lms.client, ledger: ledger(), isOn: () => true })
    await inbound.accept('passport-1', presentation, HR)
    await inbound.accept('passport-1', presentation, HR)
    expect(await inbound.candidates(NAMES)).toMatchObject([{ id: lms.person }])
    await inbound.match('passport-1', lms.person, HR)
    const sent = await inbound.send('passport-1', HR)
    expect(Object.fromEntries(sent.items.map(({ type, state, reason }) => [type, reason ?? state]))).toEqual({
      Identity: 'notReceived',
      CoreSkill: 'sent',
      EmploymentHistory: 'notReceived',
    })
    await inbound.send('passport-1', HR)
    const there = (await lms.own.read(lms.person, ['CoreSkill', 'Identity', 'EmploymentHistory'])) ?? []
    expect(there).toMatchObject([{ type: 'CoreSkill', claims: factsOf('CoreSkill').claims }])
    expect(sent.history.map(({ what, role }) => `${what} by ${role}`)).toEqual([
      'accepted by HR adviser',
      'matched by HR adviser',
      'sent by HR adviser',
    ])
    expect(JSON.stringify(sent)).not.toContain('Testwell')
  })

  it.each(['status500', 'dropAfter'] as const)(
    '%s on every way, and a restart in between: everything once',
    async (fault) => {
      const world = await open()
      const esr = await systemOf('ESR', ['CoreSkill'])
      const { outbound, start } = outboundOf(world, esr.client)
      await outbound.match(PERSON, esr.person, HR)
      esr.faults[fault] = 99
      await expect(outbound.provide('passport-1', ['CoreSkill'], HR)).rejects.toMatchObject({ retryable: true })
      esr.faults[fault] = 0
      const [first] = (await start().provide('passport-1', ['CoreSkill'], HR)).invitations
      const [again] = (await start().provide('passport-1', ['CoreSkill'], HR)).invitations
      expect(again).toEqual(first)
      if (first) await world.take(first)
      const presentation = (await world.show(['Identity', 'CoreSkill']))?.presentation
      if (!presentation) throw new Error('It was not accepted')
      const lms = await systemOf('Kallidus Learn')
      const ledger = ledgerOf('southmere')
      const inbound = () => createInbound({ system: lms.client, ledger: ledger(), isOn: () => true })
      await inbound().accept('passport-1', presentation, HR)
      await inbound().match('passport-1', lms.person, HR)
      lms.faults[fault] = 99
      await expect(inbound().send('passport-1', HR)).rejects.toMatchObject({ code: 'system.unavailable' })
      lms.faults[fault] = 0
      expect((await inbound().send('passport-1', HR)).items.find(({ type }) => type === 'CoreSkill')?.state).toBe(
        'sent',
      )
      expect(await lms.own.read(lms.person, ['CoreSkill'])).toHaveLength(1)
    },
  )
})

describe('what changed in the system', () => {
  const held = async () => {
    const world = await open()
    const esr = await systemOf('ESR', ['CoreSkill'])
    const ledger = ledgerOf('northfield')
    const made = outboundOf(world, esr.client, 'viaPortal', ledger)
    await made.outbound.match(PERSON, esr.person, HR)
    await made.outbound.update()
    const [invitation] = (await made.outbound.provide('passport-1', ['CoreSkill'], HR)).invitations
    if (invitation) await world.take(invitation)
    return { ...made, world, esr, ledger, record: esr.records[0] ?? '' }
  }

  it('is revoked and offered anew, where the wallet would show something else', async () => {
    const { outbound, world, esr, record } = await held()
    esr.users.changeRecord(record, {
      ...factsOf('CoreSkill').claims,
      lastDateAwarded: '2026-01-05',
      dateTo: '2028-01-05',
    })
    const [updated, ...more] = await outbound.update()
    expect([updated, more]).toMatchObject([{ passportId: 'passport-1', recordId: record, what: 'reissued' }, []])
    expect(await outbound.update()).toEqual([])
    // The old one is refused from now on; the new one is taken, and shown.
    expect((await world.show(['Identity', 'CoreSkill']))?.report.verdict).toBe('rejected')
    await world.wallet.refresh()
    if (updated?.invitation) await world.take(updated.invitation)
    expect((await world.show(['Identity', 'CoreSkill']))?.report.verdict).toBe('accepted')
    expect((await outbound.current('passport-1'))?.provided.map(({ state }) => state)).toEqual(['revoked', 'held'])
  })

  it('is left alone, where it would not', async () => {
    const { outbound, world, esr, record } = await held()
    esr.users.changeRecord(record, factsOf('CoreSkill').claims)
    expect(await outbound.update()).toEqual([])
    expect((await world.show(['Identity', 'CoreSkill']))?.report.verdict).toBe('accepted')
  })

  it('is revoked, where it is gone', async () => {
    const { outbound, world, esr, record } = await held()
    esr.users.deleteRecord(record)
    expect(await outbound.update()).toEqual([{ passportId: 'passport-1', recordId: record, what: 'revoked' }])
    expect((await world.show(['Identity', 'CoreSkill']))?.report.verdict).toBe('rejected')
  })

  it('of somebody who is of no interest is not even read', async () => {
    const { outbound, esr } = await held()
    const stranger = esr.users.enterPerson({ ...NAMES, reference: '30679711' })
    const record = esr.users.enterRecord(stranger, factsOf('CoreSkill'))
    esr.users.changeRecord(record, factsOf('CoreSkill').claims)
    esr.calls.length = 0
    expect(await outbound.update()).toEqual([])
    expect(esr.calls.filter((call) => call.includes('/records'))).toEqual([])
  })

  it('before it was taken: that offer leads nowhere any more', async () => {
    const world = await open()
    const esr = await systemOf('ESR', ['CoreSkill'])
    const { outbound } = outboundOf(world, esr.client)
    await outbound.match(PERSON, esr.person, HR)
    await outbound.update()
    const [invitation] = (await outbound.provide('passport-1', ['CoreSkill'], HR)).invitations
    esr.users.changeRecord(esr.records[0] ?? '', {
      ...factsOf('CoreSkill').claims,
      lastDateAwarded: '2026-01-05',
      dateTo: '2028-01-05',
    })
    expect(await outbound.update()).toMatchObject([{ what: 'reissued' }])
    if (invitation) await expect(world.take(invitation)).rejects.toMatchObject({ code: 'exchange.refused' })
  })

  it('is offered anew after a crash that came between revoking and offering', async () => {
    const { world, esr, record, ledger } = await held()
    esr.users.changeRecord(record, {
      ...factsOf('CoreSkill').claims,
      lastDateAwarded: '2026-01-05',
      dateTo: '2028-01-05',
    })
    const { exchange } = world.a
    const offer = async () => {
      throw new Error('crash')
    }
    const made = (brittle: typeof exchange) =>
      createOutbound({
        system: esr.client,
        exchange: brittle,
        issuer: world.issuer,
        ledger: ledger(),
        route: 'viaPortal',
        employer: 'Northfield NHS Trust (fictional)',
        isOn: () => true,
      })
    await expect(made({ ...exchange, offer }).update()).rejects.toThrow('crash')
    const [updated] = await made(exchange).update()
    expect(updated).toMatchObject({ what: 'reissued' })
    expect(await made(exchange).update()).toEqual([])
    await world.wallet.refresh()
    if (updated?.invitation) await world.take(updated.invitation)
    expect((await world.show(['Identity', 'CoreSkill']))?.report.verdict).toBe('accepted')
  })

  it('while a system cannot be asked, waits for the next time', async () => {
    const { outbound, start, esr, record } = await held()
    esr.users.deleteRecord(record)
    esr.faults.status500 = 99
    await expect(outbound.update()).rejects.toMatchObject({ retryable: true })
    esr.faults.status500 = 0
    expect(await start().update()).toMatchObject([{ what: 'revoked' }])
    expect(await start().update()).toEqual([])
  })
})

describe('what a pattern refuses', () => {
  it('without the switch, without a match, with another match', async () => {
    const world = await open()
    const esr = await systemOf('ESR', ['CoreSkill'])
    const { outbound } = outboundOf(world, esr.client)
    await expect(outbound.provide('passport-1', ['CoreSkill'], HR)).rejects.toMatchObject({ code: 'matching.unknown' })
    await outbound.match(PERSON, esr.person, HR)
    await expect(outbound.match(PERSON, 'another', HR)).rejects.toMatchObject({ code: 'matching.taken' })
    const off = createOutbound({
      system: esr.client,
      exchange: world.a.exchange,
      issuer: world.issuer,
      ledger: ledgerOf('x')(),
      route: 'viaPortal',
      employer: 'Northfield NHS Trust (fictional)',
      isOn: () => false,
    })
    await expect(off.provide('passport-1', ['CoreSkill'], HR)).rejects.toMatchObject({ code: 'system.integrationOff' })
  })

  it('credentials of another person in the same passport', async () => {
    const world = await open()
    const presentation = (await world.show(['Identity']))?.presentation
    if (!presentation) throw new Error('It was not accepted')
    const lms = await systemOf('Think LMS')
    const inbound = createInbound({ system: lms.client, ledger: ledgerOf('southmere')(), isOn: () => true })
    await inbound.accept('passport-1', presentation, HR)
    const other = structuredClone(presentation)
    Object.assign(other.credentials[0]?.document.credentialSubject as object, {
      uniqueIdentifier: '1b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10',
    })
    await expect(inbound.accept('passport-1', other, HR)).rejects.toMatchObject({ code: 'matching.otherPerson' })
    await expect(inbound.send('passport-1', HR)).rejects.toThrow(TypeError)
    await inbound.match('passport-1', lms.person, HR)
    await expect(inbound.match('passport-1', 'another', HR)).rejects.toMatchObject({ code: 'matching.taken' })
    await inbound.unmatch('passport-1', HR)
    expect((await inbound.match('passport-1', 'another', HR)).personId).toBe('another')
  })

  it('the pedigree that a route does not have: what came by way of ESR is sourced', async () => {
    const world = await open()
    const lms = await systemOf('Chambury Learning Solutions', ['CoreSkill'])
    const { outbound } = outboundOf(world, lms.client, 'viaEsr')
    await outbound.match(PERSON, lms.person, HR)
    const [invitation] = (await outbound.provide('passport-1', ['CoreSkill'], HR)).invitations
    if (invitation) await world.take(invitation)
    const shown = (await world.show(['Identity', 'CoreSkill']))?.presentation?.credentials.find(
      ({ type }) => type === 'CoreSkill',
    )
    expect(shown?.document.credentialSubject).toMatchObject({ assurance: { pedigree: 'Sourced' } })
  })
})

describe('a wrong person', () => {
  it('keeps what they were sent until somebody removes it, and the right one is sent everything', async () => {
    const world = await open()
    await world.take(await world.a.exchange.offer({ credentials: [offered('CoreSkill')] }))
    const presentation = (await world.show(['Identity', 'CoreSkill']))?.presentation
    if (!presentation) throw new Error('It was not accepted')
    const lms = await systemOf('Think LMS')
    const right = lms.users.enterPerson({ ...NAMES, reference: '30679711' })
    const inbound = createInbound({ system: lms.client, ledger: ledgerOf('southmere')(), isOn: () => true })
    await inbound.accept('passport-1', presentation, HR)
    await inbound.match('passport-1', lms.person, HR)
    await inbound.send('passport-1', HR)
    const ended = await inbound.unmatch('passport-1', HR)
    const [wrong] = (await lms.own.read(lms.person, ['CoreSkill'])) ?? []
    expect(ended.items.filter(({ state }) => state === 'sent')).toMatchObject([{ recordId: wrong?.id }])
    expect((await inbound.current('passport-1'))?.items.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
    await inbound.match('passport-1', right, HR)
    await inbound.send('passport-1', HR)
    expect(await lms.own.read(right, ['CoreSkill'])).toHaveLength(1)
    // And back again: what is there was removed by nobody, and is added as a record of its own.
    await inbound.unmatch('passport-1', HR)
    await inbound.match('passport-1', lms.person, HR)
    const sent = (await inbound.send('passport-1', HR)).items.find(({ state }) => state === 'sent')
    expect(sent?.recordId).not.toBe(wrong?.id)
  })

  it('who is unmatched while something is on its way: the next match sends it', async () => {
    const world = await open()
    await world.take(await world.a.exchange.offer({ credentials: [offered('CoreSkill')] }))
    const presentation = (await world.show(['Identity', 'CoreSkill']))?.presentation
    if (!presentation) throw new Error('It was not accepted')
    const lms = await systemOf('Think LMS')
    const ledger = ledgerOf('southmere')
    const inbound = createInbound({ system: lms.client, ledger: ledger(), isOn: () => true })
    const add: RecordSystem['add'] = async (...given) => {
      await inbound.unmatch('passport-1', HR)
      return lms.client.add(...given)
    }
    const slow = createInbound({ system: { ...lms.client, add }, ledger: ledger(), isOn: () => true })
    await inbound.accept('passport-1', presentation, HR)
    await inbound.match('passport-1', lms.person, HR)
    await slow.send('passport-1', HR)
    expect((await inbound.current('passport-1'))?.items.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
  })
})

describe('what was accepted and never sent', () => {
  it('is forgotten after half a year; who is shown it again can send it, and what became of the rest is still known', async () => {
    const world = await open()
    await world.take(await world.a.exchange.offer({ credentials: [offered('CoreSkill')] }))
    const presentation = (await world.show(['Identity', 'CoreSkill']))?.presentation
    if (!presentation) throw new Error('It was not accepted')
    const lms = await systemOf('Think LMS')
    const store = createMemoryStore().exchanges
    const clock = { time: Date.now(), now: () => new Date(clock.time) }
    const ledger = createLedger({ store, owner: 'southmere', sealingKey: randomBytes(32), clock })
    const inbound = createInbound({ system: lms.client, ledger, isOn: () => true })
    await inbound.accept('passport-1', presentation, HR)
    await inbound.match('passport-1', lms.person, HR)
    clock.time += 181 * 86_400_000
    await store.forget(new Date(clock.time).toISOString().replace(/\.\d+/, ''))
    const { items, history } = await inbound.send('passport-1', HR)
    expect(items).toMatchObject([
      { type: 'Identity', reason: 'forgotten' },
      { type: 'CoreSkill', reason: 'forgotten', remedy: expect.stringContaining('show it again') },
    ])
    expect(history[0]).toMatchObject({ what: 'accepted', role: HR.role })
    await inbound.accept('passport-1', presentation, HR)
    const sent = (await inbound.send('passport-1', HR)).items.find(({ type }) => type === 'CoreSkill')
    expect(sent?.state).toBe('sent')
    expect(await lms.own.read(lms.person, ['CoreSkill'])).toHaveLength(1)
  })
})

describe('an integration that is switched off', () => {
  it('offers nothing anew, and still revokes what is not so any more', async () => {
    const world = await open()
    const esr = await systemOf('ESR', ['CoreSkill'])
    const ledger = ledgerOf('northfield')()
    let isOn = true
    const outbound = createOutbound({
      system: esr.client,
      exchange: world.a.exchange,
      issuer: world.issuer,
      ledger,
      route: 'viaPortal',
      employer: 'Northfield NHS Trust (fictional)',
      isOn: () => isOn,
    })
    await outbound.match(PERSON, esr.person, HR)
    const [invitation] = (await outbound.provide('passport-1', ['CoreSkill'], HR)).invitations
    if (invitation) await world.take(invitation)
    isOn = false
    esr.users.changeRecord(esr.records[0] ?? '', { ...factsOf('CoreSkill').claims, dateTo: '2028-01-05' })
    expect(await outbound.update()).toEqual([{ passportId: 'passport-1', recordId: esr.records[0], what: 'revoked' }])
    expect((await world.show(['Identity', 'CoreSkill']))?.report.verdict).toBe('rejected')
    isOn = true
    expect((await outbound.provide('passport-1', ['CoreSkill'], HR)).invitations).toHaveLength(1)
  })
})
