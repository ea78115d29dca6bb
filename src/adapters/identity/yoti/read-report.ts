import { asArray, type Json, type JsonObject } from '../../../core/json.js'
import { malformed } from '../call.js'
import type { Findings, FoundAddress, FoundDocument } from '../findings.js'
import { at, dateAt, needMoment, needText, present, textAt } from '../read.js'
import { schemesOf, TRUST_FRAMEWORK } from './session-request.js'

const REPORT = 'verification_report'
const POLICY = 'GPG45'

const documentOf = (fields: Json | undefined): FoundDocument =>
  present({
    number: textAt(fields, 'document_number'),
    birthDate: dateAt(fields, 'date_of_birth'),
    issuedOn: dateAt(fields, 'date_of_issue'),
    expiresOn: dateAt(fields, 'expiration_date'),
    nationality: textAt(fields, 'nationality'),
    issuingCountry: textAt(fields, 'issuing_country'),
  })

const findDocument = (report: JsonObject, type: string): FoundDocument | undefined => {
  const documents = asArray(at(report, REPORT, 'evidence', 'documents'))
  const found = documents.find((one) => textAt(one, 'document_fields', 'document_type') === type)
  return found === undefined ? undefined : documentOf(at(found, 'document_fields'))
}

const LINES = ['address_line1', 'address_line2', 'address_line3', 'address_line4', 'address_line5', 'address_line6']

const addressOf = (address: Json | undefined): FoundAddress | undefined => {
  if (address === undefined) return undefined
  const townOrCity = needText(address, 'town_city')
  const postcode = needText(address, 'postal_code')
  // The lines repeat the town and the postcode as they stand on an envelope.
  const lines = LINES.flatMap((name) => textAt(address, name) ?? []).filter(
    (line, index) => index === 0 || ![townOrCity, postcode].includes(line),
  )
  if (lines.length === 0) throw malformed('an address without a line')
  return { lines, townOrCity, postcode, country: needText(address, 'country') }
}

const metSchemes = (report: JsonObject): Findings['schemes'] =>
  asArray(at(report, REPORT, 'schemes_compliance')).flatMap((one) =>
    at(one, 'requirements_met') === true ? schemesOf(textAt(one, 'scheme', 'type') ?? '') : [],
  )

// Where no first name is given, all given names are.
const namesOf = (name: Json | undefined) => {
  const [firstName, middleName] = [textAt(name, 'first_name'), textAt(name, 'middle_name')]
  const names = firstName === undefined ? { firstName: needText(name, 'given_names') } : { firstName }
  return {
    ...names,
    ...(firstName === undefined ? {} : present({ middleName })),
    lastName: needText(name, 'family_name'),
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the report of an identity profile says. @throws PassportError `system.malformed` */
export const readReport = (report: JsonObject): Findings => {
  const assertion = at(report, 'identity_assertion')
  if (textAt(report, REPORT, 'trust_framework') !== TRUST_FRAMEWORK) throw malformed('another trust framework')
  if (textAt(report, REPORT, 'assurance_process', 'policy') !== POLICY) throw malformed('another policy than GPG 45')
  const subjectId = textAt(report, REPORT, 'subject_id')
  return {
    profile: needText(report, REPORT, 'assurance_process', 'procedure'),
    checkedAt: needMoment(report, REPORT, 'timestamp'),
    ...namesOf(at(assertion, 'current_name')),
    birthDate: needText(assertion, 'date_of_birth'),
    addressVerified: at(report, REPORT, 'address_verification', 'current_address_verified') === true,
    schemes: metSchemes(report),
    ...present({
      address: addressOf(at(assertion, 'current_address', 'address')),
      passport: findDocument(report, 'PASSPORT'),
      drivingLicence: findDocument(report, 'DRIVING_LICENCE'),
      subjectId: subjectId !== undefined && UUID.test(subjectId) ? subjectId : undefined,
    }),
  }
}
