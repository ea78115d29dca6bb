import type { ErrorCode } from '../../../core/codes.js'
import { PassportError } from '../../../core/errors.js'
import { IMPORT_LIMITS } from '../../../core/limits.js'

/** A line of a file: its text, or why it has none; and where its bytes are. */
export interface Line {
  readonly number: number
  readonly place: number
  readonly bytes: number
  readonly text?: string
  readonly code?: ErrorCode
  /** Whether a line end came after it. */
  readonly ended: boolean
}

/** How the bytes of a file become text. ESR's own is not published. */
export type FileEncoding = 'utf-8' | 'windows-1252'

const NEW_LINE = 10
const RETURN = 13
const UTF_8_MARK = [0xef, 0xbb, 0xbf]
const UTF_16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]
// U+FFFD is what another program made of bytes that it could not read.
const UNREADABLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\ufffd]/

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte)

/** The bytes of the first line, without the mark that says what they are. */
const withoutMark = (bytes: Uint8Array): Uint8Array => {
  if (UTF_16_MARKS.some((mark) => startsWith(bytes, mark)))
    throw new PassportError('import.encoding', 'The file says that it is utf-16')
  return startsWith(bytes, UTF_8_MARK) ? bytes.subarray(UTF_8_MARK.length) : bytes
}

/** A decoder that gives up where bytes make no sense. */
export const strictDecoder = (encoding: FileEncoding): TextDecoder =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true })

/** The text of a line, without its end; `undefined` when there is something in it that is no text. */
export const decodeLine = (decoder: TextDecoder, line: Uint8Array, isFirst: boolean): string | undefined => {
  const bytes = isFirst ? withoutMark(line) : line
  try {
    const text = decoder.decode(bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes)
    return UNREADABLE.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** Cuts chunks into lines, wherever the chunks begin. Of a line that is too long no more is kept than shows it. */
class LineCutter {
  private readonly decoder: TextDecoder
  private rest: Uint8Array = new Uint8Array()
  /** Bytes of the current line that were already let go. */
  private dropped = 0
  private place = 0
  private number = 0

  constructor(encoding: FileEncoding) {
    this.decoder = strictDecoder(encoding)
  }

  cut(chunk: Uint8Array): readonly Line[] {
    const bytes = joined(this.rest, chunk)
    const lines: Line[] = []
    let start = 0
    // What was left over has no line end in it.
    for (let end = bytes.indexOf(NEW_LINE, this.rest.length); end >= 0; end = bytes.indexOf(NEW_LINE, start)) {
      lines.push(this.line(bytes.subarray(start, end), true))
      start = end + 1
    }
    this.keep(bytes.subarray(start))
    return lines
  }

  last(): readonly Line[] {
    return this.rest.length + this.dropped === 0 ? [] : [this.line(this.rest, false)]
  }

  private keep(rest: Uint8Array): void {
    const most = IMPORT_LIMITS.esrLineBytes + 1
    this.rest = rest.slice(0, most)
    this.dropped += Math.max(0, rest.length - most)
  }

  private line(bytes: Uint8Array, ended: boolean): Line {
    const length = bytes.length + this.dropped
    const found = { number: this.number + 1, place: this.place, bytes: length, ended, ...this.read(bytes, length) }
    this.number += 1
    this.place += length + (ended ? 1 : 0)
    this.dropped = 0
    return found
  }

  private read(bytes: Uint8Array, length: number): Pick<Line, 'text' | 'code'> {
    if (length > IMPORT_LIMITS.esrLineBytes) return { code: 'import.cellTooLarge' }
    const text = decodeLine(this.decoder, bytes, this.number === 0)
    return text === undefined ? { code: 'import.characters' } : { text }
  }
}

/** The lines of a file, as many at once as a chunk of it holds. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  encoding: FileEncoding,
): AsyncGenerator<readonly Line[]> {
  const cutter = new LineCutter(encoding)
  for await (const chunk of chunks) yield cutter.cut(chunk)
  yield cutter.last()
}
