import type { CredentialTypeRow } from './define.js'
import { accessKey } from './types/access-key.js'
import { coreSkill } from './types/core-skill.js'
import { covid19StaffPassport } from './types/covid-19-staff-passport.js'
import { dbsSupportingInformation } from './types/dbs-supporting-information.js'
import { disclosureAndBarringService } from './types/disclosure-and-barring-service.js'
import { employmentAssignment } from './types/employment-assignment.js'
import { employmentHistory } from './types/employment-history.js'
import { identity } from './types/identity.js'
import { immunisation } from './types/immunisation.js'
import { newStarterInformation } from './types/new-starter-information.js'
import { occupationalHealth } from './types/occupational-health.js'
import { personalDetails } from './types/personal-details.js'
import { professionalRegistration } from './types/professional-registration.js'
import { rightToWork } from './types/right-to-work.js'
import { temporaryPlacement } from './types/temporary-placement.js'
import { trainingPlacement } from './types/training-placement.js'
import { trainingProgramme } from './types/training-programme.js'
import { tuberculosis } from './types/tuberculosis.js'
import { varicella } from './types/varicella.js'

/** Every credential type, one row each, in the order in which the passport shows them; without its examples. */
export const CREDENTIAL_ROWS = {
  Identity: identity,
  PersonalDetails: personalDetails,
  NewStarterInformation: newStarterInformation,
  RightToWork: rightToWork,
  DbsSupportingInformation: dbsSupportingInformation,
  DisclosureAndBarringService: disclosureAndBarringService,
  ProfessionalRegistration: professionalRegistration,
  EmploymentHistory: employmentHistory,
  CoreSkill: coreSkill,
  OccupationalHealth: occupationalHealth,
  Immunisation: immunisation,
  Tuberculosis: tuberculosis,
  Varicella: varicella,
  EmploymentAssignment: employmentAssignment,
  TemporaryPlacement: temporaryPlacement,
  TrainingProgramme: trainingProgramme,
  TrainingPlacement: trainingPlacement,
  AccessKey: accessKey,
  Covid19StaffPassport: covid19StaffPassport,
} as const satisfies Readonly<Record<string, CredentialTypeRow>>

/** The name of a credential type, such as `RightToWork`. */
export type CredentialTypeName = keyof typeof CREDENTIAL_ROWS

const squeezed = (name: string): string => name.toLowerCase().replaceAll('-', '')
const BY_NAME: ReadonlyMap<string, CredentialTypeRow> = new Map(
  Object.values(CREDENTIAL_ROWS).map((row) => [squeezed(row.type), row]),
)

/** The row of a type by its name, or by its name in kebab-case; `undefined` when there is none. */
export const findRow = (name: string): CredentialTypeRow | undefined => BY_NAME.get(squeezed(name))

/** Whether a name is exactly that of a type. */
export const isCredentialTypeName = (name: string): name is CredentialTypeName => Object.hasOwn(CREDENTIAL_ROWS, name)

/** The row of the first of a credential's types that is in the catalogue; `undefined` when none is. */
export const rowForTypes = (types: readonly string[]): CredentialTypeRow | undefined => {
  const name = types.find(isCredentialTypeName)
  return name === undefined ? undefined : CREDENTIAL_ROWS[name]
}
