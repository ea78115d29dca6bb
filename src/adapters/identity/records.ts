import { britishDate } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { checkClaims } from '../../credentials/check-claims.js'
import { isSufficient } from '../../credentials/rules/gpg45.js'
import type { IdentityOutcome, VouchedRecord, VouchedType } from '../../systems/identity-provider.js'
import { malformed } from './call.js'
import { countryOf, type Findings, nationalityOf, vouchableNationality } from './findings.js'
import { present } from './read.js'
import type { KeptSession } from './sessions.js'

/** Who found it. */
export interface Provider {
  readonly name: string
  readonly profiles: readonly string[]
}

type Claims = (found: Findings, provider: Provider) => object | undefined

const identity: Claims = ({ address, passport, ...found }) =>
  address && {
    ...present({
      legalFirstName: found.firstName,
      middleName: found.middleName,
      legalSurname: found.lastName,
      birthDate: found.birthDate,
      nationality: passport?.nationality && nationalityOf(passport.nationality),
      addressLine1: address.lines[0],
      addressLine2: address.lines.slice(1).join(', ') || undefined,
      townOrCity: address.townOrCity,
      postcode: address.postcode,
      country: address.country,
    }),
    currentAddressVerified: found.addressVerified,
    issuedOn: britishDate(found.checkedAt),
    gpg45Profile: found.profile,
  }

// Of British and Irish passport holders alone; with an expired passport an identity stands, right to work does not.
const rightToWork: Claims = ({ passport, checkedAt, schemes, ...found }, { name }) => {
  const nationality = vouchableNationality(passport, britishDate(checkedAt))
  if (nationality === undefined || !schemes.includes('RTW')) return undefined
  return {
    legalFirstName: found.firstName,
    legalSurname: found.lastName,
    birthDate: found.birthDate,
    passportExpiryDate: passport?.expiresOn,
    identityVerified: 'Yes',
    evidenceCheckedBy: name,
    dateOfIdCheck: britishDate(checkedAt),
    gpg45Profile: found.profile,
    route: 'identityServiceProvider',
    nationality,
    basis: 'continuous',
    immigrationStatus: 'citizen',
  }
}

const documentClaims = ({ passport = {}, drivingLicence = {} }: Findings): object =>
  present({
    passportNumber: passport.number,
    passportDateOfBirth: passport.birthDate,
    passportIssueDate: passport.issuedOn,
    passportExpiryDate: passport.expiresOn,
    passportNationality: passport.nationality && nationalityOf(passport.nationality),
    passportIssuingCountry: passport.issuingCountry && countryOf(passport.issuingCountry),
    drivingLicenceNumber: drivingLicence.number,
    drivingLicenceIssueDate: drivingLicence.issuedOn,
    drivingLicenceExpiryDate: drivingLicence.expiresOn,
    drivingLicenceIssueCountry: drivingLicence.issuingCountry && countryOf(drivingLicence.issuingCountry),
  })

const dbsSupportingInformation: Claims = (found, { name }) => {
  const { address, addressVerified, profile } = found
  if (!address || !found.schemes.includes('DBS')) return undefined
  const { lines, townOrCity, postcode, country } = address
  const checkedOn = britishDate(found.checkedAt)
  return {
    firstName: found.firstName,
    lastName: found.lastName,
    dateOfBirth: found.birthDate,
    currentAddress: [...lines, townOrCity, postcode, country].join(', '),
    currentAddressVerified: addressVerified,
    ...(addressVerified ? { dateOfAddressCheck: checkedOn } : {}),
    identityVerified: true,
    dateOfIdCheck: checkedOn,
    evidenceCheckedBy: name,
    levelOfAssurance: profile,
    policy: 'GPG 45',
    evidenceProfile: profile,
    ...present({ subjectId: found.subjectId }),
    ...documentClaims(found),
  }
}

const CLAIMS: Readonly<Record<VouchedType, Claims>> = {
  Identity: identity,
  RightToWork: rightToWork,
  DbsSupportingInformation: dbsSupportingInformation,
}

const assuranceOf = ({ profile, checkedAt, addressVerified }: Findings, { name }: Provider): JsonObject => ({
  origin: name,
  assurancePolicy: 'GPG 45',
  assuranceOutcome: profile,
  provider: name,
  verifier: 'Origin',
  // Where somebody lives is known from records, not from a passport.
  verificationMethod: addressVerified ? 'Document Verification with Record Verification' : 'Document Verification',
  pedigree: 'Authoritative',
  lastRefresh: britishDate(checkedAt),
})

// The provider does not know the person's unique identifier; the catalogue asks for one.
const ANYBODY = '00000000-0000-4000-8000-000000000000'

const checked = ({ type, claims, assurance }: VouchedRecord, now: number): void => {
  const { faults } = checkClaims(type, { uniqueIdentifier: ANYBODY, claims, assurance }, { issuedOn: britishDate(now) })
  if (faults.length === 0) return
  throw malformed(`what cannot be ${type}: ${faults.map(({ path, code }) => `${path} ${code}`).join(', ')}`)
}

const isOfSomebodyElse = ({ passport, birthDate }: Findings): boolean =>
  passport?.birthDate !== undefined && passport.birthDate !== birthDate

const recordsOf = (found: Findings, types: readonly VouchedType[], provider: Provider): readonly VouchedRecord[] =>
  types.flatMap((type) => {
    const claims = CLAIMS[type](found, provider)
    return claims ? [{ type, claims, assurance: assuranceOf(found, provider) } as unknown as VouchedRecord] : []
  })

/**
 * What a check came to. Whoever reached less than was asked for was not verified; a type for which something is missing,
 * such as right to work without a British or Irish passport, is left out.
 * @throws PassportError `system.malformed` for a profile or facts that there cannot be
 */
export const outcomeOf = (
  found: Findings,
  { types, confidence }: KeptSession,
  provider: Provider,
  now: number,
): IdentityOutcome => {
  const { profile } = found
  if (!/^[LMHV]\d[A-Z]$/.test(profile)) throw malformed('no profile of GPG 45')
  if (!isSufficient(profile, confidence)) return { state: 'failed', reason: 'notVerified' }
  if (!provider.profiles.includes(profile)) throw malformed('a profile that it does not reach')
  if (isOfSomebodyElse(found)) throw malformed('the passport of somebody else')
  const records = recordsOf(found, types, provider)
  for (const record of records) checked(record, now)
  return { state: 'verified', profile, records }
}
