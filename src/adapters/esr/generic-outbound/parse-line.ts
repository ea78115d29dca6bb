import type { ErrorCode } from '../../../core/codes.js'
import { parseDate, parseMoment } from './dates.js'
import { type CellKind, type Layout, layoutOf, type RecordType } from './layout.js'
import type { Delete, Header, LineFault, Lookup, Upsert } from './rows.js'

/** What a line comes to. */
export type ParsedLine = Header | Upsert | Delete | Lookup | 'skipped' | readonly LineFault[]

const DELIMITER = '~'
const HEADER_CELLS = 7
const LOOKUP_CELLS = 13
// Where a look-up says whether it is in use.
const ENABLED_AT = 9

const text = (cell: string): string => cell

const READ: Readonly<Record<CellKind, (cell: string) => string | undefined>> = {
  text,
  date: parseDate,
  moment: parseMoment,
}

const fault = (line: number, code: ErrorCode, where: Pick<LineFault, 'type' | 'column'> = {}): readonly LineFault[] => [
  { kind: 'fault', line, code, ...where },
]

const parseUpsert = (line: number, layout: Layout, cells: readonly string[]): Upsert | readonly LineFault[] => {
  // Copied and filled, rather than grown member by member: every record of a type has the same members.
  const values: Record<string, string | undefined> = { ...layout.blank }
  const faults: LineFault[] = []
  for (const { at, name, kind } of layout.columns) {
    const cell = cells[at]?.trim() ?? ''
    if (cell === '') continue
    const value = READ[kind](cell)
    if (value === undefined) faults.push(...fault(line, 'import.date', { type: layout.type, column: name }))
    values[name] = value
  }
  const id = values[layout.id]
  if (id === undefined) return [...faults, ...fault(line, 'import.noKey', { type: layout.type, column: layout.id })]
  return faults.length > 0 ? faults : ({ kind: 'upsert', line, type: layout.type, id, values } as Upsert)
}

const parseDelete = (line: number, { type, id: column }: Layout, cells: readonly string[]): ParsedLine => {
  const id = cells[1]?.trim() ?? ''
  return id === '' ? fault(line, 'import.noKey', { type, column }) : { kind: 'delete', line, type, id }
}

const parseRecord = (line: number, layout: Layout, action: string, cells: readonly string[]): ParsedLine => {
  const isDelete = action === 'D'
  if (cells.length !== (isDelete ? 2 : layout.cells)) return fault(line, 'import.columns', { type: layout.type })
  return isDelete ? parseDelete(line, layout, cells) : parseUpsert(line, layout, cells)
}

const parseHeader = (line: number, cells: readonly string[]): ParsedLine => {
  const [, fileName = '', created = '', vpd = ''] = cells.map((cell) => cell.trim())
  const moment = parseMoment(created)
  if (cells.length !== HEADER_CELLS || moment === undefined || !/^\d{3}$/.test(vpd)) return fault(line, 'import.header')
  return { kind: 'header', line, fileName, vpd, created: moment }
}

const parseLookup = (line: number, cells: readonly string[]): ParsedLine => {
  if (cells.length !== LOOKUP_CELLS) return fault(line, 'import.columns')
  const trimmed = cells.map((cell) => cell.trim())
  const [, , list = '', code = '', meaning = ''] = trimmed
  if (list === '' || code === '') return fault(line, 'import.noKey')
  return { kind: 'lookup', line, list, code, meaning, enabled: trimmed[ENABLED_AT] !== 'N' }
}

const OTHER_ROWS: Readonly<Record<string, (line: number, cells: readonly string[]) => ParsedLine>> = {
  HDR: parseHeader,
  LOV: parseLookup,
}

/** Reads a line of text. Records of types that are not wanted are not looked into. */
export const parseLine = (line: number, content: string, isWanted: (type: RecordType) => boolean): ParsedLine => {
  const name = content.slice(0, Math.max(0, content.indexOf(DELIMITER)))
  const other = Object.hasOwn(OTHER_ROWS, name) ? OTHER_ROWS[name] : undefined
  if (other) return other(line, content.split(DELIMITER))
  const layout = layoutOf(name.slice(0, 2))
  const action = name.slice(2)
  if (!layout || (action !== 'A' && action !== 'D')) return fault(line, 'import.recordType')
  return isWanted(layout.type) ? parseRecord(line, layout, action, content.split(DELIMITER)) : 'skipped'
}
