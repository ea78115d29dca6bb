import { LAYOUTS } from './generated/layouts.js'

/** Two letters that say what a record is about: `PR` a person, `AS` an assignment, `CM` a competence. */
export type RecordType = keyof typeof LAYOUTS

/** The name of a column of a record type, as ESR's layouts give it. */
export type ColumnName<Type extends RecordType> = Exclude<
  (typeof LAYOUTS)[Type]['columns'][number],
  'Record Type' | 'not_used'
>

/** The values of a record by the names of its columns; an empty cell is `undefined`. */
export type RecordValues<Type extends RecordType> = { readonly [Column in ColumnName<Type>]: string | undefined }

/** What stands in a column: text, a day, or a day that may have a time. */
export type CellKind = 'text' | 'date' | 'moment'

/** A column that is used, and its place in the line. */
export interface LayoutColumn {
  readonly at: number
  readonly name: string
  readonly kind: CellKind
}

/** How the lines of a record type are read. */
export interface Layout {
  readonly type: RecordType
  /** How many cells a line has, with those that are not used. */
  readonly cells: number
  readonly columns: readonly LayoutColumn[]
  /** A record whose cells are all empty. */
  readonly blank: Readonly<Record<string, undefined>>
  /** The column that names a record; a delete has it alone. */
  readonly id: string
  /** Where that column is. */
  readonly idAt: number
  /** The column that tells the versions of one record apart, for types that have versions. */
  readonly start?: string
  /** The column that says on which day a version ends. */
  readonly end?: string
}

const STARTS: readonly string[] = ['Effective Start Date', 'Effective From Date']
const ENDS: readonly string[] = ['Effective End Date', 'Effective To Date']

interface GeneratedLayout {
  readonly id: string
  readonly columns: readonly string[]
  readonly dates: readonly string[]
  readonly moments: readonly string[]
}

const kindOf = ({ dates, moments }: GeneratedLayout, name: string): CellKind => {
  if (dates.includes(name)) return 'date'
  return moments.includes(name) ? 'moment' : 'text'
}

const isUsed = ({ name }: LayoutColumn): boolean => name !== 'Record Type' && name !== 'not_used'

const toLayout = (type: RecordType, generated: GeneratedLayout): Layout => {
  const { id, columns } = generated
  const start = columns.find((name) => STARTS.includes(name))
  const end = columns.find((name) => ENDS.includes(name))
  const used = columns.map((name, at) => ({ at, name, kind: kindOf(generated, name) })).filter(isUsed)
  return {
    type,
    id,
    cells: columns.length,
    columns: used,
    blank: Object.fromEntries(used.map(({ name }) => [name, undefined])),
    idAt: columns.indexOf(id),
    ...(start && end ? { start, end } : {}),
  }
}

/** Every record type there is. */
export const RECORD_TYPES = Object.keys(LAYOUTS) as readonly RecordType[]

const LAYOUT_OF: ReadonlyMap<string, Layout> = new Map(
  RECORD_TYPES.map((type) => [type, toLayout(type, LAYOUTS[type])]),
)

/** The layout of a record type; `undefined` when there is no such type. */
export const layoutOf = (type: string): Layout | undefined => LAYOUT_OF.get(type)
