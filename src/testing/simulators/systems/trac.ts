import { formatDateTime } from '../../../codec/date-time.js'
import { isSameName } from '../../../codec/fold-name.js'
import { type Clock, systemClock } from '../../../core/clock.js'
import type { CredentialTypeName } from '../../../credentials/rows.js'
import { whyNotSent } from '../../../systems/not-sent.js'
import type { Added, NewRecord, PersonSearch, SystemRecord } from '../../../systems/record-system.js'
import type { Applicant, ApplicantReadiness, DbsLevel, RecruitmentSystem } from '../../../systems/recruitment-system.js'
import type { EnteredRecord } from './memory-records.js'

/** Stages of an application, in their order. Only the named ones are public; which are eligible is an inference. */
export const TRAC_STAGES = [
  'Application received',
  'Shortlisted',
  'Interview',
  'Offer: Conditional',
  'Offer: Unconditional',
  'Outcome: Recruited',
  'Outcome: Withdrawn',
] as const
/** A stage of an application. */
export type TracStage = (typeof TRAC_STAGES)[number]

/** Stages at which employment checks run, unless an employer says otherwise. */
export const ELIGIBLE_STAGES: readonly TracStage[] = ['Offer: Conditional', 'Offer: Unconditional']

/** Somebody's application, as recruiters enter it. */
export interface TracApplication {
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: string
  readonly jobRole: string
  readonly stage: TracStage
}

/** What recruiters see of an application's checks. */
export interface TracChecks {
  readonly idCheck: 'Not started' | 'Requested' | 'Information received'
  readonly permitCheck: 'Not started' | 'Requested' | 'Information received'
  readonly received: readonly SystemRecord[]
}

/** What recruiters do in Trac. */
export interface TracRecruiters {
  switchIntegration(on: boolean): void
  /** @returns the application id: eight digits */
  apply(application: TracApplication): string
  moveTo(applicationId: string, stage: TracStage): void
  chooseDbsLevel(applicationId: string, level: DbsLevel): void
  pressIdCheck(applicationId: string): void
  setImmigrationStatus(applicationId: string, status: string): void
  pressPermitCheck(applicationId: string): void
  /** Records what came back of the criminal record check. */
  enterDbsOutcome(applicationId: string, record: EnteredRecord): void
  look(applicationId: string): TracChecks
}

/** A simulated Trac of one employer. */
export interface SimulatedTrac {
  readonly system: RecruitmentSystem
  readonly recruiters: TracRecruiters
}

interface Kept extends Omit<TracApplication, 'stage'> {
  readonly id: string
  stage: TracStage
  dbsLevel?: DbsLevel
  immigrationStatus?: string
  idCheckAsked: boolean
  permitCheckAsked: boolean
  readonly received: { readonly key: string; readonly record: SystemRecord }[]
  readonly entered: SystemRecord[]
}

const FIRST_ID = 10_000_001

const lifecycleOf = (stage: TracStage, eligible: readonly TracStage[]): ApplicantReadiness['lifecycle'] => {
  if (eligible.includes(stage)) return 'eligible'
  const first = Math.min(...eligible.map((one) => TRAC_STAGES.indexOf(one)))
  return TRAC_STAGES.indexOf(stage) < first ? 'tooEarly' : 'tooLate'
}

const RECEIVES: readonly CredentialTypeName[] = [
  'DbsSupportingInformation',
  'RightToWork',
  'ProfessionalRegistration',
  'DisclosureAndBarringService',
]

const applicantOf = ({ id, firstName, lastName, birthDate, jobRole, stage }: Kept): Applicant => ({
  id,
  reference: id,
  firstName,
  lastName,
  birthDate,
  jobRole,
  stage,
})

/** How a simulated Trac is set up. */
export interface SimulatedTracOptions {
  readonly clock?: Clock
  /** Stages at which employment checks run: which they are, is not published. By default {@link ELIGIBLE_STAGES}. */
  readonly eligibleStages?: readonly TracStage[]
}

/** What one employer's Trac has. */
interface TracState extends Required<SimulatedTracOptions> {
  readonly applications: Map<string, Kept>
  integrationOn: boolean
  counter: number
}

const readinessOf = ({ integrationOn, eligibleStages }: TracState, kept: Kept): ApplicantReadiness => ({
  integrationOn,
  lifecycle: lifecycleOf(kept.stage, eligibleStages),
  idCheckAsked: kept.idCheckAsked,
  permitCheckAsked: kept.permitCheckAsked,
  ...(kept.dbsLevel === undefined ? {} : { dbsLevel: kept.dbsLevel }),
  ...(kept.immigrationStatus === undefined ? {} : { immigrationStatus: kept.immigrationStatus }),
})

const asRecord = (state: TracState, { type, claims, assurance }: EnteredRecord): SystemRecord => {
  const modifiedAt = formatDateTime(state.clock.now().getTime())
  state.counter += 1
  return structuredClone({ type, id: `${type}-${state.counter}`, claims, assurance, modifiedAt }) as SystemRecord
}

// It looks for itself, whatever it told before.
const add = (state: TracState, kept: Kept | undefined, record: NewRecord, key: string): Added => {
  if (!kept) return { outcome: 'notAdded', reason: 'noSuchPerson' }
  const before = kept.received.find((one) => one.key === key)
  if (before) return { outcome: 'added', recordId: before.record.id }
  if (!RECEIVES.includes(record.type)) return { outcome: 'notAdded', reason: 'notReceived' }
  if (whyNotSent(readinessOf(state, kept), record) !== undefined) return { outcome: 'notAdded', reason: 'notReady' }
  if (kept.received.some((one) => one.record.type === record.type))
    return { outcome: 'notAdded', reason: 'alreadyThere' }
  const taken = asRecord(state, record)
  kept.received.push({ key, record: taken })
  return { outcome: 'added', recordId: taken.id }
}

const isFound = (one: Kept, search: PersonSearch): boolean =>
  'reference' in search
    ? one.id === search.reference
    : isSameName(one.firstName, search.firstName) &&
      isSameName(one.lastName, search.lastName) &&
      one.birthDate === search.birthDate

const systemOf = (state: TracState): RecruitmentSystem => ({
  portVersion: 1,
  name: 'Civica Trac',
  capabilities: {
    provides: ['DisclosureAndBarringService'],
    receives: RECEIVES,
    findsByName: true,
    findsByReference: true,
    notifies: false,
  },
  find: async (search) =>
    [...state.applications.values()]
      .filter(({ stage }) => state.eligibleStages.includes(stage))
      .filter((one) => isFound(one, search))
      .map(applicantOf),
  readiness: async (id) => {
    const found = state.applications.get(id)
    return found && readinessOf(state, found)
  },
  read: async (id, types) => {
    const found = state.applications.get(id)
    return found && structuredClone(found.entered.filter(({ type }) => types.includes(type)))
  },
  add: async (id, record, key) => add(state, state.applications.get(id), record, key),
})

const checkOf = (kept: Kept, type: string, asked: boolean): TracChecks['idCheck'] => {
  if (kept.received.some(({ record }) => record.type === type)) return 'Information received'
  return asked ? 'Requested' : 'Not started'
}

const recruitersOf = (state: TracState): TracRecruiters => {
  const of = (id: string): Kept => {
    const found = state.applications.get(id)
    if (!found) throw new Error('There is no such application')
    return found
  }
  return {
    switchIntegration: (on) => {
      state.integrationOn = on
    },
    apply: (application) => {
      const id = String(FIRST_ID + state.applications.size)
      const asked = { idCheckAsked: false, permitCheckAsked: false }
      state.applications.set(id, { ...application, id, ...asked, received: [], entered: [] })
      return id
    },
    moveTo: (id, stage) => {
      of(id).stage = stage
    },
    chooseDbsLevel: (id, level) => {
      of(id).dbsLevel = level
    },
    pressIdCheck: (id) => {
      of(id).idCheckAsked = true
    },
    setImmigrationStatus: (id, status) => {
      of(id).immigrationStatus = status
    },
    pressPermitCheck: (id) => {
      of(id).permitCheckAsked = true
    },
    enterDbsOutcome: (id, record) => {
      of(id).entered.push(asRecord(state, record))
    },
    look: (id) => {
      const kept = of(id)
      return {
        idCheck: checkOf(kept, 'DbsSupportingInformation', kept.idCheckAsked),
        permitCheck: checkOf(kept, 'RightToWork', kept.permitCheckAsked),
        received: structuredClone(kept.received.map(({ record }) => record)),
      }
    },
  }
}

/** Simulates Civica Trac for one employer, in memory, with its recruiters: as its published guide tells it. */
export const simulateTrac = (options: SimulatedTracOptions = {}): SimulatedTrac => {
  const { clock = systemClock, eligibleStages = ELIGIBLE_STAGES } = options
  const state: TracState = { clock, eligibleStages, applications: new Map(), integrationOn: false, counter: 0 }
  return { system: systemOf(state), recruiters: recruitersOf(state) }
}
