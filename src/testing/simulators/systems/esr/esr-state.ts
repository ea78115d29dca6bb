import { formatDateTime } from '../../../../codec/date-time.js'
import type { Clock } from '../../../../core/clock.js'
import type { JsonObject } from '../../../../core/json.js'
import type { EmploymentCheck, EsrApplicantSearch } from '../../../../systems/doctors-in-training.js'

/** The cells of a record by the names of ESR's columns. */
export type EsrCells = Readonly<Record<string, string>>

/** The column that names a record of each kind: `AS` an assignment, `CM` a competence, `DB` a criminal record check. */
export const ID_COLUMNS = {
  AS: 'Assignment ID',
  CM: 'Competency Element ID',
  ET: 'Person Extra Information ID',
  QL: 'Qualification ID',
  DB: 'Disclosure ID',
  IM: 'Immunisation ID',
  IllegalWorkingChecklistRecord: 'Checklist ID',
} as const
/** A kind of record that people enter, or that comes in. */
export type EsrKind = keyof typeof ID_COLUMNS

/** Where somebody works. */
export interface EsrPost {
  readonly assignment: EsrCells
  readonly position?: EsrCells
  readonly organisation?: EsrCells
}

/** What ESR's users do. */
export interface EsrUsers {
  /** Enters somebody with their first assignment. @returns ESR's identifier of the person */
  enterPerson(person: EsrCells, post: EsrPost): string
  /** Enters a record. @returns its identifier */
  enter(personId: string, kind: EsrKind, cells: EsrCells): string
  enterAddress(personId: string, address: EsrCells): void
  /** Says how often a competence is due again. */
  define(definition: EsrCells): void
  change(kind: EsrKind, id: string, cells: EsrCells): void
  remove(kind: EsrKind, id: string): void
  /** What ESR has of somebody, of one kind. */
  look(personId: string, kind: EsrKind): readonly EsrCells[]
  /** TIS creates an applicant. @returns their identifier */
  createApplicant(applicant: EsrApplicantSearch): string
  /** What ESR has of an applicant’s checks. */
  lookAtApplicant(applicantId: string): readonly EmploymentCheck[]
}

interface Row {
  readonly personId: string
  readonly kind: EsrKind
  readonly id: string
  cells: EsrCells
  readonly key?: string
  readonly post?: EsrPost
}

interface Applicant extends EsrApplicantSearch {
  readonly id: string
  readonly checks: Map<string, EmploymentCheck>
}

/** Everything that one employer's ESR has. */
export interface EsrState {
  readonly vpd: string
  readonly people: Map<string, { readonly cells: EsrCells; address?: EsrCells }>
  readonly rows: Row[]
  readonly definitions: Map<string, EsrCells>
  readonly applicants: Map<string, Applicant>
  readonly changes: JsonObject[]
  readonly users: EsrUsers
  /** Adds what comes in, once for each key. @returns its identifier, or why not */
  take(personId: string, kind: EsrKind, cells: EsrCells, key: string): { readonly id: string } | 'alreadyThere'
}

const CURSOR_DIGITS = 12
const FIRST_PERSON = 9_001
const FIRST_ROW = 70_001

/** The cells that make two records the same thing twice. */
const SAME_BY: { readonly [Kind in EsrKind]?: readonly string[] } = {
  CM: ['Competency Name', 'Date From'],
  ET: ['PEI_INFORMATION1', 'PEI_INFORMATION2'],
  DB: ['Certificate Number'],
}

/** What one employer’s ESR has, in memory. */
export const createEsrState = (vpd: string, clock: Clock): EsrState => {
  const people: EsrState['people'] = new Map()
  const rows: Row[] = []
  const definitions = new Map<string, EsrCells>()
  const applicants = new Map<string, Applicant>()
  const changes: JsonObject[] = []
  let counter = FIRST_ROW
  const now = (): string => formatDateTime(clock.now().getTime())
  const tell = (personId: string, record: string, id: string, kind: 'changed' | 'deleted'): void => {
    const cursor = String(changes.length + 1).padStart(CURSOR_DIGITS, '0')
    changes.push({ cursor, personId, record, id, kind, at: now() })
  }
  const enter = (personId: string, kind: EsrKind, given: EsrCells, more: Pick<Row, 'key' | 'post'> = {}): string => {
    const id = given[ID_COLUMNS[kind]] ?? String(counter++)
    const cells = { 'Person ID': personId, ...given, [ID_COLUMNS[kind]]: id, 'Last Update Date': now() }
    rows.push({ personId, kind, id, cells, ...more })
    tell(personId, kind, id, 'changed')
    return id
  }
  const rowAt = (kind: EsrKind, id: string): Row => {
    const found = rows.find((row) => row.kind === kind && row.id === id)
    if (!found) throw new Error('There is no such record')
    return found
  }
  const users: EsrUsers = {
    enterPerson: (person, post) => {
      const id = person['Person ID'] ?? String(FIRST_PERSON + people.size)
      people.set(id, { cells: { ...person, 'Person ID': id, 'Last Update Date': now() } })
      enter(id, 'AS', post.assignment, { post })
      return id
    },
    enter,
    enterAddress: (personId, address) => {
      const found = people.get(personId)
      if (!found) throw new Error('There is no such person')
      found.address = address
      tell(personId, 'PR', personId, 'changed')
    },
    define: (definition) => void definitions.set(definition['Competence Name'] ?? '', definition),
    change: (kind, id, cells) => {
      const row = rowAt(kind, id)
      row.cells = { ...row.cells, ...cells, 'Last Update Date': now() }
      tell(row.personId, kind, id, 'changed')
    },
    remove: (kind, id) => {
      const row = rowAt(kind, id)
      rows.splice(rows.indexOf(row), 1)
      tell(row.personId, kind, id, 'deleted')
    },
    look: (personId, kind) =>
      rows.filter((row) => row.personId === personId && row.kind === kind).map(({ cells }) => ({ ...cells })),
    createApplicant: (applicant) => {
      const id = `applicant-${applicants.size + 1}`
      applicants.set(id, { ...applicant, id, checks: new Map() })
      return id
    },
    lookAtApplicant: (id) => structuredClone([...(applicants.get(id)?.checks.values() ?? [])]),
  }
  const take: EsrState['take'] = (personId, kind, cells, key) => {
    const own = rows.filter((row) => row.personId === personId)
    const before = own.find((row) => row.key === key)
    if (before) return { id: before.id }
    const columns = SAME_BY[kind] ?? []
    const isSame = (row: Row): boolean =>
      row.kind === kind && columns.every((column) => row.cells[column] === cells[column])
    if (columns.length > 0 && own.some(isSame)) return 'alreadyThere'
    return { id: enter(personId, kind, cells, { key }) }
  }
  return { vpd, people, rows, definitions, applicants, changes, users, take }
}
