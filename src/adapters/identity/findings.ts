/** A passport or a driving licence that was checked. */
export interface FoundDocument {
  readonly number?: string
  readonly birthDate?: string
  readonly issuedOn?: string
  readonly expiresOn?: string
  /** As the document writes it: a code of ICAO 9303 or ISO 3166-1. */
  readonly nationality?: string
  readonly issuingCountry?: string
}

/** Where somebody lives. */
export interface FoundAddress {
  readonly lines: readonly string[]
  readonly townOrCity: string
  readonly postcode: string
  readonly country: string
}

/** What a provider found, in one shape for all of them. */
export interface Findings {
  /** The GPG 45 profile, such as `H1A`. */
  readonly profile: string
  /** Milliseconds since 1970. */
  readonly checkedAt: number
  readonly firstName: string
  readonly middleName?: string
  readonly lastName: string
  readonly birthDate: string
  readonly address?: FoundAddress
  readonly addressVerified: boolean
  readonly passport?: FoundDocument
  readonly drivingLicence?: FoundDocument
  /** The provider's own name for the person in this check. */
  readonly subjectId?: string
  /** Schemes of the trust framework whose requirements the provider says are met. */
  readonly schemes: readonly ('RTW' | 'DBS')[]
}

// British nationals who are not British citizens have codes of their own (GBD, GBN, GBO, GBP, GBS: ICAO 9303-3, 5), and
// no right to work that a provider could vouch for.
const NATIONALITIES: Readonly<Record<string, string>> = { GBR: 'British', GB: 'British', IRL: 'Irish', IE: 'Irish' }

const COUNTRIES: Readonly<Record<string, string>> = {
  GBR: 'United Kingdom',
  GB: 'United Kingdom',
  UK: 'United Kingdom',
  IRL: 'Ireland',
  IE: 'Ireland',
}

/** A nationality as the GOV.UK list has it, where it is British or Irish; others stay as their document writes them. */
export const nationalityOf = (code: string): string => NATIONALITIES[code.toUpperCase()] ?? code

/** A country by its name, where it is the United Kingdom or Ireland; others stay as they are written. */
export const countryOf = (code: string): string => COUNTRIES[code.toUpperCase()] ?? code

const ISSUED_TO: Readonly<Record<string, string>> = { British: 'United Kingdom', Irish: 'Ireland' }

/** The nationality that a British or Irish passport shows, where it was in date on the day of the check. */
export const vouchableNationality = (passport: FoundDocument | undefined, checkedOn: string): string | undefined => {
  const { nationality = '', issuingCountry = '', expiresOn = '' } = passport ?? {}
  const named = NATIONALITIES[nationality.toUpperCase()]
  const isTheirs = named !== undefined && ISSUED_TO[named] === countryOf(issuingCountry)
  return isTheirs && expiresOn >= checkedOn ? named : undefined
}
