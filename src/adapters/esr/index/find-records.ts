import { PassportError } from '../../../core/errors.js'
import { layoutOf, type RecordType, type RecordValues } from '../generic-outbound/layout.js'
import type { Upsert } from '../generic-outbound/rows.js'
import type { Entry, Journal } from './journal.js'
import type { OpenFiles } from './open-files.js'
import { isEmployment, type StaffAssignment, type StaffCompetence, type StaffRecord } from './staff-record.js'

/** What questions are answered from. */
export interface Sources {
  readonly journal: Journal
  readonly files: OpenFiles
  readonly vpd: string | undefined
}

/** The information type of extra information that is about professional bodies. */
const REGISTRATIONS = 'NHS Regs and Memships'

/** Whether a version is in effect on a day; a record without versions always is. */
const isInEffect = ({ type, values }: Upsert, on: string): boolean => {
  const { start, end } = layoutOf(type) ?? {}
  const cells: Readonly<Record<string, string | undefined>> = values
  if (start === undefined || end === undefined) return true
  return (cells[start] ?? '') <= on && on <= (cells[end] ?? on)
}

const isOf =
  <Type extends RecordType>(type: Type) =>
  (record: Upsert): record is Extract<Upsert, { readonly type: Type }> =>
    record.type === type

/** Of each record the version in effect on the day; where several are, the one that began last. */
const inEffect = async ({ files }: Sources, entries: readonly Entry[], on: string): Promise<readonly Upsert[]> => {
  const found = new Map<string, Upsert>()
  for (const entry of [...entries].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const record = await files.read(entry)
    if (isInEffect(record, on)) found.set(`${record.type}~${record.id}`, record)
  }
  return [...found.values()]
}

const valuesOf = <Type extends RecordType>(type: Type, records: readonly Upsert[]): readonly RecordValues<Type>[] =>
  records.filter(isOf(type)).map(({ values }) => values as RecordValues<Type>)

/** The record that an identifier leads to. */
const led = async <Type extends RecordType>(
  sources: Sources,
  type: Type,
  id: string | undefined,
  on: string,
): Promise<RecordValues<Type> | undefined> =>
  id === undefined ? undefined : valuesOf(type, await inEffect(sources, sources.journal.ofId(type, id), on))[0]

const isPrimary = (assignment: RecordValues<'AS'>): boolean => /^y/i.test(assignment['Primary Assignment'] ?? '')

const toAssignment = async (sources: Sources, assignment: RecordValues<'AS'>, on: string): Promise<StaffAssignment> => {
  const position = await led(sources, 'PO', assignment['Position ID'], on)
  const organisation = assignment['Organisation ID'] ?? position?.['Organisation ID']
  return {
    assignment,
    position,
    organisation: await led(sources, 'OR', organisation, on),
    location: await led(sources, 'LC', assignment['Assignment Location ID'], on),
  }
}

/** The definition by its identifier; records without one name it. */
const definitionOf = async (
  sources: Sources,
  competence: RecordValues<'CM'>,
  on: string,
): Promise<RecordValues<'CD'> | undefined> => {
  const { 'Competence ID': id, 'Competency Name': name = '' } = competence
  if (id !== undefined) return led(sources, 'CD', id, on)
  const named = valuesOf('CD', await inEffect(sources, sources.journal.ofName('CD', name), on))
  return named.filter((definition) => definition['Competence Name'] === name).at(-1)
}

const toCompetence = async (
  sources: Sources,
  competence: RecordValues<'CM'>,
  on: string,
): Promise<StaffCompetence> => ({ competence, definition: await definitionOf(sources, competence, on) })

// One after the other: they read the same file.
const inTurn = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = []
  for (const item of items) results.push(await work(item))
  return results
}

/** What stands of a person on a day; `undefined` when there is no such person then. */
export const findPerson = async (sources: Sources, id: string, on: string): Promise<StaffRecord | undefined> => {
  const entries = await inEffect(sources, sources.journal.ofPerson(id), on)
  const records = entries.filter(({ values }) => 'Person ID' in values && values['Person ID'] === id)
  const [person] = valuesOf('PR', records)
  if (!person) return undefined
  const assignments = valuesOf('AS', records)
    .filter(isEmployment(on))
    .sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)))
  return {
    vpd: sources.vpd,
    person,
    assignments: await inTurn(assignments, (assignment) => toAssignment(sources, assignment, on)),
    registrations: valuesOf('ET', records).filter((values) => values['Information Type'] === REGISTRATIONS),
    competences: await inTurn(valuesOf('CM', records), (competence) => toCompetence(sources, competence, on)),
    qualifications: valuesOf('QL', records),
  }
}

/** The person who has an assignment of this number on a day. */
export const findHolder = async (sources: Sources, number: string, on: string): Promise<string | undefined> => {
  const records = await inEffect(sources, sources.journal.ofName('AS', number), on)
  const holders = new Set(
    valuesOf('AS', records)
      .filter((values) => values['Assignment Number'] === number && isEmployment(on)(values))
      .map((values) => values['Person ID']),
  )
  if (holders.size > 1)
    throw new PassportError('import.severalPeople', 'Several people have that assignment number on that day')
  return [...holders][0]
}
