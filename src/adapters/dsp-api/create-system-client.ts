import { PassportError } from '../../core/errors.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { isCredentialTypeName } from '../../credentials/rows.js'
import { createCaller, type SystemCall, type SystemClientOptions } from '../../systems/call-system.js'
import {
  type Added,
  NOT_ADDED,
  type RecordSystem,
  type SystemCapabilities,
  type SystemChange,
  type SystemPerson,
  type SystemRecord,
} from '../../systems/record-system.js'
import type { Applicant, ApplicantReadiness, RecruitmentSystem } from '../../systems/recruitment-system.js'

/** What the system is. */
export interface SystemDescription {
  /** The product, such as `ESR`. */
  readonly name: string
  readonly capabilities: SystemCapabilities
}

const malformed = (what: string): never => {
  throw new PassportError('system.malformed', `The system answered ${what} that is not one`)
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const objectsIn = (list: Json | undefined, what: string): readonly JsonObject[] => {
  const all = Array.isArray(list) ? list : malformed(what)
  return all.every(isJsonObject) ? all : malformed(what)
}

const personOf = (one: JsonObject): SystemPerson => {
  const { id, firstName, lastName, birthDate } = one
  return [id, firstName, lastName, birthDate].every(isText)
    ? (one as unknown as SystemPerson)
    : malformed('an employee')
}

const recordOf = (one: JsonObject): SystemRecord => {
  const { type, id, claims, assurance, modifiedAt } = one
  const isOne = isText(type) && isCredentialTypeName(type) && isText(id) && isText(modifiedAt)
  return isOne && isJsonObject(claims) && isJsonObject(assurance)
    ? (one as unknown as SystemRecord)
    : malformed('a record')
}

const changeOf = (one: JsonObject): SystemChange => {
  const { cursor, personId, type, recordId, kind, at } = one
  return [cursor, personId, type, recordId, kind, at].every(isText)
    ? (one as unknown as SystemChange)
    : malformed('a change')
}

const codeIn = (body: JsonObject): string => {
  const [first] = asArray(body.problemDetails)
  const { code } = isJsonObject(first) ? first : body
  return typeof code === 'string' ? code : ''
}

const addedOf = (status: number, body: JsonObject): Added => {
  if (status === 201)
    return isText(body.recordId) ? { outcome: 'added', recordId: body.recordId } : malformed('an answer')
  const reason = NOT_ADDED.find((known) => known === codeIn(body)) ?? (status === 404 ? 'noSuchPerson' : 'refused')
  return { outcome: 'notAdded', reason }
}

const below = (id: string, what: string): string => `/employees/${encodeURIComponent(id)}/${what}`

const common = (options: SystemClientOptions) => {
  const call = createCaller(options)
  const search = async (body: JsonObject): Promise<readonly JsonObject[]> => {
    const found = await call({ path: '/employees/search', method: 'POST', body })
    return objectsIn(found.body.employees, 'employees').map(personOf) as unknown as readonly JsonObject[]
  }
  const read: RecordSystem['read'] = async (id, types) => {
    const path = `${below(id, 'records')}?types=${types.join()}`
    const { status, body } = await call({ path, expected: [404] })
    return status === 404 ? undefined : objectsIn(body.records, 'records').map(recordOf)
  }
  const add: RecordSystem['add'] = async (id, record, key) => {
    const sending: SystemCall = {
      path: below(id, 'records'),
      method: 'POST',
      body: JSON.parse(JSON.stringify(record)) as JsonObject,
      headers: { 'idempotency-key': key },
      expected: [400, 403, 404, 409],
    }
    const { status, body } = await call(sending)
    if (status === 403 && codeIn(body) !== 'notReceived')
      throw new PassportError('system.refused', 'The system answered 403')
    return addedOf(status, body)
  }
  return { call, search, read, add }
}

/**
 * A system of an employer that speaks the Digital Staff Passport API. Nothing is sent until it is asked.
 * @see createSystemApi of `staff-passport/http`, which is the other side
 */
export const createRecordSystemClient = (options: SystemClientOptions, system: SystemDescription): RecordSystem => {
  const { call, search, read, add } = common(options)
  return {
    portVersion: 1,
    ...system,
    find: async (wanted) => (await search({ ...wanted })) as unknown as readonly SystemPerson[],
    read,
    add,
    changes: async function* (after) {
      for (let cursor = after; ; ) {
        const query = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`
        const { body } = await call({ path: `/changes${query}` })
        const changes = objectsIn(body.changes, 'changes').map(changeOf)
        yield* changes
        const last = changes.at(-1)
        if (!last) return
        cursor = last.cursor
      }
    },
  }
}

const readinessOf = (body: JsonObject): ApplicantReadiness => {
  const { integrationOn, lifecycle, idCheckAsked, permitCheckAsked } = body
  const isOne = [integrationOn, idCheckAsked, permitCheckAsked].every((flag) => typeof flag === 'boolean')
  return isOne && isText(lifecycle) ? (body as unknown as ApplicantReadiness) : malformed('an application')
}

/** A recruitment system that speaks the Digital Staff Passport API. Nothing is sent until it is asked. */
export const createRecruitmentSystemClient = (
  options: SystemClientOptions,
  system: SystemDescription,
): RecruitmentSystem => {
  const { call, search, read, add } = common(options)
  return {
    portVersion: 1,
    ...system,
    find: async (wanted) => (await search({ ...wanted })) as unknown as readonly Applicant[],
    readiness: async (id) => {
      const { status, body } = await call({ path: below(id, 'readiness'), expected: [404] })
      return status === 404 ? undefined : readinessOf(body)
    },
    read,
    add,
  }
}
