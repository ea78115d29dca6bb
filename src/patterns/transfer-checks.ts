import type { JsonObject } from '../core/json.js'
import {
  type EmploymentCheck,
  type EmploymentCheckType,
  type EsrApplicant,
  type EsrApplicants,
  faultsOfCheck,
  type Recruit,
  type TrainingRecruitment,
} from '../systems/doctors-in-training.js'
import type { Actor } from './actor.js'
import type { EntryName, Ledger } from './ledger.js'

/** What has to be in place between an employer, ESR and recruitment before anything can go. */
export interface TransferPreconditions {
  /** The employer subscribes to the interface between TIS and ESR, or is implementing it. */
  readonly tisInterface: boolean
  /** A service request ("Other Interface") was raised with the ESR service desk. */
  readonly esrServiceRequest: boolean
  /** The recruitment system's supplier was told. */
  readonly recruitmentNotified: boolean
}

/** Why nothing was transferred, each with what to do about it. */
export const NOT_TRANSFERRED_REASONS = {
  tisInterfaceMissing: 'Subscribe to the interface between TIS and ESR, or raise a service request for it.',
  esrServiceRequestMissing: 'Raise a service request with the ESR service desk: "Other Interface".',
  recruitmentNotNotified: 'Tell the supplier of the recruitment system that you want the transfer.',
  noSuchApplication: 'Check the application id.',
  notRecruited: 'Wait until the outcome is that they were recruited.',
  checksIncomplete:
    'Complete the employment checks: the recruitment system has none of them, or not all that you need.',
  noApplicant: 'ESR has no such applicant at the lead employer: check that TIS has created one.',
  severalApplicants:
    'ESR has several such applicants: look there which it is, and transfer to the one that you choose.',
  notThisApplicant: 'The chosen applicant is none of those whom ESR finds for this application: choose one of them.',
  alreadyTransferred: 'The transfer happens once: what changes afterwards is entered in ESR by hand.',
  malformedRecord: 'The recruitment system holds a record that ESR would not take: correct it there.',
} as const satisfies Readonly<Record<string, string>>
/** Why nothing was transferred. */
export type NotTransferredReason = keyof typeof NOT_TRANSFERRED_REASONS

/** What came of a transfer. */
export type Transfer =
  | { readonly outcome: 'transferred'; readonly applicantId: string; readonly types: readonly EmploymentCheckType[] }
  | {
      readonly outcome: 'notTransferred'
      readonly reason: NotTransferredReason
      readonly remedy: string
      /** Where somebody has to choose: whom ESR found, by its identifiers. */
      readonly applicantIds?: readonly string[]
    }

/** Which applicant it is, where ESR finds several: somebody looked, and says so. */
export interface ChosenApplicant {
  readonly applicantId: string
  readonly actor: Actor
}

/** A transfer as it is kept: what went to whom, when, and who chose. */
export interface TransferRecord {
  readonly applicantId: string
  readonly types: readonly EmploymentCheckType[]
  readonly isDone: boolean
  /** RFC 3339, UTC; oldest first. The role is that of whoever chose the applicant, where somebody did. */
  readonly history: readonly {
    readonly at: string
    readonly what: 'begun' | 'applicantChosen' | 'transferred'
    readonly role?: string
  }[]
}

/** What transfers are made with. */
export interface TransferOptions {
  readonly recruitment: TrainingRecruitment
  readonly esr: EsrApplicants
  readonly ledger: Ledger
  readonly preconditions: () => TransferPreconditions
  /** Records without which nothing goes, for it goes once. By default any one is enough: which are needed, nobody publishes. */
  readonly needs?: readonly EmploymentCheckType[]
}

type Body = JsonObject & Omit<TransferRecord, 'history'> & Partial<Pick<TransferRecord, 'history'>>

const asBody = (body: Omit<TransferRecord, 'history'> & Partial<Pick<TransferRecord, 'history'>>): Body => body as Body

const not = (reason: NotTransferredReason, applicantIds?: readonly string[]): Transfer => ({
  outcome: 'notTransferred',
  reason,
  remedy: NOT_TRANSFERRED_REASONS[reason],
  ...(applicantIds ? { applicantIds } : {}),
})

const missing = ({ tisInterface, esrServiceRequest, recruitmentNotified }: TransferPreconditions) => {
  if (!tisInterface) return 'tisInterfaceMissing'
  if (!esrServiceRequest) return 'esrServiceRequestMissing'
  return recruitmentNotified ? undefined : 'recruitmentNotNotified'
}

const notYet = (recruit: Recruit | undefined): NotTransferredReason | undefined => {
  if (!recruit) return 'noSuchApplication'
  if (!recruit.isRecruited) return 'notRecruited'
  return recruit.checksComplete ? undefined : 'checksIncomplete'
}

const nameOf = (applicationId: string): EntryName => ['transfer', applicationId]

/** The applicant whom TIS created, if it is plain or somebody chose who it is, and their checks were not transferred before. */
const applicantFor = async (
  { esr }: TransferOptions,
  recruit: Recruit,
  chosen: ChosenApplicant | undefined,
): Promise<string | Transfer> => {
  const { firstName, lastName, birthDate, leadEmployer, gmcNumber } = recruit
  const gmc = gmcNumber === undefined ? {} : { gmcNumber }
  const found = await esr.find({ firstName, lastName, birthDate, leadEmployer, ...gmc })
  const here = found.filter((one) => one.leadEmployer === leadEmployer)
  const applicant = chosen ? here.find(({ id }) => id === chosen.applicantId) : plainOf(here, gmcNumber)
  if (here.length === 0) return not('noApplicant')
  if (!applicant) {
    const ids = here.map(({ id }) => id)
    return not(chosen ? 'notThisApplicant' : 'severalApplicants', ids)
  }
  return (await esr.wasTransferred(applicant.id)) ? not('alreadyTransferred') : applicant.id
}

// A number of one's own tells namesakes apart; otherwise there has to be one alone.
const plainOf = (found: readonly EsrApplicant[], gmcNumber: string | undefined): EsrApplicant | undefined => {
  const own = gmcNumber === undefined ? [] : found.filter((one) => one.gmcNumber === gmcNumber)
  const likely = own.length > 0 ? own : found
  return likely.length === 1 ? likely[0] : undefined
}

const sendAll = async (
  { esr, ledger }: TransferOptions,
  id: string,
  body: Body,
  checks: readonly EmploymentCheck[],
) => {
  for (const check of checks.filter(({ type }) => body.types.includes(type)))
    await esr.add(body.applicantId, check, `${id}-${check.type}`)
  await ledger.change<Body, undefined>(id, (now) => {
    const history = [...(now.history ?? []), { at: ledger.now(), what: 'transferred' as const }]
    return { body: asBody({ ...now, isDone: true, history }), answer: undefined }
  })
}

/**
 * Hands the employment checks of a doctor in training over to ESR, once: when they were recruited and the checks are complete, to
 * the one applicant whom TIS created at the lead employer. All six records are looked at before the first goes. Call it again
 * after a failure or a crash: it goes on under the same names, and nothing is there twice. Identity never goes.
 * @param chosen which applicant it is, where ESR finds several; nothing but one of those is taken
 * @throws TypeError
 * @throws PassportError when a system cannot be asked
 */
export const transferChecks = async (
  options: TransferOptions,
  applicationId: string,
  chosen?: ChosenApplicant,
): Promise<Transfer> => {
  const { recruitment, ledger, preconditions, needs = [] } = options
  const precondition = missing(preconditions())
  if (precondition) return not(precondition)
  const known = await ledger.byName<Body>(nameOf(applicationId))
  if (known?.body.isDone) return not('alreadyTransferred')
  const recruit = await recruitment.recruit(applicationId)
  const reason = notYet(recruit)
  if (reason || !recruit) return not(reason ?? 'noSuchApplication')
  const checks = await recruitment.checks(applicationId)
  const types = checks.map(({ type }) => type)
  const isWhole = new Set(types).size === types.length && checks.every((check) => faultsOfCheck(check).length === 0)
  if (!isWhole) return not('malformedRecord')
  if (types.length === 0 || needs.some((type) => !types.includes(type))) return not('checksIncomplete')
  const applicantId = known?.body.applicantId ?? (await applicantFor(options, recruit, chosen))
  if (typeof applicantId !== 'string') return applicantId
  if (chosen && chosen.applicantId !== applicantId) return not('notThisApplicant', [applicantId])
  const at = ledger.now()
  const history = chosen
    ? [{ at, what: 'applicantChosen' as const, role: chosen.actor.role }]
    : [{ at, what: 'begun' as const }]
  const begun =
    known ?? (await ledger.begin<Body>(nameOf(applicationId), asBody({ applicantId, types, isDone: false, history })))
  await sendAll(options, begun.id, begun.body, checks)
  return { outcome: 'transferred', applicantId: begun.body.applicantId, types: begun.body.types }
}

/** The transfer of an application as it stands; `undefined` when none was begun. */
export async function transferOf(
  { ledger }: Pick<TransferOptions, 'ledger'>,
  applicationId: string,
): Promise<TransferRecord | undefined> {
  const body = (await ledger.byName<Body>(nameOf(applicationId)))?.body
  if (!body) return undefined
  const { applicantId, types, isDone, history = [] } = body
  return { applicantId, types, isDone, history }
}

/** What came of one of several transfers. */
export interface TransferredApplication {
  readonly applicationId: string
  readonly transfer: Transfer
}

/**
 * Hands the checks of everybody over who is ready: run it every so often. Who was transferred before is passed over; a system that
 * cannot be asked ends it, and the next run goes on.
 * @throws PassportError when a system cannot be asked
 */
export async function* transferRecruited(options: TransferOptions): AsyncIterable<TransferredApplication> {
  for await (const applicationId of options.recruitment.recruited()) {
    if ((await options.ledger.byName<Body>(nameOf(applicationId)))?.body.isDone) continue
    yield { applicationId, transfer: await transferChecks(options, applicationId) }
  }
}
