import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { ErrorCode } from '../../../core/codes.js'
import { PassportError } from '../../../core/errors.js'
import { parseGenericOutboundFileName } from './file-name.js'
import { RECORD_TYPES, type RecordType } from './layout.js'
import { type FileEncoding, type Line, readLines } from './lines.js'
import { type ParsedLine, parseLine } from './parse-line.js'
import type { GenericOutboundRow, Header, LineFault } from './rows.js'
import { isFaults, Tally } from './tally.js'

/** How far reading has come. */
export interface ReadingProgress {
  readonly lines: number
  readonly bytes: number
}

/** How a file is read. */
export interface GenericOutboundOptions {
  /** Record types that are wanted; all, unless you say. Of others nothing but the type is looked at. */
  readonly types?: readonly RecordType[]
  /** `utf-8` unless you say: ESR's encoding is not published. */
  readonly encoding?: FileEncoding
  /** The name that the file came with, to compare its header with. From the path, where a path is given. */
  readonly fileName?: string
  /** After each chunk of the file. */
  readonly onProgress?: (progress: ReadingProgress) => void
  readonly signal?: AbortSignal
}

/** A row, and where the bytes of its line are. */
export interface LocatedRow {
  readonly row: GenericOutboundRow
  readonly place: number
  readonly bytes: number
}

/** How much of a file is read at once: more would outlive the first round of garbage collection. */
export const CHUNK_BYTES = 65_536

const unreadable = (cause: unknown): PassportError =>
  new PassportError('import.unreadable', 'The file cannot be read', { cause })

async function* chunksOf(source: AsyncIterable<Uint8Array> | string): AsyncGenerator<Uint8Array> {
  const chunks = typeof source === 'string' ? createReadStream(source, { highWaterMark: CHUNK_BYTES }) : source
  try {
    for await (const chunk of chunks) yield chunk
  } catch (error) {
    throw error instanceof PassportError ? error : unreadable(error)
  }
}

const fault = (line: number, code: ErrorCode): LineFault => ({ kind: 'fault', line, code })

/** Reads the lines of one file, and remembers what belongs to the whole of it. */
class FileReader {
  readonly tally = new Tally()
  private readonly isWanted: (type: RecordType) => boolean
  private readonly fileName: string | undefined

  constructor({ types = RECORD_TYPES, fileName }: GenericOutboundOptions) {
    const wanted = new Set(types)
    this.isWanted = (type) => wanted.has(type)
    this.fileName = fileName
  }

  read(line: Line): readonly GenericOutboundRow[] {
    this.tally.addLine(line)
    const rows = line.text?.trim() === '' ? [] : this.rowsOf(line)
    return line.ended ? rows : [...rows, this.report(fault(line.number, 'import.noLineEnd'))]
  }

  end(): readonly GenericOutboundRow[] {
    const faults = this.tally.declared ? [] : [this.report(fault(this.tally.lines, 'import.header'))]
    return [...faults, this.tally.end()]
  }

  private rowsOf(line: Line): readonly GenericOutboundRow[] {
    const parsed = this.parse(line)
    this.tally.add(parsed)
    if (parsed === 'skipped') return []
    if (isFaults(parsed)) return parsed
    return parsed.kind === 'header' ? [parsed, ...this.take(parsed)] : [parsed]
  }

  private parse({ number, text, code = 'import.characters' }: Line): ParsedLine {
    const parsed = text === undefined ? [fault(number, code)] : parseLine(number, text, this.isWanted)
    const isSecondHeader = typeof parsed === 'object' && 'kind' in parsed && parsed.kind === 'header'
    return isSecondHeader && this.tally.declared ? [fault(number, 'import.header')] : parsed
  }

  private take(header: Header): readonly LineFault[] {
    this.tally.declared = header
    const stated = this.fileName === undefined ? header.fileName : this.fileName
    const vpd = parseGenericOutboundFileName(stated)?.vpd ?? header.vpd
    const agrees = stated === header.fileName && vpd === header.vpd
    return agrees ? [] : [this.report(fault(header.line, 'import.headerDisagrees'))]
  }

  private report(found: LineFault): LineFault {
    this.tally.addFault()
    return found
  }
}

const checkOptions = ({ types = [], encoding = 'utf-8' }: GenericOutboundOptions): void => {
  if (!types.every((type) => RECORD_TYPES.includes(type))) throw new TypeError('types must be record types of ESR')
  if (encoding !== 'utf-8' && encoding !== 'windows-1252') throw new TypeError('encoding must be utf-8 or windows-1252')
}

/** The rows of a file with the places of their lines, as many at once as a chunk of it holds. */
export async function* readLocatedRows(
  source: AsyncIterable<Uint8Array> | string,
  options: GenericOutboundOptions,
): AsyncGenerator<readonly LocatedRow[]> {
  const fileName = options.fileName ?? (typeof source === 'string' ? basename(source) : undefined)
  const reader = new FileReader({ ...options, ...(fileName === undefined ? {} : { fileName }) })
  for await (const lines of readLines(chunksOf(source), options.encoding ?? 'utf-8')) {
    options.signal?.throwIfAborted()
    const found: LocatedRow[] = []
    for (const line of lines)
      for (const row of reader.read(line)) found.push({ row, place: line.place, bytes: line.bytes })
    yield found
    options.onProgress?.({ lines: reader.tally.lines, bytes: reader.tally.bytes })
  }
  yield reader.end().map((row) => ({ row, place: reader.tally.bytes, bytes: 0 }))
}

async function* rowsOf(
  source: AsyncIterable<Uint8Array> | string,
  options: GenericOutboundOptions,
): AsyncGenerator<GenericOutboundRow> {
  for await (const found of readLocatedRows(source, options)) for (const { row } of found) yield row
}

/**
 * Reads a Generic Outbound file of ESR, line after line, in memory that does not grow with the file. A bad line is a row
 * of its own, with its number and a code, and the lines after it are read. The last row says what was declared and what
 * came.
 *
 * You decide what becomes of a file with faults; nothing in it was signed by anybody.
 *
 * @param source the path of a file, or its bytes in chunks
 * @throws TypeError for options that there are not; and while it is read PassportError `import.unreadable`,
 * `import.encoding`
 */
export const readGenericOutbound = (
  source: AsyncIterable<Uint8Array> | string,
  options: GenericOutboundOptions = {},
): AsyncIterable<GenericOutboundRow> => {
  checkOptions(options)
  return rowsOf(source, options)
}
