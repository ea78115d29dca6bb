import { asArray, isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import type { IdentityRequest } from '../../../systems/identity-provider.js'
import { malformed } from '../call.js'
import { countryOf, type Findings, type FoundAddress, type FoundDocument } from '../findings.js'
import { at, dateAt, needMoment, needText, present, textAt } from '../read.js'

// As OpenID Connect for Identity Assurance 1.0 writes the UK's framework in its examples. That a provider such as
// Digidentity answers in these words is an inference: it publishes no interface.
const TRUST_FRAMEWORK = 'uk_diatf'
const POLICY = 'gpg45'
const LEVELS = { M: ['medium', 'high', 'very_high'], H: ['high', 'very_high'] } as const

const DOCUMENT_DETAILS: JsonObject = {
  type: null,
  document_number: null,
  date_of_issuance: null,
  date_of_expiry: null,
  issuer: { country: null, country_code: null },
}

/** What is asked for (OpenID Connect for Identity Assurance 1.0, 6), and nothing that the types have no place for. */
export const claimsRequest = ({ types, confidence }: Pick<IdentityRequest, 'types' | 'confidence'>): JsonObject => {
  const names = ['given_name', 'middle_name', 'family_name', 'birthdate', 'nationalities']
  const wanted = types.some((type) => type !== 'RightToWork') ? [...names, 'address'] : names
  const verification = {
    trust_framework: { value: TRUST_FRAMEWORK },
    assurance_level: { values: LEVELS[confidence] },
    assurance_process: { policy: { value: POLICY }, procedure: null },
    time: null,
    evidence: [{ type: { value: 'document' }, document_details: DOCUMENT_DETAILS }],
  }
  const claims = Object.fromEntries(wanted.map((name) => [name, null]))
  return { id_token: { verified_claims: { verification, claims } } }
}

const findDocument = (verification: JsonObject, type: string): FoundDocument | undefined => {
  const all = asArray(verification.evidence).map((one) => at(one, 'document_details'))
  const found = all.find((details) => textAt(details, 'type') === type)
  if (found === undefined) return undefined
  return present({
    number: textAt(found, 'document_number'),
    issuedOn: dateAt(found, 'date_of_issuance'),
    expiresOn: dateAt(found, 'date_of_expiry'),
    issuingCountry: textAt(found, 'issuer', 'country_code') ?? textAt(found, 'issuer', 'country'),
  })
}

// Nationalities are claims of the person's: of several, a passport shows that of the country which issued it.
const passportIn = (verification: JsonObject, claims: JsonObject): FoundDocument | undefined => {
  const passport = findDocument(verification, 'passport')
  const codes = asArray(claims.nationalities).filter((code) => typeof code === 'string')
  const issuer = countryOf(passport?.issuingCountry ?? '')
  const nationality = codes.find((code) => countryOf(code) === issuer) ?? codes[0]
  return passport && { ...passport, ...present({ nationality }) }
}

const addressOf = (address: Json | undefined): FoundAddress | undefined => {
  if (address === undefined) return undefined
  return {
    // OpenID Connect Core 1.0, 5.1.1: a street address may have several lines.
    lines: needText(address, 'street_address')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== ''),
    townOrCity: needText(address, 'locality'),
    postcode: needText(address, 'postal_code'),
    country: countryOf(needText(address, 'country')),
  }
}

/** The verified claims of the UK's framework in a token; `undefined` when there are none. */
const ukClaims = (token: JsonObject): Json | undefined =>
  asArray(token.verified_claims).find((one) => textAt(one, 'verification', 'trust_framework') === TRUST_FRAMEWORK)

/**
 * What the verified claims of a token say; `undefined` when it has none, as when the person did not reach what was asked
 * for (OpenID Connect for Identity Assurance 1.0, 6.4).
 * @throws PassportError `system.malformed`
 */
export const readVerifiedClaims = (token: JsonObject): Findings | undefined => {
  const found = ukClaims(token)
  if (found === undefined) return undefined
  const [verification, claims] = [at(found, 'verification'), at(found, 'claims')]
  if (!isJsonObject(verification) || !isJsonObject(claims)) throw malformed('no verified claims')
  if (textAt(verification, 'assurance_process', 'policy') !== POLICY) throw malformed('another policy than GPG 45')
  const address = addressOf(claims.address)
  return {
    profile: needText(verification, 'assurance_process', 'procedure').toUpperCase(),
    checkedAt: needMoment(verification, 'time'),
    firstName: needText(claims, 'given_name'),
    lastName: needText(claims, 'family_name'),
    birthDate: needText(claims, 'birthdate'),
    // Nothing is among verified claims that was not verified.
    addressVerified: address !== undefined,
    // Identity Assurance has no word for schemes: that whoever is certified meets both is an inference.
    schemes: ['RTW', 'DBS'],
    ...present({
      middleName: textAt(claims, 'middle_name'),
      address,
      passport: passportIn(verification, claims),
      drivingLicence: findDocument(verification, 'driving_permit'),
    }),
  }
}
