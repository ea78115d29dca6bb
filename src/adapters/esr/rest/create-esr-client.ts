import { britishDate } from '../../../codec/date-time.js'
import { systemClock } from '../../../core/clock.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import type { CredentialTypeName } from '../../../credentials/rows.js'
import { createCaller, type SystemCall, type SystemClientOptions } from '../../../systems/call-system.js'
import type { EsrApplicants } from '../../../systems/doctors-in-training.js'
import { type Added, NOT_ADDED, type RecordSystem, type SystemChange } from '../../../systems/record-system.js'
import { isEmployment } from '../index/staff-record.js'
import { type EsrMappingOptions, personOfStaff, recordsOfStaff } from '../map-records.js'
import { malformed, readStaffDocument, type StaffDocument } from './resources.js'
import { RECEIVES, toEsr } from './to-esr.js'

/** Where ESR's interface is, and what its records need to become records of the catalogue. */
export interface EsrClientOptions extends SystemClientOptions, EsrMappingOptions {}

/** Which part of what ESR says each type is made of. */
const PARTS: { readonly [Type in CredentialTypeName]?: string } = {
  EmploymentAssignment: 'assignments',
  CoreSkill: 'competences',
  PersonalDetails: 'address',
  ProfessionalRegistration: 'registrations',
  DisclosureAndBarringService: 'disclosures',
  Immunisation: 'immunisations',
}

/** Which type a change of ESR's is about. */
const TYPE_OF: Readonly<Record<string, CredentialTypeName>> = {
  AS: 'EmploymentAssignment',
  CM: 'CoreSkill',
  PR: 'PersonalDetails',
  ET: 'ProfessionalRegistration',
  DB: 'DisclosureAndBarringService',
  IM: 'Immunisation',
}

const textIn = (body: JsonObject, name: string, what: string): string => {
  const value = body[name]
  return typeof value === 'string' && value !== '' ? value : malformed(what)
}

const objectsIn = (value: Json | undefined, what: string): readonly JsonObject[] => {
  const all = Array.isArray(value) ? value : malformed(what)
  return all.every(isJsonObject) ? all : malformed(what)
}

const below = (place: 'people' | 'applicants', id: string, what: string): string =>
  `/${place}/${encodeURIComponent(id)}/${what}`

const adding = (path: string, kind: string, values: JsonObject, key: string): SystemCall => ({
  path,
  method: 'POST',
  body: { kind, values },
  headers: { 'idempotency-key': key },
  expected: [404, 409],
})

const addedOf = (kind: string, status: number, body: JsonObject): Added => {
  if (status === 201) return { outcome: 'added', recordId: `${kind} ${textIn(body, 'id', 'an identifier')}` }
  if (status === 404) return { outcome: 'notAdded', reason: 'noSuchPerson' }
  return { outcome: 'notAdded', reason: NOT_ADDED.find((reason) => reason === body.code) ?? 'refused' }
}

/** Without what is no employment: applications, and assignments that came to their end. */
const employed = (staff: StaffDocument, on: string): StaffDocument => ({
  ...staff,
  assignments: staff.assignments.filter(({ assignment }) => isEmployment(on)(assignment)),
})

const changeOf = (one: JsonObject): readonly SystemChange[] => {
  const text = (name: string): string => textIn(one, name, 'a change')
  const [kind, type] = [text('kind'), TYPE_OF[text('record')]]
  // Of what answers are not made of nothing is told.
  if (!type) return []
  if (kind !== 'changed' && kind !== 'deleted') return malformed('a change')
  const recordId = `${text('record')} ${text('id')}`
  return [{ cursor: text('cursor'), personId: text('personId'), type, recordId, kind, at: text('at') }]
}

/**
 * ESR by its interface: people by assignment number or by exact names and birth date; what its files say, and with it
 * immunisations, criminal record checks and addresses; and what it takes. The real interface’s specification is not public, so
 * the resources are designed here over the published names of the files: see `docs/esr.md`.
 */
export const createEsrClient = (options: EsrClientOptions): RecordSystem => {
  const { registerCheck, clock = systemClock } = options
  const call = createCaller(options)
  const today = (): string => britishDate(clock.now().getTime())
  const isProvided = (type: CredentialTypeName): boolean => type !== 'ProfessionalRegistration' || !!registerCheck
  const provides = (Object.keys(PARTS) as CredentialTypeName[]).filter(isProvided)
  return {
    portVersion: 1,
    name: 'ESR',
    capabilities: { provides, receives: RECEIVES, findsByName: true, findsByReference: true, notifies: true },
    find: async (search) => {
      const body = 'reference' in search ? { assignmentNumber: search.reference } : { ...search }
      const { people } = (await call({ path: '/people/search', method: 'POST', body })).body
      const [reference] = 'reference' in search ? [search.reference] : []
      return objectsIn(people, 'people')
        .map((one) => employed(readStaffDocument(one), today()))
        .filter(({ assignments }) => assignments.length > 0)
        .map((staff) => personOfStaff(staff, reference))
    },
    read: async (personId, types) => {
      const wanted = provides.filter((type) => types.includes(type))
      const parts = wanted.map((type) => PARTS[type]).join()
      const { status, body } = await call({
        path: `${below('people', personId, 'records')}?parts=${parts}`,
        expected: [404],
      })
      const staff = status === 404 ? undefined : employed(readStaffDocument(body), today())
      return staff && recordsOfStaff(staff, wanted, today(), options)
    },
    add: async (personId, record, key) => {
      if (!RECEIVES.includes(record.type)) return { outcome: 'notAdded', reason: 'notReceived' }
      const toAdd = toEsr(record)
      if (!toAdd) return { outcome: 'notAdded', reason: 'refused' }
      const path = below('people', personId, 'records')
      const { status, body } = await call(adding(path, toAdd.kind, toAdd.values, key))
      return addedOf(toAdd.kind, status, body)
    },
    changes: async function* (after) {
      for (let cursor = after; ; ) {
        const query = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`
        const changes = objectsIn((await call({ path: `/changes${query}` })).body.changes, 'changes')
        yield* changes.flatMap(changeOf)
        const last = changes.at(-1)
        if (!last) return
        cursor = textIn(last, 'cursor', 'a change')
      }
    },
  }
}

/** ESR's applicants by its interface: what `transferChecks` hands the checks of doctors in training over to. */
export const createEsrApplicantsClient = (options: SystemClientOptions): EsrApplicants => {
  const call = createCaller(options)
  return {
    portVersion: 1,
    find: async (search) => {
      const { applicants } = (await call({ path: '/applicants/search', method: 'POST', body: { ...search } })).body
      return objectsIn(applicants, 'applicants').map((one) => ({
        id: textIn(one, 'id', 'an applicant'),
        leadEmployer: textIn(one, 'leadEmployer', 'an applicant'),
        ...(one.gmcNumber === undefined ? {} : { gmcNumber: textIn(one, 'gmcNumber', 'an applicant') }),
      }))
    },
    wasTransferred: async (id) => {
      const { body } = await call({ path: below('applicants', id, 'employment-checks') })
      return asArray(body.types).length > 0
    },
    add: async (id, { type, content }, key) => {
      const values = JSON.parse(JSON.stringify(content)) as JsonObject
      const { status } = await call(adding(below('applicants', id, 'employment-checks'), type, values, key))
      if (status !== 201) malformed('a refusal where none was to be')
    },
  }
}
