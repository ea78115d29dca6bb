import { isBritishOrIrish } from '../credentials/nationalities.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import { isSufficient } from '../credentials/rules/gpg45.js'
import type { NewRecord } from './record-system.js'
import { type ApplicantReadiness, BRITISH_STATUS, type DbsLevel } from './recruitment-system.js'

interface Reason {
  /** What is the matter, as a sentence for whoever presses the button. */
  readonly sentence: string
  /** What to do about it, and where. */
  readonly remedy: string
}

/** Why a credential was not sent to a recruitment system, each with what to do about it. */
export const NOT_SENT_REASONS = {
  integrationOff: {
    sentence: 'The Digital Staff Passport integration is not switched on.',
    remedy: 'Switch it on in the employer settings of the recruitment system. Then disconnect and connect again.',
  },
  tooEarly: {
    sentence: 'The application is not far enough for employment checks.',
    remedy: 'Wait until the offer is made. Then disconnect and connect again.',
  },
  tooLate: {
    sentence: 'The application is too far for employment checks, or over.',
    remedy: 'Check that it is the right application. What is decided is not changed any more.',
  },
  dbsLevelMissing: {
    sentence: 'No DBS level is chosen for the role.',
    remedy: 'Choose the DBS level in the recruitment system. Then disconnect and connect again.',
  },
  idCheckNotAsked: {
    sentence: 'The ID check does not ask for the Digital Staff Passport.',
    remedy: 'Press "Check NHS Digital Staff Passport" under ID check. Then disconnect and connect again.',
  },
  permitCheckNotAsked: {
    sentence: 'The visa or work permit check does not ask for the Digital Staff Passport.',
    remedy: 'Press "Check NHS Digital Staff Passport" under Visa / work permit. Then disconnect and connect again.',
  },
  immigrationStatusMissing: {
    sentence: 'The immigration status is not set.',
    remedy: `For British and Irish nationals set it to "${BRITISH_STATUS}". Then disconnect and connect again.`,
  },
  manualCheckNeeded: {
    sentence: 'Right to work of other nationals is checked by hand.',
    remedy: 'Check right to work by hand, and record it in the recruitment system.',
  },
  profileTooLow: {
    sentence: 'The identity was verified at a lower level than the DBS level of the role needs.',
    remedy: 'Verify the identity at the level that the role needs, and share the new credential.',
  },
  addressWithheld: {
    sentence: 'The current address was not shared, and no DBS check can be asked for without it.',
    remedy: 'Ask the holder to share it. Then disconnect and connect again.',
  },
  notHeld: {
    sentence: 'The passport holds no accepted credential of this type.',
    remedy: 'Ask the holder to share it.',
  },
  alreadyThere: {
    sentence: 'The application has this information already.',
    remedy: 'Nothing is to be done; to replace it, remove it there first.',
  },
  noSuchApplication: {
    sentence: 'There is no such application any more.',
    remedy: 'Disconnect, search again, and connect to the right application.',
  },
  refused: {
    sentence: 'The recruitment system did not take it.',
    remedy: 'Look at the application there. Then disconnect and connect again.',
  },
} as const satisfies Readonly<Record<string, Reason>>

/** Why a credential was not sent. */
export type NotSentReason = keyof typeof NOT_SENT_REASONS

/** What is sent to a recruitment system when a passport is connected. */
export const SENT_ON_CONNECTION = [
  'DbsSupportingInformation',
  'RightToWork',
] as const satisfies readonly CredentialTypeName[]

const textIn = (record: NewRecord, name: string): string | undefined => {
  const claims: Readonly<Record<string, unknown>> = record.claims
  const value = claims[name]
  return typeof value === 'string' ? value : undefined
}

// GPG 45 measures digital verification alone: documents that an employer looked at have no profile.
const CONFIDENCE: Readonly<Record<DbsLevel, 'M' | 'H'>> = { Basic: 'M', Standard: 'H', Enhanced: 'H' }

const isEnough = (record: NewRecord, level: DbsLevel): boolean => {
  const profile = textIn(record, 'evidenceProfile') ?? textIn(record, 'levelOfAssurance')
  return profile === undefined || isSufficient(profile, CONFIDENCE[level])
}

type Check = (readiness: ApplicantReadiness, record: NewRecord) => NotSentReason | undefined

const forEverything: Check = ({ integrationOn, lifecycle }) => {
  if (!integrationOn) return 'integrationOff'
  return lifecycle === 'eligible' ? undefined : lifecycle
}

const forDbs: Check = ({ dbsLevel, idCheckAsked }, record) => {
  if (dbsLevel === undefined) return 'dbsLevelMissing'
  if (!idCheckAsked) return 'idCheckNotAsked'
  if (textIn(record, 'currentAddress') === undefined) return 'addressWithheld'
  return isEnough(record, dbsLevel) ? undefined : 'profileTooLow'
}

const forRightToWork: Check = ({ permitCheckAsked, immigrationStatus }, record) => {
  if (!isBritishOrIrish(textIn(record, 'nationality'))) return 'manualCheckNeeded'
  if (immigrationStatus === undefined) return 'immigrationStatusMissing'
  if (immigrationStatus !== BRITISH_STATUS) return 'manualCheckNeeded'
  return permitCheckAsked ? undefined : 'permitCheckNotAsked'
}

const CHECKS: { readonly [Type in CredentialTypeName]?: Check } = {
  DbsSupportingInformation: forDbs,
  RightToWork: forRightToWork,
}

/** Why a record cannot be sent as an application stands; `undefined` when it can. */
export const whyNotSent: Check = (readiness, record) =>
  forEverything(readiness, record) ?? CHECKS[record.type]?.(readiness, record)
