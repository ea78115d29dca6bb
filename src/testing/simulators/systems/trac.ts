import { formatDateTime } from '../../../codec/date-time.js'
import { type Clock, systemClock } from '../../../core/clock.js'
import type { CredentialTypeName } from '../../../credentials/rows.js'
import { whyNotSent } from '../../../systems/not-sent.js'
import type { NewRecord, SystemRecord } from '../../../systems/record-system.js'
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

/** Simulates Civica Trac for one employer, in memory, with its recruiters: as its published guide tells it. */
export const simulateTrac = ({
  clock = systemClock,
  eligibleStages = ELIGIBLE_STAGES,
}: SimulatedTracOptions = {}): SimulatedTrac => {
  const applications = new Map<string, Kept>()
  let integrationOn = false
  let counter = 0
  const of = (id: string): Kept => {
    const found = applications.get(id)
    if (!found) throw new Error('There is no such application')
    return found
  }
  const readinessOf = (kept: Kept): ApplicantReadiness => ({
    integrationOn,
    lifecycle: lifecycleOf(kept.stage, eligibleStages),
    idCheckAsked: kept.idCheckAsked,
    permitCheckAsked: kept.permitCheckAsked,
    ...(kept.dbsLevel === undefined ? {} : { dbsLevel: kept.dbsLevel }),
    ...(kept.immigrationStatus === undefined ? {} : { immigrationStatus: kept.immigrationStatus }),
  })
  const asRecord = ({ type, claims, assurance }: EnteredRecord): SystemRecord => {
    const modifiedAt = formatDateTime(clock.now().getTime())
    return structuredClone({ type, id: `${type}-${++counter}`, claims, assurance, modifiedAt }) as SystemRecord
  }
  const take = (kept: Kept, record: NewRecord, key: string): string => {
    const taken = asRecord(record)
    kept.received.push({ key, record: taken })
    return taken.id
  }
  const checkOf = (kept: Kept, type: string, asked: boolean): TracChecks['idCheck'] => {
    if (kept.received.some(({ record }) => record.type === type)) return 'Information received'
    return asked ? 'Requested' : 'Not started'
  }
  return {
    system: {
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
        [...applications.values()]
          .filter(({ stage }) => eligibleStages.includes(stage))
          .filter((one) =>
            'reference' in search
              ? one.id === search.reference
              : one.firstName === search.firstName &&
                one.lastName === search.lastName &&
                one.birthDate === search.birthDate,
          )
          .map(applicantOf),
      readiness: async (id) => {
        const found = applications.get(id)
        return found && readinessOf(found)
      },
      read: async (id, types) => {
        const found = applications.get(id)
        return found && structuredClone(found.entered.filter(({ type }) => types.includes(type)))
      },
      add: async (id, record, key) => {
        const kept = applications.get(id)
        if (!kept) return { outcome: 'notAdded', reason: 'noSuchPerson' }
        const before = kept.received.find((one) => one.key === key)
        if (before) return { outcome: 'added', recordId: before.record.id }
        if (!RECEIVES.includes(record.type)) return { outcome: 'notAdded', reason: 'notReceived' }
        // It looks for itself, whatever it told before.
        if (whyNotSent(readinessOf(kept), record) !== undefined) return { outcome: 'notAdded', reason: 'notReady' }
        if (kept.received.some((one) => one.record.type === record.type))
          return { outcome: 'notAdded', reason: 'alreadyThere' }
        return { outcome: 'added', recordId: take(kept, record, key) }
      },
    },
    recruiters: {
      switchIntegration: (on) => {
        integrationOn = on
      },
      apply: (application) => {
        const id = String(FIRST_ID + applications.size)
        const asked = { idCheckAsked: false, permitCheckAsked: false }
        applications.set(id, { ...application, id, ...asked, received: [], entered: [] })
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
        of(id).entered.push(asRecord(record))
      },
      look: (id) => {
        const kept = of(id)
        return {
          idCheck: checkOf(kept, 'DbsSupportingInformation', kept.idCheckAsked),
          permitCheck: checkOf(kept, 'RightToWork', kept.permitCheckAsked),
          received: structuredClone(kept.received.map(({ record }) => record)),
        }
      },
    },
  }
}
