import { CORE_SKILLS_FRAMEWORK, type CoreSkillName, findCoreSkill } from '../../../credentials/core-skills-framework.js'
import type { CoreSkillClaims } from '../../../credentials/generated/claims.js'
import { folded } from '../../../credentials/rules/read.js'

/** How often something is due again. */
export interface Renewal {
  readonly period: string
  readonly units: NonNullable<CoreSkillClaims['units']>
}

/** The parts of a competence's name, such as `NHS|CSTF|Moving and Handling - Level 1 - 3 Years|`. */
export interface CompetenceName {
  /** `NHS` for national ones, else the number of an ESR instance. */
  readonly owner: string
  /** Such as `CSTF`, `LOCAL` or `KSF`. */
  readonly framework: string
  /** Without level and renewal. */
  readonly title: string
  readonly level?: string
  readonly renewal?: Renewal
}

const UNITS: Readonly<Record<string, Renewal['units']>> = {
  minute: 'Minute',
  hour: 'Hour',
  h: 'Hour',
  day: 'Day',
  d: 'Day',
  week: 'Week',
  w: 'Week',
  month: 'Month',
  m: 'Month',
  year: 'Year',
  y: 'Year',
}

const PERIOD = /^[1-9]\d{0,2}$/
const RENEWAL = /^(\d+) ([A-Za-z]+)$/
const NO_RENEWAL = /^no (?:specified )?renewal$/i
// Oliver McGowan training has tiers where others have levels.
const LEVEL = /^level (\d)$|^(tier \d)$/i

/** A number and its units as ESR has them in two columns or in one name; `undefined` when they are no period. */
export const toRenewal = (period: string | undefined, units: string | undefined): Renewal | undefined => {
  const unit = (units ?? '').toLowerCase()
  const known = UNITS[Object.hasOwn(UNITS, unit) ? unit : unit.replace(/s$/, '')]
  return period !== undefined && PERIOD.test(period) && known ? { period, units: known } : undefined
}

const renewalIn = (part: string): Renewal | undefined => {
  const [, period, units] = RENEWAL.exec(part) ?? []
  return toRenewal(period, units)
}

const levelIn = (part: string): string | undefined => {
  const [, level, tier] = LEVEL.exec(part) ?? []
  return level ?? tier
}

/**
 * Takes the name of a competence apart. What stands after the third bar, such as `Core`, is left out.
 * @returns `undefined` for a name that has not the three parts
 */
export const parseCompetenceName = (name: string): CompetenceName | undefined => {
  const [owner = '', framework = '', text = ''] = name.split('|').map((part) => part.trim())
  if (owner === '' || framework === '' || text === '') return undefined
  const parts = text.split(' - ').map((part) => part.trim())
  const renewal = parts.map(renewalIn).find((found) => found !== undefined)
  const level = parts.map(levelIn).find((found) => found !== undefined)
  const isTitle = (part: string): boolean => !renewalIn(part) && !LEVEL.test(part) && !NO_RENEWAL.test(part)
  const title = parts.filter(isTitle).join(' - ')
  if (title === '') return undefined
  return { owner, framework, title, ...(level ? { level } : {}), ...(renewal ? { renewal } : {}) }
}

// ESR adds versions to titles, and to those about radicalisation the levels that they stand for.
const ADDITIONS = /\(version \d+\)|\blevels [\d &]+|[()]/g

const compared = (text: string): string => folded(folded(text).replace(ADDITIONS, ' '))

/** The core skill that a name of the framework CSTF means; `undefined` when the 24 published ones have none like it. */
export const coreSkillNamed = ({ title, level }: CompetenceName): CoreSkillName | undefined => {
  const wanted = compared(title)
  const subject = CORE_SKILLS_FRAMEWORK.find((row) => compared(row.subject) === wanted)?.subject
  return subject === undefined ? undefined : findCoreSkill(subject, level)
}
