import { endOfDay, isDate, parseDateTime } from '../../codec/date-time.js'
import type { Assurance } from '../../credentials/generated/claims.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { SystemPerson, SystemRecord } from '../../systems/record-system.js'
import { type CoreSkillOptions, coreSkillClaims } from './claims/core-skill.js'
import { disclosureClaims } from './claims/disclosure.js'
import { type Employer, employmentAssignmentClaims } from './claims/employment-assignment.js'
import { immunisationClaims } from './claims/immunisation.js'
import { personalDetailsClaims } from './claims/personal-details.js'
import { professionalRegistrationClaims, type RegisterCheck } from './claims/professional-registration.js'
import type { ClaimGap, MappedClaims } from './claims/settle.js'
import type { RecordValues } from './generic-outbound/layout.js'
import type { StaffRecord } from './index/staff-record.js'
import type { StaffDocument } from './rest/resources.js'

/** What ESR's records need to become records of the catalogue. */
export interface EsrMappingOptions {
  readonly employer: Employer
  /** How sure it is what ESR says: the assurance of every record, without the day of the last look. */
  readonly assurance: Omit<Assurance, 'lastRefresh'>
  readonly coreSkills?: CoreSkillOptions
  /**
   * Looks a registration up in the live register of its body. Without it no professional registrations are provided: ESR does
   * not say whether practice is restricted. `undefined` when the register has no such entry.
   */
  readonly registerCheck?: (registration: RecordValues<'ET'>) => Promise<RegisterCheck | undefined>
  /** Told of what a record lacks for there to be a credential, by columns and codes: never by values. */
  readonly onRefused?: (gaps: readonly ClaimGap[]) => void
}

interface Mapped {
  /** The kind of ESR's record and its identifier there. */
  readonly id: string
  readonly claims: MappedClaims<object>
  /** As ESR writes it, mostly without a zone. */
  readonly updated: string | undefined
}

type Mapping = (
  staff: StaffDocument,
  options: EsrMappingOptions,
) => readonly (Mapped | undefined)[] | Promise<readonly (Mapped | undefined)[]>

const registrationOf = async (
  registration: RecordValues<'ET'>,
  { person }: StaffDocument,
  { registerCheck }: EsrMappingOptions,
): Promise<Mapped | undefined> => {
  const check = await registerCheck?.(registration)
  return (
    check && {
      id: `ET ${registration['Person Extra Information ID']}`,
      claims: professionalRegistrationClaims(registration, person, check),
      updated: registration['Last Update Date'],
    }
  )
}

const MAPPINGS: { readonly [Type in CredentialTypeName]?: Mapping } = {
  EmploymentAssignment: ({ assignments }, { employer }) =>
    assignments.map((one) => ({
      id: `AS ${one.assignment['Assignment ID']}`,
      claims: employmentAssignmentClaims(one, employer),
      updated: one.assignment['Last Update Date'],
    })),
  CoreSkill: ({ competences }, { coreSkills }) =>
    competences.map((one) => ({
      id: `CM ${one.competence['Competency Element ID']}`,
      claims: coreSkillClaims(one, coreSkills),
      updated: one.competence['Last Update Date'],
    })),
  PersonalDetails: ({ person, address }) => [
    {
      id: `PR ${person['Person ID']}`,
      claims: personalDetailsClaims(person, address),
      updated: person['Last Update Date'],
    },
  ],
  ProfessionalRegistration: (staff, options) =>
    Promise.all(staff.registrations.map((one) => registrationOf(one, staff, options))),
  DisclosureAndBarringService: ({ disclosures }) =>
    disclosures.map((one) => ({
      id: `DB ${one['Disclosure ID']}`,
      claims: disclosureClaims(one),
      updated: one['Last Update Date'],
    })),
  Immunisation: ({ immunisations }) =>
    immunisations.map((one) => ({
      id: `IM ${one['Immunisation ID']}`,
      claims: immunisationClaims(one),
      updated: one['Last Update Date'],
    })),
}

/** Where ESR states no zone: the end of the day is never before the change. */
const momentOf = (updated: string | undefined, on: string): string => {
  if (updated !== undefined && parseDateTime(updated) !== undefined) return updated
  const day = (updated ?? on).slice(0, 10)
  return endOfDay(isDate(day) ? day : on)
}

/** What ESR says of somebody, as records of the catalogue. What lacks something that its type needs is left out, and told. */
export const recordsOfStaff = async (
  staff: StaffDocument,
  types: readonly CredentialTypeName[],
  on: string,
  options: EsrMappingOptions,
): Promise<readonly SystemRecord[]> => {
  const found: SystemRecord[] = []
  for (const type of new Set(types))
    for (const mapped of (await MAPPINGS[type]?.(staff, options)) ?? []) {
      if (!mapped) continue
      const { id, claims, updated } = mapped
      if (!claims.claims) {
        options.onRefused?.(claims.refused)
        continue
      }
      const assurance = { ...options.assurance, lastRefresh: on }
      const record = { type, id, claims: claims.claims, assurance, modifiedAt: momentOf(updated, on) }
      found.push(record as unknown as SystemRecord)
    }
  return found
}

/** Somebody as ESR knows them, to be told apart by a person. */
export const personOfStaff = ({ person, assignments }: StaffRecord, reference?: string): SystemPerson => {
  const [first] = assignments
  const jobTitle = first?.position?.['Position Name'] ?? first?.assignment['Position Name']
  const number = reference ?? first?.assignment['Assignment Number']
  return {
    id: person['Person ID'] ?? '',
    firstName: person['First Name'] ?? '',
    lastName: person['Last Name'] ?? '',
    birthDate: person['Date of Birth'] ?? '',
    ...(number === undefined ? {} : { reference: number }),
    ...(jobTitle === undefined ? {} : { jobTitle }),
  }
}
