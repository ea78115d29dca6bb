import { formatDateTime } from '../../../codec/date-time.js'
import { isSameName } from '../../../codec/fold-name.js'
import { type Clock, systemClock } from '../../../core/clock.js'
import type { CredentialTypeName } from '../../../credentials/rows.js'
import type {
  Added,
  NewRecord,
  PersonSearch,
  RecordSystem,
  SystemCapabilities,
  SystemChange,
  SystemPerson,
  SystemRecord,
} from '../../../systems/record-system.js'

/** A record, as somebody enters it. */
export type EnteredRecord = Omit<NewRecord, 'credentialId'>

/** What is done in a system by the people who use it. */
export interface SystemUsers {
  /** Enters somebody. @returns their identifier */
  enterPerson(person: Omit<SystemPerson, 'id'>): string
  /** Enters a record. @returns its identifier */
  enterRecord(personId: string, record: EnteredRecord): string
  changeRecord(recordId: string, claims: object): void
  deleteRecord(recordId: string): void
}

/** A simulated system: its port, and the people who use it. */
export interface SimulatedRecords {
  readonly system: RecordSystem
  readonly users: SystemUsers
}

/** What a simulated system is. */
export interface SimulatedSystem {
  /** The product, such as `ESR`. */
  readonly name: string
  readonly capabilities: SystemCapabilities
  readonly clock?: Clock
}

interface Kept {
  readonly personId: string
  record: SystemRecord
  readonly key?: string
}

const CURSOR_DIGITS = 12

const copy = <Value>(value: Value): Value => structuredClone(value)

const isFound = (
  person: SystemPerson,
  search: PersonSearch,
  { findsByName, findsByReference }: SystemCapabilities,
): boolean => {
  if ('reference' in search) return findsByReference && person.reference === search.reference
  const { firstName, lastName, birthDate } = search
  const isSame =
    isSameName(person.firstName, firstName) && isSameName(person.lastName, lastName) && person.birthDate === birthDate
  return findsByName && isSame
}

/** A system that keeps records in memory, as strictly as its port says: what the simulated products are made of. */
export const createMemoryRecords = ({ name, capabilities, clock = systemClock }: SimulatedSystem): SimulatedRecords => {
  const people = new Map<string, SystemPerson>()
  const kept = new Map<string, Kept>()
  const log: SystemChange[] = []
  let counter = 0
  const now = (): string => formatDateTime(clock.now().getTime())
  const tell = (personId: string, type: CredentialTypeName, recordId: string, kind: SystemChange['kind']): void => {
    if (!capabilities.notifies) return
    const cursor = String(log.length + 1).padStart(CURSOR_DIGITS, '0')
    log.push({ cursor, personId, type, recordId, kind, at: now() })
  }
  const enter = (personId: string, { type, claims, assurance }: EnteredRecord, key?: string): string => {
    const id = `${type}-${++counter}`
    const record = copy({ type, id, claims, assurance, modifiedAt: now() }) as SystemRecord
    kept.set(id, { personId, record, ...(key === undefined ? {} : { key }) })
    tell(personId, type, id, 'changed')
    return id
  }
  const add = (personId: string, record: NewRecord, key: string): Added => {
    if (!capabilities.receives.includes(record.type)) return { outcome: 'notAdded', reason: 'notReceived' }
    if (!people.has(personId)) return { outcome: 'notAdded', reason: 'noSuchPerson' }
    const before = [...kept.values()].find((one) => one.key === key && one.personId === personId)
    return { outcome: 'added', recordId: before?.record.id ?? enter(personId, record, key) }
  }
  const recordOf = (recordId: string): Kept => {
    const found = kept.get(recordId)
    if (!found) throw new Error('There is no such record')
    return found
  }
  return {
    system: {
      portVersion: 1,
      name,
      capabilities,
      find: async (search) => copy([...people.values()].filter((person) => isFound(person, search, capabilities))),
      read: async (personId, types) => {
        if (!people.has(personId)) return undefined
        const own = [...kept.values()].filter((one) => one.personId === personId && types.includes(one.record.type))
        return copy(own.map(({ record }) => record))
      },
      add: async (personId, record, key) => add(personId, record, key),
      changes: async function* (after = '') {
        yield* copy(log.filter(({ cursor }) => cursor > after))
      },
    },
    users: {
      enterPerson: (person) => {
        const id = `person-${++counter}`
        people.set(id, { ...copy(person), id })
        return id
      },
      enterRecord: enter,
      changeRecord: (recordId, claims) => {
        const found = recordOf(recordId)
        found.record = { ...found.record, claims: copy(claims), modifiedAt: now() } as SystemRecord
        tell(found.personId, found.record.type, recordId, 'changed')
      },
      deleteRecord: (recordId) => {
        const { personId, record } = recordOf(recordId)
        kept.delete(recordId)
        tell(personId, record.type, recordId, 'deleted')
      },
    },
  }
}
