import type { Assurance, ClaimsByType } from '../credentials/generated/claims.js'
import type { CredentialTypeName } from '../credentials/rows.js'

/** What a system can do, as it says itself: contracts and patterns ask for nothing else. */
export interface SystemCapabilities {
  /** Types that it has records of. */
  readonly provides: readonly CredentialTypeName[]
  /** Types that it takes records of. */
  readonly receives: readonly CredentialTypeName[]
  /** Whether people can be found by names and birth date. */
  readonly findsByName: boolean
  /** Whether people can be found by a reference of its own, such as an assignment number. */
  readonly findsByReference: boolean
  /** Whether it tells of changes. */
  readonly notifies: boolean
}

/**
 * Whom to find: whoever has these names and this birth date, or this reference. Accents, apostrophes, hyphens, spaces and capitals
 * of names may differ: `isSameName` says whether they are the same. Nothing else may.
 */
export type PersonSearch =
  | { readonly firstName: string; readonly lastName: string; readonly birthDate: string }
  | { readonly reference: string }

/** A person as a system knows them: enough for somebody to tell whether it is the one they mean. */
export interface SystemPerson {
  /** The system's own identifier; it means nothing elsewhere. */
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
  /** What people know the record by, such as an assignment number or an application id. */
  readonly reference?: string
  readonly jobTitle?: string
}

/** What a system says of a person, in the words of the catalogue. */
export type SystemRecord<Type extends CredentialTypeName = CredentialTypeName> = {
  readonly [Name in Type]: {
    readonly type: Name
    /** The system's own identifier of the record: the same record keeps it when it changes. */
    readonly id: string
    readonly claims: ClaimsByType[Name]
    readonly assurance: Assurance
    /** When it was last changed: RFC 3339, UTC. */
    readonly modifiedAt: string
  }
}[Type]

/** What to add to a person's record: facts that were shown and accepted. */
export type NewRecord<Type extends CredentialTypeName = CredentialTypeName> = {
  readonly [Name in Type]: {
    readonly type: Name
    readonly claims: ClaimsByType[Name]
    readonly assurance: Assurance
    /** The credential that it comes from. */
    readonly credentialId: string
  }
}[Type]

/** Why a system did not take a record. */
export const NOT_ADDED = ['noSuchPerson', 'notReceived', 'alreadyThere', 'notReady', 'refused'] as const
/** Why a system did not take a record. */
export type NotAddedReason = (typeof NOT_ADDED)[number]

/** What became of a record that was to be added. */
export type Added =
  /** Under the identifier that `read` gives it, where the system provides records of its type. */
  | { readonly outcome: 'added'; readonly recordId: string }
  | { readonly outcome: 'notAdded'; readonly reason: NotAddedReason }

/** That something changed, and nothing of what: whoever wants to know reads it. */
export interface SystemChange {
  /** Where to go on from: later changes have greater cursors, compared as texts. */
  readonly cursor: string
  readonly personId: string
  readonly type: CredentialTypeName
  readonly recordId: string
  readonly kind: 'changed' | 'deleted'
  /** RFC 3339, UTC. */
  readonly at: string
}

/**
 * A system of an employer that keeps records of staff: implement it for one of your own, and prove it with
 * `recordSystemContract` of `staff-passport/testing`. `undefined` means "no such person"; a throw means "could not ask".
 */
export interface RecordSystem {
  readonly portVersion: 1
  /** The product, such as `ESR`. */
  readonly name: string
  readonly capabilities: SystemCapabilities
  /**
   * Finds people; nobody is an empty list. Never by likeness: whoever looks alike is another question.
   * @throws PassportError when it cannot be asked
   */
  find(search: PersonSearch): Promise<readonly SystemPerson[]>
  /**
   * A person's records of these types, as they stand now; `undefined` when there is no such person.
   * @throws PassportError when it cannot be asked
   */
  read(personId: string, types: readonly CredentialTypeName[]): Promise<readonly SystemRecord[] | undefined>
  /**
   * Adds a record. The same key again is the same record, added once.
   * @throws PassportError when nobody knows whether it was added: add again with the same key
   */
  add(personId: string, record: NewRecord, idempotencyKey: string): Promise<Added>
  /** What changed after a cursor, oldest first, and no more: call it again for what comes later. */
  changes(after?: string): AsyncIterable<SystemChange>
}

type Providing<Type extends CredentialTypeName> = Omit<RecordSystem, 'read'> & {
  read(personId: string, types: readonly CredentialTypeName[]): Promise<readonly SystemRecord<Type>[] | undefined>
}

/** The employer's staff record system, such as ESR. */
export type StaffRecords = RecordSystem

/** A learning management system, such as Chambury, Think or Kallidus. */
export type LearningRecords = Providing<'CoreSkill'>

/** A system of postgraduate training, such as TIS. */
export type TrainingRecords = Providing<'TrainingProgramme' | 'TrainingPlacement'>

/** An occupational health system. */
export type OccupationalHealthRecords = Providing<'OccupationalHealth' | 'Immunisation' | 'Tuberculosis' | 'Varicella'>
