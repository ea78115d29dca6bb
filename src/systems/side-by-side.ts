import { isSameName } from '../codec/fold-name.js'
import type { SystemPerson } from './record-system.js'

/** One detail as the passport and the system have it. */
export interface ComparedDetail {
  readonly detail: 'firstName' | 'lastName' | 'birthDate'
  readonly passport: string
  readonly system: string
  /** `same` but for accents, capitals, apostrophes, hyphens and spaces, as `matchRecords` compares names. */
  readonly outcome: 'equal' | 'same' | 'different'
}

/** Names and birth date, as a passport has them. */
export type PassportDetails = Readonly<Record<ComparedDetail['detail'], string>>

const DETAILS = ['firstName', 'lastName', 'birthDate'] as const

// Names may be written otherwise; a date is that date or another.
const outcomeOf = (detail: ComparedDetail['detail'], one: string, other: string): ComparedDetail['outcome'] => {
  if (one === other) return 'equal'
  return detail !== 'birthDate' && isSameName(one, other) ? 'same' : 'different'
}

/**
 * Names and birth date side by side, for whoever has to say whether it is the same person. A difference does not forbid it:
 * people marry, and records are old; it is for a person to tell, and to correct.
 */
export const sideBySide = (passport: PassportDetails, person: SystemPerson): readonly ComparedDetail[] =>
  DETAILS.map((detail) => ({
    detail,
    passport: passport[detail],
    system: person[detail],
    outcome: outcomeOf(detail, passport[detail], person[detail]),
  }))
