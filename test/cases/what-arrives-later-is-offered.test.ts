import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { CredentialTypeName } from '../../src/credentials/rows.js'
import { createConnections } from '../../src/patterns/connections/create-connections.js'
import { createInbound } from '../../src/patterns/inbound/create-inbound.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { createOutbound, type OutboundPattern } from '../../src/patterns/outbound/create-outbound.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { simulateTrac } from '../../src/testing/simulators/systems/trac.js'
import { createDemoAuthority, openEmployer } from '../exchange/support/world.js'
import { factsOf } from '../systems/support.js'

const HR = { role: 'HR adviser' }
const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const PERSON = { passportId: 'passport-1', uniqueIdentifier: '0b1e1c9e-3d3c-4a9f-8a55-5f6a2d1c7b90' }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const newLedger = () =>
  createLedger({ store: createMemoryStore().exchanges, owner: 'RZ1', sealingKey: randomBytes(32) })

const open = async () => {
  const authority = await createDemoAuthority()
  const a = await openEmployer(authority)
  closing.push(a.close)
  const { system, users } = simulateRecords('ESR')
  const personId = users.enterPerson(NAMES)
  let isOn = true
  const outbound = createOutbound({
    system,
    exchange: a.exchange,
    issuer: authority.organisations.northfield.issuer,
    ledger: newLedger(),
    route: 'viaPortal',
    employer: 'Northfield NHS Trust (fictional)',
    isOn: () => isOn,
  })
  const switchTo = (on: boolean) => {
    isOn = on
  }
  return { outbound, users, personId, switchTo }
}

type World = Awaited<ReturnType<typeof open>>
type Hear = (outbound: OutboundPattern, personId: string, recordId: string) => ReturnType<OutboundPattern['update']>

const WAYS: readonly (readonly [string, Hear])[] = [
  ['update', (outbound) => outbound.update()],
  ['notice', (outbound, personId, recordId) => outbound.notice({ personId, recordId })],
]

const TYPES: readonly CredentialTypeName[] = ['CoreSkill', 'DisclosureAndBarringService']

const enter = ({ users, personId }: World, type: CredentialTypeName) => users.enterRecord(personId, factsOf(type))

describe.each(WAYS)('a record that arrives later, heard of by %s', (_, hear) => {
  it.each(TYPES)('SEED-1: %s that was asked for, and was not there yet, is offered once', async (type) => {
    const world = await open()
    const { outbound, personId } = world
    await outbound.match(PERSON, personId, HR)
    expect((await outbound.provide('passport-1', [type], HR)).invitations).toEqual([])
    const recordId = enter(world, type)
    expect(await hear(outbound, personId, recordId)).toMatchObject([
      { passportId: 'passport-1', recordId, what: 'offered', invitation: { uri: expect.any(String) } },
    ])
    expect(await hear(outbound, personId, recordId)).toEqual([])
    expect((await outbound.current('passport-1'))?.provided).toMatchObject([{ recordId, state: 'offered' }])
  })

  it.each(TYPES)('SEED-1: another %s under a new identifier is offered', async (type) => {
    const world = await open()
    const { outbound, personId, users } = world
    const before = enter(world, type)
    await outbound.match(PERSON, personId, HR)
    expect((await outbound.provide('passport-1', [type], HR)).invitations).toHaveLength(1)
    users.deleteRecord(before)
    const recordId = enter(world, type)
    expect(await hear(outbound, personId, before)).toContainEqual(
      expect.objectContaining({ recordId: before, what: 'revoked' }),
    )
    await hear(outbound, personId, recordId)
    const standing = (await outbound.current('passport-1'))?.provided.map((one) => [one.recordId, one.state])
    expect(standing).toEqual([
      [before, 'revoked'],
      [recordId, 'offered'],
    ])
  })

  it('SEED-1: a record that was refused once is offered when it is corrected', async () => {
    const { outbound, personId, users } = await open()
    const facts = factsOf('CoreSkill')
    const recordId = users.enterRecord(personId, {
      ...facts,
      claims: { ...facts.claims, attainmentStatus: '' },
    } as typeof facts)
    await outbound.match(PERSON, personId, HR)
    const { invitations, refused } = await outbound.provide('passport-1', ['CoreSkill'], HR)
    expect([invitations.length, refused.length]).toEqual([0, 1])
    expect(await hear(outbound, personId, recordId)).toMatchObject([{ what: 'refused', faults: [{}] }])
    users.changeRecord(recordId, facts.claims)
    const updated = await hear(outbound, personId, recordId)
    expect(updated.map(({ what }) => what)).toEqual(['offered'])
  })

  it('SEED-1: nothing of a type that nobody asked for, of nobody unmatched, nor while it is switched off', async () => {
    const world = await open()
    const { outbound, personId, switchTo } = world
    const recordId = enter(world, 'CoreSkill')
    expect(await outbound.notice({ personId, recordId })).toEqual([])
    await outbound.match(PERSON, personId, HR)
    expect(await outbound.notice({ personId, recordId })).toEqual([])
    await outbound.provide('passport-1', ['DisclosureAndBarringService'], HR)
    expect(await hear(outbound, personId, recordId)).toEqual([])
    const other = enter(world, 'DisclosureAndBarringService')
    switchTo(false)
    expect(await outbound.notice({ personId, recordId: other })).toEqual([])
    switchTo(true)
    expect(await outbound.notice({ personId, recordId: other })).toMatchObject([{ what: 'offered' }])
  })
})

describe('an integration that is off on our side', () => {
  const off = { code: 'system.integrationOff', message: expect.stringContaining('switch it on') }

  it('SEED-13: is said with what to do, for what goes out', async () => {
    const { outbound, personId, switchTo } = await open()
    await outbound.match(PERSON, personId, HR)
    switchTo(false)
    await expect(outbound.provide('passport-1', ['CoreSkill'], HR)).rejects.toMatchObject(off)
    switchTo(true)
    expect(await outbound.provide('passport-1', ['CoreSkill'], HR)).toEqual({ invitations: [], refused: [] })
  })

  it('SEED-13: for connections, and for what comes in', async () => {
    const { system } = simulateTrac()
    const connections = createConnections({ system, ledger: newLedger(), isOn: () => false })
    await expect(connections.connect({ id: 'p', ...NAMES, accepted: [] }, '1', HR)).rejects.toMatchObject(off)
    const inbound = createInbound({ system: simulateRecords('ESR').system, ledger: newLedger(), isOn: () => false })
    await expect(inbound.send('p', HR)).rejects.toMatchObject(off)
  })
})
