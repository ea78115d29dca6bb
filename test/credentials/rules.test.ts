import { describe, expect, it } from 'vitest'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import type { CredentialTypeRow, RuleInput } from '../../src/credentials/define.js'
import { COMMON_RULES } from '../../src/credentials/rules/common.js'
import { checkChanged, codesOf, type Draft, type Parts } from './support/check.js'

type Change = (claims: Draft, parts: Parts) => void
type Row = readonly [
  code: string,
  type: CredentialTypeName,
  variant: number,
  change: Change,
  path: string,
  context?: Partial<RuleInput>,
]

const southmere = { id: 'did:example:southmere', name: 'Southmere NHS Trust (fictional)', odsCode: 'RZ2' }
const set =
  (more: object): Change =>
  (claims) =>
    void Object.assign(claims, more)
const unset =
  (name: string, more: object = {}): Change =>
  (claims) => {
    delete claims[name]
    Object.assign(claims, more)
  }

/** Golden plus one change: the rule that it breaks, and where. */
const BROKEN: readonly Row[] = [
  [
    'schema.pedigreeNotOfRoute',
    'CoreSkill',
    0,
    (_, parts) => {
      parts.assurance.pedigree = 'Authoritative'
    },
    '/assurance/pedigree',
  ],
  ['schema.placeholderDate', 'ProfessionalRegistration', 0, set({ expiryDate: '4712-12-31' }), '/claims/expiryDate'],
  [
    'schema.refreshedInFuture',
    'Identity',
    0,
    (_, parts) => {
      parts.assurance.lastRefresh = '2026-01-21T00:00:00Z'
    },
    '/assurance/lastRefresh',
  ],
  ['schema.bornInFuture', 'Identity', 0, set({ birthDate: '2026-02-01' }), '/claims/birthDate'],
  ['schema.identityCheckedInFuture', 'Identity', 0, set({ issuedOn: '2026-02-01' }), '/claims/issuedOn'],
  ['schema.profileWithoutDigitalCheck', 'Identity', 1, set({ gpg45Profile: 'H1A' }), '/claims/gpg45Profile'],
  ['schema.profileWithoutDigitalCheck', 'RightToWork', 1, set({ gpg45Profile: 'M1A' }), '/claims/gpg45Profile'],
  [
    'schema.profileWithoutDigitalCheck',
    'DbsSupportingInformation',
    1,
    set({ evidenceProfile: 'H1A' }),
    '/claims/evidenceProfile',
  ],
  ['schema.personBornInFuture', 'PersonalDetails', 0, set({ birthDate: '2027-01-01' }), '/claims/birthDate'],
  [
    'schema.temporaryNationalInsuranceNumber',
    'PersonalDetails',
    0,
    set({ nationalInsuranceNumber: 'TN010190F' }),
    '/claims/nationalInsuranceNumber',
  ],
  [
    'schema.rightToWorkCheckedInFuture',
    'RightToWork',
    0,
    set({ dateOfIdCheck: '2026-02-01' }),
    '/claims/dateOfIdCheck',
  ],
  [
    'schema.permissionEndedBeforeCheck',
    'RightToWork',
    2,
    set({ permissionEndDate: '2025-12-31' }),
    '/claims/permissionEndDate',
  ],
  ['schema.providerForBritishOrIrishOnly', 'RightToWork', 0, set({ nationality: 'French' }), '/claims/nationality'],
  ['schema.providerNeedsPassport', 'RightToWork', 0, unset('passportExpiryDate'), '/claims/passportExpiryDate'],
  [
    'schema.passportExpiredAtCheck',
    'RightToWork',
    0,
    set({ passportExpiryDate: '2026-01-04' }),
    '/claims/passportExpiryDate',
  ],
  ['schema.gpg45Missing', 'RightToWork', 0, unset('gpg45Profile'), '/claims/gpg45Profile'],
  ['schema.gpg45BelowMedium', 'RightToWork', 0, set({ gpg45Profile: 'L1A' }), '/claims/gpg45Profile'],
  ['schema.permissionEndMissing', 'RightToWork', 2, unset('permissionEndDate'), '/claims/permissionEndDate'],
  [
    'schema.permissionEndNotContinuous',
    'RightToWork',
    0,
    set({ permissionEndDate: '2028-01-01' }),
    '/claims/permissionEndDate',
  ],
  ['schema.noticeDateMissing', 'RightToWork', 4, unset('verificationNoticeDate'), '/claims/verificationNoticeDate'],
  [
    'schema.followUpNotSixMonthsFromNotice',
    'RightToWork',
    4,
    set({ followUpDue: '2026-07-01' }),
    '/claims/followUpDue',
  ],
  ['schema.followUpMissing', 'RightToWork', 2, unset('followUpDue'), '/claims/followUpDue'],
  ['schema.documentEvidenceMissing', 'RightToWork', 1, unset('documentsChecked'), '/claims/documentsChecked'],
  ['schema.noShareCodeForNationality', 'RightToWork', 2, set({ nationality: 'Irish' }), '/claims/route'],
  ['schema.noticeWithoutCheckingService', 'RightToWork', 4, set({ route: 'homeOfficeOnline' }), '/claims/route'],
  [
    'schema.shareCodeStored',
    'RightToWork',
    2,
    set({ workRestrictions: 'share code W1A 2B3 4C5' }),
    '/claims/workRestrictions',
  ],
  ['schema.shareCodeStored', 'RightToWork', 1, set({ documentsChecked: ['WAB123CD4'] }), '/claims/documentsChecked'],
  ['schema.shareCodeStored', 'RightToWork', 2, set({ workRestrictions: 'W12-ABC-345' }), '/claims/workRestrictions'],
  ['schema.identityNotVerified', 'RightToWork', 0, set({ identityVerified: 'No' }), '/claims/identityVerified'],
  ['schema.passportExpiredAtIssue', 'RightToWork', 1, set({}), '/claims/passportExpiryDate', { dspPortalPolicy: true }],
  [
    'schema.gpg45BelowDisclosureLevel',
    'DbsSupportingInformation',
    0,
    set({ evidenceProfile: 'M1A' }),
    '/claims/evidenceProfile',
  ],
  [
    'schema.identityEvidenceMissing',
    'DbsSupportingInformation',
    1,
    unset('documentsChecked'),
    '/claims/evidenceProfile',
  ],
  [
    'schema.addressCheckMissing',
    'DbsSupportingInformation',
    0,
    unset('dateOfAddressCheck'),
    '/claims/dateOfAddressCheck',
  ],
  [
    'schema.passportOfSomebodyElse',
    'DbsSupportingInformation',
    0,
    set({ passportDateOfBirth: '1991-02-28' }),
    '/claims/passportDateOfBirth',
  ],
  [
    'schema.dbsIdentityCheckedInFuture',
    'DbsSupportingInformation',
    0,
    set({ dateOfIdCheck: '2026-02-01' }),
    '/claims/dateOfIdCheck',
  ],
  [
    'schema.addressCheckedInFuture',
    'DbsSupportingInformation',
    0,
    set({ dateOfAddressCheck: '2026-02-01' }),
    '/claims/dateOfAddressCheck',
  ],
  [
    'schema.passportEndsBeforeItBegins',
    'DbsSupportingInformation',
    0,
    set({ passportExpiryDate: '2020-01-01' }),
    '/claims/passportExpiryDate',
  ],
  [
    'schema.drivingLicenceEndsBeforeItBegins',
    'DbsSupportingInformation',
    0,
    set({ drivingLicenceIssueDate: '2020-01-01', drivingLicenceExpiryDate: '2019-01-01' }),
    '/claims/drivingLicenceExpiryDate',
  ],
  [
    'schema.levelNotOfDisclosureBody',
    'DisclosureAndBarringService',
    0,
    set({
      level: 'PVG scheme',
      updateService: false,
      barredListCheckedAdult: false,
      barredListCheckedChildren: false,
      dbsUpdateServiceStatusCheckDate: undefined,
    }),
    '/claims/level',
  ],
  [
    'schema.certificateNumberNotOfDisclosureBody',
    'DisclosureAndBarringService',
    0,
    set({ certificateReferenceNumber: '12345678901' }),
    '/claims/certificateReferenceNumber',
  ],
  [
    'schema.barredListNeedsEnhanced',
    'DisclosureAndBarringService',
    2,
    set({ barredListCheckedAdult: true }),
    '/claims/level',
  ],
  [
    'schema.updateServiceNotForLevel',
    'DisclosureAndBarringService',
    2,
    set({ updateService: true }),
    '/claims/updateService',
  ],
  [
    'schema.statusCheckWithoutUpdateService',
    'DisclosureAndBarringService',
    0,
    set({ updateService: false }),
    '/claims/dbsUpdateServiceStatusCheckDate',
  ],
  [
    'schema.newInformationOnUpdateService',
    'DisclosureAndBarringService',
    0,
    set({ updateServiceStatus: 'New information' }),
    '/claims/updateServiceStatus',
  ],
  [
    'schema.statusCheckedBeforeIssue',
    'DisclosureAndBarringService',
    0,
    set({ dbsUpdateServiceStatusCheckDate: '2025-09-30' }),
    '/claims/dbsUpdateServiceStatusCheckDate',
  ],
  [
    'schema.originalSeenBeforeIssue',
    'DisclosureAndBarringService',
    0,
    set({ originalSeenOn: '2025-09-30' }),
    '/claims/originalSeenOn',
  ],
  [
    'schema.disclosureIssuedInFuture',
    'DisclosureAndBarringService',
    2,
    set({ disclosureIssueDate: '2026-02-01', originalSeenOn: '2026-02-01' }),
    '/claims/disclosureIssueDate',
  ],
  [
    'schema.originalSeenInFuture',
    'DisclosureAndBarringService',
    0,
    set({ originalSeenOn: '2026-02-01' }),
    '/claims/originalSeenOn',
  ],
  [
    'schema.registrationNumberNotOfBody',
    'ProfessionalRegistration',
    0,
    set({ registrationNumber: '123456' }),
    '/claims/registrationNumber',
  ],
  [
    'schema.registrationNumberNotOfBody',
    'ProfessionalRegistration',
    1,
    set({ registrationNumber: '99Z999Z' }),
    '/claims/registrationNumber',
  ],
  [
    'schema.registrationNumberNotOfBody',
    'ProfessionalRegistration',
    2,
    set({ registrationNumber: 'PH000999' }),
    '/claims/registrationNumber',
  ],
  [
    'schema.registrationNumberNotOfBody',
    'ProfessionalRegistration',
    3,
    set({ registrationNumber: '299999' }),
    '/claims/registrationNumber',
  ],
  [
    'schema.registrationNumberNotOfBody',
    'ProfessionalRegistration',
    4,
    set({ registrationNumber: '0199999' }),
    '/claims/registrationNumber',
  ],
  [
    'schema.registrationNumberNotOfBody',
    'ProfessionalRegistration',
    5,
    set({ registrationNumber: '999' }),
    '/claims/registrationNumber',
  ],
  [
    'schema.licenceToPractiseMissing',
    'ProfessionalRegistration',
    0,
    unset('licenceToPractise'),
    '/claims/licenceToPractise',
  ],
  [
    'schema.licenceToPractiseNotOfBody',
    'ProfessionalRegistration',
    1,
    set({ licenceToPractise: true }),
    '/claims/licenceToPractise',
  ],
  [
    'schema.registrationExpiredAtCheck',
    'ProfessionalRegistration',
    0,
    set({ expiryDate: '2026-01-04' }),
    '/claims/expiryDate',
  ],
  [
    'schema.registeredAfterCheck',
    'ProfessionalRegistration',
    1,
    set({ registrationDate: '2026-01-06' }),
    '/claims/checkedOn',
  ],
  [
    'schema.registrationEndsBeforeItBegins',
    'ProfessionalRegistration',
    0,
    set({ registrationDate: '2026-08-02', checkedOn: '2026-01-05' }),
    '/claims/expiryDate',
  ],
  [
    'schema.registerCheckedInFuture',
    'ProfessionalRegistration',
    1,
    set({ checkedOn: '2026-02-01' }),
    '/claims/checkedOn',
  ],
  [
    'schema.employerNotTheIssuer',
    'EmploymentAssignment',
    0,
    set({}),
    '/claims/employingOrganisation',
    { issuer: southmere },
  ],
  [
    'schema.fixedTermWithoutEnd',
    'EmploymentAssignment',
    1,
    unset('fixedTermContractEndDate'),
    '/claims/fixedTermContractEndDate',
  ],
  [
    'schema.assignmentEndsBeforeItBegins',
    'EmploymentAssignment',
    1,
    set({ fixedTermContractEndDate: '2024-08-06' }),
    '/claims/fixedTermContractEndDate',
  ],
  [
    'schema.employmentGap',
    'EmploymentHistory',
    0,
    (claims) => {
      claims.employments[1].startDate = '2024-11-07'
      claims.employments[1].rotationalProgramme = false
    },
    '/claims/employments/1/startDate',
  ],
  [
    'schema.employmentGap',
    'EmploymentHistory',
    0,
    (claims) => {
      claims.employments[1].endDate = '2025-06-01'
    },
    '/claims/employments',
  ],
  [
    'schema.employmentEndsBeforeItBegins',
    'EmploymentHistory',
    0,
    (claims) => {
      claims.employments[0].endDate = '2022-08-02'
    },
    '/claims/employments/0/endDate',
  ],
  [
    'schema.referenceDateMissing',
    'EmploymentHistory',
    0,
    (claims) => {
      delete claims.employments[0].reference.receivedOn
    },
    '/claims/employments/0/reference/receivedOn',
  ],
  ['schema.historyCheckedInFuture', 'EmploymentHistory', 0, set({ checkedOn: '2026-01-21' }), '/claims/checkedOn'],
  ['schema.notInCoreSkillsFramework', 'CoreSkill', 0, set({ level: '2' }), '/claims/statMandSubject'],
  [
    'schema.notInCoreSkillsFramework',
    'CoreSkill',
    0,
    set({ statMandSubject: 'Fire Saftey' }),
    '/claims/statMandSubject',
  ],
  [
    'schema.notInCoreSkillsFramework',
    'CoreSkill',
    0,
    set({ statMandSubject: 'Safeguarding adults', level: '4' }),
    '/claims/statMandSubject',
  ],
  [
    'schema.notInCoreSkillsFramework',
    'CoreSkill',
    0,
    unset('level', { statMandSubject: 'Safeguarding adults' }),
    '/claims/statMandSubject',
  ],
  ['schema.renewalDisagreesWithEnd', 'CoreSkill', 0, set({ dateTo: '2027-09-02' }), '/claims/dateTo'],
  ['schema.renewalIncomplete', 'CoreSkill', 1, unset('units'), '/claims/units'],
  ['schema.skillEndsBeforeAward', 'CoreSkill', 0, set({ dateTo: '2025-08-31' }), '/claims/dateTo'],
  ['schema.awardedInFuture', 'CoreSkill', 2, set({ lastDateAwarded: '2026-02-01' }), '/claims/lastDateAwarded'],
  [
    'schema.restrictionsMissing',
    'OccupationalHealth',
    0,
    set({ clearanceOutcome: 'Fit for role with restrictions' }),
    '/claims/restrictions',
  ],
  ['schema.adjustmentsMissing', 'OccupationalHealth', 1, unset('adjustments'), '/claims/adjustments'],
  [
    'schema.bloodBorneVirusStated',
    'OccupationalHealth',
    1,
    set({ restrictions: 'No surgery, HIV positive' }),
    '/claims/restrictions',
  ],
  [
    'schema.sampleNotIdentifiedAndValidated',
    'OccupationalHealth',
    0,
    unset('identifiedValidatedSample'),
    '/claims/identifiedValidatedSample',
  ],
  [
    'schema.exposureProneClearanceDateMissing',
    'OccupationalHealth',
    0,
    unset('exposureProneProceduresClearanceDate'),
    '/claims/exposureProneProceduresClearanceDate',
  ],
  ['schema.reviewBeforeClearance', 'OccupationalHealth', 1, set({ reviewDate: '2025-12-01' }), '/claims/reviewDate'],
  ['schema.clearedInFuture', 'OccupationalHealth', 0, set({ clearanceDate: '2026-02-01' }), '/claims/clearanceDate'],
  ['schema.dosesMissing', 'Immunisation', 0, unset('doses'), '/claims/doses'],
  [
    'schema.dosesWithoutVaccination',
    'Immunisation',
    5,
    set({ doses: [{ date: '2025-01-01', doseNumber: 1 }] }),
    '/claims/doses',
  ],
  ['schema.testResultMissing', 'Varicella', 1, unset('testResult'), '/claims/testResult'],
  ['schema.testResultWithoutTest', 'Varicella', 0, set({ testResult: 'positive' }), '/claims/testResult'],
  ['schema.evidenceNotForDisease', 'Varicella', 0, set({ evidenceKind: 'scar' }), '/claims/evidenceKind'],
  ['schema.immuneWithoutEvidence', 'Immunisation', 5, set({ immunityStatus: 'immune' }), '/claims/immunityStatus'],
  [
    'schema.doseInFuture',
    'Immunisation',
    3,
    (claims) => {
      claims.doses[0].date = '2026-02-01'
    },
    '/claims/doses/0/date',
  ],
  ['schema.immunityEvidenceInFuture', 'Tuberculosis', 0, set({ evidenceDate: '2026-02-01' }), '/claims/evidenceDate'],
  [
    'schema.hostNotTheIssuer',
    'TemporaryPlacement',
    0,
    set({}),
    '/claims/host',
    { issuer: { id: 'did:example:x', name: 'Northfield NHS Trust (fictional)' } },
  ],
  [
    'schema.hostIsEmployer',
    'TemporaryPlacement',
    0,
    set({ permanentEmployer: 'southmere  nhs trust (Fictional)' }),
    '/claims/host',
  ],
  [
    'schema.licenceToAttendNotAcceptedByAll',
    'TemporaryPlacement',
    0,
    set({ licenceToAttendAcceptedBy: ['employer', 'host'] }),
    '/claims/licenceToAttendAcceptedBy',
  ],
  ['schema.placementEndsBeforeItBegins', 'TemporaryPlacement', 0, set({ endDate: '2026-02-01' }), '/claims/endDate'],
  ['schema.trainingEndsBeforeItBegins', 'TrainingProgramme', 0, set({ endDate: '2024-08-06' }), '/claims/endDate'],
  ['schema.trainingEndsBeforeItBegins', 'TrainingPlacement', 0, set({ endDate: '2025-08-05' }), '/claims/endDate'],
  [
    'schema.selfDeclaredButVerified',
    'NewStarterInformation',
    0,
    (_, parts) => {
      parts.assurance.verificationMethod = 'Record Verification'
    },
    '/assurance/verificationMethod',
  ],
  [
    'schema.declaredTemporaryNationalInsuranceNumber',
    'NewStarterInformation',
    0,
    set({ nationalInsuranceNumber: 'TN010190F' }),
    '/claims/nationalInsuranceNumber',
  ],
  ['schema.declaredInFuture', 'NewStarterInformation', 0, set({ declaredOn: '2026-02-01' }), '/claims/declaredOn'],
  ['schema.accessKeyOfAnotherEmployer', 'AccessKey', 0, set({}), '/claims/employer', { issuer: southmere }],
  ['schema.accessKeyGivenInFuture', 'AccessKey', 0, set({ givenOn: '2026-02-01' }), '/claims/givenOn'],
  [
    'schema.contactFieldNotStated',
    'Covid19StaffPassport',
    0,
    set({ employeeId: 'Not Available' }),
    '/claims/employeeId',
  ],
  ['schema.renewalBeyondCalendar', 'CoreSkill', 1, set({ renewalPeriod: '9999' }), '/claims/renewalPeriod'],
  ['schema.attainmentUnknown', 'CoreSkill', 0, set({ attainmentStatus: 'In progress' }), '/claims/attainmentStatus'],
  ['schema.limitsOnFullClearance', 'OccupationalHealth', 0, set({ restrictions: 'No nights' }), '/claims/restrictions'],
  [
    'schema.exposureProneDateWithoutClearance',
    'OccupationalHealth',
    1,
    set({ exposureProneProceduresClearanceDate: '2025-12-15' }),
    '/claims/exposureProneProceduresClearanceDate',
  ],
  [
    'schema.exposureProneClearedInFuture',
    'OccupationalHealth',
    0,
    set({ exposureProneProceduresClearanceDate: '2026-02-01' }),
    '/claims/exposureProneProceduresClearanceDate',
  ],
  ['schema.hepatitisBResultStated', 'Immunisation', 1, set({ testResult: 'equivocal' }), '/claims/testResult'],
  ['schema.testContradictsImmunity', 'Varicella', 1, set({ testResult: 'negative' }), '/claims/immunityStatus'],
  [
    'schema.dosesOutOfOrder',
    'Immunisation',
    0,
    (claims) => {
      claims.doses[0].date = '2020-01-01'
    },
    '/claims/doses',
  ],
  ['schema.trainingBodyNotNamed', 'TrainingPlacement', 0, set({}), '/assurance/provider', { issuer: southmere }],
  ['schema.unknownNotLiteral', 'Covid19StaffPassport', 0, set({ payBand: 'N/A' }), '/claims/payBand'],
]

const rules = [...COMMON_RULES, ...Object.values(CREDENTIAL_TYPES).flatMap((row: CredentialTypeRow) => row.rules)]
const forceOf = (code: string): string | undefined => rules.find((rule) => rule.code === code)?.force

describe('one change breaks one rule', () => {
  it.each(BROKEN.map((row) => [row[0], row[1], row[2], row] as const))(
    '%s in %s (%i)',
    (code, type, variant, [, , , change, path, context]) => {
      const before = codesOf(checkChanged(type, variant, () => {}))
      const checked = checkChanged(type, variant, (parts) => change(parts.claims, parts), context)
      const kind = forceOf(code) === 'refuse' ? 'faults' : 'warnings'
      expect(checked[kind]).toContainEqual(expect.objectContaining({ code, path }))
      const { faults, warnings } = codesOf(checked)
      const others = [...faults, ...warnings].filter(
        (other) => other !== code && ![...before.faults, ...before.warnings].includes(other),
      )
      // Dates that are wrong may break an order as well; nothing else may break.
      for (const other of others)
        expect(other).toMatch(/Future|Before|After|Ends|Disagrees|Missing|StatusCheck|Notice/i)
    },
  )

  it('every rule of the catalogue is broken here', () => {
    const broken = new Set(BROKEN.map(([code]) => code))
    expect([...new Set<string>(rules.map(({ code }) => code))].filter((code) => !broken.has(code))).toEqual([])
  })

  it('a fault says where, which, what and how to mend it, and repeats no value', () => {
    const { faults } = checkChanged('RightToWork', 0, ({ claims }) => {
      claims.nationality = 'Zzyzxian'
      claims.gpg45Profile = 'L1A'
      claims.legalSurname = ''
      claims.zzyzx = 'Zzyzx'
    })
    expect(faults.length).toBeGreaterThanOrEqual(4)
    for (const fault of faults) {
      expect(fault.sentence.length).toBeGreaterThan(10)
      expect(fault.mend.length).toBeGreaterThan(5)
    }
    expect(JSON.stringify(faults).toLowerCase()).not.toContain('zzyzx')
  })

  it('the successor of an employer may issue what names it', () => {
    const issuer = { ...southmere, predecessors: ['Northfield NHS Trust (fictional)', 'RZ1'] }
    expect(checkChanged('EmploymentAssignment', 0, () => {}, { issuer }).faults).toEqual([])
  })
})
