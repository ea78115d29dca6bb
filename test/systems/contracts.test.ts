import { describe, expect, it } from 'vitest'
import type { CredentialTypeName } from '../../src/credentials/rows.js'
import type { IdentityProvider } from '../../src/systems/identity-provider.js'
import type { NewRecord, RecordSystem, SystemPerson, SystemRecord } from '../../src/systems/record-system.js'
import type { RecruitmentSystem } from '../../src/systems/recruitment-system.js'
import { identityProviderContract } from '../../src/testing/contracts/identity-provider.js'
import { recordSystemContract } from '../../src/testing/contracts/record-system.js'
import { recruitmentSystemContract } from '../../src/testing/contracts/recruitment-system.js'
import {
  IDENTITY_PROVIDERS,
  type IdentityProviderName,
  simulateIdentityProvider,
} from '../../src/testing/simulators/systems/identity-provider.js'
import { PRODUCTS, type ProductName, simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { simulateTrac, type TracStage } from '../../src/testing/simulators/systems/trac.js'
import { factsOf, serveSystem } from './support.js'

const NAMES = Object.keys(PRODUCTS) as ProductName[]
const TWIN = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }

/** A simulated system, with two people of one name in it. */
const open = (name: ProductName) => {
  const { system, users } = simulateRecords(name)
  const enter = (reference: string): SystemPerson => {
    const id = users.enterPerson({ ...TWIN, reference })
    return { ...TWIN, id, reference }
  }
  const [known, alike] = [enter('30679710'), enter('30679711')]
  const entered = system.capabilities.provides.map((type: CredentialTypeName) =>
    users.enterRecord(known.id, factsOf(type)),
  )
  users.enterRecord(alike.id, factsOf(system.capabilities.provides[0] ?? 'CoreSkill'))
  const [received] = system.capabilities.receives
  const change = async (): Promise<void> =>
    users.changeRecord(entered[0] ?? '', factsOf(system.capabilities.provides[0] ?? 'CoreSkill').claims)
  const newRecord = received ? { newRecord: factsOf(received) } : {}
  return { system, known, alike, change, ...newRecord }
}

const overHttp = async (name: ProductName) => {
  const opened = open(name)
  const served = await serveSystem(opened.system)
  return { ...opened, system: served.client, close: served.close }
}

describe.each(NAMES)('%s, simulated', (name) => {
  it.each(recordSystemContract(async () => ({ ...open(name), close: async () => {} })))('$name', ({ run }) => run())
})

describe.each(NAMES)('%s, simulated, through the Digital Staff Passport API', (name) => {
  it.each(recordSystemContract(() => overHttp(name)))('$name', ({ run }) => run())
})

const openTrac = async (overApi: boolean) => {
  const { system, recruiters } = simulateTrac()
  const apply = (stage: TracStage) => recruiters.apply({ ...TWIN, jobRole: 'Staff nurse', stage })
  const [ready, tooEarly, unprepared] = [apply('Offer: Conditional'), apply('Interview'), apply('Offer: Conditional')]
  recruiters.switchIntegration(true)
  recruiters.chooseDbsLevel(ready, 'Enhanced')
  recruiters.pressIdCheck(ready)
  const served = overApi ? await serveSystem(system) : undefined
  const applicant = { ...TWIN, id: ready, reference: ready, jobRole: 'Staff nurse', stage: 'Offer: Conditional' }
  const newRecord = factsOf('DbsSupportingInformation')
  const close = async () => served?.close()
  return { system: served?.client ?? system, ready: applicant, tooEarly, unprepared, newRecord, close }
}

describe.each([
  ['Civica Trac, simulated', false],
  ['Civica Trac, simulated, through the Digital Staff Passport API', true],
] as const)('%s', (_, overApi) => {
  it.each(recruitmentSystemContract(() => openTrac(overApi)))('$name', ({ run }) => run())
})

describe.each(Object.keys(IDENTITY_PROVIDERS) as IdentityProviderName[])('%s, simulated', (name) => {
  const openProvider = async () => {
    const { provider, people } = simulateIdentityProvider(name)
    const pass = async (url: string) => people.pass(url)
    return { provider, pass, decline: async (url: string) => people.decline(url), close: async () => {} }
  }
  it.each(identityProviderContract(openProvider))('$name', ({ run }) => run())

  it('vouches for right to work of nobody else', async () => {
    const { provider, people } = simulateIdentityProvider(name)
    const types = ['Identity', 'RightToWork'] as const
    const session = await provider.begin({
      idempotencyKey: 'a',
      types,
      confidence: 'M',
      returnUrl: 'https://portal.example',
    })
    people.pass(session.url, 'Ghanaian')
    const outcome = await provider.outcome(session.id)
    expect(outcome?.state === 'verified' && outcome.records.map(({ type }) => type)).toEqual(['Identity'])
  })
})

describe('a contract notices', () => {
  type Spoil = (system: RecordSystem) => RecordSystem
  const spoils: readonly (readonly [string, Spoil, RegExp])[] = [
    ['another version', (system) => ({ ...system, portVersion: 2 as 1 }), /says which version/],
    [
      'finding by likeness',
      (system) => ({ ...system, find: async () => system.find({ reference: '30679710' }) }),
      /by anything less|by another/,
    ],
    [
      'a stranger who is there',
      (system) => ({ ...system, read: async (id, types) => (await system.read(id, types)) ?? [] }),
      /of a stranger/,
    ],
    [
      'records of types that nobody asked for',
      (system) => ({ ...system, read: (id) => system.read(id, system.capabilities.provides) }),
      /no other than was asked/,
    ],
    [
      'claims of no catalogue',
      (system) => ({
        ...system,
        read: async (id, types) =>
          (await system.read(id, types))?.map((one) => ({ ...one, claims: {} }) as SystemRecord),
      }),
      /speaks the catalogue/,
    ],
    [
      'what is added twice',
      (system) => ({ ...system, add: (id, record, key) => system.add(id, record, key + Math.random()) }),
      /adds a record once/,
    ],
    [
      'what it should not take',
      (system) => ({
        ...system,
        add: async (_id: string, _record: NewRecord, key: string) => ({ outcome: 'added', recordId: key }),
      }),
      /stranger|does not receive/,
    ],
    [
      'changes that say too much',
      (system) => ({
        ...system,
        changes: async function* (after) {
          for await (const change of system.changes(after)) yield { ...change, name: 'somebody' } as typeof change
        },
      }),
      /nothing of what/,
    ],
    [
      'what is told to be added and is not there',
      (system) => ({
        ...system,
        add: async (id, record, key) =>
          (await system.find({ reference: '30679710' }))[0]?.id === id && record.type === 'CoreSkill'
            ? { outcome: 'added', recordId: key }
            : system.add(id, record, key),
      }),
      /adds a record once/,
    ],
    [
      'one key for two people',
      (system) => {
        const keys = new Map<string, string>()
        return {
          ...system,
          add: async (id, record, key) => {
            const before = keys.get(key)
            if (before !== undefined) return { outcome: 'added', recordId: before }
            const added = await system.add(id, record, key)
            if (added.outcome === 'added') keys.set(key, added.recordId)
            return added
          },
        }
      },
      /one person’s key/,
    ],
    ['changes that come twice', (system) => ({ ...system, changes: () => system.changes() }), /none twice/],
  ]

  it.each(spoils)('%s', async (_, spoil, expected) => {
    const cases = recordSystemContract(async () => {
      const opened = open('Chambury Learning Solutions')
      return { ...opened, system: spoil(opened.system), close: async () => {} }
    })
    const broken: string[] = []
    for (const { name, run } of cases) await run().catch(() => broken.push(name))
    expect(broken.join('\n')).toMatch(expected)
    expect(broken.length).toBeLessThan(cases.length / 2)
  })
})

describe('a contract of recruitment notices', () => {
  type Spoil = (system: RecruitmentSystem) => RecruitmentSystem
  const spoils: readonly (readonly [string, Spoil, RegExp])[] = [
    ['another version', (system) => ({ ...system, portVersion: 2 as 1 }), /which version/],
    [
      'finding by likeness',
      (system) => ({ ...system, find: () => system.find(TWIN) }),
      /by anything less|by its reference/,
    ],
    [
      'somebody who is always ready',
      (system) => ({ ...system, readiness: () => system.readiness('10000001') }),
      /what is missing/,
    ],
    [
      'that it does not look for itself',
      (system) => ({ ...system, add: (_, record, key) => system.add('10000001', record, key) }),
      /not ready, too early/,
    ],
    [
      'what is taken twice',
      (system) => ({ ...system, add: (id, record, key) => system.add(id, record, key + Math.random()) }),
      /takes a record once/,
    ],
    [
      'a stranger who is there',
      (system) => ({ ...system, read: async (id, types) => (await system.read(id, types)) ?? [] }),
      /of a stranger/,
    ],
  ]
  it.each(spoils)('%s', async (_, spoil, expected) => {
    const broken: string[] = []
    const cases = recruitmentSystemContract(async () => {
      const opened = await openTrac(false)
      return { ...opened, system: spoil(opened.system) }
    })
    for (const { name, run } of cases) await run().catch(() => broken.push(name))
    expect(broken.join('\n')).toMatch(expected)
  })
})

describe('a contract of identity providers notices', () => {
  type Spoil = (provider: IdentityProvider) => IdentityProvider
  const spoils: readonly (readonly [string, Spoil, RegExp])[] = [
    ['another version', (provider) => ({ ...provider, portVersion: 2 as 1 }), /which version/],
    [
      'a session for each call',
      (provider) => ({
        ...provider,
        begin: (request) => provider.begin({ ...request, idempotencyKey: crypto.randomUUID() }),
      }),
      /one session for one key/,
    ],
    [
      'whoever is verified at once',
      (provider) => ({
        ...provider,
        outcome: async (id) => (await provider.outcome(id)) && { state: 'verified', profile: 'M1C', records: [] },
      }),
      /waits for them/,
    ],
    [
      'a profile that it does not reach',
      (provider) => ({
        ...provider,
        outcome: async (id) => {
          const outcome = await provider.outcome(id)
          return outcome?.state === 'verified' ? { ...outcome, profile: 'V3A' } : outcome
        },
      }),
      /a profile that it reaches/,
    ],
    [
      'somebody who gave up, and nobody says so',
      (provider) => ({
        ...provider,
        outcome: async (id) => {
          const outcome = await provider.outcome(id)
          return outcome?.state === 'failed' ? { state: 'pending' } : outcome
        },
      }),
      /gave up/,
    ],
    [
      'a right to work of anybody',
      (provider) => ({
        ...provider,
        outcome: async (id) =>
          JSON.parse((JSON.stringify(await provider.outcome(id)) ?? 'null').replaceAll('British', 'Ghanaian')) ??
          undefined,
      }),
      /British and Irish/,
    ],
    [
      'what it does not vouch for',
      (provider) => ({ ...provider, begin: (request) => provider.begin({ ...request, types: ['Identity'] }) }),
      /refuses what it does not vouch for/,
    ],
  ]
  it.each(spoils)('%s', async (_, spoil, expected) => {
    const broken: string[] = []
    const cases = identityProviderContract(async () => {
      const { provider, people } = simulateIdentityProvider('YOTI')
      const pass = async (url: string) => people.pass(url)
      const decline = async (url: string) => people.decline(url)
      return { provider: spoil(provider), pass, decline, close: async () => {} }
    })
    for (const { name, run } of cases) await run().catch(() => broken.push(name))
    expect(broken.join('\n')).toMatch(expected)
  })
})
