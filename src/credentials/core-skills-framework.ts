import { folded } from './rules/read.js'

/** One of the 24 published core skills. */
export interface CoreSkillName {
  /** The published name, exactly. */
  readonly name: string
  readonly subject: string
  /** Absent, or "1", where a subject has one level only. */
  readonly level?: string
  /** Years until it is due again, where a period is published or customary (ours; a source's own end wins). */
  readonly renewalYears?: number
}

/** The Core Skills Training Framework as the staff passport names it: subjects, levels and customary renewal. */
export const CORE_SKILLS_FRAMEWORK: readonly CoreSkillName[] = [
  { name: 'Conflict resolution', subject: 'Conflict resolution', renewalYears: 3 },
  { name: 'Equality diversity and human rights', subject: 'Equality diversity and human rights', renewalYears: 3 },
  { name: 'Fire safety', subject: 'Fire safety', renewalYears: 2 },
  { name: 'Health safety and welfare', subject: 'Health safety and welfare', renewalYears: 3 },
  {
    name: 'Infection prevention and control (Level 1)',
    subject: 'Infection prevention and control',
    level: '1',
    renewalYears: 3,
  },
  {
    name: 'Infection prevention and control (Level 2)',
    subject: 'Infection prevention and control',
    level: '2',
    renewalYears: 1,
  },
  {
    name: 'Information governance and data security',
    subject: 'Information governance and data security',
    renewalYears: 1,
  },
  { name: 'Moving and handling (Level 1)', subject: 'Moving and handling', level: '1', renewalYears: 3 },
  { name: 'Moving and handling (Level 2)', subject: 'Moving and handling', level: '2' },
  {
    name: 'Preventing radicalisation basic prevent awareness',
    subject: 'Preventing radicalisation basic prevent awareness',
    renewalYears: 3,
  },
  {
    name: 'Preventing radicalisation prevent awareness',
    subject: 'Preventing radicalisation prevent awareness',
    renewalYears: 3,
  },
  { name: 'Resuscitation', subject: 'Resuscitation', level: '1' },
  {
    name: 'Resuscitation adult basic life support',
    subject: 'Resuscitation adult basic life support',
    level: '2',
    renewalYears: 1,
  },
  {
    name: 'Resuscitation adult immediate life support',
    subject: 'Resuscitation adult immediate life support',
    level: '3',
    renewalYears: 1,
  },
  {
    name: 'Resuscitation newborn basic life support',
    subject: 'Resuscitation newborn basic life support',
    level: '2',
    renewalYears: 1,
  },
  {
    name: 'Resuscitation newborn immediate life support',
    subject: 'Resuscitation newborn immediate life support',
    level: '3',
    renewalYears: 1,
  },
  {
    name: 'Resuscitation paediatric basic life support',
    subject: 'Resuscitation paediatric basic life support',
    level: '2',
    renewalYears: 1,
  },
  {
    name: 'Resuscitation paediatric immediate life support',
    subject: 'Resuscitation paediatric immediate life support',
    level: '3',
    renewalYears: 1,
  },
  { name: 'Safeguarding adults (Level 1)', subject: 'Safeguarding adults', level: '1', renewalYears: 3 },
  { name: 'Safeguarding adults (Level 2)', subject: 'Safeguarding adults', level: '2', renewalYears: 3 },
  { name: 'Safeguarding adults (Level 3)', subject: 'Safeguarding adults', level: '3', renewalYears: 3 },
  { name: 'Safeguarding children (Level 1)', subject: 'Safeguarding children', level: '1', renewalYears: 3 },
  { name: 'Safeguarding children (Level 2)', subject: 'Safeguarding children', level: '2', renewalYears: 3 },
  { name: 'Safeguarding children (Level 3)', subject: 'Safeguarding children', level: '3', renewalYears: 3 },
]

/** The framework's short name. */
export const CSTF = 'CSTF'

// However a source writes it: case and the name in full must not lead around the table.
const CSTF_NAMES: readonly string[] = [
  'cstf',
  'core skills training framework',
  'core skills training framework (cstf)',
]

/** Whether a framework, as a source names it, is the one of the 24 core skills. */
export const isCoreSkillsFramework = (framework: string | undefined): boolean =>
  framework !== undefined && CSTF_NAMES.includes(folded(framework))

/** Whether a level fits a row: the row's own, and for a subject of one level absent or "1" as well. */
const levelFits = (row: CoreSkillName, level: string | undefined): boolean => {
  const levels = CORE_SKILLS_FRAMEWORK.filter(({ subject }) => subject === row.subject).length
  if (levels === 1) return level === undefined || level === (row.level ?? '1')
  return level === row.level
}

/** The framework's row for a subject (or full published name) and level; `undefined` when there is none. */
export const findCoreSkill = (subject: string, level: string | undefined): CoreSkillName | undefined => {
  const named = CORE_SKILLS_FRAMEWORK.find(({ name }) => name === subject)
  if (named && (level === undefined || levelFits(named, level))) return named
  return CORE_SKILLS_FRAMEWORK.find((row) => row.subject === subject && levelFits(row, level))
}
