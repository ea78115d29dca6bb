import { addToDate, type DateUnit, endOfDay, isDate } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { findCoreSkill, isCoreSkillsFramework } from '../core-skills-framework.js'
import { defineType, type Rule } from '../define.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { at, folded, textOf } from '../rules/read.js'

// What ESR and elfh write of a skill that was achieved.
const ACHIEVED: readonly string[] = ['achieved', 'completed', 'passed']

interface CalendarUnit {
  readonly unit: DateUnit
  readonly perUnit: number
}

// Validity is counted in days: a part of one counts as the whole.
const CALENDAR: Readonly<Record<string, CalendarUnit>> = {
  Minute: { unit: 'Day', perUnit: 1440 },
  Hour: { unit: 'Day', perUnit: 24 },
  Day: { unit: 'Day', perUnit: 1 },
  Week: { unit: 'Week', perUnit: 1 },
  Month: { unit: 'Month', perUnit: 1 },
  Year: { unit: 'Year', perUnit: 1 },
}

/** The end that award and renewal come to, whether the calendar has it or not; `undefined` without a renewal period. */
const renewalSum = (claims: JsonObject): string | undefined => {
  const [awarded, period, units] = ['lastDateAwarded', 'renewalPeriod', 'units'].map((name) => textOf(claims, name))
  const calendar = CALENDAR[units ?? '']
  const count = Number.parseInt(period ?? '', 10)
  if (awarded === undefined || !isDate(awarded) || !(count > 0) || !calendar) return undefined
  return addToDate(awarded, Math.ceil(count / calendar.perUnit), calendar.unit)
}

const renewalEnd = (claims: JsonObject): string | undefined => {
  const end = renewalSum(claims)
  return end !== undefined && isDate(end) ? end : undefined
}

const RULES: readonly Rule[] = [
  {
    code: 'schema.notInCoreSkillsFramework',
    when: 'both',
    force: 'refuse',
    sentence: 'The framework CSTF has no such subject at this level.',
    mend: 'Use one of the 24 published subjects and levels, or name the framework that it belongs to, such as LOCAL.',
    check: ({ claims }) => {
      const known = findCoreSkill(textOf(claims, 'statMandSubject') ?? '', textOf(claims, 'level'))
      return at('statMandSubject', isCoreSkillsFramework(textOf(claims, 'competencyFramework')) && !known)
    },
  },
  {
    code: 'schema.renewalDisagreesWithEnd',
    when: 'both',
    force: 'warn',
    sentence:
      'The end that the source gives is not the one that award and renewal period come to. The source’s end wins.',
    mend: 'Check which of the three is right.',
    check: ({ claims }) => {
      const [stated, computed] = [textOf(claims, 'dateTo'), renewalEnd(claims)]
      return at('dateTo', stated !== undefined && computed !== undefined && stated !== computed)
    },
  },
  {
    code: 'schema.renewalIncomplete',
    when: 'issue',
    force: 'refuse',
    sentence: 'A renewal period needs its units, and units a period.',
    mend: 'State both renewalPeriod and units, or neither.',
    check: ({ claims }) => {
      const missing = claims.units === undefined ? 'units' : 'renewalPeriod'
      return at(missing, (claims.renewalPeriod === undefined) !== (claims.units === undefined))
    },
  },
  {
    code: 'schema.renewalBeyondCalendar',
    when: 'both',
    force: 'refuse',
    sentence: 'The renewal period leads beyond the year 9999.',
    mend: 'Correct the period or its units; leave both out where nothing is due again.',
    check: ({ claims }) => {
      const end = renewalSum(claims)
      return at('renewalPeriod', end !== undefined && !isDate(end))
    },
  },
  {
    code: 'schema.attainmentUnknown',
    when: 'both',
    force: 'warn',
    sentence: 'The attainment status is none of those that ESR or elfh write of a skill that was achieved.',
    mend: 'Write ACHIEVED, Completed or Passed; do not issue a skill that was not achieved.',
    check: ({ claims }) => at('attainmentStatus', !ACHIEVED.includes(folded(textOf(claims, 'attainmentStatus') ?? ''))),
  },
]

/** A core skill, achieved. */
export const coreSkill = defineType({
  type: 'CoreSkill',
  label: 'Core skill',
  claimsKey: 'coreSkill',
  schemas: ['https://w3id.org/staff-passport/schemas/core-skill/v1'],
  issuedBy: ['employer', 'trainingBody', 'nationalBody'],
  specialCategory: false,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'published',
  disclosable: ['learningMethod', 'trustIdentifier'],
  retention: 'As long as the person works for you.',
  doesNotProve: [
    'That it is recent enough for your own policy: see suitability.',
    'Skill in practice, unless it was assessed.',
  ],
  validUntil: (claims) => {
    const end = textOf(claims, 'dateTo') ?? renewalEnd(claims)
    return end === undefined ? undefined : endOfDay(end)
  },
  rules: [
    ...RULES,
    notAfter('lastDateAwarded', 'dateTo', {
      code: 'schema.skillEndsBeforeAward',
      sentence: 'The skill ends before it was awarded.',
      mend: 'Correct the dates.',
    }),
    notInFuture('lastDateAwarded', {
      code: 'schema.awardedInFuture',
      sentence: 'The skill was awarded after the credential was issued.',
      mend: 'Correct lastDateAwarded.',
    }),
  ],
})
