import type { JsonObject } from '../../core/json.js'
import type { Draft, HrRecord } from './hr-extract.js'

const TRUST = 'Northfield NHS Trust (fictional)'
const ODS = 'RZ1'
const HEALTH = 'Northfield Occupational Health (fictional)'

const names = ({ firstName, lastName, birthDate }: HrRecord): JsonObject => ({
  legalFirstName: firstName,
  legalSurname: lastName,
  birthDate,
})

const addressOf = ({ address }: HrRecord): JsonObject => ({
  addressLine1: address.line1,
  townOrCity: address.town,
  postcode: address.postcode,
  country: address.country,
})

const checks = (record: HrRecord): readonly Draft[] => [
  {
    type: 'Identity',
    claims: {
      ...names(record),
      nationality: record.nationality,
      ...addressOf(record),
      issuedOn: record.assignment.start,
      documentsChecked: ['Passport'],
    },
  },
  {
    type: 'PersonalDetails',
    claims: { ...names(record), title: 'Dr', workEmail: record.email, employeeId: record.personId },
  },
  {
    type: 'RightToWork',
    claims: {
      ...names(record),
      passportExpiryDate: record.passportExpiry,
      identityVerified: 'Yes',
      evidenceCheckedBy: TRUST,
      dateOfIdCheck: record.assignment.start,
      route: 'manual',
      nationality: record.nationality,
      basis: 'continuous',
      documentsChecked: ['Passport'],
    },
  },
  {
    type: 'DbsSupportingInformation',
    claims: {
      firstName: record.firstName,
      lastName: record.lastName,
      dateOfBirth: record.birthDate,
      currentAddress: Object.values(record.address).join(', '),
      currentAddressVerified: true,
      dateOfAddressCheck: record.assignment.start,
      identityVerified: true,
      dateOfIdCheck: record.assignment.start,
      evidenceCheckedBy: TRUST,
      documentsChecked: ['Passport', 'Utility bill'],
      levelSought: 'Enhanced',
    },
  },
  {
    type: 'DisclosureAndBarringService',
    claims: {
      disclosureBody: 'DBS',
      level: 'Enhanced',
      certificateReferenceNumber: record.disclosure.number,
      checkOutcome: 'No information recorded',
      updateService: true,
      disclosureIssueDate: record.disclosure.issued,
      barredListCheckedAdult: true,
      barredListCheckedChildren: true,
      workforce: 'childAndAdult',
      originalSeenOn: record.disclosure.seen,
    },
  },
  {
    type: 'ProfessionalRegistration',
    claims: {
      professionalBody: record.registration.body,
      staffMember: `${record.firstName} ${record.lastName}`,
      registrationNumber: record.registration.number,
      registrationDate: record.registration.from,
      status: 'Registered with a licence to practise',
      licenceToPractise: true,
      restrictions: false,
      checkedOn: record.assignment.start,
    },
  },
]

const employment = (record: HrRecord): readonly Draft[] => [
  {
    type: 'EmploymentAssignment',
    claims: {
      employingOrganisation: TRUST,
      employingOrganisationOds: ODS,
      department: record.assignment.department,
      staffGroup: 'Medical and Dental',
      jobRole: record.assignment.role,
      assignmentCategory: 'Permanent',
      assignmentStatus: 'Active Assignment',
      assignmentEffectiveStartDate: record.assignment.start,
      esrAssignmentNumber: record.assignment.number,
    },
  },
  {
    type: 'EmploymentHistory',
    claims: {
      checkedOn: record.assignment.start,
      employments: [
        {
          employer: 'Example Teaching Hospitals (fictional)',
          jobTitle: 'Foundation Doctor',
          startDate: record.registration.from,
          endDate: record.assignment.start,
          rotationalProgramme: true,
          reference: { outcome: 'Received', receivedOn: record.assignment.start },
        },
      ],
    },
  },
]

const skills = (record: HrRecord): readonly Draft[] =>
  record.competences.map(([statMandSubject, level, lastDateAwarded, years]) => ({
    type: 'CoreSkill',
    assurance: {
      assurancePolicy: 'Core Skills Training Framework (CSTF)',
      assuranceOutcome: 'CSTF applied',
      pedigree: 'Sourced',
    },
    claims: {
      competencyFramework: 'CSTF',
      statMandSubject,
      ...(level === undefined ? {} : { level }),
      attainmentStatus: 'ACHIEVED',
      competencyName: `NHS|CSTF|${statMandSubject}|`,
      lastDateAwarded,
      ...(years === undefined ? {} : { renewalPeriod: String(years), units: 'Year' }),
    },
  }))

const health = (record: HrRecord): readonly Draft[] => [
  {
    type: 'OccupationalHealth',
    claims: {
      clearanceOutcome: 'Fit for role',
      clearanceDate: record.clearance,
      exposureProneProcedures: 'Cleared',
      exposureProneProceduresClearanceDate: record.clearance,
      identifiedValidatedSample: 'Yes',
      providerName: HEALTH,
    },
  },
  {
    type: 'Tuberculosis',
    claims: {
      targetDiseases: ['56717001'],
      evidenceKind: 'scar',
      immunityStatus: 'notDetermined',
      evidenceDate: record.clearance,
      recordedBy: HEALTH,
    },
  },
  {
    type: 'Varicella',
    claims: {
      targetDiseases: ['38907003'],
      evidenceKind: 'serology',
      testResult: 'positive',
      immunityStatus: 'immune',
      evidenceDate: record.clearance,
      recordedBy: HEALTH,
    },
  },
  ...record.immunisations.map(([targetDiseases, doses]) => ({
    type: 'Immunisation',
    claims: {
      targetDiseases,
      evidenceKind: 'vaccination',
      immunityStatus: 'immune',
      doses: doses.map((date, index) => ({ date, doseNumber: index + 1 })),
      evidenceDate: record.clearance,
      recordedBy: HEALTH,
    },
  })),
]

/** What the record says, as the claims of one credential each: how an HR system's fields become the catalogue's. */
export const mapRecord = (record: HrRecord): readonly Draft[] => [
  ...checks(record),
  ...employment(record),
  ...skills(record),
  ...health(record),
]
