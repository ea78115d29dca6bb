import { PassportError } from '../../../core/errors.js'
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import type { RecordValues } from '../generic-outbound/layout.js'
import type { StaffRecord } from '../index/staff-record.js'

/**
 * What ESR's interface has besides what its files have. Its specification is not public, so the names of these columns are
 * designed here, in the manner of the files; all others are theirs.
 */
export const REST_COLUMNS = {
  AD: ['Address Line 1', 'Address Line 2', 'Town', 'County', 'Postcode', 'Country'],
  DB: [
    'Disclosure ID',
    'Disclosure Body',
    'Level',
    'Certificate Number',
    'Issue Date',
    'Outcome',
    'Workforce',
    'Adults Barred List',
    'Childrens Barred List',
    'Update Service',
    'Update Service Check Date',
    'Original Seen Date',
    'Last Update Date',
  ],
  IM: [
    'Immunisation ID',
    'Immunisation Type',
    'Evidence',
    'Status',
    'Evidence Date',
    'Dose 1 Date',
    'Dose 2 Date',
    'Dose 3 Date',
    'Recorded By',
    'Last Update Date',
  ],
} as const

/** A record that the interface alone has: `AD` an address, `DB` a criminal record check, `IM` an immunisation. */
export type RestRecordType = keyof typeof REST_COLUMNS
/** The name of a column of such a record. */
export type RestColumn<Type extends RestRecordType> = (typeof REST_COLUMNS)[Type][number]
/** Its values; what is not there is `undefined`. */
export type RestValues<Type extends RestRecordType> = { readonly [Column in RestColumn<Type>]?: string | undefined }

/** Everything that ESR's interface says of somebody. */
export interface StaffDocument extends StaffRecord {
  readonly address: RestValues<'AD'> | undefined
  readonly disclosures: readonly RestValues<'DB'>[]
  readonly immunisations: readonly RestValues<'IM'>[]
}

/** What files say of somebody, which is all but these. */
export const asDocument = (staff: StaffRecord): StaffDocument => ({
  ...staff,
  address: undefined,
  disclosures: [],
  immunisations: [],
})

/** Throws what there is to say of an answer that is not as agreed: never what stood there. */
export const malformed = (what: string): never => {
  throw new PassportError('system.malformed', `ESR answered ${what} that is not one`)
}

type Row = Readonly<Record<string, string | undefined>>

const rowIn = (value: Json | undefined, what: string): Row => {
  const row = isJsonObject(value) ? value : malformed(what)
  const cells = Object.entries(row).filter(([, cell]) => cell !== null)
  return cells.every(([, cell]) => typeof cell === 'string') ? (Object.fromEntries(cells) as Row) : malformed(what)
}

const optionalRow = (value: Json | undefined, what: string): Row | undefined =>
  value === undefined || value === null ? undefined : rowIn(value, what)

const listIn = (value: Json | undefined, what: string): readonly Json[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value : malformed(what)
}

const objectIn = (value: Json, what: string): JsonObject => (isJsonObject(value) ? value : malformed(what))

const assignmentIn = (value: Json) => {
  const { assignment, position, organisation, location } = objectIn(value, 'an assignment')
  return {
    assignment: rowIn(assignment, 'an assignment') as RecordValues<'AS'>,
    position: optionalRow(position, 'a position') as RecordValues<'PO'> | undefined,
    organisation: optionalRow(organisation, 'an organisation') as RecordValues<'OR'> | undefined,
    location: optionalRow(location, 'a location') as RecordValues<'LC'> | undefined,
  }
}

const competenceIn = (value: Json) => {
  const { competence, definition } = objectIn(value, 'a competence')
  return {
    competence: rowIn(competence, 'a competence') as RecordValues<'CM'>,
    definition: optionalRow(definition, 'a definition') as RecordValues<'CD'> | undefined,
  }
}

const rowsIn = (value: Json | undefined, what: string): readonly Row[] =>
  listIn(value, what).map((one) => rowIn(one, what))

/** Reads what ESR's interface answers of somebody. @throws PassportError `system.malformed` */
export const readStaffDocument = (body: JsonObject): StaffDocument => ({
  vpd: typeof body.vpd === 'string' ? body.vpd : undefined,
  person: rowIn(body.person, 'a person') as RecordValues<'PR'>,
  address: optionalRow(body.address, 'an address'),
  assignments: listIn(body.assignments, 'assignments').map(assignmentIn),
  competences: listIn(body.competences, 'competences').map(competenceIn),
  registrations: rowsIn(body.registrations, 'a registration') as readonly RecordValues<'ET'>[],
  qualifications: rowsIn(body.qualifications, 'a qualification') as readonly RecordValues<'QL'>[],
  disclosures: rowsIn(body.disclosures, 'a disclosure'),
  immunisations: rowsIn(body.immunisations, 'an immunisation'),
})
