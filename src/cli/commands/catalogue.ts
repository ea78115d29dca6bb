import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { britishDate } from '../../codec/date-time.js'
import { CHECK_CODES, type CodeText, ERROR_CODES } from '../../core/codes.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { CREDENTIAL_TYPES, findType } from '../../credentials/catalogue.js'
import type { CatalogueEntry } from '../../credentials/define.js'
import { currentExample } from '../../credentials/examples.js'
import { misuse } from '../exit.js'
import { packageFile, pretty } from '../files.js'
import { table } from '../table.js'
import { shown, type Terminal } from '../terminal.js'

const rows = (): readonly CatalogueEntry[] => Object.values(CREDENTIAL_TYPES)

const rowNamed = (name: string): CatalogueEntry => {
  const row = findType(name)
  if (!row) throw misuse(`There is no type ${shown(name)}; see: staff-passport types`)
  return row
}

const listTypes = (options: { readonly json?: boolean }, terminal: Terminal): void => {
  if (options.json) {
    const facts = rows().map(
      ({ type, label, claimsKey, schemas, issuedBy, specialCategory, statusPurposes, origin }) => ({
        type,
        label,
        claimsKey,
        schemas,
        issuedBy,
        specialCategory,
        statusPurposes,
        origin,
      }),
    )
    return terminal.write(pretty(facts))
  }
  const cells = rows().map((row) => [
    row.type,
    row.label,
    row.issuedBy.join(', '),
    row.statusPurposes.join(', '),
    row.specialCategory ? 'special category' : '',
  ])
  terminal.write(table(terminal, ['Type', 'What it is', 'Issued by', 'Status', 'Data'], cells))
}

const schemaFile = (id: string): string => {
  const [, name, version] = /\/schemas\/([a-z0-9-]+)\/(v\d+)$/.exec(id) ?? []
  return packageFile(`schemas/${name}.${version}.json`)
}

const readSchema = async (path: string): Promise<JsonObject> => JSON.parse(await readFile(path, 'utf8'))

// JSON Schema 2020-12, 9.3: the shared definitions are embedded, so that what is printed stands on its own.
const printSchema = async (name: string, terminal: Terminal): Promise<void> => {
  const schema = await readSchema(schemaFile(rowNamed(name).schemas[0]))
  const common = await readSchema(packageFile('schemas/common.v1.json'))
  const own = isJsonObject(schema.$defs) ? schema.$defs : {}
  terminal.write(pretty({ ...schema, $defs: { ...own, common } }))
}

const printExample = (name: string, options: { readonly variant?: string }, terminal: Terminal): void => {
  const row = rowNamed(name)
  const index = options.variant === undefined ? 0 : Number(options.variant) - 1
  const example = row.examples[index]
  if (!example) throw misuse(`--variant must be from 1 to ${row.examples.length}`)
  const { title, ...request } = currentExample(example, britishDate(Date.now()))
  terminal.note(`${row.label}: ${title}, ${index + 1} of ${row.examples.length}. Everybody in it is invented.`)
  terminal.write(pretty(request))
}

const ruleTexts = (): readonly (readonly [string, CodeText])[] =>
  rows().flatMap((row) => row.rules.map(({ code, sentence, mend }) => [code, { meaning: sentence, mend }] as const))

const textOf = (code: string): CodeText | undefined => {
  const known: ReadonlyMap<string, CodeText> = new Map([
    ...ruleTexts(),
    ...Object.entries(CHECK_CODES),
    ...Object.entries(ERROR_CODES),
  ])
  return known.get(code)
}

const explainCode = (code: string, options: { readonly json?: boolean }, terminal: Terminal): void => {
  const text = textOf(code)
  if (!text) throw misuse(`There is no code ${shown(code)}; docs/errors.md lists them all`)
  if (options.json) return terminal.write(pretty({ code, ...text }))
  terminal.write(`${terminal.colours.bold(code)}\n${text.meaning}\n${text.mend}`)
}

/** `types`, `schema`, `example`, `explain`: what the catalogue says. */
export const addCatalogue = (program: Command, terminal: Terminal): void => {
  program
    .command('types')
    .description('List the credential types')
    .option('--json', 'as JSON')
    .action((options) => listTypes(options, terminal))
  program
    .command('schema <type>')
    .description('Print the JSON Schema of a type')
    .action((type: string) => printSchema(type, terminal))
  program
    .command('example <type>')
    .description('Print an example, fit for: issue <type> --claims <file>')
    .option('--variant <number>', 'another example of the same type')
    .action((type: string, options) => printExample(type, options, terminal))
  program
    .command('explain <code>')
    .description('Say what a code in a report or an error means, and what to do')
    .option('--json', 'as JSON')
    .action((code: string, options) => explainCode(code, options, terminal))
}
