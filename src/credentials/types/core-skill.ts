import { addToDate, type DateUnit, endOfDay } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { CSTF, findCoreSkill } from '../core-skills-framework.js'
import { defineType, type Rule } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { at, textOf } from '../rules/read.js'

const DATE_UNITS: readonly string[] = ['Day', 'Week', 'Month', 'Year'] satisfies DateUnit[]

/** The end that award and renewal come to; `undefined` without a renewal period in calendar units. */
const renewalEnd = (claims: JsonObject): string | undefined => {
  const [awarded, period, units] = ['lastDateAwarded', 'renewalPeriod', 'units'].map((name) => textOf(claims, name))
  if (awarded === undefined || period === undefined || units === undefined || !DATE_UNITS.includes(units))
    return undefined
  return addToDate(awarded, Number(period), units as DateUnit)
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
      return at('statMandSubject', claims.competencyFramework === CSTF && !known)
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
    check: ({ claims }) => at('renewalPeriod', (claims.renewalPeriod === undefined) !== (claims.units === undefined)),
  },
]

const cstf = byTrust({ assurancePolicy: 'Core Skills Training Framework (CSTF)', assuranceOutcome: 'CSTF applied' })
const sourced = { ...cstf, pedigree: 'Sourced' }

const skill = (more: JsonObject): JsonObject => ({
  competencyFramework: CSTF,
  attainmentStatus: 'ACHIEVED',
  lastDateAwarded: '2025-09-01',
  proficiencyLevel: '0 - Not Assessed',
  employer: 'Northfield NHS Trust (fictional)',
  ...more,
})

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
  examples: [
    {
      title: 'fire safety, from ESR',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: sourced,
      claims: skill({
        statMandSubject: 'Fire safety',
        level: '1',
        competencyName: 'NHS|CSTF|Fire Safety - 2 Years|',
        renewalPeriod: '2',
        units: 'Year',
        dateTo: '2027-09-01',
      }),
      evidence: [{ type: ['SourceEvidence'], route: 'viaEsr' }],
    },
    {
      title: 'adult basic life support, level 2',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: cstf,
      claims: skill({
        statMandSubject: 'Resuscitation adult basic life support',
        level: '2',
        competencyName: 'Adult Basic Life Support',
        renewalPeriod: '1',
        units: 'Year',
      }),
    },
    {
      title: 'a local subject without renewal',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrust(),
      claims: skill({
        competencyFramework: 'LOCAL',
        statMandSubject: 'Trust induction',
        competencyName: '218|LOCAL|Trust Induction|',
      }),
    },
    {
      title: 'another framework, Oliver McGowan',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrust(),
      claims: skill({
        competencyFramework: 'Oliver McGowan Mandatory Training',
        statMandSubject: 'Learning disability and autism',
        level: 'Tier 2',
        competencyName: 'Oliver McGowan Tier 2',
      }),
    },
  ],
})
