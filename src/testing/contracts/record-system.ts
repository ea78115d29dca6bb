import { britishDate, parseDateTime } from '../../codec/date-time.js'
import { checkClaims } from '../../credentials/check-claims.js'
import { isCredentialTypeName } from '../../credentials/rows.js'
import type { NewRecord, PersonSearch, RecordSystem, SystemPerson } from '../../systems/record-system.js'
import { type Case, collect, ensure } from './case.js'

/** A system to test, with people of its own in it: plainly fictional ones, in a test installation. */
export interface RecordSystemUnderTest {
  readonly system: RecordSystem
  /** Somebody who is there, with a record of every type that the system provides. */
  readonly known: SystemPerson
  /** Somebody else who is there, of the same names or the same birth date. */
  readonly alike: SystemPerson
  /** A record that the system may take for the known person, where it takes any. */
  readonly newRecord?: NewRecord
  /** Changes something about the known person, as users of the system do. Needed where it notifies. */
  change?(): Promise<void>
  close(): Promise<void>
}

/** Opens a system to test. Each case opens it anew. */
export type OpenRecordSystem = () => Promise<RecordSystemUnderTest>

type Work = (opened: RecordSystemUnderTest) => Promise<void>

interface Promised {
  readonly name: string
  /** Where it is not declared, it is not asked for. */
  readonly when?: (opened: RecordSystemUnderTest) => boolean
  readonly run: Work
}

const byNames = ({ firstName, lastName, birthDate }: SystemPerson): PersonSearch => ({ firstName, lastName, birthDate })

const ids = (people: readonly SystemPerson[]): readonly string[] => people.map(({ id }) => id)

const findsByName = ({ system }: RecordSystemUnderTest): boolean => system.capabilities.findsByName
const receives = ({ system, newRecord }: RecordSystemUnderTest): boolean =>
  system.capabilities.receives.length > 0 && newRecord !== undefined
const notifies = ({ system }: RecordSystemUnderTest): boolean => system.capabilities.notifies

const idsOf = async (system: RecordSystem, { id }: SystemPerson, { type }: NewRecord): Promise<readonly string[]> =>
  ((await system.read(id, [type])) ?? []).map((record) => record.id)

const today = (): string => britishDate(Date.now())

const PROMISES: readonly Promised[] = [
  {
    name: 'says which version of the port it implements, what it is, and what it can do',
    run: async ({ system }) => {
      ensure(system.portVersion === 1, 'portVersion must be 1')
      ensure(typeof system.name === 'string' && system.name !== '', 'name must be a text')
      const { provides, receives: takes } = system.capabilities
      for (const type of [...provides, ...takes])
        ensure(isCredentialTypeName(type), `${type} must be a type of the catalogue`)
    },
  },
  {
    name: 'finds somebody by exact names and birth date',
    when: findsByName,
    run: async ({ system, known }) => {
      ensure(ids(await system.find(byNames(known))).includes(known.id), 'the known person must be found')
    },
  },
  {
    name: 'finds nobody by anything less: another name, another date, a pattern, or a part',
    when: findsByName,
    run: async ({ system, known }) => {
      const { firstName, lastName, birthDate } = known
      const searches = [
        { firstName: `${firstName}x`, lastName, birthDate },
        { firstName, lastName: lastName.slice(0, -1), birthDate },
        { firstName, lastName, birthDate: '1900-01-01' },
        { firstName: '%', lastName: '%', birthDate },
        { firstName: '*', lastName: '*', birthDate },
        { firstName: '.*', lastName: '.*', birthDate },
      ]
      for (const search of searches)
        ensure(!ids(await system.find(search)).includes(known.id), 'only exact names and birth date may find somebody')
    },
  },
  {
    name: 'tells people apart who are alike',
    run: async ({ system, known, alike }) => {
      ensure(known.id !== alike.id, 'two people must have two identifiers')
      const [types] = [system.capabilities.provides]
      const [one, other] = [await system.read(known.id, types), await system.read(alike.id, types)]
      const own = new Set((one ?? []).map(({ id }) => id))
      ensure(!(other ?? []).some(({ id }) => own.has(id)), 'a record must be one person’s')
    },
  },
  {
    name: 'finds somebody by their reference, and nobody by another',
    when: ({ system, known }) => system.capabilities.findsByReference && known.reference !== undefined,
    run: async ({ system, known }) => {
      const found = ids(await system.find({ reference: known.reference ?? '' }))
      ensure(found.length === 1 && found[0] === known.id, 'a reference must find one person')
      ensure(
        (await system.find({ reference: 'no such reference' })).length === 0,
        'an unknown reference must find nobody',
      )
    },
  },
  {
    name: 'has no records of a stranger, and says so with undefined',
    run: async ({ system }) => {
      const read = await system.read('no such person', system.capabilities.provides)
      ensure(read === undefined, 'reading a stranger must give undefined')
    },
  },
  {
    name: 'reads every type that it provides, and no other than was asked for',
    run: async ({ system, known }) => {
      for (const type of system.capabilities.provides) {
        const found = (await system.read(known.id, [type])) ?? []
        ensure(found.length > 0, `there must be a record of type ${type}`)
        ensure(
          found.every((record) => record.type === type),
          'only the types that were asked for',
        )
      }
      ensure((await system.read(known.id, []))?.length === 0, 'no type asked for, no record')
    },
  },
  {
    name: 'speaks the catalogue: every claim and every assurance by the rules of its type',
    run: async ({ system, known }) => {
      for (const record of (await system.read(known.id, system.capabilities.provides)) ?? []) {
        const content = { uniqueIdentifier: UNKNOWN, claims: record.claims, assurance: record.assurance }
        const { faults } = checkClaims(record.type, content as never, { issuedOn: today() })
        const found = faults.map(({ path, code }) => `${path} ${code}`).join(', ')
        ensure(faults.length === 0, `a record of type ${record.type} breaks rules: ${found}`)
        ensure(parseDateTime(record.modifiedAt) !== undefined, 'modifiedAt must be a moment (RFC 3339)')
      }
    },
  },
  {
    name: 'gives a record the same identifier each time',
    run: async ({ system, known }) => {
      const read = async () =>
        ((await system.read(known.id, system.capabilities.provides)) ?? []).map(({ id }) => id).sort()
      const [first, second] = [await read(), await read()]
      ensure(JSON.stringify(first) === JSON.stringify(second), 'a record must keep its identifier')
      ensure(new Set(first).size === first.length, 'two records must have two identifiers')
    },
  },
  {
    name: 'gives copies: whoever changes an answer changes nothing else',
    run: async ({ system, known }) => {
      const types = system.capabilities.provides
      const first = await system.read(known.id, types)
      const before = JSON.stringify(first)
      for (const record of first ?? []) Object.assign(record.claims as object, { spoilt: true })
      ensure(JSON.stringify(await system.read(known.id, types)) === before, 'an answer must be a copy')
    },
  },
  {
    name: 'adds a record once, however often the same key comes',
    when: receives,
    run: async ({ system, known, newRecord }) => {
      if (!newRecord) return
      const add = () => system.add(known.id, newRecord, 'contract-1')
      const before = await idsOf(system, known, newRecord)
      const [first, second] = [await add(), await add()]
      ensure(first.outcome === 'added', 'a record that it takes must be added')
      ensure(second.outcome === 'added' && second.recordId === first.recordId, 'the same key must be the same record')
      const together = await Promise.all([1, 2, 3].map(() => system.add(known.id, newRecord, 'contract-1')))
      ensure(
        together.every((one) => one.outcome === 'added' && one.recordId === first.recordId),
        'at once, too',
      )
      if (!system.capabilities.provides.includes(newRecord.type)) return
      // A test installation may have it from an earlier run.
      const after = await idsOf(system, known, newRecord)
      ensure(
        after.filter((id) => id === first.recordId).length === 1,
        'what was added must be read, under its identifier',
      )
      ensure(after.length <= before.length + 1, 'what was added must be there once')
    },
  },
  {
    name: 'knows one person’s key from another’s',
    when: receives,
    run: async ({ system, known, alike, newRecord }) => {
      if (!newRecord) return
      const first = await system.add(known.id, newRecord, 'contract-4')
      const other = await system.add(alike.id, newRecord, 'contract-4')
      if (first.outcome === 'added' && other.outcome === 'added')
        ensure(first.recordId !== other.recordId, 'the same key of another person must be another record')
    },
  },
  {
    name: 'adds nothing to a stranger',
    when: receives,
    run: async ({ system, newRecord }) => {
      if (!newRecord) return
      const added = await system.add('no such person', newRecord, 'contract-2')
      ensure(added.outcome === 'notAdded' && added.reason === 'noSuchPerson', 'it must say noSuchPerson')
    },
  },
  {
    name: 'takes no record of a type that it does not receive',
    run: async ({ system, known }) => {
      if (system.capabilities.receives.includes('AccessKey')) return
      const record = { type: 'AccessKey', ...ACCESS_KEY } as unknown as NewRecord
      const added = await system.add(known.id, record, 'contract-3')
      ensure(added.outcome === 'notAdded' && added.reason === 'notReceived', 'it must say notReceived')
    },
  },
  {
    name: 'tells that something changed, and nothing of what',
    when: (opened) => notifies(opened) && opened.change !== undefined,
    run: async ({ system, known, change }) => {
      const before = (await collect(system.changes())).at(-1)?.cursor
      await change?.()
      const changes = await collect(system.changes(before))
      ensure(changes.length > 0, 'a change must be told')
      ensure(
        changes.some(({ personId }) => personId === known.id),
        'of the person whom it is about',
      )
      const members = new Set(changes.flatMap((one) => Object.keys(one)))
      const known_ = ['cursor', 'personId', 'type', 'recordId', 'kind', 'at']
      ensure(
        [...members].every((name) => known_.includes(name)),
        'a change must say nothing else',
      )
    },
  },
  {
    name: 'tells later changes after a cursor, and none twice',
    when: (opened) => notifies(opened) && opened.change !== undefined,
    run: async ({ system, change }) => {
      await change?.()
      const first = await collect(system.changes())
      const last = first.at(-1)
      ensure(last !== undefined, 'a change must be told')
      ensure((await collect(system.changes(last.cursor))).length === 0, 'nothing comes after the last')
      const cursors = first.map(({ cursor }) => cursor)
      ensure(JSON.stringify([...cursors].sort()) === JSON.stringify(cursors), 'oldest first, by cursor')
    },
  },
]

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

const ACCESS_KEY = {
  claims: {
    employer: 'Northfield NHS Trust (fictional)',
    employerOds: 'RZ1',
    portal: 'https://passport.northfield.example',
    accountReference: '5f0c2b1e-1111-4c1f-9b61-4f2d8b7f6a10',
    givenOn: '2026-01-05',
  },
  assurance: {
    origin: 'Substantive NHS Employing Organisation',
    assurancePolicy: 'Local contractual arrangement',
    assuranceOutcome: 'Onboarding complete',
    provider: 'Northfield NHS Trust (fictional)',
    verifier: 'Provider',
    verificationMethod: 'Record Verification',
    pedigree: 'Authoritative',
    lastRefresh: '2026-01-05',
  },
  credentialId: 'urn:uuid:00000000-0000-4000-8000-000000000001',
}

/**
 * What every `RecordSystem` promises, as cases for any test runner: staff records, learning, training and occupational health
 * alike. A case whose capability is not declared holds without being asked.
 *
 * ```ts
 * import { recordSystemContract } from 'staff-passport/testing'
 *
 * const cases = recordSystemContract(async () => {
 *   throw new Error('open a test installation of your system here')
 * })
 * console.log(cases.length > 10)
 * ```
 */
export const recordSystemContract = (open: OpenRecordSystem): readonly Case[] =>
  PROMISES.map(({ name, when, run }) => ({
    name,
    run: async () => {
      const opened = await open()
      try {
        if (when?.(opened) ?? true) await run(opened)
      } finally {
        await opened.close()
      }
    },
  }))
