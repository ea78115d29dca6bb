import { matchNames, type NameMatching } from './match-names.js'

/** What two systems know of a person, by which to tell whether it is the same. */
export interface PersonFacts {
  readonly legalFirstName: string
  readonly legalSurname: string
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string
}

// Only where names alone are compared may the birth date be missing on our side; never on the identity's.
const matchBirthDates = (ours: string | undefined, theirs: string | undefined, matching: NameMatching): boolean =>
  ours === undefined ? matching === 'equal' : ours === theirs

/**
 * Whether an identity is that of the person whom a source system knows: first name, surname and birth date agree. Names
 * may be similar; dates may not. Without a birth date in the source system only `equal` names match.
 */
export const matchPerson = (ours: PersonFacts, identity: PersonFacts, matching: NameMatching): boolean =>
  matchBirthDates(ours.birthDate, identity.birthDate, matching) &&
  matchNames(ours.legalFirstName, identity.legalFirstName, matching) &&
  matchNames(ours.legalSurname, identity.legalSurname, matching)
