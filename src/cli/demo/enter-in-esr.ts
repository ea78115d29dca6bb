import type { EsrUsers } from '../../testing/simulators/systems/esr/esr-state.js'
import type { HrRecord } from './hr-extract.js'

const IMMUNISATIONS: Readonly<Record<string, string>> = {
  '66071002': 'HEPB',
  '14189004': 'MMR',
  '27836007': 'PERTUSSIS',
  '840539006': 'COVID',
  '6142004': 'FLU',
}

const written = (date: string): string => date.split('-').reverse().join('/')

const competenceName = (subject: string, level: string | undefined, years: number | undefined): string => {
  const parts = [subject, ...(level ? [`Level ${level}`] : []), ...(years ? [`${years} Years`] : [])]
  return `NHS|CSTF|${parts.join(' - ')}|`
}

const enterHealth = (users: EsrUsers, id: string, { immunisations, clearance }: HrRecord): void => {
  for (const [[disease = ''], doses] of immunisations)
    users.enter(id, 'IM', {
      'Immunisation Type': IMMUNISATIONS[disease] ?? '',
      Evidence: 'Vaccination',
      Status: 'Immune',
      'Evidence Date': clearance,
      'Recorded By': 'Northfield Occupational Health (fictional)',
      ...Object.fromEntries(doses.map((date, index) => [`Dose ${index + 1} Date`, date])),
    })
}

const enterChecks = (users: EsrUsers, id: string, { registration, disclosure }: HrRecord): void => {
  users.enter(id, 'ET', {
    'Information Type': 'NHS Regs and Memships',
    PEI_INFORMATION1: registration.body,
    PEI_INFORMATION2: registration.number,
    PEI_INFORMATION3: written(registration.from),
  })
  users.enter(id, 'DB', {
    'Disclosure Body': 'DBS',
    Level: 'Enhanced',
    'Certificate Number': disclosure.number,
    'Issue Date': disclosure.issued,
    Outcome: 'Clear',
    Workforce: 'Child and Adult',
    'Adults Barred List': 'Y',
    'Childrens Barred List': 'Y',
    'Update Service': 'Y',
    'Original Seen Date': disclosure.seen,
  })
}

/** Enters somebody in ESR, in ESR’s own words. @returns ESR’s identifier of the person */
export const enterInEsr = (users: EsrUsers, record: HrRecord): string => {
  const { firstName, lastName, birthDate, assignment, address, email } = record
  const id = users.enterPerson(
    { 'First Name': firstName, 'Last Name': lastName, 'Date of Birth': birthDate, 'Office E-mail Address': email },
    {
      assignment: {
        'Assignment Number': assignment.number,
        'User Assignment Status': 'Active Assignment',
        'Effective Start Date': assignment.start,
        'Assignment Category': 'Permanent',
        'Position Name': assignment.role,
      },
      position: { 'Job Staff Group': 'Medical and Dental', 'Job Role': assignment.role },
      organisation: { 'Organisation Name': assignment.department },
    },
  )
  users.enterAddress(id, {
    'Address Line 1': address.line1,
    Town: address.town,
    Postcode: address.postcode,
    Country: address.country,
  })
  for (const [subject, level, awarded, years] of record.competences)
    users.enter(id, 'CM', {
      'Competency Type': 'PERSONAL',
      'Competency Status': 'ACHIEVED',
      'Competency Name': competenceName(subject, level, years),
      'Date From': awarded,
    })
  enterChecks(users, id, record)
  enterHealth(users, id, record)
  return id
}
