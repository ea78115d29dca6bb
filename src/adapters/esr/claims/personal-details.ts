import type { IdentityClaims, PersonalDetailsClaims } from '../../../credentials/generated/claims.js'
import type { RecordValues } from '../generic-outbound/layout.js'
import type { RestValues } from '../rest/resources.js'
import { given, type MappedClaims, type Sourced, settle, take } from './settle.js'

/** What ESR says of an identity: names and the day of birth. Whoever issues it checked the rest. */
export type IdentityNames = Pick<IdentityClaims, 'legalFirstName' | 'middleName' | 'legalSurname' | 'birthDate'>

const previousNames = (person: RecordValues<'PR'>): readonly string[] | undefined => {
  const names = [person['Previous Last Name'], person['Maiden Name']].filter((name) => name !== undefined)
  const others = [...new Set(names)].filter((name) => name !== person['Last Name'])
  return others.length > 0 ? others : undefined
}

// A placeholder until the real number is known counts as absent.
const insuranceNumber = (person: RecordValues<'PR'>): Sourced => {
  const number = take('PR', person, 'National Insurance Number')
  return /^TN/i.test(String(number.value)) ? {} : number
}

/** Claims of personal details; the address, which files do not have, comes from ESR's interface. */
export const personalDetailsClaims = (
  person: RecordValues<'PR'>,
  address?: RestValues<'AD'>,
): MappedClaims<PersonalDetailsClaims> =>
  settle('PersonalDetails', {
    title: take('PR', person, 'Title'),
    preferredName: take('PR', person, 'Preferred Name'),
    legalFirstName: take('PR', person, 'First Name'),
    middleName: take('PR', person, 'Middle Names'),
    legalSurname: take('PR', person, 'Last Name'),
    previousNames: given(previousNames(person)),
    birthDate: take('PR', person, 'Date of Birth'),
    workEmail: take('PR', person, 'Office E-mail Address'),
    employeeId: take('PR', person, 'Employee Number'),
    nationalInsuranceNumber: insuranceNumber(person),
    addressLine1: take('AD', address, 'Address Line 1'),
    addressLine2: take('AD', address, 'Address Line 2'),
    townOrCity: take('AD', address, 'Town'),
    county: take('AD', address, 'County'),
    postcode: take('AD', address, 'Postcode'),
    country: take('AD', address, 'Country'),
  })

const NAMES = ['legalFirstName', 'middleName', 'legalSurname', 'birthDate'] as const

/** The names and the day of birth for an identity credential. ESR's files hold no address, and no check of documents. */
export const identityNames = (person: RecordValues<'PR'>): MappedClaims<IdentityNames> => {
  const mapped = personalDetailsClaims(person)
  if (!mapped.claims) return mapped
  const { legalFirstName, middleName, legalSurname, birthDate } = mapped.claims
  const names = { legalFirstName, ...(middleName === undefined ? {} : { middleName }), legalSurname, birthDate }
  return { claims: names, omitted: mapped.omitted.filter(({ claim }) => NAMES.some((name) => name === claim)) }
}
