import { type Cells, upsertLine } from './file.js'

/** Lines about one fictional person, who is called the same in each. */
export const personLine = (cells: Cells<'PR'> = {}): string =>
  upsertLine('PR', {
    'Person ID': '9001',
    'Effective Start Date': '20240101',
    'Employee Number': '30679710',
    Title: 'Dr',
    'Last Name': 'O’Example-Testwell',
    'First Name': 'Ŵyn',
    'Date of Birth': '19900228',
    ...cells,
  })

export const assignmentLine = (cells: Cells<'AS'> = {}): string =>
  upsertLine('AS', {
    'Person ID': '9001',
    'Assignment ID': '7001',
    'Effective Start Date': '20240807',
    'Effective End Date': '47121231',
    'Assignment Type': 'E',
    'Assignment Number': '30679710',
    'System Assignment Status': 'ACTIVE_ASSIGN',
    'User Assignment Status': 'Active Assignment',
    'Assignment Category': 'Permanent',
    'Primary Assignment': 'Y',
    'Organisation ID': '501',
    'Position ID': '601',
    'Assignment Location ID': '401',
    'Job Name': 'Medical and Dental|Specialty Registrar',
    ...cells,
  })

export const positionLine = (cells: Cells<'PO'> = {}): string =>
  upsertLine('PO', {
    'Position ID': '601',
    'Effective From Date': '20200101',
    'Position Name': 'Specialty Registrar in Geriatric Medicine',
    'Job Staff Group': 'Medical and Dental',
    'Job Role': 'Specialty Registrar',
    'Occupation Code': '011',
    Payscale: 'MN37',
    ...cells,
  })

export const organisationLine = (cells: Cells<'OR'> = {}): string =>
  upsertLine('OR', {
    'Organisation ID': '501',
    'Organisation Name': '218 Elderly Care',
    'Effective From Date': '20200101',
    ...cells,
  })

export const locationLine = (): string => upsertLine('LC', { 'Location ID': '401', Town: 'Northfield' })

export const registrationLine = (cells: Cells<'ET'> = {}): string =>
  upsertLine('ET', {
    'Person ID': '9001',
    'Person Extra Information ID': '301',
    'Information Type': ' NHS Regs and Memships',
    PEI_INFORMATION1: ' Nursing and Midwifery Council',
    PEI_INFORMATION2: ' 99Z9999Z',
    PEI_INFORMATION3: ' 31/08/2022 00:00:00',
    PEI_INFORMATION5: ' 31/08/2027 00:00:00',
    ATTRIBUTE_CATEGORY: 'Nursing and Midwifery Council',
    PEI_ATTRIBUTE1: ' Sub-part 1 Adult',
    ...cells,
  })

export const competenceLine = (cells: Cells<'CM'> = {}): string =>
  upsertLine('CM', {
    'Person ID': '9001',
    'Competency Element ID': '201',
    'Competency Type': 'PERSONAL',
    'Competency Status': 'ACHIEVED',
    'Competency Name': 'NHS|CSTF|Fire Safety - 2 Years|',
    'Date From': '20250901',
    'Date To': '20270901',
    'Proficiency Level': '0 - Not Assessed',
    'VPD Code': '218',
    'Competence ID': '101',
    ...cells,
  })

export const definitionLine = (cells: Cells<'CD'> = {}): string =>
  upsertLine('CD', {
    'Competence ID': '101',
    'Competence Name': 'NHS|CSTF|Fire Safety - 2 Years|',
    'Renewal Period Freq': '2',
    'Renewal Period Units': 'Year',
    ...cells,
  })

export const qualificationLine = (): string =>
  upsertLine('QL', { 'Person ID': '9001', 'Qualification ID': '801', Title: 'MBBS', 'Awarded Date': '20150701' })
