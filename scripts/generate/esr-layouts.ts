import { publishedList } from '../../test/support/vectors.js'

const LIST = 'domain/esr-generic-outbound-layouts.json'
const FILE = 'src/adapters/esr/generic-outbound/generated/layouts.ts'

interface Layout {
  readonly prefix: string
  readonly columns: readonly string[]
  readonly dateColumns: readonly string[]
  readonly timestampColumns: readonly string[]
  readonly deleteColumns: readonly string[]
}

const BANNER = `// Generated from the published list of layouts by scripts/generate.ts. Do not edit.

/** The columns of each record type of a Generic Outbound file, in their order; \`id\` names a record. */
`

const text = (value: string): string => `'${value.replaceAll("'", "\\'")}'`

const literal = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`

const idOf = ({ prefix, columns, deleteColumns }: Layout): string => {
  const [type, id, ...more] = deleteColumns
  if (type !== 'Record Type' || id === undefined || more.length > 0 || !columns.includes(id))
    throw new Error(`A delete of ${prefix} is not named by one column`)
  return id
}

const row = (name: string, layout: Layout): string =>
  [
    `  // ${name.replaceAll('_', ' ')}`,
    `  ${layout.prefix}: {`,
    `    id: ${text(idOf(layout))},`,
    `    columns: ${literal(layout.columns)},`,
    `    dates: ${literal(layout.dateColumns)},`,
    `    moments: ${literal(layout.timestampColumns)},`,
    '  },',
  ].join('\n')

const layoutsModule = (list: string): string => {
  const { records } = JSON.parse(list) as { readonly records: Readonly<Record<string, Layout>> }
  const rows = Object.entries(records).map(([name, layout]) => row(name, layout))
  return `${BANNER}export const LAYOUTS = {\n${rows.join('\n')}\n} as const\n`
}

/** The layouts of ESR's files, where the list that they are written from is on this machine. */
export const esrLayoutFiles = (): Readonly<Record<string, string>> => {
  const list = publishedList(LIST)
  return list === undefined ? {} : { [FILE]: layoutsModule(list) }
}
