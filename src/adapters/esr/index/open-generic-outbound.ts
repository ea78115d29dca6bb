import { basename } from 'node:path'
import { isDate } from '../../../codec/date-time.js'
import { PassportError } from '../../../core/errors.js'
import { type GenericOutboundFileName, parseGenericOutboundFileName } from '../generic-outbound/file-name.js'
import { layoutOf, type RecordType } from '../generic-outbound/layout.js'
import {
  type GenericOutboundOptions,
  type LocatedRow,
  readLocatedRows,
} from '../generic-outbound/read-generic-outbound.js'
import type { Delete, End, Header, LineFault, Upsert } from '../generic-outbound/rows.js'
import { findHolder, findPerson, type Sources } from './find-records.js'
import { type Journal, openJournal } from './journal.js'
import { type OpenFiles, openFiles } from './open-files.js'
import { addLookup, type OrganisationCodes } from './organisation-codes.js'
import type { StaffRecord } from './staff-record.js'

/** How files are opened to be asked. */
export interface OpenGenericOutboundOptions extends Omit<GenericOutboundOptions, 'types' | 'fileName'> {
  /** Where the index is kept while the files are open; the system's own folder for such files, unless you say. */
  readonly folder?: string
  /**
   * For each fault, with the number of the file among those given, from 0. Without it faults are counted alone. Line 0
   * has `import.filesMissing`: the numbers of the files leave one out.
   */
  readonly onFault?: (fault: LineFault, file: number) => void
}

/** Files that can be asked about people. */
export interface GenericOutboundFiles {
  /** For each file what was declared and what came. */
  readonly files: readonly End[]
  /** The number of the ESR instance that the files are of: as their headers say, else the name of the first. */
  readonly vpd: string | undefined
  /** The ODS code of an ESR instance, of that of these files unless you say; `undefined` when no list has it. */
  odsCode(vpd?: string): string | undefined
  /** The ESR instance of an organisation. */
  vpdOf(odsCode: string): string | undefined
  /**
   * Somebody by an assignment number, as of a day (`YYYY-MM-DD`); `undefined` when nobody has it then.
   * @throws PassportError `import.severalPeople`, `import.unreadable`
   */
  byAssignmentNumber(number: string, on: string): Promise<StaffRecord | undefined>
  /** Somebody by ESR's own identifier of a person, as of a day. */
  byPerson(id: string, on: string): Promise<StaffRecord | undefined>
  /** Closes the files and removes the index. */
  close(): Promise<void>
}

/** What answers are made of. Absences, disabilities, pay and all else in the files is never looked into. */
const TYPES: readonly RecordType[] = ['PR', 'AS', 'PO', 'OR', 'LC', 'CM', 'CD', 'ET', 'QL']

// By what else a record is found.
const NAMED_BY: Partial<Record<RecordType, string>> = { AS: 'Assignment Number', CD: 'Competence Name' }

interface Reading {
  readonly journal: Journal
  readonly codes: OrganisationCodes
  readonly onFault: (fault: LineFault, file: number) => void
  readonly vpds: Set<string>
  readonly ends: End[]
}

const addRecord = (
  { journal }: Reading,
  row: Upsert | Delete,
  where: { readonly file: number; readonly place: number; readonly bytes: number },
): void => {
  const { type, id } = row
  const values: Readonly<Record<string, string | undefined>> = row.kind === 'upsert' ? row.values : {}
  const start = values[layoutOf(type)?.start ?? ''] ?? ''
  const name = values[NAMED_BY[type] ?? ''] ?? null
  const person = values['Person ID'] ?? null
  const gone = row.kind === 'delete' ? 1 : 0
  journal.add({ type, id, start, person, name, gone, file: where.file, place: where.place, bytes: where.bytes })
}

const addRow = (reading: Reading, { row, place, bytes }: LocatedRow, file: number): void => {
  if (row.kind === 'upsert' || row.kind === 'delete') addRecord(reading, row, { file, place, bytes })
  else if (row.kind === 'fault') reading.onFault(row, file)
  else if (row.kind === 'lookup') addLookup(reading.codes, row)
  else if (row.kind === 'end') reading.ends.push(row)
  else addHeader(reading, row)
}

const addHeader = ({ vpds }: Reading, { vpd }: Header): void => {
  vpds.add(vpd)
  if (vpds.size > 1) throw new PassportError('import.order', 'The files are of several organisations')
}

type Names = readonly (GenericOutboundFileName | undefined)[]

/** By how much the number of a file is higher than that of the one before it; 1 where a name does not say. */
const stepTo = (names: Names, at: number): number => {
  const [before, after] = [names[at - 1], names[at]]
  return before && after ? after.sequence - before.sequence : 1
}

const refuseDisorder = (names: Names): void => {
  const later = names.map((_, at) => at).slice(1)
  if (later.some((at) => stepTo(names, at) < 1))
    throw new PassportError('import.order', 'The files are not in the order of their numbers')
  if (later.some((at) => names[at]?.kind === 'GOF'))
    throw new PassportError('import.order', 'A full file can only be the first: it does not say what is gone')
}

const readAll = async (
  reading: Reading,
  open: OpenFiles,
  fileNames: readonly string[],
  options: OpenGenericOutboundOptions,
): Promise<void> => {
  for (const [file, fileName] of fileNames.entries())
    for await (const found of readLocatedRows(open.chunks(file), { ...options, types: TYPES, fileName }))
      for (const located of found) addRow(reading, located, file)
  reading.journal.seal()
}

const requireDay = (on: string): string => {
  if (!isDate(on)) throw new TypeError('on must be a day, written YYYY-MM-DD')
  return on
}

const answers = (reading: Reading, files: OpenFiles, named: string | undefined): GenericOutboundFiles => {
  const [vpd = named] = reading.vpds
  const sources: Sources = { journal: reading.journal, files, vpd }
  const byPerson = async (id: string, on: string) => findPerson(sources, id, requireDay(on))
  return {
    files: reading.ends,
    vpd,
    odsCode: (instance = vpd ?? '') => reading.codes.odsOf.get(instance),
    vpdOf: (odsCode) => reading.codes.vpdOf.get(odsCode),
    byPerson,
    byAssignmentNumber: async (number, on) => {
      const id = await findHolder(sources, number, requireDay(on))
      return id === undefined ? undefined : byPerson(id, on)
    },
    close: async () => {
      await files.close()
      reading.journal.close()
    },
  }
}

/**
 * Reads Generic Outbound files of one organisation and answers questions about its people from them: a full file alone,
 * or with the files of changes that came after it, in their order. Memory does not grow with the files: an index of where
 * each record is lies in a folder of its own until you close it, and holds identifiers and places, never what a record
 * says. The files must not change while they are open.
 *
 * @throws PassportError `import.unreadable`, `import.encoding`, `import.order`, `store.unavailable`
 */
export const openGenericOutbound = async (
  files: string | readonly string[],
  options: OpenGenericOutboundOptions = {},
): Promise<GenericOutboundFiles> => {
  const paths = typeof files === 'string' ? [files] : files
  if (paths.length === 0) throw new TypeError('files must name a file')
  const fileNames = paths.map((path) => basename(path))
  const names = fileNames.map(parseGenericOutboundFileName)
  refuseDisorder(names)
  const open = await openFiles(paths, options.encoding ?? 'utf-8')
  const journal = await openJournal(options.folder).catch(async (error: unknown) => {
    await open.close()
    throw error
  })
  const codes: OrganisationCodes = { odsOf: new Map(), vpdOf: new Map() }
  const reading = { journal, codes, onFault: options.onFault ?? (() => {}), vpds: new Set<string>(), ends: [] }
  try {
    for (const file of names.keys())
      if (stepTo(names, file) > 1) reading.onFault({ kind: 'fault', line: 0, code: 'import.filesMissing' }, file)
    await readAll(reading, open, fileNames, options)
    return answers(reading, open, names[0]?.vpd)
  } catch (error) {
    await open.close()
    journal.close()
    throw error
  }
}
