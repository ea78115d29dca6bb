import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { CONVERTERS, type ConverterName, converter } from './convert.js'

/** How the bytes of a file become text. A byte order mark is recognised where it fits. */
export const ENCODINGS = ['utf-8', 'utf-16', 'windows-1252'] as const
/** The name of an encoding. */
export type Encoding = (typeof ENCODINGS)[number]

/** What may stand between cells, by the names that a map gives it. */
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const

/** Where one value comes from. */
export type FieldSource =
  | { readonly constant: Json }
  | { readonly column: string; readonly as: ConverterName; readonly options: JsonObject }

/** One value of the request: its JSON pointer, in parts, and where it comes from. */
export interface MappedField {
  readonly path: readonly string[]
  readonly source: FieldSource
}

/** A map, read: how the columns of a file become requests for credentials. */
export interface BatchMap {
  readonly encoding: Encoding
  readonly delimiter: string
  /** Columns that together name a row, and never two. */
  readonly rowKey: readonly string[]
  readonly fields: readonly MappedField[]
  /** The columns of the file, in order, once its heading was read. */
  readonly columns?: readonly string[]
}

const ROOTS = ['subject', 'uniqueIdentifier', 'assurance', 'claims', 'evidence', 'validFrom', 'validUntil']
const POINTER = /^(?:\/(?:[A-Za-z][A-Za-z0-9]*|0|[1-9]\d?))+$/
const MEMBERS = ['$schema', 'encoding', 'delimiter', 'rowKey', 'fields']

/** What is wrong with a map: it is the caller's, so it may be named. */
const wrong = (where: string, what: string): TypeError => new TypeError(`In the map, ${where} ${what}`)

const oneOf = <Name extends string>(value: Json | undefined, names: readonly Name[], where: string): Name => {
  const found = names.find((name) => name === value)
  if (found === undefined) throw wrong(where, `must be one of ${names.join(', ')}`)
  return found
}

const pathOf = (pointer: string): readonly string[] => {
  const path = pointer.split('/').slice(1)
  if (!POINTER.test(pointer) || !ROOTS.includes(path[0] ?? ''))
    throw wrong(`fields["${pointer}"]`, `must be a JSON pointer that begins with one of /${ROOTS.join(', /')}`)
  return path
}

const columnSource = (field: JsonObject, where: string): FieldSource => {
  const { column, as: stated = 'text', ...options } = field
  if (typeof column !== 'string' || column === '') throw wrong(where, 'needs column or constant')
  const as = oneOf(stated, Object.keys(CONVERTERS) as ConverterName[], `${where}.as`)
  const allowed = converter(as).options
  for (const name of Object.keys(options))
    if (!Object.hasOwn(allowed, name)) throw wrong(where, `has a member ${name} that ${as} does not take`)
  for (const [name, fits] of Object.entries(allowed))
    if (!fits(options[name])) throw wrong(`${where}.${name}`, `is missing, or does not fit ${as}`)
  return { column, as, options }
}

const readField = (pointer: string, field: Json): MappedField => {
  const where = `fields["${pointer}"]`
  const path = pathOf(pointer)
  if (!isJsonObject(field)) throw wrong(where, 'must be an object')
  if (!Object.hasOwn(field, 'constant')) return { path, source: columnSource(field, where) }
  if (Object.keys(field).length > 1) throw wrong(where, 'must have constant alone, or column')
  return { path, source: { constant: field.constant ?? null } }
}

const readRowKey = (value: Json | undefined): readonly string[] => {
  const columns = Array.isArray(value) ? value : [value]
  const names = columns.filter((name): name is string => typeof name === 'string' && name !== '')
  if (names.length === 0 || names.length !== columns.length)
    throw wrong('rowKey', 'must name the column, or the columns, that tell rows apart for ever')
  return names
}

// One field within another would say the same thing twice.
const refuseNested = (pointers: readonly string[]): void => {
  const sorted = pointers.map((pointer) => `${pointer}/`).sort()
  const nested = sorted.find((pointer, at) => at > 0 && pointer.startsWith(sorted[at - 1] ?? '-'))
  if (nested) throw wrong(`fields["${nested.slice(0, -1)}"]`, 'lies within another field')
}

/**
 * Reads a map. Its shape is described by `schemas/batch-map.v1.json`.
 * @throws TypeError that names the first member that does not fit
 */
export const parseBatchMap = (map: unknown): BatchMap => {
  if (!isJsonObject(map)) throw new TypeError('The map must be a JSON object')
  const unknown = Object.keys(map).find((name) => !MEMBERS.includes(name))
  if (unknown !== undefined) throw wrong(unknown, 'is not a member that a map has')
  const { encoding = 'utf-8', delimiter = 'comma', rowKey, fields } = map
  if (!isJsonObject(fields) || Object.keys(fields).length === 0) throw wrong('fields', 'must be an object with fields')
  const read = Object.entries(fields).map(([pointer, field]) => readField(pointer, field))
  refuseNested(Object.keys(fields))
  return {
    encoding: oneOf(encoding, ENCODINGS, 'encoding'),
    delimiter: DELIMITERS[oneOf(delimiter, Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[], 'delimiter')],
    rowKey: readRowKey(rowKey),
    fields: read,
  }
}
