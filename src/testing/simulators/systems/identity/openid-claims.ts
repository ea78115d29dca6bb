import { britishDate, formatDateTime } from '../../../../codec/date-time.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../../../core/json.js'
import type { PersonAtCheck } from './person.js'

/** What a request asks to be verified. */
export interface AskedClaims {
  readonly names: readonly string[]
  /** Assurance levels, any of which will do. */
  readonly levels: readonly string[]
}

const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, name) => (isJsonObject(inner) ? inner[name] : undefined), value)

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Reads a `claims` parameter, where it asks for verified claims of the UK's framework. */
export const readClaimsParameter = (text: string): AskedClaims | undefined => {
  const asked = at(parsed(text), 'id_token', 'verified_claims')
  const claims = at(asked, 'claims')
  if (at(asked, 'verification', 'trust_framework', 'value') !== 'uk_diatf' || !isJsonObject(claims)) return undefined
  const levels = asArray(at(asked, 'verification', 'assurance_level', 'values')).map(String)
  return { names: Object.keys(claims), levels }
}

const LEVELS: Readonly<Record<string, string>> = { L: 'low', M: 'medium', H: 'high', V: 'very_high' }

const levelOf = ({ profile }: PersonAtCheck): string => LEVELS[profile.charAt(0)] ?? ''

const everything = (person: PersonAtCheck): Readonly<Record<string, Json>> => ({
  given_name: person.firstName,
  family_name: person.lastName,
  birthdate: person.birthDate,
  nationalities: [person.passport.nationality],
  address: {
    street_address: person.address.line,
    locality: person.address.town,
    postal_code: person.address.postcode,
    country: 'GBR',
  },
})

const evidence = ({ passport, drivingLicence }: PersonAtCheck, now: number): readonly JsonObject[] =>
  [
    { type: 'passport', ...passport, country_code: passport.nationality },
    { type: 'driving_permit', ...drivingLicence, country_code: 'GBR' },
  ].map(({ type, number, issuedOn, expiresOn, country_code }) => ({
    type: 'document',
    check_details: [{ check_method: 'vpiruv', organization: 'Plainview Identity (fictional)' }],
    time: formatDateTime(now),
    document_details: {
      type,
      document_number: number,
      date_of_issuance: issuedOn,
      date_of_expiry: expiresOn,
      issuer: { country_code },
    },
  }))

/**
 * What a token says of somebody: nothing where they do not reach what was asked for (OpenID Connect for Identity
 * Assurance 1.0, 6.4).
 */
export const verifiedClaims = (person: PersonAtCheck, { names, levels }: AskedClaims, now: number): JsonObject => {
  if (levels.length > 0 && !levels.includes(levelOf(person))) return {}
  const verification = {
    trust_framework: 'uk_diatf',
    assurance_level: levelOf(person),
    assurance_process: { policy: 'gpg45', procedure: person.profile.toLowerCase() },
    // Without seconds, as the specification's own examples are.
    time: `${britishDate(now)}T00:00Z`,
    evidence: evidence(person, now),
  }
  const claims = Object.fromEntries(Object.entries(everything(person)).filter(([name]) => names.includes(name)))
  return { verified_claims: { verification, claims } }
}
