import type { JsonObject } from '../core/json.js'
import {
  type EmploymentCheck,
  type EmploymentCheckType,
  type EsrApplicants,
  faultsOfCheck,
  type Recruit,
  type TrainingRecruitment,
} from '../systems/doctors-in-training.js'
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
  checksIncomplete: 'Complete the employment checks.',
  noApplicant: 'ESR has no such applicant at the lead employer: check that TIS has created one.',
  severalApplicants: 'ESR has several such applicants: a person has to tell which it is.',
  alreadyTransferred: 'The transfer happens once: what changes afterwards is entered in ESR by hand.',
  malformedRecord: 'The recruitment system holds a record that ESR would not take: correct it there.',
} as const satisfies Readonly<Record<string, string>>
/** Why nothing was transferred. */
export type NotTransferredReason = keyof typeof NOT_TRANSFERRED_REASONS

/** What came of a transfer. */
export type Transfer =
  | { readonly outcome: 'transferred'; readonly applicantId: string; readonly types: readonly EmploymentCheckType[] }
  | { readonly outcome: 'notTransferred'; readonly reason: NotTransferredReason; readonly remedy: string }

/** What transfers are made with. */
export interface TransferOptions {
  readonly recruitment: TrainingRecruitment
  readonly esr: EsrApplicants
  readonly ledger: Ledger
  readonly preconditions: () => TransferPreconditions
}

type Body = JsonObject & {
  readonly applicantId: string
  readonly types: readonly EmploymentCheckType[]
  readonly isDone: boolean
}

const not = (reason: NotTransferredReason): Transfer => ({
  outcome: 'notTransferred',
  reason,
  remedy: NOT_TRANSFERRED_REASONS[reason],
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

/** The applicant whom TIS created, if there is exactly one whose checks were not transferred before. */
const applicantFor = async ({ esr }: TransferOptions, recruit: Recruit): Promise<string | Transfer> => {
  const { firstName, lastName, birthDate, leadEmployer } = recruit
  const found = await esr.find({ firstName, lastName, birthDate, leadEmployer })
  const [applicant, ...others] = found.filter((one) => one.leadEmployer === leadEmployer)
  if (!applicant) return not('noApplicant')
  if (others.length > 0) return not('severalApplicants')
  return (await esr.wasTransferred(applicant.id)) ? not('alreadyTransferred') : applicant.id
}

const sendAll = async (
  { esr, ledger }: TransferOptions,
  id: string,
  body: Body,
  checks: readonly EmploymentCheck[],
) => {
  for (const check of checks.filter(({ type }) => body.types.includes(type)))
    await esr.add(body.applicantId, check, `${id}-${check.type}`)
  await ledger.change<Body, undefined>(id, (now) => ({ body: { ...now, isDone: true }, answer: undefined }))
}

/**
 * Hands the employment checks of a doctor in training over to ESR, once: when they were recruited and the checks are complete, to
 * the one applicant whom TIS created at the lead employer. All six records are looked at before the first goes. Call it again
 * after a failure or a crash: it goes on under the same names, and nothing is there twice. Identity never goes.
 * @throws PassportError when a system cannot be asked
 */
export const transferChecks = async (options: TransferOptions, applicationId: string): Promise<Transfer> => {
  const { recruitment, ledger, preconditions } = options
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
  const applicantId = known?.body.applicantId ?? (await applicantFor(options, recruit))
  if (typeof applicantId !== 'string') return applicantId
  const begun = known ?? (await ledger.begin<Body>(nameOf(applicationId), { applicantId, types, isDone: false }))
  await sendAll(options, begun.id, begun.body, checks)
  return { outcome: 'transferred', applicantId: begun.body.applicantId, types: begun.body.types }
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
