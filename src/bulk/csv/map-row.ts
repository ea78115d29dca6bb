import { ERROR_CODES, type ErrorCode } from '../../core/codes.js'
import type { Json } from '../../core/json.js'
import { IMPORT_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { IssueRequest } from '../../issuer/issuer.js'
import type { RowFault } from '../rows.js'
import type { BatchMap, MappedField } from './batch-map.js'
import { converter } from './convert.js'

/** A row as a request, or what is wrong with its cells. */
export type MappedRow =
  | { readonly request: IssueRequest<CredentialTypeName> }
  | { readonly faults: readonly RowFault[] }

const pointerOf = ({ path }: MappedField): string => `/${path.join('/')}`

/** A fault of a cell or a row, in the words of its code. */
export const rowFault = (code: ErrorCode, path = '', column?: string): RowFault => {
  const { meaning, mend } = ERROR_CODES[code]
  return { path, code, sentence: meaning, mend, ...(column === undefined ? {} : { column }) }
}

/** The column that a value of the request came from; `undefined` for a constant, or what no field of the map gives. */
export const columnOf = ({ fields }: BatchMap, pointer: string): string | undefined => {
  const isWithin = (field: MappedField) => `${pointer}/`.startsWith(`${pointerOf(field)}/`)
  const source = fields.find(isWithin)?.source
  return source && 'column' in source ? source.column : undefined
}

// Control characters, but for the line breaks and tabs of a longer text; and what undecodable bytes become.
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/

const cellFaultCode = (cell: string): ErrorCode | undefined => {
  if (cell.length > IMPORT_LIMITS.csvCellCharacters) return 'import.cellTooLarge'
  return UNUSABLE.test(cell) ? 'import.characters' : undefined
}

const cellFaults = ({ columns = [] }: BatchMap, cells: readonly string[]): readonly RowFault[] =>
  cells.flatMap((cell, at) => {
    const code = cellFaultCode(cell)
    return code ? [rowFault(code, '', columns[at])] : []
  })

type Draft = { [name: string]: Json | Draft } | (Json | Draft)[]

const isIndex = (name: string): boolean => /^\d+$/.test(name)

// Names come from the map, where each was looked at: none is `__proto__`.
const put = (draft: Draft, path: readonly string[], value: Json): void => {
  const [name = '', ...rest] = path
  const here = draft as { [name: string]: Json | Draft }
  if (rest.length === 0) {
    here[name] = value
    return
  }
  here[name] ??= isIndex(rest[0] ?? '') ? [] : {}
  put(here[name] as Draft, rest, value)
}

const gapsIn = (draft: Json | Draft | undefined, path: string): readonly string[] => {
  if (typeof draft !== 'object' || draft === null) return []
  const names = Array.isArray(draft) ? Array.from(draft, (_, index) => String(index)) : Object.keys(draft)
  return names.flatMap((name) => {
    const value = (draft as { readonly [name: string]: Json | Draft })[name]
    return value === undefined ? [`${path}/${name}`] : gapsIn(value, `${path}/${name}`)
  })
}

interface FieldResult {
  readonly field: MappedField
  readonly value?: Json
  readonly fault?: RowFault
}

const readField = ({ columns = [] }: BatchMap, field: MappedField, cells: readonly string[]): FieldResult => {
  const { source } = field
  if ('constant' in source) return { field, value: source.constant }
  const text = cells[columns.indexOf(source.column)]?.trim() ?? ''
  if (text === '') return { field }
  const converted = converter(source.as).convert(text, source.options)
  if ('absent' in converted) return { field }
  return 'value' in converted
    ? { field, value: converted.value }
    : { field, fault: rowFault(converted.code, pointerOf(field), source.column) }
}

// Without a subject in the map, the credential is for nobody's wallet.
const withSubject = ({ fields }: BatchMap, draft: { readonly [name: string]: Json | Draft }): object =>
  fields.some(({ path }) => path[0] === 'subject')
    ? draft
    : { ...draft, subject: `urn:uuid:${String(draft.uniqueIdentifier)}` }

/**
 * Turns the cells of a row into a request, as the map says. An empty cell is an absent value, and so is a date that HR
 * systems write where they have none. The map must know the
 * columns of the file.
 */
export const mapRow = (map: BatchMap, cells: readonly string[]): MappedRow => {
  const unusable = cellFaults(map, cells)
  if (unusable.length > 0) return { faults: unusable }
  const results = map.fields.map((field) => readField(map, field, cells))
  const faults = results.flatMap(({ fault }) => fault ?? [])
  const draft: { [name: string]: Json | Draft } = {}
  for (const { field, value } of results) if (value !== undefined) put(draft, field.path, value)
  const gaps = gapsIn(draft, '').map((path) => rowFault('import.gap', path, columnOf(map, path)))
  if (faults.length + gaps.length > 0) return { faults: [...faults, ...gaps] }
  // The issuer checks every part of what came out of a file.
  return { request: withSubject(map, draft) as unknown as IssueRequest<CredentialTypeName> }
}
