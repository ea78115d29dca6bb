import type { JsonObject } from '../../../core/json.js'
import type { ClaimsByType } from '../../../credentials/generated/claims.js'
import type { CredentialTypeName } from '../../../credentials/rows.js'
import type { NewRecord } from '../../../systems/record-system.js'
import { parseCompetenceName } from '../claims/competence-name.js'
import { DISCLOSURE_OUTCOMES, WORKFORCES } from '../claims/disclosure.js'
import { EVIDENCE_KINDS, IMMUNISATION_TYPES, IMMUNITY } from '../claims/immunisation.js'

/** What goes to ESR: the kind of record there, and its cells by the names of their columns. */
export interface EsrRecord {
  readonly kind: 'CM' | 'ET' | 'DB' | 'IM' | 'IllegalWorkingChecklistRecord'
  readonly values: JsonObject
}

const keyOf = (table: Readonly<Record<string, unknown>>, value: unknown): string | undefined =>
  Object.keys(table).find((key) => table[key] === value)

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value))

const yesNo = (value: boolean): string => (value ? 'Y' : 'N')

/** Extra information has days as people write them. */
const written = (date: string): string => date.split('-').reverse().join('/')

const present = (cells: Readonly<Record<string, string | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(cells).filter((cell): cell is [string, string] => cell[1] !== undefined))

/** A competence's name as ESR writes them, where the skill comes from a system that writes them otherwise. */
const competenceName = (claims: ClaimsByType['CoreSkill']): string => {
  const { competencyName, competencyFramework, statMandSubject, level, renewalPeriod, units } = claims
  if (competencyName !== undefined && parseCompetenceName(competencyName)) return competencyName
  const renewal = renewalPeriod && units ? [`${renewalPeriod} ${units}${renewalPeriod === '1' ? '' : 's'}`] : []
  const parts = [statMandSubject, ...(level ? [/^\d$/.test(level) ? `Level ${level}` : level] : []), ...renewal]
  return `NHS|${competencyFramework}|${parts.join(' - ')}|`
}

// Each system has a word of its own for it.
const ATTAINED: readonly string[] = ['achieved', 'completed', 'passed']

const competence = (claims: ClaimsByType['CoreSkill']): EsrRecord | undefined =>
  ATTAINED.includes(claims.attainmentStatus.toLowerCase())
    ? {
        kind: 'CM',
        values: present({
          'Competency Type': 'PERSONAL',
          'Competency Status': 'ACHIEVED',
          'Competency Name': competenceName(claims),
          'Date From': claims.lastDateAwarded,
          'Certification Date': claims.lastDateAwarded,
          'Date To': claims.dateTo,
          'Proficiency Level': claims.proficiencyLevel,
          'Certification Method': claims.learningMethod,
          'VPD Code': claims.trustIdentifier,
        }),
      }
    : undefined

const registration = (claims: ClaimsByType['ProfessionalRegistration']): EsrRecord => ({
  kind: 'ET',
  values: present({
    'Information Type': 'NHS Regs and Memships',
    PEI_INFORMATION1: claims.professionalBody,
    PEI_INFORMATION2: claims.registrationNumber,
    PEI_INFORMATION3: written(claims.registrationDate),
    PEI_INFORMATION5: claims.expiryDate === undefined ? undefined : written(claims.expiryDate),
    PEI_ATTRIBUTE1: claims.registerPart,
  }),
})

// What ESR has no word for is not written there as something else.
const disclosure = (claims: ClaimsByType['DisclosureAndBarringService']): EsrRecord | undefined => {
  const outcome = keyOf(DISCLOSURE_OUTCOMES, claims.checkOutcome)
  return outcome === undefined
    ? undefined
    : {
        kind: 'DB',
        values: present({
          'Disclosure Body': claims.disclosureBody,
          Level: claims.level,
          'Certificate Number': claims.certificateReferenceNumber,
          'Issue Date': claims.disclosureIssueDate,
          Outcome: outcome,
          Workforce: keyOf(WORKFORCES, claims.workforce),
          'Adults Barred List': yesNo(claims.barredListCheckedAdult),
          'Childrens Barred List': yesNo(claims.barredListCheckedChildren),
          'Update Service': yesNo(claims.updateService),
          'Update Service Check Date': claims.dbsUpdateServiceStatusCheckDate,
          'Original Seen Date': claims.originalSeenOn,
        }),
      }
}

const immunisation = (claims: ClaimsByType['Immunisation']): EsrRecord | undefined => {
  const type = Object.keys(IMMUNISATION_TYPES).find((name) =>
    sameSet(IMMUNISATION_TYPES[name] ?? [], claims.targetDiseases),
  )
  const dose = (number: number) => claims.doses?.find(({ doseNumber }) => doseNumber === number)?.date
  return type === undefined || (claims.doses ?? []).some(({ doseNumber }) => doseNumber > 3)
    ? undefined
    : {
        kind: 'IM',
        values: present({
          'Immunisation Type': type,
          Evidence: keyOf(EVIDENCE_KINDS, claims.evidenceKind),
          Status: keyOf(IMMUNITY, claims.immunityStatus),
          'Evidence Date': claims.evidenceDate,
          'Dose 1 Date': dose(1),
          'Dose 2 Date': dose(2),
          'Dose 3 Date': dose(3),
          'Recorded By': claims.recordedBy,
        }),
      }
}

const ROUTES: Readonly<Record<Exclude<ClaimsByType['RightToWork']['route'], 'manual'>, string>> = {
  homeOfficeOnline: 'Home Office online',
  identityServiceProvider: 'Identity service provider',
  employerCheckingService: 'Employer Checking Service',
}

// Documents of list A give a right without an end, those of list B one with an end.
const illegalWorking = (claims: ClaimsByType['RightToWork']): EsrRecord => {
  const documents = claims.basis === 'continuous' ? 'List A documents' : 'List B documents'
  const route = claims.route === 'manual' ? documents : ROUTES[claims.route]
  const { dateOfIdCheck: checkedOn, followUpDue } = claims
  return { kind: 'IllegalWorkingChecklistRecord', values: present({ route, checkedOn, followUpDue }) }
}

type Mapper = (claims: never) => EsrRecord | undefined

const MAPPERS: { readonly [Type in CredentialTypeName]?: Mapper } = {
  CoreSkill: competence,
  ProfessionalRegistration: registration,
  DisclosureAndBarringService: disclosure,
  Immunisation: immunisation,
  RightToWork: illegalWorking,
}

/** The types that ESR takes. */
export const RECEIVES = Object.keys(MAPPERS) as readonly CredentialTypeName[]

/** A record as ESR keeps it, with no more of it than ESR keeps; `undefined` when ESR has no words for it. */
export const toEsr = ({ type, claims }: NewRecord): EsrRecord | undefined => MAPPERS[type]?.(claims as never)
