import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { ConnectedPassport } from '../../src/patterns/connections/connection.js'
import { createConnections } from '../../src/patterns/connections/create-connections.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { NOT_SENT_REASONS, type NotSentReason } from '../../src/systems/not-sent.js'
import type { NewRecord } from '../../src/systems/record-system.js'
import { BRITISH_STATUS, type RecruitmentSystem } from '../../src/systems/recruitment-system.js'
import { type SimulatedTrac, simulateTrac } from '../../src/testing/simulators/systems/trac.js'
import { factsOf, serveSystem } from '../systems/support.js'

const HR = { role: 'HR adviser' }
const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const DBS = factsOf('DbsSupportingInformation')
const PERMIT = factsOf('RightToWork')

const passport = (
  accepted: readonly NewRecord[] = [DBS, PERMIT, factsOf('Identity'), factsOf('OccupationalHealth')],
): ConnectedPassport => ({
  id: 'passport-1',
  ...NAMES,
  accepted,
})

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Trust B's Trac behind its interface, with an application that is ready for everything. */
const open = async (change: (trac: SimulatedTrac, id: string) => void = () => {}) => {
  const trac = simulateTrac()
  const { recruiters } = trac
  const id = recruiters.apply({ ...NAMES, jobRole: 'Staff nurse', stage: 'Offer: Conditional' })
  recruiters.switchIntegration(true)
  recruiters.chooseDbsLevel(id, 'Enhanced')
  recruiters.pressIdCheck(id)
  recruiters.setImmigrationStatus(id, BRITISH_STATUS)
  recruiters.pressPermitCheck(id)
  change(trac, id)
  const served = await serveSystem(trac.system)
  closing.push(served.close)
  const kept = { store: createMemoryStore().exchanges, owner: 'southmere', sealingKey: randomBytes(32) }
  const start = (system: RecruitmentSystem = served.client) =>
    createConnections({ system, ledger: createLedger(kept), isOn: () => true })
  return { trac, recruiters, id, served, connections: start(), start, kept }
}

const told = (
  connection: { readonly items: readonly { type: string; state: string; reason?: string }[] } | undefined,
) => Object.fromEntries((connection?.items ?? []).map(({ type, state, reason }) => [type, reason ?? state]))

describe('a passport is connected with an application in Trac', () => {
  it('found by exact names and birth date; the two that Trac needs are sent, and the checks change', async () => {
    const { connections, recruiters, id } = await open()
    const found = await connections.search(passport())
    expect(found).toMatchObject([{ id, jobRole: 'Staff nurse', stage: 'Offer: Conditional', ...NAMES }])
    expect(recruiters.look(id)).toMatchObject({ idCheck: 'Requested', permitCheck: 'Requested', received: [] })
    const connection = await connections.connect(passport(), id, HR)
    expect(told(connection)).toEqual({ DbsSupportingInformation: 'sent', RightToWork: 'sent' })
    const look = recruiters.look(id)
    expect(look).toMatchObject({ idCheck: 'Information received', permitCheck: 'Information received' })
    // Nothing else of the passport left it.
    expect(look.received.map(({ type }) => type)).toEqual(['DbsSupportingInformation', 'RightToWork'])
    expect(connection.history.map(({ what, role }) => [what, role])).toEqual([
      ['connected', 'HR adviser'],
      ['sent', undefined],
      ['sent', undefined],
    ])
  })

  it.each(['Application received', 'Shortlisted', 'Interview', 'Outcome: Recruited', 'Outcome: Withdrawn'] as const)(
    'one that is too early or too late (%s) is not found',
    async (stage) => {
      const { connections } = await open(({ recruiters }, id) => recruiters.moveTo(id, stage))
      expect(await connections.search(passport())).toEqual([])
    },
  )

  it('found by the application id, where names differ; by neither names nor id that are not exact', async () => {
    const { connections, id } = await open()
    const other = { ...passport(), lastName: 'Testwell' }
    expect(await connections.search(other)).toEqual([])
    expect(await connections.search(other, id)).toHaveLength(1)
    expect(await connections.search(other, id.slice(1))).toEqual([])
  })

  const british = PERMIT
  const foreign = factsOf('RightToWork', 2)
  const low = {
    ...DBS,
    claims: { ...(DBS.claims as object), levelOfAssurance: 'M1A', evidenceProfile: 'M1A', levelSought: 'Basic' },
  } as NewRecord
  const byHand = factsOf('DbsSupportingInformation', 1)
  type Change = (trac: SimulatedTrac, id: string) => void
  const cases: readonly (readonly [string, Change, readonly NewRecord[], string, NotSentReason | 'sent'])[] = [
    [
      'the integration is off',
      ({ recruiters }) => recruiters.switchIntegration(false),
      [DBS],
      'DbsSupportingInformation',
      'integrationOff',
    ],
    [
      'too early',
      ({ recruiters }, id) => recruiters.moveTo(id, 'Interview'),
      [DBS],
      'DbsSupportingInformation',
      'tooEarly',
    ],
    [
      'too late',
      ({ recruiters }, id) => recruiters.moveTo(id, 'Outcome: Recruited'),
      [british],
      'RightToWork',
      'tooLate',
    ],
    [
      'a role that needs less than was verified',
      ({ recruiters }, id) => recruiters.chooseDbsLevel(id, 'Basic'),
      [low],
      'DbsSupportingInformation',
      'sent',
    ],
    ['a role that needs more than was verified', () => {}, [low], 'DbsSupportingInformation', 'profileTooLow'],
    ['documents that an employer looked at', () => {}, [byHand], 'DbsSupportingInformation', 'sent'],
    ['other nationals', () => {}, [foreign], 'RightToWork', 'manualCheckNeeded'],
    [
      'another immigration status',
      ({ recruiters }, id) => recruiters.setImmigrationStatus(id, 'Skilled worker'),
      [british],
      'RightToWork',
      'manualCheckNeeded',
    ],
    ['nothing accepted of it', () => {}, [DBS], 'RightToWork', 'notHeld'],
  ]
  it.each(cases)('%s', async (_, change, accepted, type, expected) => {
    const { connections, id, recruiters } = await open(change)
    const connection = await connections.connect(passport(accepted), id, HR)
    expect(told(connection)[type]).toBe(expected)
    const item = connection.items.find((one) => one.type === type)
    if (expected !== 'sent') expect(item).toMatchObject(NOT_SENT_REASONS[expected])
    expect(recruiters.look(id).received.some((one) => one.type === type)).toBe(expected === 'sent')
  })

  const missing: readonly (readonly [
    string,
    NotSentReason,
    (recruiters: SimulatedTrac['recruiters'], id: string) => void,
  ])[] = [
    ['DbsSupportingInformation', 'dbsLevelMissing', (recruiters, id) => recruiters.pressIdCheck(id)],
    ['DbsSupportingInformation', 'idCheckNotAsked', (recruiters, id) => recruiters.chooseDbsLevel(id, 'Enhanced')],
    ['RightToWork', 'immigrationStatusMissing', (recruiters, id) => recruiters.pressPermitCheck(id)],
    ['RightToWork', 'permitCheckNotAsked', (recruiters, id) => recruiters.setImmigrationStatus(id, BRITISH_STATUS)],
  ]
  it.each(missing)('%s, with one condition missing: %s', async (type, expected, prepare) => {
    const trac = simulateTrac()
    const id = trac.recruiters.apply({ ...NAMES, jobRole: 'Staff nurse', stage: 'Offer: Conditional' })
    trac.recruiters.switchIntegration(true)
    prepare(trac.recruiters, id)
    const { start } = await open()
    expect(told(await start(trac.system).connect(passport(), id, HR))[type]).toBe(expected)
  })

  it('what was not sent is sent after a disconnection and a connection, and not before', async () => {
    const { connections, recruiters, id } = await open(({ recruiters: people }) => people.switchIntegration(false))
    const first = await connections.connect(passport(), id, HR)
    recruiters.switchIntegration(true)
    expect(told(await connections.connect(passport(), id, HR))).toEqual(told(first))
    expect(told(await connections.resume(passport()))).toEqual(told(first))
    const ended = await connections.disconnect('passport-1', HR)
    expect(ended?.history.at(-1)).toMatchObject({ what: 'disconnected', role: 'HR adviser' })
    expect(await connections.current('passport-1')).toBeUndefined()
    const second = await connections.connect(passport(), id, HR)
    expect(told(second)).toEqual({ DbsSupportingInformation: 'sent', RightToWork: 'sent' })
    // The history of the first is still there.
    expect((await connections.byId(first.id))?.history.map(({ what }) => what)).toEqual([
      'connected',
      'notSent',
      'notSent',
      'disconnected',
    ])
    await connections.disconnect('passport-1', HR)
    expect(told(await connections.connect(passport(), id, HR))).toEqual({
      DbsSupportingInformation: 'alreadyThere',
      RightToWork: 'alreadyThere',
    })
    expect(recruiters.look(id).received).toHaveLength(2)
  })

  it('the outcome of the criminal record check comes back, once', async () => {
    const { connections, recruiters, id } = await open()
    await connections.connect(passport(), id, HR)
    expect(await connections.receive('passport-1')).toEqual([])
    const { credentialId: _, ...outcome } = factsOf('DisclosureAndBarringService')
    recruiters.enterDbsOutcome(id, outcome as never)
    expect(await connections.receive('passport-1')).toMatchObject([{ type: 'DisclosureAndBarringService' }])
    await connections.receive('passport-1')
    const now = await connections.current('passport-1')
    expect(now?.items.filter(({ state }) => state === 'received')).toHaveLength(1)
    expect(now?.history.filter(({ what }) => what === 'received')).toHaveLength(1)
  })

  it('with one application at a time: to go to another is to disconnect first', async () => {
    const { connections, recruiters, id } = await open()
    const other = recruiters.apply({ ...NAMES, jobRole: 'Ward sister', stage: 'Offer: Conditional' })
    await connections.connect(passport(), id, HR)
    await expect(connections.connect(passport(), other, HR)).rejects.toMatchObject({ code: 'matching.taken' })
    await connections.disconnect('passport-1', HR)
    expect((await connections.connect(passport(), other, HR)).applicationId).toBe(other)
  })

  it('only where the employer switched it on', async () => {
    const { served, kept, id } = await open()
    const off = createConnections({ system: served.client, ledger: createLedger(kept), isOn: () => false })
    await expect(off.connect(passport(), id, HR)).rejects.toMatchObject({ code: 'system.integrationOff' })
  })

  it('and another employer on the same store knows nothing of it', async () => {
    const { connections, served, kept, id } = await open()
    const connection = await connections.connect(passport(), id, HR)
    const ledger = createLedger({ ...kept, owner: 'northfield' })
    const others = createConnections({ system: served.client, ledger, isOn: () => true })
    expect(await others.current('passport-1')).toBeUndefined()
    expect(await others.byId(connection.id)).toBeUndefined()
  })
})

describe('the way to Trac is bad', () => {
  it.each(['status500', 'status429', 'dropBefore', 'dropAfter'] as const)(
    '%s, a few times: everything is sent once',
    async (fault) => {
      const { connections, served, recruiters, id } = await open()
      served.faults[fault] = 3
      expect(told(await connections.connect(passport(), id, HR))).toEqual({
        DbsSupportingInformation: 'sent',
        RightToWork: 'sent',
      })
      expect(recruiters.look(id).received).toHaveLength(2)
    },
  )

  it.each(['status500', 'dropAfter'] as const)(
    '%s for long: it stays undone, and is done later under the same name',
    async (fault) => {
      const { connections, start, served, recruiters, id } = await open()
      served.faults[fault] = 99
      await expect(connections.connect(passport(), id, HR)).rejects.toMatchObject({ code: 'system.unavailable' })
      expect(told(await connections.current('passport-1'))).toMatchObject({ RightToWork: 'sending' })
      served.faults[fault] = 0
      expect(told(await start().resume(passport()))).toEqual({ DbsSupportingInformation: 'sent', RightToWork: 'sent' })
      expect(recruiters.look(id).received).toHaveLength(2)
    },
  )
})

describe('whatever is done, in whatever order, with crashes in between', () => {
  const random = (seed: number) => () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return seed / 4_294_967_296
  }

  it.each([1, 2, 3, 4].map((number) => [number, Math.floor(Math.random() * 1e9)] as const))(
    'run %i (seed %i): nothing is sent twice, lost, or sent to the wrong record',
    async (_, seed) => {
      const next = random(seed)
      const trac = simulateTrac()
      const { recruiters } = trac
      const ids = ['Staff nurse', 'Ward sister'].map((jobRole) =>
        recruiters.apply({ ...NAMES, jobRole, stage: 'Offer: Conditional' }),
      )
      const stages = ['Interview', 'Offer: Conditional', 'Outcome: Recruited'] as const
      // A crash around a call: before it was done, or after, when nobody hears of it.
      const crash = { before: 0, after: 0 }
      const around =
        <Given extends unknown[], Answer>(work: (...given: Given) => Promise<Answer>) =>
        async (...given: Given): Promise<Answer> => {
          if (next() < crash.before) throw new Error('crash')
          const answer = await work(...given)
          if (next() < crash.after) throw new Error('crash')
          return answer
        }
      const { system } = trac
      const brittle: RecruitmentSystem = {
        ...system,
        readiness: around(system.readiness),
        add: around(system.add),
        read: around(system.read),
      }
      const kept = { store: createMemoryStore().exchanges, owner: 'southmere', sealingKey: randomBytes(32) }
      const connect = () => createConnections({ system: brittle, ledger: createLedger(kept), isOn: () => true })
      const people = ['passport-1', 'passport-2'].map((id) => ({ ...passport(), id }))
      const seen = new Set<string>()
      const pick = <Item>(all: readonly Item[]): Item => all[Math.floor(next() * all.length)] as Item
      const acts: readonly (() => Promise<unknown>)[] = [
        () => connect().connect(pick(people), pick(ids), HR),
        () => connect().resume(pick(people)),
        () => connect().disconnect(pick(people).id, HR),
        () => connect().receive(pick(people).id),
        async () => recruiters.switchIntegration(next() < 0.8),
        async () => recruiters.moveTo(pick(ids), pick(stages)),
        async () => recruiters.chooseDbsLevel(pick(ids), pick(['Basic', 'Enhanced'] as const)),
        async () => recruiters.pressIdCheck(pick(ids)),
        async () => recruiters.setImmigrationStatus(pick(ids), pick([BRITISH_STATUS, 'Skilled worker'])),
        async () => recruiters.pressPermitCheck(pick(ids)),
      ]
      for (let step = 0; step < 600; step++) {
        Object.assign(crash, { before: 0.2, after: 0.2 })
        await pick(acts)().catch(() => undefined)
        for (const { id } of people) {
          const now = await connect().current(id)
          if (now) seen.add(now.id)
        }
      }
      // Whatever a crash left is finished under its own name.
      Object.assign(crash, { before: 0, after: 0 })
      for (const one of people) await connect().resume(one)
      const connections = await Promise.all([...seen].map((id) => connect().byId(id)))
      for (const id of ids) {
        const { received } = recruiters.look(id)
        const types = received.map(({ type }) => type)
        expect(new Set(types).size, 'nothing is there twice').toBe(types.length)
        const sent = connections.flatMap((one) =>
          (one?.applicationId === id ? one.items : []).flatMap(({ state, recordId }) =>
            state === 'sent' ? [recordId] : [],
          ),
        )
        for (const recordId of sent)
          expect(
            received.map((one) => one.id),
            'what was sent is there',
          ).toContain(recordId)
      }
      for (const { id } of people) {
        const now = await connect().current(id)
        expect(now?.items.filter(({ state }) => state === 'sending') ?? []).toEqual([])
      }
    },
  )
})
