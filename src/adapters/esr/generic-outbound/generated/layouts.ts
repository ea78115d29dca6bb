// Generated from the published list of layouts by scripts/generate.ts. Do not edit.

/** The columns of each record type of a Generic Outbound file, in their order; `id` names a record. */
export const LAYOUTS = {
  // absence record
  AB: {
    id: 'Absence Attendance ID',
    columns: ['Record Type', 'Person ID', 'Absence Attendance ID', 'Absence Type', 'Absence Reason', 'Status', 'Notification Date', 'Projected Start Date', 'Projected Start Time', 'Projected End Date', 'Projected End Time', 'Actual Start Date', 'Actual Start Time', 'Actual End Date', 'Actual End Time', 'Sickness Start Date', 'Sickness Date End', 'Absence Duration Days', 'Absence Duration Hours', 'Absence Units', 'Hours Lost', 'Sessions Lost', 'Work Related', 'Third Party', 'Disability Related', 'Violence Aggression Related', 'Notifiable Disease', 'Return To Work Discussion Date', 'Occupational Health Referral Date', 'Last Update Date', 'Surgery Related', 'DH Monitoring', 'Sickness Reason', '3rd Party System Reference', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used'],
    dates: ['Notification Date', 'Projected Start Date', 'Projected End Date', 'Actual Start Date', 'Actual End Date', 'Sickness Start Date', 'Sickness Date End', 'Return To Work Discussion Date', 'Occupational Health Referral Date'],
    moments: ['Last Update Date'],
  },
  // assignment record
  AS: {
    id: 'Assignment ID',
    columns: ['Record Type', 'Person ID', 'Assignment ID', 'Effective Start Date', 'Effective End Date', 'Earliest Assignment Start Date', 'Assignment Type', 'Assignment Number', 'System Assignment Status', 'User Assignment Status', 'Employee Status Flag', 'Payroll Name', 'Payroll Period Type', 'Assignment Location ID', 'Supervisor Flag', 'Supervisor Person ID', 'Supervisor Assignment ID', 'Supervisor Assignment Number', 'Department Manager Person ID', 'Employee Category', 'Assignment Category', 'Primary Assignment', 'Normal Hours / Sessions', 'Frequency', 'Grade Contract Hours', 'FTE', 'Flexible Working Pattern', 'Organisation ID', 'Position ID', 'Position Name', 'Grade', 'Grade Step', 'Start Date in Grade', 'Annual Salary Value', 'Job Name', 'People Group', 'T&A Flag', 'Assignment Night Worker Attribute', 'Projected Hire Date', 'Vacancy ID', 'Contract End Date', 'Increment Date', 'Maximum Part Time Flag', 'AFC Flag', 'Last Update Date', 'Last Working Day', 'e-KSF Spinal Point', 'Manager Flag', 'Assignment End Date', 'not_used', 'not_used'],
    dates: ['Effective Start Date', 'Effective End Date', 'Earliest Assignment Start Date', 'Start Date in Grade', 'Projected Hire Date', 'Contract End Date', 'Increment Date', 'Last Working Day', 'Assignment End Date'],
    moments: ['Last Update Date'],
  },
  // competence definition record
  CD: {
    id: 'Competence ID',
    columns: ['Record Type', 'Competence ID', 'Competence Name', 'Description', 'Date From', 'Date To', 'Behavioural Indicator', 'Certification Required', 'Rating Scale ID', 'Evaluation Method', 'Renewal Period Freq', 'Renewal Period Units', 'Competence Cluster', 'Competence Alias', 'VPD Code', 'Last Update Date'],
    dates: ['Date From', 'Date To'],
    moments: ['Last Update Date'],
  },
  // competency record
  CM: {
    id: 'Competency Element ID',
    columns: ['Record Type', 'Person ID', 'Competency Element ID', 'Competency Type', 'Competency Status', 'Competency Name', 'Date From', 'Date To', 'Proficiency Level', 'VPD Code', 'Certification Date', 'Certification Method', 'Next Certification Date', 'Competence ID', 'Business Group ID', 'Job ID', 'Organisation ID', 'Position ID', 'Proficiency Level ID', 'Proficiency High Level ID', 'Essential Flag', 'Records Type', 'Last Update Date', 'not_used', 'not_used', 'not_used', 'not_used'],
    dates: ['Date From', 'Date To', 'Certification Date', 'Next Certification Date'],
    moments: ['Last Update Date'],
  },
  // costing record
  CO: {
    id: 'Costing Allocation ID',
    columns: ['Record Type', 'Person ID', 'Assignment ID', 'Costing Allocation ID', 'Effective Start Date', 'Effective End Date', 'Entity Code', 'Charitable Indicator', 'Cost Centre', 'Subjective', 'Analysis 1', 'Analysis 2', 'Element Number', 'Spare Segment', 'Percentage Split', 'Last Update Date'],
    dates: ['Effective Start Date', 'Effective End Date'],
    moments: ['Last Update Date'],
  },
  // disability record
  DT: {
    id: 'Disability ID',
    columns: ['Record Type', 'Person ID', 'Disability ID', 'not_used', 'not_used', 'not_used', 'Category', 'Status', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used', 'not_used'],
    dates: [],
    moments: [],
  },
  // element record
  EL: {
    id: 'Element Entry ID',
    columns: ['Record Type', 'Person ID', 'Element Entry ID', 'Effective Start Date', 'Effective End Date', 'Element Entry Type', 'Assignment ID', 'Element Type ID', 'Element Type Name', 'Earned Date', 'Entry Value 1', 'Entry Value 2', 'Entry Value 3', 'Entry Value 4', 'Entry Value 5', 'Entry Value 6', 'Entry Value 7', 'Entry Value 8', 'Entry Value 9', 'Entry Value 10', 'Entry Value 11', 'Entry Value 12', 'Entry Value 13', 'Entry Value 14', 'Entry Value 15', 'Last Update Date'],
    dates: ['Effective Start Date', 'Effective End Date', 'Earned Date'],
    moments: ['Last Update Date'],
  },
  // location record
  LC: {
    id: 'Location ID',
    columns: ['Record Type', 'Location ID', 'Location Code', 'Location Description', 'Inactive Date', 'Assignment Address 1st line', 'Assignment Address 2nd line', 'Assignment Address 3rd line', 'Town', 'County', 'Postcode', 'Country', 'Telephone', 'Fax', 'Payslip Delivery Point', 'Site Code', 'Welsh Location Translation', 'Welsh Address Line 1', 'Welsh Address Line 2', 'Welsh Address Line 3', 'Welsh Town Translation', 'Last Update Date'],
    dates: ['Inactive Date'],
    moments: ['Last Update Date'],
  },
  // organisation record
  OR: {
    id: 'Organisation ID',
    columns: ['Record Type', 'Organisation ID', 'Organisation Name', 'Organisation Type', 'Effective From Date', 'Effective To Date', 'Hierarchy Version ID', 'Hierarchy Version Date From', 'Hierarchy Version Date To', 'Default Cost Centre', 'Parent Organisation ID', 'NACS Code', 'Location ID', 'Last Update Date', 'Cost Centre Description', 'not_used'],
    dates: ['Effective From Date', 'Effective To Date', 'Hierarchy Version Date From', 'Hierarchy Version Date To'],
    moments: ['Last Update Date'],
  },
  // person eit record
  ET: {
    id: 'Person Extra Information ID',
    columns: ['Record Type', 'Person ID', 'Person Extra Information ID', 'Information Type', 'PEI_INFORMATION_CATEGORY', 'PEI_INFORMATION1', 'PEI_INFORMATION2', 'PEI_INFORMATION3', 'PEI_INFORMATION4', 'PEI_INFORMATION5', 'PEI_INFORMATION6', 'PEI_INFORMATION7', 'PEI_INFORMATION8', 'PEI_INFORMATION9', 'PEI_INFORMATION10', 'PEI_INFORMATION11', 'PEI_INFORMATION12', 'PEI_INFORMATION13', 'PEI_INFORMATION14', 'PEI_INFORMATION15', 'PEI_INFORMATION16', 'PEI_INFORMATION17', 'PEI_INFORMATION18', 'PEI_INFORMATION19', 'PEI_INFORMATION20', 'PEI_INFORMATION21', 'PEI_INFORMATION22', 'PEI_INFORMATION23', 'PEI_INFORMATION24', 'PEI_INFORMATION25', 'PEI_INFORMATION26', 'PEI_INFORMATION27', 'PEI_INFORMATION28', 'PEI_INFORMATION29', 'PEI_INFORMATION30', 'ATTRIBUTE_CATEGORY', 'PEI_ATTRIBUTE1', 'PEI_ATTRIBUTE2', 'PEI_ATTRIBUTE3', 'PEI_ATTRIBUTE4', 'PEI_ATTRIBUTE5', 'PEI_ATTRIBUTE6', 'PEI_ATTRIBUTE7', 'PEI_ATTRIBUTE8', 'PEI_ATTRIBUTE9', 'PEI_ATTRIBUTE10', 'PEI_ATTRIBUTE11', 'PEI_ATTRIBUTE12', 'PEI_ATTRIBUTE13', 'PEI_ATTRIBUTE14', 'PEI_ATTRIBUTE15', 'PEI_ATTRIBUTE16', 'PEI_ATTRIBUTE17', 'PEI_ATTRIBUTE18', 'PEI_ATTRIBUTE19', 'PEI_ATTRIBUTE20', 'Last Update Date'],
    dates: [],
    moments: ['Last Update Date'],
  },
  // person record
  PR: {
    id: 'Person ID',
    columns: ['Record Type', 'Person ID', 'Effective Start Date', 'Effective End Date', 'Employee Number', 'Title', 'Last Name', 'First Name', 'Middle Names', 'Maiden Name', 'Preferred Name', 'Previous Last Name', 'Gender', 'Date of Birth', 'National Insurance Number', 'NHS Unique ID', 'Hire Date', 'Actual Termination Date', 'Termination Reason', 'Employee Status Flag', 'WTR Opt Out', 'WTR Opt Out Date', 'Ethnic Origin', 'not_used', 'Country of Birth', 'Previous Employer', 'Previous Employer Type', 'CSD 3 Months', 'CSD 12 Months', 'NHS CRS UUID', 'not_used', 'not_used', 'not_used', 'System Person Type', 'User Person Type', 'Office E-mail Address', 'NHS Start Date', 'not_used', 'Last Update Date', 'Disability Flag', 'not_used', 'not_used', 'not_used', 'not_used'],
    dates: ['Effective Start Date', 'Effective End Date', 'Date of Birth', 'Hire Date', 'Actual Termination Date', 'WTR Opt Out Date', 'CSD 3 Months', 'CSD 12 Months', 'NHS Start Date', 'Last Update Date'],
    moments: [],
  },
  // position eit record
  PI: {
    id: 'Position Extra Information ID',
    columns: ['Record Type', 'Position ID', 'Position Extra Information ID', 'Information Type', 'POEI_INFORMATION_CATEGORY', 'POEI_INFORMATION1', 'POEI_INFORMATION2', 'POEI_INFORMATION3', 'POEI_INFORMATION4', 'POEI_INFORMATION5', 'POEI_INFORMATION6', 'POEI_INFORMATION7', 'POEI_INFORMATION8', 'POEI_INFORMATION9', 'POEI_INFORMATION10', 'POEI_INFORMATION11', 'POEI_INFORMATION12', 'POEI_INFORMATION13', 'POEI_INFORMATION14', 'POEI_INFORMATION15', 'POEI_INFORMATION16', 'POEI_INFORMATION17', 'POEI_INFORMATION18', 'POEI_INFORMATION19', 'POEI_INFORMATION20', 'POEI_INFORMATION21', 'POEI_INFORMATION22', 'POEI_INFORMATION23', 'POEI_INFORMATION24', 'POEI_INFORMATION25', 'POEI_INFORMATION26', 'POEI_INFORMATION27', 'POEI_INFORMATION28', 'POEI_INFORMATION29', 'POEI_INFORMATION30', 'ATTRIBUTE_CATEGORY', 'POEI_ATTRIBUTE1', 'POEI_ATTRIBUTE2', 'POEI_ATTRIBUTE3', 'POEI_ATTRIBUTE4', 'POEI_ATTRIBUTE5', 'POEI_ATTRIBUTE6', 'POEI_ATTRIBUTE7', 'POEI_ATTRIBUTE8', 'POEI_ATTRIBUTE9', 'POEI_ATTRIBUTE10', 'POEI_ATTRIBUTE11', 'POEI_ATTRIBUTE12', 'POEI_ATTRIBUTE13', 'POEI_ATTRIBUTE14', 'POEI_ATTRIBUTE15', 'POEI_ATTRIBUTE16', 'POEI_ATTRIBUTE17', 'POEI_ATTRIBUTE18', 'POEI_ATTRIBUTE19', 'POEI_ATTRIBUTE20', 'Last Update Date'],
    dates: [],
    moments: ['Last Update Date'],
  },
  // position record
  PO: {
    id: 'Position ID',
    columns: ['Record Type', 'Position ID', 'Effective From Date', 'Effective To Date', 'Position Number', 'Position Name', 'Budgeted FTE', 'Subjective Code', 'Job Staff Group', 'Job Role', 'Occupation Code', 'Payscale', 'Grade Step', 'ISA Regulated Post', 'Organisation ID', 'Hiring Status', 'Position Type', 'not_used', 'not_used', 'not_used', 'not_used', 'Workplace Org Code', 'Last Update Date', 'Subjective Code Description'],
    dates: ['Effective From Date', 'Effective To Date'],
    moments: ['Last Update Date'],
  },
  // qualification record
  QL: {
    id: 'Qualification ID',
    columns: ['Record Type', 'Person ID', 'Qualification ID', 'Qualification Type', 'Title', 'Status', 'Grade', 'Awarded Date', 'Start Date', 'End Date', 'Establishment', 'Country', 'Last Update Date'],
    dates: ['Awarded Date', 'Start Date', 'End Date'],
    moments: ['Last Update Date'],
  },
  // sit record
  ST: {
    id: 'Special Information ID',
    columns: ['Record Type', 'Person ID', 'Special Information ID', 'Effective Start Date', 'Effective End Date', 'Information Type', 'SEGMENT1', 'SEGMENT2', 'SEGMENT3', 'SEGMENT4', 'SEGMENT5', 'SEGMENT6', 'SEGMENT7', 'SEGMENT8', 'SEGMENT9', 'SEGMENT10', 'SEGMENT11', 'SEGMENT12', 'SEGMENT13', 'SEGMENT14', 'SEGMENT15', 'SEGMENT16', 'SEGMENT17', 'SEGMENT18', 'SEGMENT19', 'SEGMENT20', 'SEGMENT21', 'SEGMENT22', 'SEGMENT23', 'SEGMENT24', 'SEGMENT25', 'SEGMENT26', 'SEGMENT27', 'SEGMENT28', 'SEGMENT29', 'SEGMENT30', 'ATTRIBUTE_CATEGORY', 'ATTRIBUTE1', 'ATTRIBUTE2', 'ATTRIBUTE3', 'ATTRIBUTE4', 'ATTRIBUTE5', 'ATTRIBUTE6', 'ATTRIBUTE7', 'ATTRIBUTE8', 'ATTRIBUTE9', 'ATTRIBUTE10', 'ATTRIBUTE11', 'ATTRIBUTE12', 'ATTRIBUTE13', 'ATTRIBUTE14', 'ATTRIBUTE15', 'ATTRIBUTE16', 'ATTRIBUTE17', 'ATTRIBUTE18', 'ATTRIBUTE19', 'ATTRIBUTE20', 'Last Update Date'],
    dates: ['Effective Start Date', 'Effective End Date'],
    moments: ['Last Update Date'],
  },
  // training absence record
  TR: {
    id: 'Absence Attendance ID',
    columns: ['Record Type', 'Person ID', 'Absence Attendance ID', 'Absence Type', 'Absence Reason', 'Status', 'Notification Date', 'Projected Start Date', 'Projected Start Time', 'Projected End Date', 'Projected End Time', 'Actual Start Date', 'Actual Start Time', 'Actual End Date', 'Actual End Time', 'Sickness Start Date', 'Sickness End Date', 'Absence Duration Days', 'Absence Duration Hours', 'Absence Units', 'Hours Lost', 'Sessions Lost', 'Work Related', 'Third Party', 'Disability Related', 'Violence & Aggression Related', 'Notifiable Disease', 'Return To Work Discussion Date', 'Occupational Health Referral Date', 'Last Update Date'],
    dates: ['Notification Date', 'Projected Start Date', 'Projected End Date', 'Actual Start Date', 'Actual End Date', 'Sickness Start Date', 'Sickness End Date', 'Return To Work Discussion Date', 'Occupational Health Referral Date'],
    moments: ['Last Update Date'],
  },
} as const
