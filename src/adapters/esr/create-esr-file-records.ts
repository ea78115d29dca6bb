import type { Assurance } from '../../credentials/generated/claims.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { RecordSystem, SystemPerson, SystemRecord } from '../../systems/record-system.js'
import { type CoreSkillOptions, coreSkillClaims } from './claims/core-skill.js'
import { type Employer, employmentAssignmentClaims } from './claims/employment-assignment.js'
import { personalDetailsClaims } from './claims/personal-details.js'
import type { ClaimGap, MappedClaims } from './claims/settle.js'
import type { GenericOutboundFiles } from './index/open-generic-outbound.js'
import type { StaffRecord } from './index/staff-record.js'

/** What ESR's files need to be a system that can be asked. */
export interface EsrFileOptions {
  readonly files: GenericOutboundFiles
  readonly employer: Employer
  /** How sure it is what ESR says: the assurance of every record, without the day of the last look. */
  readonly assurance: Omit<Assurance, 'lastRefresh'>
  /** The day (`YYYY-MM-DD`) that the files are of: nothing is answered as of now. */
  readonly on: string
  readonly coreSkills?: CoreSkillOptions
  /** Told of what a record lacks for there to be a credential, by columns and codes: never by values. */
  readonly onRefused?: (gaps: readonly ClaimGap[]) => void
}

interface Mapped {
  readonly type: CredentialTypeName
  readonly id: string
  readonly claims: MappedClaims<object>
  /** As ESR writes it, without a zone. */
  readonly updated: string | undefined
}

const assignmentsOf = ({ assignments }: StaffRecord, { employer }: EsrFileOptions): readonly Mapped[] =>
  assignments.map((one) => ({
    type: 'EmploymentAssignment',
    id: `AS ${one.assignment['Assignment ID']}`,
    claims: employmentAssignmentClaims(one, employer),
    updated: one.assignment['Last Update Date'],
  }))

const skillsOf = ({ competences }: StaffRecord, { coreSkills }: EsrFileOptions): readonly Mapped[] =>
  competences.map((one) => ({
    type: 'CoreSkill',
    id: `CM ${one.competence['Competency Element ID']}`,
    claims: coreSkillClaims(one, coreSkills),
    updated: one.competence['Last Update Date'],
  }))

const detailsOf = ({ person }: StaffRecord): readonly Mapped[] => [
  {
    type: 'PersonalDetails',
    id: `PR ${person['Person ID']}`,
    claims: personalDetailsClaims(person),
    updated: person['Last Update Date'],
  },
]

const MAPPINGS: {
  readonly [Type in CredentialTypeName]?: (staff: StaffRecord, options: EsrFileOptions) => readonly Mapped[]
} = { EmploymentAssignment: assignmentsOf, CoreSkill: skillsOf, PersonalDetails: detailsOf }

// ESR states no zone: the end of the day is never before the change.
const momentOf = (updated: string | undefined, on: string): string => `${(updated ?? on).slice(0, 10)}T23:59:59Z`

const personOf = ({ person, assignments }: StaffRecord, reference: string): SystemPerson => {
  const jobTitle = assignments[0]?.position?.['Position Name']
  return {
    id: person['Person ID'] ?? '',
    firstName: person['First Name'] ?? '',
    lastName: person['Last Name'] ?? '',
    birthDate: person['Date of Birth'] ?? '',
    reference,
    ...(jobTitle === undefined ? {} : { jobTitle }),
  }
}

/**
 * ESR's Generic Outbound files as a system to provide credentials from: people by their assignment number, with their
 * assignments, core skills and personal details. A record that lacks what its type needs is left out, and reported. Files take
 * nothing back, and tell of no changes: open the next ones. Professional registrations are not among them: only the live
 * register says what they need.
 */
export const createEsrFileRecords = (options: EsrFileOptions): RecordSystem => {
  const { files, assurance, on, onRefused } = options
  const recordOf = ({ type, id, claims, updated }: Mapped): readonly SystemRecord[] => {
    if (!claims.claims) {
      onRefused?.(claims.refused)
      return []
    }
    const record = { type, id, claims: claims.claims, assurance: { ...assurance, lastRefresh: on } }
    return [{ ...record, modifiedAt: momentOf(updated, on) } as unknown as SystemRecord]
  }
  return {
    portVersion: 1,
    name: 'ESR files',
    capabilities: {
      provides: ['EmploymentAssignment', 'CoreSkill', 'PersonalDetails'],
      receives: [],
      findsByName: false,
      findsByReference: true,
      notifies: false,
    },
    find: async (search) => {
      const found = 'reference' in search ? await files.byAssignmentNumber(search.reference, on) : undefined
      return found && 'reference' in search ? [personOf(found, search.reference)] : []
    },
    read: async (personId, types) => {
      const staff = await files.byPerson(personId, on)
      return staff && types.flatMap((type) => MAPPINGS[type]?.(staff, options) ?? []).flatMap(recordOf)
    },
    add: async () => ({ outcome: 'notAdded', reason: 'notReceived' }),
    changes: async function* () {
      // Files hold what is, and not what became of it.
    },
  }
}
