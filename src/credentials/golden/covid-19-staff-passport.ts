import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_JPEG, EXAMPLE_PERSON } from '../fictional.js'

/** Worked examples of a covid-19 staff passport credential. The first is what `example` prints. */
export const covid19StaffPassportExamples: GoldenExamples<'Covid19StaffPassport', 1> = [
  {
    title: 'a registered nurse',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: {
      preferredName: 'Wyn',
      lastName: 'O’Example-Testwell',
      mobile: '+44 7700 900000',
      email: 'wyn.testwell@northfield.example',
      employeeId: '30679710',
      photo: EXAMPLE_JPEG,
      personalDetailsLegalName: 'Ŵyn O’Example-Testwell',
      personalDetailsBirthDate: '1990-02-28',
      personalDetailsGender: 'Not Available',
      dbsLevel: 'Enhanced',
      dbsCertificateNumber: '001234567890',
      dbsIssueDate: '2019-05-01',
      dbsOutcome: 'No information recorded',
      rightToWorkStatus: 'Continuous',
      rightToWorkCheckDate: '2019-05-01',
      rightToWorkExpiryDate: 'Not Applicable',
      registrationBody: 'NMC',
      registrationNumber: '99Z9999Z',
      registrationExpiryDate: '2027-03-28',
      occupationalHealthStatus: 'Fit for role',
      occupationalHealthClearanceDate: '2019-05-10',
      employer: 'Northfield NHS Trust (fictional)',
      jobTitle: 'Staff Nurse',
      staffGroup: 'Nursing and Midwifery Registered',
      employmentStartDate: '2019-06-01',
      employmentEndDate: 'Not Applicable',
      payBand: 'Band 5',
    },
  },
]
