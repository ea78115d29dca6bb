import { randomUUID } from 'node:crypto'
import { formatDateTime } from '../../../../codec/date-time.js'
import type { JsonObject } from '../../../../core/json.js'
import type { PersonAtCheck } from './person.js'

/** What a session was asked for. */
export interface AskedProfile {
  readonly subjectId: string
  readonly scheme: { readonly type: string; readonly objective?: string }
}

const envelope = ({ line, town, postcode }: PersonAtCheck['address']): JsonObject => ({
  address_format: '1',
  building_number: '1',
  address_line1: line,
  address_line2: town,
  address_line3: postcode,
  town_city: town,
  postal_code: postcode,
  country_iso: 'GBR',
  country: 'United Kingdom',
  formatted_address: `${line}, ${town}, ${postcode}`,
})

const document = (person: PersonAtCheck, fields: JsonObject, at: string): JsonObject => ({
  evidence_id: randomUUID(),
  timestamp: at,
  document_fields: {
    full_name: `${person.firstName} ${person.lastName}`,
    given_names: person.firstName,
    family_name: person.lastName,
    date_of_birth: person.birthDate,
    ...fields,
  },
  passed_checks: [{ check: 'AUTOMATED_FACE_MATCH' }, { check: 'FRAUD_DOCUMENTS_LIST' }],
  verifying_org: 'Yoti Ltd.',
})

const documents = (person: PersonAtCheck, at: string): readonly JsonObject[] => {
  const { passport, drivingLicence } = person
  const shown = {
    document_type: 'PASSPORT',
    document_number: passport.number,
    nationality: passport.nationality,
    issuing_country: passport.nationality,
    date_of_issue: passport.issuedOn,
    expiration_date: passport.expiresOn,
  }
  const licence = {
    document_type: 'DRIVING_LICENCE',
    document_number: drivingLicence.number,
    issuing_country: 'GBR',
    date_of_issue: drivingLicence.issuedOn,
    expiration_date: drivingLicence.expiresOn,
  }
  return [document(person, shown, at), document(person, licence, at)]
}

// A provider may vouch for right to work of British and Irish passport holders alone.
const isMet = (scheme: string, { passport }: PersonAtCheck): boolean =>
  scheme !== 'RTW' || ['GBR', 'IRL'].includes(passport.nationality)

/** Whether each requested scheme's requirements are met. */
export const complianceOf = (person: PersonAtCheck, { scheme }: AskedProfile): readonly JsonObject[] =>
  scheme.type.split('_').map((type) => ({
    scheme: type === 'DBS' ? { type, objective: scheme.objective ?? '' } : { type },
    requirements_met: isMet(type, person),
    ...(isMet(type, person) ? {} : { requirements_not_met_info: 'NOT_A_BRITISH_OR_IRISH_PASSPORT' }),
  }))

/** The report of an identity profile, in the published shape. */
export const reportOf = (person: PersonAtCheck, asked: AskedProfile, now: number): JsonObject => {
  const at = formatDateTime(now)
  const dbs = asked.scheme.type.startsWith('DBS')
  return {
    identity_assertion: {
      current_name: {
        given_names: person.firstName,
        first_name: person.firstName,
        family_name: person.lastName,
        full_name: `${person.firstName} ${person.lastName}`,
      },
      date_of_birth: person.birthDate,
      ...(dbs ? { current_address: { address: envelope(person.address) } } : {}),
    },
    verification_report: {
      report_id: randomUUID(),
      timestamp: at,
      subject_id: asked.subjectId,
      trust_framework: 'UK_TFIDA',
      schemes_compliance: complianceOf(person, asked),
      ...(dbs ? { address_verification: { current_address_verified: true, evidence_links: [randomUUID()] } } : {}),
      assurance_process: {
        level_of_assurance: person.profile.startsWith('H') ? 'HIGH' : 'MEDIUM',
        policy: 'GPG45',
        procedure: person.profile,
      },
      evidence: { documents: documents(person, at) },
    },
    proof: '',
  }
}
