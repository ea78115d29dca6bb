import { doubleMetaphone } from 'double-metaphone'
import { distance } from 'fastest-levenshtein'
import { isDate, isPlaceholderDate } from '../codec/date-time.js'
import { foldName } from '../codec/fold-name.js'
import { jaroWinkler } from './jaro-winkler.js'
import { areNicknames } from './nicknames.js'
import { type MatchedField, weightOf } from './weights.js'

/** What a system knows of a person, by which to tell whether it is the same. What is missing says nothing. */
export interface PersonRecord {
  readonly firstName: string
  readonly lastName: string
  readonly previousLastNames?: readonly string[]
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string
  readonly nationalInsuranceNumber?: string
  /** With professional bodies, such as the GMC and the NMC. */
  readonly registrations?: readonly { readonly body: string; readonly number: string }[]
  readonly email?: string
  readonly postcode?: string
}

/** How one field compares, and how much that says: never what stands in it. */
export interface FieldEvidence {
  readonly field: MatchedField
  readonly level: string
  /** In bits: above 0 it speaks for one person, below for two. */
  readonly weight: number
}

/** Whether two records may be one person. A person always confirms. */
export interface RecordVerdict {
  readonly verdict: 'match' | 'possible' | 'noMatch'
  /** The sum of the evidence, in bits. */
  readonly weight: number
  readonly evidence: readonly FieldEvidence[]
}

/** From where on records are called so, in bits. */
export interface MatchThresholds {
  readonly match: number
  readonly possible: number
}

/** Thresholds that go with the model, fixed before it was measured. */
export const MATCH_THRESHOLDS: MatchThresholds = { match: 30, possible: 18 }

const SIMILAR = 0.88
const SIMILAR_WHERE_IT_SOUNDS_THE_SAME = 0.75

const folding = new Map<string, string>()
const MOST_KEPT = 5_000

// Longer than any identifier, address or name, and more of them than anybody has: what goes beyond says nothing.
const MOST_LETTERS = 254
const MOST_LISTED = 50

// One text for one name; the same names come again with every candidate.
const folded = (name: string): string => {
  const known = folding.get(name)
  if (known !== undefined) return known
  const text = foldName(name)
  if (name.length > MOST_LETTERS) return text
  if (folding.size >= MOST_KEPT) folding.clear()
  folding.set(name, text)
  return text
}

const isAlike = (a: string, b: string): boolean => {
  const degree = jaroWinkler(a, b)
  if (degree >= SIMILAR) return true
  if (degree < SIMILAR_WHERE_IT_SOUNDS_THE_SAME) return false
  const [sound] = doubleMetaphone(a)
  return sound !== '' && sound === doubleMetaphone(b)[0]
}

const firstWord = (text: string): string => text.split(' ', 1)[0] ?? ''

const compareFirst = (a: string, b: string): string | undefined => {
  if (a === '' || b === '') return undefined
  if (a === b) return 'equal'
  const [one, other] = [firstWord(a), firstWord(b)]
  if (one === other && one.length > 1) return 'equal'
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 'initial' : 'different'
  if (areNicknames(one, other)) return 'nickname'
  return isAlike(one, other) ? 'similar' : 'different'
}

const compareLast = (a: PersonRecord, b: PersonRecord): string | undefined => {
  const [one, other] = [folded(a.lastName), folded(b.lastName)]
  if (one === '' || other === '') return undefined
  if (one === other || one.replaceAll(' ', '') === other.replaceAll(' ', '')) return 'equal'
  const before = (names: readonly string[] = []): readonly string[] => names.slice(0, MOST_LISTED).map(folded)
  if (before(a.previousLastNames).includes(other) || before(b.previousLastNames).includes(one)) return 'previous'
  const [parts, others] = [one.split(' '), other.split(' ')]
  if (parts.length !== others.length && parts.some((part) => part.length > 2 && others.includes(part))) return 'part'
  return isAlike(one, other) ? 'similar' : 'different'
}

// What systems hold where they know none.

const known = (date: string | undefined): string | undefined =>
  date !== undefined && isDate(date) && !isPlaceholderDate(date) ? date : undefined

const compareDates = (one: string | undefined, other: string | undefined): string | undefined => {
  const [a, b] = [known(one), known(other)]
  if (a === undefined || b === undefined) return undefined
  if (a === b) return 'equal'
  const [year, month, day] = a.split('-')
  if (b === `${year}-${day}-${month}`) return 'swapped'
  return a.length === b.length && [...a].filter((digit, at) => digit !== b[at]).length === 1 ? 'oneDigit' : 'different'
}

const bounded = (text: string | undefined): string => (text === undefined || text.length > MOST_LETTERS ? '' : text)

const compact = (text: string | undefined): string => bounded(text).replace(/\s+/g, '').toUpperCase()

const compareIdentifiers = (a: string | undefined, b: string | undefined): string | undefined => {
  const [one, other] = [compact(a), compact(b)]
  if (one === '' || other === '') return undefined
  if (one === other) return 'equal'
  return distance(one, other) === 1 ? 'oneCharacter' : 'different'
}

// A placeholder until the real number is known counts as absent.
const insurance = ({ nationalInsuranceNumber: number }: PersonRecord): string | undefined =>
  number !== undefined && /^\s*TN/i.test(number) ? undefined : number

const compareRegistrations = (a: PersonRecord, b: PersonRecord): string | undefined => {
  for (const { body, number } of a.registrations?.slice(0, MOST_LISTED) ?? []) {
    const other = b.registrations?.slice(0, MOST_LISTED).find((one) => compact(one.body) === compact(body))
    if (other) return compareIdentifiers(number, other.number)
  }
  return undefined
}

const compareEmails = (a: string | undefined, b: string | undefined): string | undefined => {
  const [one, other] = [bounded(a).trim().toLowerCase(), bounded(b).trim().toLowerCase()]
  if (one === '' || other === '') return undefined
  return one === other ? 'equal' : 'different'
}

const INWARD = 3

const comparePostcodes = (a: string | undefined, b: string | undefined): string | undefined => {
  const [one, other] = [compact(a), compact(b)]
  if (one === '' || other === '') return undefined
  if (one === other) return 'equal'
  return one.slice(0, -INWARD) === other.slice(0, -INWARD) ? 'outward' : 'different'
}

const compareNames = (a: PersonRecord, b: PersonRecord): readonly (readonly [MatchedField, string | undefined])[] => {
  const [first, other] = [folded(a.firstName), folded(b.firstName)]
  const firstLevel = compareFirst(first, other)
  const lastLevel = compareLast(a, b)
  const isSwapped = first !== '' && first === folded(b.lastName) && other === folded(a.lastName)
  if (isSwapped && (firstLevel === 'different' || lastLevel === 'different')) return [['names', 'swapped']]
  return [
    ['firstName', firstLevel],
    ['lastName', lastLevel],
  ]
}

const compare = (a: PersonRecord, b: PersonRecord): readonly FieldEvidence[] => {
  const levels: readonly (readonly [MatchedField, string | undefined])[] = [
    ...compareNames(a, b),
    ['birthDate', compareDates(a.birthDate, b.birthDate)],
    ['nationalInsuranceNumber', compareIdentifiers(insurance(a), insurance(b))],
    ['registration', compareRegistrations(a, b)],
    ['email', compareEmails(a.email, b.email)],
    ['postcode', comparePostcodes(a.postcode, b.postcode)],
  ]
  return levels.flatMap(([field, level]) =>
    level === undefined ? [] : [{ field, level, weight: weightOf(field, level) }],
  )
}

const STRONG: readonly MatchedField[] = ['nationalInsuranceNumber', 'registration']

const has = (evidence: readonly FieldEvidence[], fields: readonly MatchedField[], level: string): boolean =>
  evidence.some((one) => fields.includes(one.field) && one.level === level)

// Twins have one surname, one birth date and one address; relatives share telephones and email. Only a number of one's own tells
// people apart, so nothing less makes a match; and where one of those says otherwise, nothing does.
const isMatch = (evidence: readonly FieldEvidence[]): boolean =>
  has(evidence, STRONG, 'equal') &&
  !has(evidence, STRONG, 'different') &&
  has(evidence, ['birthDate'], 'equal') &&
  !has(evidence, ['firstName'], 'different')

// A father and a son of one name and one address differ in their birth date, and in nothing else that is at hand.
const isPossible = (evidence: readonly FieldEvidence[]): boolean =>
  !has(evidence, ['birthDate'], 'different') || has(evidence, STRONG, 'equal')

/**
 * Whether two records may be one person: Fellegi and Sunter's record linkage, over names, birth date, National Insurance number,
 * professional registrations, email and postcode. A match needs a number of one's own that is equal, an equal birth date and a
 * first name that does not differ; everything else that is likely is possible, unless birth dates differ and no such number is
 * equal. A person always confirms.
 *
 * ```ts
 * import { matchRecords } from 'staff-passport/systems'
 *
 * const { verdict } = matchRecords(
 *   { firstName: 'Catherine', lastName: 'Example', birthDate: '1990-02-28' },
 *   { firstName: 'Kate', lastName: 'Example', birthDate: '1990-02-28' },
 * )
 * console.log(verdict)
 * ```
 *
 * @see Fellegi and Sunter, "A Theory for Record Linkage" (1969)
 */
export const matchRecords = (
  a: PersonRecord,
  b: PersonRecord,
  thresholds: MatchThresholds = MATCH_THRESHOLDS,
): RecordVerdict => {
  for (const { firstName, lastName } of [a, b])
    if (typeof firstName !== 'string' || typeof lastName !== 'string')
      throw new TypeError('firstName and lastName must be texts; one that is not known is empty')
  const evidence = compare(a, b)
  const weight = evidence.reduce((sum, one) => sum + one.weight, 0)
  if (weight >= thresholds.match && isMatch(evidence)) return { verdict: 'match', weight, evidence }
  const isLikely = weight >= thresholds.possible && isPossible(evidence)
  return { verdict: isLikely ? 'possible' : 'noMatch', weight, evidence }
}

/** A candidate, and how it compares. */
export interface RankedCandidate<Candidate extends PersonRecord> extends RecordVerdict {
  readonly candidate: Candidate
}

/** Candidates that may be the person, likeliest first. */
export interface Ranking<Candidate extends PersonRecord> {
  readonly candidates: readonly RankedCandidate<Candidate>[]
  /** Where several could be meant: then none is a match, whatever it says for itself. */
  readonly code?: 'matching.ambiguous'
}

/** Compares a person with candidates. Where several could be meant, each is only possible. */
export const rankCandidates = <Candidate extends PersonRecord>(
  person: PersonRecord,
  candidates: readonly Candidate[],
  thresholds: MatchThresholds = MATCH_THRESHOLDS,
): Ranking<Candidate> => {
  const likely = candidates
    .map((candidate) => ({ candidate, ...matchRecords(person, candidate, thresholds) }))
    .filter(({ verdict }) => verdict !== 'noMatch')
    .sort((a, b) => b.weight - a.weight)
  if (likely.length < 2) return { candidates: likely }
  return { candidates: likely.map((one) => ({ ...one, verdict: 'possible' })), code: 'matching.ambiguous' }
}
