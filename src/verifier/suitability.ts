import { addToDate, britishDate, daysBetween, isDate } from '../codec/date-time.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { askedMoment, type CredentialCase, subjectsOf } from './case.js'
import type { TypeRequirements } from './policy.js'
import type { Suitability } from './report.js'

type Outcome = Suitability['outcome']

interface Question {
  readonly claims: JsonObject
  /** Calendar date asked about. */
  readonly today: string
}

// When the facts were last looked at or earned, by whatever name the types give it; the first that is there counts.
const FACT_DATES = [
  'dbsUpdateServiceStatusCheckDate',
  'disclosureIssueDate',
  'checkedOn',
  'dateOfIdCheck',
  'lastDateAwarded',
  'clearanceDate',
  'evidenceDate',
  'issuedOn',
  'declaredOn',
]

const firstDate = (claims: JsonObject, names: readonly string[]): string | undefined =>
  names.map((name) => claims[name]).find((value): value is string => typeof value === 'string' && isDate(value))

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

const verdict = (holds: boolean): Outcome => (holds ? 'meets' : 'fallsShort')

const checkAge = ({ claims, today }: Question, days: number): Outcome => {
  const date = firstDate(claims, FACT_DATES)
  return date === undefined ? 'cannotSay' : verdict(daysBetween(date, today) <= days)
}

const NUMBER = /^\d+$/

const checkLevel = ({ claims }: Question, required: string): Outcome => {
  const level = textOf(claims.level)
  if (level === undefined) return 'cannotSay'
  if (NUMBER.test(level) && NUMBER.test(required)) return verdict(Number(level) >= Number(required))
  return verdict(level.toLowerCase() === required.toLowerCase())
}

const COVERS: Readonly<Record<string, readonly string[]>> = { childAndAdult: ['child', 'adult', 'childAndAdult'] }

const checkWorkforce = ({ claims }: Question, required: string): Outcome => {
  const workforce = textOf(claims.workforce)
  if (workforce === undefined) return 'cannotSay'
  const covered = Object.hasOwn(COVERS, workforce) ? (COVERS[workforce] ?? []) : [workforce]
  return verdict(covered.includes(required))
}

const SUBJECTS = ['statMandSubject', 'competencyName']
const AWARDED = ['lastDateAwarded']

const checkRefreshed = ({ claims, today }: Question, periods: Readonly<Record<string, number>>): Outcome => {
  const subject = SUBJECTS.map((name) => textOf(claims[name])).find(
    (name) => name !== undefined && Object.hasOwn(periods, name),
  )
  const months = subject === undefined ? undefined : periods[subject]
  const awarded = firstDate(claims, AWARDED)
  if (months === undefined || awarded === undefined) return 'cannotSay'
  return verdict(today <= addToDate(awarded, months, 'Month'))
}

const judge = (question: Question, requirements: TypeRequirements): readonly Suitability[] => {
  const { maximumAge, requiredLevel, requiredWorkforce, refreshPeriods } = requirements
  const answers: Readonly<Record<Suitability['requirement'], Outcome | undefined>> = {
    maximumAge: maximumAge === undefined ? undefined : checkAge(question, maximumAge),
    requiredLevel: requiredLevel === undefined ? undefined : checkLevel(question, requiredLevel),
    requiredWorkforce: requiredWorkforce === undefined ? undefined : checkWorkforce(question, requiredWorkforce),
    refreshPeriods: refreshPeriods === undefined ? undefined : checkRefreshed(question, refreshPeriods),
  }
  return Object.entries(answers).flatMap(([requirement, outcome]) =>
    outcome === undefined ? [] : [{ requirement: requirement as Suitability['requirement'], outcome }],
  )
}

/**
 * How an accepted credential stands to what the policy asks of its type: meets, falls short, or cannot say. Never part
 * of the verdict: an old but genuine credential is genuine. `undefined` where the policy asks nothing of the type.
 */
export const judgeSuitability = (subject: CredentialCase): readonly Suitability[] | undefined => {
  const { row, input, moments } = subject
  const requirements = row && subject.settings.policy.suitability?.[row.type]
  if (!row || !requirements) return undefined
  const claims = subjectsOf(input.document)[0]?.[row.claimsKey]
  return judge({ claims: isJsonObject(claims) ? claims : {}, today: britishDate(askedMoment(moments)) }, requirements)
}
