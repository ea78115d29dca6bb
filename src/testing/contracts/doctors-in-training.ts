import type {
  EmploymentCheck,
  EsrApplicantSearch,
  EsrApplicants,
  Recruit,
  TrainingRecruitment,
} from '../../systems/doctors-in-training.js'
import { faultsOfCheck } from '../../systems/doctors-in-training.js'
import { type Case, collect, ensure } from './case.js'

/** ESR's applicants to test, with plainly fictional people in a test installation. */
export interface EsrApplicantsUnderTest {
  readonly esr: EsrApplicants
  /** Somebody who is there once, and to whom nothing was transferred yet. */
  readonly known: EsrApplicantSearch
  /** Every record that this applicant has, read another way than by the port. */
  look(applicantId: string): Promise<readonly EmploymentCheck[]>
  close(): Promise<void>
}

/** Opens ESR's applicants to test. Each case opens them anew. */
export type OpenEsrApplicants = () => Promise<EsrApplicantsUnderTest>

/** A recruitment of doctors in training to test, with plainly fictional people in a test installation. */
export interface TrainingRecruitmentUnderTest {
  readonly recruitment: TrainingRecruitment
  /** Somebody who was recruited, and whose checks are complete. */
  readonly ready: Recruit
  /** The application id of somebody who was not recruited yet. */
  readonly unready: string
  close(): Promise<void>
}

/** Opens a recruitment to test. Each case opens it anew. */
export type OpenTrainingRecruitment = () => Promise<TrainingRecruitmentUnderTest>

type Promised<Opened> = readonly [name: string, run: (opened: Opened) => Promise<void>]

const CHECK: EmploymentCheck = {
  type: 'EuStatusRecord',
  content: { status: 'Not applicable', checkedOn: '2026-01-05' },
}
const OTHER: EmploymentCheck = {
  type: 'IllegalWorkingChecklistRecord',
  content: { route: 'List A documents', checkedOn: '2026-01-05' },
}

const only = async ({ esr, known }: EsrApplicantsUnderTest): Promise<string> => {
  const [applicant, ...others] = await esr.find(known)
  ensure(applicant !== undefined && others.length === 0, 'the known applicant must be found, once')
  return applicant.id
}

const refusal = async (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => false,
    () => true,
  )

const OF_APPLICANTS: readonly Promised<EsrApplicantsUnderTest>[] = [
  [
    'says which version of the port it implements',
    async ({ esr }) => ensure(esr.portVersion === 1, 'portVersion must be 1'),
  ],
  [
    'finds an applicant by exact names, birth date and lead employer, and nobody by anything less',
    async (opened) => {
      await only(opened)
      const { esr, known } = opened
      for (const other of [
        { firstName: '%' },
        { lastName: `${known.lastName}x` },
        { birthDate: '1900-01-01' },
        { leadEmployer: 'RX0' },
      ])
        ensure((await esr.find({ ...known, ...other })).length === 0, 'only all four may find somebody')
    },
  ],
  [
    'takes a record once, however often the same key comes',
    async (opened) => {
      const id = await only(opened)
      for (let time = 0; time < 3; time++) await opened.esr.add(id, CHECK, 'contract-1')
      await opened.esr.add(id, OTHER, 'contract-2')
      ensure((await opened.look(id)).length === 2, 'two keys must be two records')
    },
  ],
  [
    'says whether anything was transferred before',
    async (opened) => {
      const id = await only(opened)
      ensure(!(await opened.esr.wasTransferred(id)), 'nothing was transferred yet')
      await opened.esr.add(id, CHECK, 'contract-1')
      ensure(await opened.esr.wasTransferred(id), 'something was transferred')
    },
  ],
  [
    'takes no identity, and nothing for nobody',
    async (opened) => {
      const id = await only(opened)
      const identity = { type: 'IdentityRecord', content: { passport: '000000000' } } as unknown as EmploymentCheck
      ensure(await refusal(() => opened.esr.add(id, identity, 'contract-1')), 'an identity must be refused')
      ensure(await refusal(() => opened.esr.add('nobody', CHECK, 'contract-2')), 'nobody must be refused')
      ensure((await opened.look(id)).length === 0, 'nothing may be there')
    },
  ],
]

const OF_RECRUITMENT: readonly Promised<TrainingRecruitmentUnderTest>[] = [
  [
    'says which version of the port it implements',
    async ({ recruitment }) => ensure(recruitment.portVersion === 1, 'portVersion must be 1'),
  ],
  [
    'knows who was recruited, and says undefined of a stranger',
    async ({ recruitment, ready, unready }) => {
      const { applicationId } = ready
      ensure(
        JSON.stringify(await recruitment.recruit(applicationId)) === JSON.stringify(ready),
        'the recruit, as they are',
      )
      const other = await recruitment.recruit(unready)
      ensure(other !== undefined && !(other.isRecruited && other.checksComplete), 'the other is not ready')
      ensure((await recruitment.recruit('nobody')) === undefined, 'undefined for a stranger')
    },
  ],
  [
    'has records that hold, each type once',
    async ({ recruitment, ready }) => {
      const checks = await recruitment.checks(ready.applicationId)
      ensure(checks.length > 0, 'there must be records')
      ensure(new Set(checks.map(({ type }) => type)).size === checks.length, 'each type once')
      for (const check of checks) {
        const faults = faultsOfCheck(check)
        ensure(faults.length === 0, `${check.type} breaks its schema: ${faults.join()}`)
      }
    },
  ],
  [
    'lists everybody who is ready, and nobody else',
    async ({ recruitment, ready, unready }) => {
      const all = await collect(recruitment.recruited())
      ensure(all.includes(ready.applicationId), 'whoever is ready must be listed')
      ensure(!all.includes(unready), 'whoever is not must not')
    },
  ],
]

const casesOf = <Opened extends { close(): Promise<void> }>(
  promises: readonly Promised<Opened>[],
  open: () => Promise<Opened>,
): readonly Case[] =>
  promises.map(([name, run]) => ({
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

/** What every `EsrApplicants` promises, as cases for any test runner. */
export const esrApplicantsContract = (open: OpenEsrApplicants): readonly Case[] => casesOf(OF_APPLICANTS, open)

/** What every `TrainingRecruitment` promises, as cases for any test runner. */
export const trainingRecruitmentContract = (open: OpenTrainingRecruitment): readonly Case[] =>
  casesOf(OF_RECRUITMENT, open)
