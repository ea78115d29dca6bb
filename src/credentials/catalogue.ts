import type { CatalogueEntry } from './define.js'
import { accessKeyExamples } from './golden/access-key.js'
import { coreSkillExamples } from './golden/core-skill.js'
import { covid19StaffPassportExamples } from './golden/covid-19-staff-passport.js'
import { dbsSupportingInformationExamples } from './golden/dbs-supporting-information.js'
import { disclosureAndBarringServiceExamples } from './golden/disclosure-and-barring-service.js'
import { employmentAssignmentExamples } from './golden/employment-assignment.js'
import { employmentHistoryExamples } from './golden/employment-history.js'
import { identityExamples } from './golden/identity.js'
import { immunisationExamples } from './golden/immunisation.js'
import { newStarterInformationExamples } from './golden/new-starter-information.js'
import { occupationalHealthExamples } from './golden/occupational-health.js'
import { personalDetailsExamples } from './golden/personal-details.js'
import { professionalRegistrationExamples } from './golden/professional-registration.js'
import { rightToWorkExamples } from './golden/right-to-work.js'
import { temporaryPlacementExamples } from './golden/temporary-placement.js'
import { trainingPlacementExamples } from './golden/training-placement.js'
import { trainingProgrammeExamples } from './golden/training-programme.js'
import { tuberculosisExamples } from './golden/tuberculosis.js'
import { varicellaExamples } from './golden/varicella.js'
import { CREDENTIAL_ROWS, type CredentialTypeName, findRow } from './rows.js'

export { type CredentialTypeName, isCredentialTypeName } from './rows.js'

/** Every credential type, one entry each, in the order in which the passport shows them. */
export const CREDENTIAL_TYPES = {
  Identity: { ...CREDENTIAL_ROWS.Identity, examples: identityExamples },
  PersonalDetails: { ...CREDENTIAL_ROWS.PersonalDetails, examples: personalDetailsExamples },
  NewStarterInformation: { ...CREDENTIAL_ROWS.NewStarterInformation, examples: newStarterInformationExamples },
  RightToWork: { ...CREDENTIAL_ROWS.RightToWork, examples: rightToWorkExamples },
  DbsSupportingInformation: { ...CREDENTIAL_ROWS.DbsSupportingInformation, examples: dbsSupportingInformationExamples },
  DisclosureAndBarringService: {
    ...CREDENTIAL_ROWS.DisclosureAndBarringService,
    examples: disclosureAndBarringServiceExamples,
  },
  ProfessionalRegistration: { ...CREDENTIAL_ROWS.ProfessionalRegistration, examples: professionalRegistrationExamples },
  EmploymentHistory: { ...CREDENTIAL_ROWS.EmploymentHistory, examples: employmentHistoryExamples },
  CoreSkill: { ...CREDENTIAL_ROWS.CoreSkill, examples: coreSkillExamples },
  OccupationalHealth: { ...CREDENTIAL_ROWS.OccupationalHealth, examples: occupationalHealthExamples },
  Immunisation: { ...CREDENTIAL_ROWS.Immunisation, examples: immunisationExamples },
  Tuberculosis: { ...CREDENTIAL_ROWS.Tuberculosis, examples: tuberculosisExamples },
  Varicella: { ...CREDENTIAL_ROWS.Varicella, examples: varicellaExamples },
  EmploymentAssignment: { ...CREDENTIAL_ROWS.EmploymentAssignment, examples: employmentAssignmentExamples },
  TemporaryPlacement: { ...CREDENTIAL_ROWS.TemporaryPlacement, examples: temporaryPlacementExamples },
  TrainingProgramme: { ...CREDENTIAL_ROWS.TrainingProgramme, examples: trainingProgrammeExamples },
  TrainingPlacement: { ...CREDENTIAL_ROWS.TrainingPlacement, examples: trainingPlacementExamples },
  AccessKey: { ...CREDENTIAL_ROWS.AccessKey, examples: accessKeyExamples },
  Covid19StaffPassport: { ...CREDENTIAL_ROWS.Covid19StaffPassport, examples: covid19StaffPassportExamples },
} as const satisfies Readonly<Record<CredentialTypeName, CatalogueEntry>>

/** The entry of a type by its name, or by its name in kebab-case; `undefined` when there is none. */
export const findType = (name: string): CatalogueEntry | undefined => {
  const row = findRow(name)
  return row && CREDENTIAL_TYPES[row.type as CredentialTypeName]
}
