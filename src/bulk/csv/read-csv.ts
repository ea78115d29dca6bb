import { parse } from 'csv-parse'
import { encodeBase64url, sha256 } from '#runtime'
import { encodeUtf8 } from '../../codec/utf8.js'
import type { ErrorCode } from '../../core/codes.js'
import { PassportError } from '../../core/errors.js'
import { IMPORT_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { BatchRow } from '../rows.js'
import { type BatchMap, DELIMITERS } from './batch-map.js'
import { decodeChunks } from './decode-chunks.js'
import { rowFault } from './map-row.js'

/** A file that was begun: its map now knows the columns, and its rows are still to be read. */
export interface CsvFile {
  readonly map: BatchMap
  /** Row 1 is the heading, as a spreadsheet counts. Reads on as it is asked. */
  readonly rows: AsyncIterable<BatchRow>
}

interface Record {
  readonly number: number
  readonly cells?: readonly string[]
  readonly code?: ErrorCode
}

// A record as RFC 4180 has it: a cell with a quote in it stands in quotes, and its quotes are doubled.
const CELL = '(?:"[^"]*(?:""[^"]*)*"|[^"]*)'
const recordPattern = (delimiter: string): RegExp => {
  const plain = CELL.replace('|[^"]*)', `|[^"${delimiter}]*)`)
  return new RegExp(`^${plain}(?:${delimiter}${plain})*[\\r\\n]*$`)
}

const codeOfFault = (code: unknown): ErrorCode =>
  code === 'CSV_MAX_RECORD_SIZE' ? 'import.cellTooLarge' : 'import.quoting'

const stopped = (number: number): PassportError =>
  new PassportError('import.stopped', `Nothing after row ${number} could be read`)

/**
 * The records of a CSV file (RFC 4180), in order; each fault is a record too. A stray quote spoils its own row, which ends
 * where a spreadsheet ends it; after any other fault nobody knows where the next row begins.
 */
async function* readRecords(chunks: AsyncIterable<Uint8Array | string>, delimiter: string): AsyncGenerator<Record> {
  let number = 0
  let found: Record[] = []
  let isLost = false
  const wellQuoted = recordPattern(delimiter)
  const add = (record: Omit<Record, 'number'>): void => {
    if (isLost) return
    number += 1
    found.push({ number, ...record })
  }
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: IMPORT_LIMITS.csvRecordBytes,
    relax_quotes: true,
    raw: true,
    // With `raw`, a record comes in an object; the library's types know the list alone.
    on_record: (found: string[] | { raw: string; record: string[] }) => {
      if (Array.isArray(found)) return null
      const { raw, record } = found
      add(!raw.includes('"') || wellQuoted.test(raw) ? { cells: record } : { code: 'import.quoting' })
      return null
    },
    on_skip: (fault) => {
      add({ code: codeOfFault(fault?.code) })
      isLost = true
      return undefined
    },
  })
  // What else the parser may complain of, it cannot go on from.
  parser.on('error', () => {
    add({ code: 'import.quoting' })
    isLost = true
  })
  parser.resume()
  const drain = (): readonly Record[] => {
    const ready = found
    found = []
    return ready
  }
  for await (const chunk of chunks) {
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
    yield* drain()
    if (isLost) throw stopped(number)
  }
  await new Promise<void>((resolve) => parser.end(() => resolve()))
  yield* drain()
  if (isLost) throw stopped(number)
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

const headingOf = (cells: readonly string[], map: BatchMap): readonly string[] => {
  const columns = cells.map((cell) => cell.trim())
  // By number: a file without a heading has somebody's data here.
  const twice = columns.findIndex((column, at) => column !== '' && columns.indexOf(column) !== at)
  if (twice >= 0) throw new PassportError('import.heading', `Column ${twice + 1} has the name of an earlier one`)
  const wanted = [...map.rowKey, ...map.fields.flatMap(({ source }) => ('column' in source ? source.column : []))]
  const missing = wanted.filter((column, at) => !columns.includes(column) && wanted.indexOf(column) === at)
  if (missing.length > 0) {
    const names = missing.map((name) => `"${name}"`).join(', ')
    throw new PassportError('import.heading', `The heading has no ${names}${otherDelimiter(cells, map, wanted)}`)
  }
  return columns
}

/** Says so where the heading would have every column, were it separated by something else. */
function otherDelimiter(cells: readonly string[], map: BatchMap, wanted: readonly string[]): string {
  const text = cells.join(map.delimiter)
  const found = Object.entries(DELIMITERS).find(([, delimiter]) => {
    const columns = text.split(delimiter).map((cell) => cell.trim())
    return delimiter !== map.delimiter && wanted.every((column) => columns.includes(column))
  })
  return found ? `: its columns are separated by ${found[0]}, so state "delimiter": "${found[0]}" in the map` : ''
}

// The register keeps a digest of what names the row, which may be a staff number.
const idempotencyKeyOf = (type: CredentialTypeName, key: readonly string[]): string =>
  `row:${encodeBase64url(sha256(encodeUtf8(JSON.stringify([type, ...key]))))}`

const toRow =
  (type: CredentialTypeName, map: BatchMap, columns: readonly string[]) =>
  ({ number, cells, code }: Record): BatchRow => {
    if (code || !cells) return { number, faults: [rowFault(code ?? 'import.quoting')] }
    if (cells.length !== columns.length) return { number, faults: [rowFault('import.columns')] }
    const key = map.rowKey.map((column) => cells[columns.indexOf(column)]?.trim() ?? '')
    const empty = map.rowKey.find((_, at) => key[at] === '')
    if (empty !== undefined) return { number, faults: [rowFault('import.noKey', '', empty)] }
    return { number, cells, label: key.join(' '), idempotencyKey: idempotencyKeyOf(type, key) }
  }

async function* toRows(records: AsyncGenerator<Record>, read: (record: Record) => BatchRow): AsyncGenerator<BatchRow> {
  for await (const record of records) if (!record.cells || !isBlank(record.cells)) yield read(record)
}

/**
 * Begins to read a CSV file with a heading: comma-separated values as RFC 4180 and spreadsheets write them. A row that
 * cannot be read is a row with faults; columns are never guessed or shifted.
 * @throws PassportError `import.encoding`, `import.heading`; and later, while rows are read, `import.stopped` after a
 * row from which on nobody can tell where a row begins
 */
export const readCsv = async (
  type: CredentialTypeName,
  map: BatchMap,
  chunks: AsyncIterable<Uint8Array>,
): Promise<CsvFile> => {
  const { delimiter = map.delimiter, rest } = await readSeparatorLine(decodeChunks(chunks, map.encoding))
  const records = readRecords(rest, delimiter)
  const first = await records.next()
  if (first.done || !first.value.cells) throw new PassportError('import.heading', 'The file has no heading')
  const columns = headingOf(first.value.cells, { ...map, delimiter })
  return { map: { ...map, columns }, rows: toRows(records, toRow(type, map, columns)) }
}

const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\n|\r(?!$))/i
const SEPARATOR_LINE_CHARACTERS = 8

/**
 * Reads the first line by which a file tells spreadsheets what stands between its cells, such as `sep=;`. They show no such row,
 * so it is not counted.
 */
async function readSeparatorLine(
  chunks: AsyncGenerator<string>,
): Promise<{ readonly delimiter?: string; readonly rest: AsyncGenerator<string> }> {
  let start = ''
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    start += next.value
    if (start.length >= SEPARATOR_LINE_CHARACTERS) break
  }
  const [line = '', delimiter] = SEPARATOR_LINE.exec(start) ?? []
  const isKnown = Object.values(DELIMITERS).some((known) => known === delimiter)
  async function* rest(): AsyncGenerator<string> {
    yield isKnown ? start.slice(line.length) : start
    yield* chunks
  }
  return { ...(isKnown && delimiter !== undefined ? { delimiter } : {}), rest: rest() }
}
