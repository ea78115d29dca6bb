import { PassportError } from '../../core/errors.js'
import type { Encoding } from './batch-map.js'

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte)

const isBigEndian = (bytes: Uint8Array): boolean => startsWith(bytes, 0xfe, 0xff)
const isUtf16 = (bytes: Uint8Array): boolean => isBigEndian(bytes) || startsWith(bytes, 0xff, 0xfe)
const isUtf8 = (bytes: Uint8Array): boolean => startsWith(bytes, 0xef, 0xbb, 0xbf)

// What a byte order mark says beats what the map says; then nothing is decoded rather than something wrong.
const refuseOtherMark = (first: Uint8Array, encoding: Encoding): void => {
  const marked: Encoding | undefined = isUtf16(first) ? 'utf-16' : isUtf8(first) ? 'utf-8' : undefined
  if (marked === undefined || marked === encoding) return
  throw new PassportError('import.encoding', `The file says that it is ${marked}, and the map that it is ${encoding}`)
}

const decoderFor = (encoding: Encoding, first: Uint8Array): TextDecoder => {
  if (encoding !== 'utf-16') return new TextDecoder(encoding)
  return new TextDecoder(isBigEndian(first) ? 'utf-16be' : 'utf-16le')
}

/** Whatever length the first chunk has, it has room for a mark. */
async function* withWholeMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start = new Uint8Array()
  for await (const chunk of chunks) {
    if (start.length >= 4) {
      yield chunk
      continue
    }
    const joined = new Uint8Array(start.length + chunk.length)
    joined.set(start)
    joined.set(chunk, start.length)
    start = joined
    if (start.length >= 4) yield start
  }
  if (start.length > 0 && start.length < 4) yield start
}

/**
 * Text of a file, in chunks. Bytes that the encoding does not have become U+FFFD, which spoils their row.
 * @throws PassportError `import.encoding` when the file's byte order mark says otherwise
 */
export async function* decodeChunks(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  for await (const chunk of withWholeMark(chunks)) {
    if (!decoder) {
      refuseOtherMark(chunk, encoding)
      decoder = decoderFor(encoding, chunk)
    }
    yield decoder.decode(chunk, { stream: true })
  }
  if (decoder) yield decoder.decode()
}
