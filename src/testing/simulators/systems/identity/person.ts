import { addToDate, britishDate } from '../../../../codec/date-time.js'
import { EXAMPLE_NAMES } from '../../../../credentials/fictional.js'

/** How somebody goes through a check. They are always the one invented person of the catalogue's examples. */
export interface PassedCheck {
  /** Of their passport, as ICAO 9303 writes it. By default `GBR`. */
  readonly nationality?: string
  /** The GPG 45 profile that they reach. By default `M1C`, or `H1A` where that is asked for. */
  readonly profile?: string
  /** By default in four years. */
  readonly passportExpiresOn?: string
}

/** Somebody at a check, and what they have with them. */
export interface PersonAtCheck {
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: string
  readonly address: { readonly line: string; readonly town: string; readonly postcode: string }
  readonly passport: {
    readonly number: string
    readonly nationality: string
    readonly issuedOn: string
    readonly expiresOn: string
  }
  readonly drivingLicence: { readonly number: string; readonly issuedOn: string; readonly expiresOn: string }
  readonly profile: string
}

/** The invented person, on a day. */
export const personAt = (
  now: number,
  { nationality = 'GBR', profile, passportExpiresOn }: PassedCheck,
  highest: string,
): PersonAtCheck => {
  const years = (count: number): string => addToDate(britishDate(now), count, 'Year')
  const expiresOn = passportExpiresOn ?? years(4)
  return {
    firstName: EXAMPLE_NAMES.legalFirstName,
    lastName: EXAMPLE_NAMES.legalSurname,
    birthDate: EXAMPLE_NAMES.birthDate,
    address: { line: '1 Example Street', town: 'Northfield', postcode: 'NX1 1AA' },
    passport: { number: '999000001', nationality, issuedOn: addToDate(expiresOn, -10, 'Year'), expiresOn },
    drivingLicence: { number: 'EXAMP902280Y99ZZ', issuedOn: years(-3), expiresOn: years(7) },
    profile: profile ?? highest,
  }
}
