import { CSTF, findCoreSkill, isCoreSkillsFramework } from '../../../credentials/core-skills-framework.js'
import type { CoreSkillClaims } from '../../../credentials/generated/claims.js'
import type { StaffCompetence } from '../index/staff-record.js'
import { type CompetenceName, coreSkillNamed, parseCompetenceName, toRenewal } from './competence-name.js'
import { firstOf, given, type MappedClaims, refuse, settle, take } from './settle.js'

/** A subject of the framework CSTF, and its level where it has several. */
export interface CoreSkillSubject {
  readonly subject: string
  readonly level?: string
}

/** What a competence record does not say itself. */
export interface CoreSkillOptions {
  /** Who trained, for the claim `employer`. */
  readonly employer?: string
  /** By the whole name of a competence of the framework CSTF: which published subject it is, where its title is not one. */
  readonly subjects?: Readonly<Record<string, CoreSkillSubject>>
}

/** Frameworks of job requirements: whoever meets them was not trained thereby. */
const NO_TRAINING: readonly string[] = ['KSF']
const PERSONAL = 'PERSONAL'
const ACHIEVED = 'ACHIEVED'

const NAME = 'Competency Name'

interface Subject {
  readonly statMandSubject: string
  readonly level?: string
}

const subjectOf = (whole: string, name: CompetenceName, { subjects = {} }: CoreSkillOptions): Subject | undefined => {
  const level = (value: string | undefined) => (value === undefined ? {} : { level: value })
  if (!isCoreSkillsFramework(name.framework)) return { statMandSubject: name.title, ...level(name.level) }
  const said = Object.hasOwn(subjects, whole) ? subjects[whole] : undefined
  const row = said ? findCoreSkill(said.subject, said.level) : coreSkillNamed(name)
  return row && { statMandSubject: row.subject, ...level(row.level) }
}

const claimsOf = (
  { competence, definition }: StaffCompetence,
  name: CompetenceName,
  { statMandSubject, level }: Subject,
  { employer }: CoreSkillOptions,
): MappedClaims<CoreSkillClaims> => {
  const renewal = toRenewal(definition?.['Renewal Period Freq'], definition?.['Renewal Period Units']) ?? name.renewal
  return settle('CoreSkill', {
    competencyFramework: given(isCoreSkillsFramework(name.framework) ? CSTF : name.framework),
    statMandSubject: given(statMandSubject),
    level: given(level),
    attainmentStatus: take('CM', competence, 'Competency Status'),
    competencyName: take('CM', competence, NAME),
    lastDateAwarded: firstOf(take('CM', competence, 'Certification Date'), take('CM', competence, 'Date From')),
    renewalPeriod: given(renewal?.period),
    units: given(renewal?.units),
    learningMethod: take('CM', competence, 'Certification Method'),
    dateTo: given(competence['Date To']),
    trustIdentifier: take('CM', competence, 'VPD Code'),
    employer: given(employer),
    proficiencyLevel: take('CM', competence, 'Proficiency Level'),
  })
}

/**
 * Claims of a core skill, of a competence that somebody has. National subjects (`CSTF`) are recognised by their names,
 * local and other frameworks are taken by theirs, and what is no training or was not achieved is refused:
 * `import.competenceName`, `import.competenceFramework`, `import.competenceUnknown`, `import.competenceNotAchieved`.
 */
export const coreSkillClaims = (
  record: StaffCompetence,
  options: CoreSkillOptions = {},
): MappedClaims<CoreSkillClaims> => {
  const { competence } = record
  if (competence['Competency Type']?.toUpperCase() !== PERSONAL)
    return refuse('attainmentStatus', 'CM', 'Competency Type', 'import.competenceNotAchieved')
  if (competence['Competency Status']?.toUpperCase() !== ACHIEVED)
    return refuse('attainmentStatus', 'CM', 'Competency Status', 'import.competenceNotAchieved')
  const whole = competence[NAME] ?? ''
  const name = parseCompetenceName(whole)
  if (!name) return refuse('competencyName', 'CM', NAME, 'import.competenceName')
  if (NO_TRAINING.includes(name.framework.toUpperCase()))
    return refuse('competencyFramework', 'CM', NAME, 'import.competenceFramework')
  const subject = subjectOf(whole, name, options)
  return subject
    ? claimsOf(record, name, subject, options)
    : refuse('statMandSubject', 'CM', NAME, 'import.competenceUnknown')
}
