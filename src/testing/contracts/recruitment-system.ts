import { whyNotSent } from '../../systems/not-sent.js'
import type { NewRecord } from '../../systems/record-system.js'
import type { Applicant, RecruitmentSystem } from '../../systems/recruitment-system.js'
import { type Case, ensure } from './case.js'

/** A recruitment system to test, with plainly fictional applicants in a test installation. */
export interface RecruitmentSystemUnderTest {
  readonly system: RecruitmentSystem
  /** Somebody whose application is ready for everything. */
  readonly ready: Applicant
  /** The id of an application of the same person that is too early. */
  readonly tooEarly: string
  /** The id of one that is eligible, and for which nothing was set yet. */
  readonly unprepared: string
  /** A record that the ready application may take. */
  readonly newRecord: NewRecord
  close(): Promise<void>
}

/** Opens a recruitment system to test. Each case opens it anew. */
export type OpenRecruitmentSystem = () => Promise<RecruitmentSystemUnderTest>

type Promised = readonly [name: string, run: (opened: RecruitmentSystemUnderTest) => Promise<void>]

const ids = (found: readonly Applicant[]): readonly string[] => found.map(({ id }) => id)

const PROMISES: readonly Promised[] = [
  [
    'says which version of the port it implements, and what it is',
    async ({ system }) => {
      ensure(system.portVersion === 1, 'portVersion must be 1')
      ensure(typeof system.name === 'string' && system.name !== '', 'name must be a text')
    },
  ],
  [
    'finds an eligible application by exact names and birth date, and none that is too early',
    async ({ system, ready, tooEarly }) => {
      const { firstName, lastName, birthDate } = ready
      const found = ids(await system.find({ firstName, lastName, birthDate }))
      ensure(found.includes(ready.id), 'the eligible application must be found')
      ensure(!found.includes(tooEarly), 'one that is too early must not be found')
    },
  ],
  [
    'finds nobody by anything less',
    async ({ system, ready }) => {
      const { firstName, lastName, birthDate } = ready
      for (const search of [
        { firstName: `${firstName}x`, lastName, birthDate },
        { firstName, lastName: '%', birthDate },
        { firstName, lastName, birthDate: '1900-01-01' },
      ])
        ensure(!ids(await system.find(search)).includes(ready.id), 'only exact names and birth date may find somebody')
    },
  ],
  [
    'finds an application by its reference',
    async ({ system, ready }) => {
      if (!system.capabilities.findsByReference || ready.reference === undefined) return
      ensure(ids(await system.find({ reference: ready.reference })).includes(ready.id), 'found by its reference')
      ensure((await system.find({ reference: 'no such reference' })).length === 0, 'nobody by an unknown reference')
    },
  ],
  [
    'says what is missing before anything can be sent',
    async ({ system, ready, unprepared, newRecord }) => {
      const [is, isNot] = [await system.readiness(ready.id), await system.readiness(unprepared)]
      ensure(is !== undefined && whyNotSent(is, newRecord) === undefined, 'the ready application must be ready')
      ensure(isNot !== undefined && whyNotSent(isNot, newRecord) !== undefined, 'the unprepared must not be')
      ensure((await system.readiness('no such application')) === undefined, 'a stranger has no readiness')
    },
  ],
  [
    'takes a record once, however often the same key comes',
    async ({ system, ready, newRecord }) => {
      const add = () => system.add(ready.id, newRecord, 'contract-1')
      const [first, second] = [await add(), await add()]
      ensure(first.outcome === 'added', 'a record that it may take must be added')
      ensure(second.outcome === 'added' && second.recordId === first.recordId, 'the same key must be the same record')
    },
  ],
  [
    'takes nothing for an application that is not ready, too early, or not there',
    async ({ system, tooEarly, unprepared, newRecord }) => {
      for (const id of [tooEarly, unprepared, 'no such application']) {
        const added = await system.add(id, newRecord, `contract-${id}`)
        ensure(added.outcome === 'notAdded', 'it must look for itself')
      }
    },
  ],
  [
    'has nothing of a stranger, and says so with undefined',
    async ({ system }) => {
      const read = await system.read('no such application', system.capabilities.provides)
      ensure(read === undefined, 'reading a stranger must give undefined')
    },
  ],
]

/** What every `RecruitmentSystem` promises, as cases for any test runner. */
export const recruitmentSystemContract = (open: OpenRecruitmentSystem): readonly Case[] =>
  PROMISES.map(([name, run]) => ({
    name,
    run: async () => {
      const opened = await open()
      try {
        await run(opened)
      } finally {
        await opened.close()
      }
    },
  }))
