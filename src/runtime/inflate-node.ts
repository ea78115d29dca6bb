import {
  crc32,
  inflateRaw as rawLater,
  inflateRawSync as rawNow,
  type ZlibOptions,
  inflate as zlibLater,
  inflateSync as zlibNow,
} from 'node:zlib'
import type { MaybePromise } from './runtime.js'

/** What came out, and how many bytes went in. */
interface Inflated {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}

// With `info`, Node gives more than its declaration says.
const asInflated = (result: unknown): Inflated => result as Inflated

const asRefusal = (error: unknown): unknown => {
  const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  return tooLarge ? new RangeError('more than the limit comes out') : error
}

/** One of Node's inflating functions, at once and later. */
interface Inflater {
  readonly now: typeof rawNow
  readonly later: (data: Uint8Array, options: ZlibOptions, done: (error: Error | null, result: unknown) => void) => void
}

const RAW: Inflater = { now: rawNow, later: rawLater }
const ZLIB: Inflater = { now: zlibNow, later: zlibLater }

const now = (by: Inflater, data: Uint8Array, options: ZlibOptions): Inflated => {
  try {
    return asInflated(by.now(data, options))
  } catch (error) {
    throw asRefusal(error)
  }
}

const later = (by: Inflater, data: Uint8Array, options: ZlibOptions): Promise<Inflated> =>
  new Promise((resolve, reject) => {
    by.later(data, options, (error, result) => (error ? reject(asRefusal(error)) : resolve(asInflated(result))))
  })

// A list of the usual size takes less time than handing it to another thread.
const SMALL_BYTES = 65_536

const inflateBy = (by: Inflater, data: Uint8Array, maximumBytes: number): MaybePromise<Inflated> =>
  (data.length <= SMALL_BYTES ? now : later)(by, data, { maxOutputLength: maximumBytes, info: true })

const refused = (): Error => new Error('the data is not one whole compressed stream')

// RFC 1952, 2.3.1: what may stand between the first ten bytes and the compressed ones.
const FIXED_HEADER = 10
const TRAILER = 8
const FLAGS = { headerCheck: 0x02, extra: 0x04, name: 0x08, comment: 0x10, reserved: 0xe0 } as const
const DEFLATE = [0x1f, 0x8b, 8] as const

const afterZero = (data: Uint8Array, from: number): number => {
  const zero = data.indexOf(0, from)
  return zero < 0 ? data.length : zero + 1
}

/** Where the compressed bytes begin. @throws Error when this is no gzip header */
const bodyStart = (data: Uint8Array): number => {
  const flags = data[3] ?? 0
  if (DEFLATE.some((byte, index) => data[index] !== byte) || flags & FLAGS.reserved) throw refused()
  let at = FIXED_HEADER
  if (flags & FLAGS.extra) at += 2 + (data[at] ?? 0) + 256 * (data[at + 1] ?? 0)
  if (flags & FLAGS.name) at = afterZero(data, at)
  if (flags & FLAGS.comment) at = afterZero(data, at)
  if (!(flags & FLAGS.headerCheck)) return at
  const stated = (data[at] ?? 0) + 256 * (data[at + 1] ?? 0)
  if ((crc32(data.subarray(0, at)) & 0xffff) !== stated) throw refused()
  return at + 2
}

const checkTrailer = (data: Uint8Array, at: number, inflated: Uint8Array): void => {
  if (data.length - at !== TRAILER) throw refused()
  const trailer = new DataView(data.buffer, data.byteOffset + at, TRAILER)
  if (trailer.getUint32(0, true) !== crc32(inflated) || trailer.getUint32(4, true) !== inflated.length % 2 ** 32)
    throw refused()
}

/**
 * Inflates gzip, at most so many bytes: one member and nothing after it, which is all that a browser reads. Node's own
 * function goes on to further members, and passes over what follows them.
 * @throws RangeError when more than `maximumBytes` would come out; any other error when the data is not gzip
 */
export const gunzip = async (data: Uint8Array, maximumBytes: number): Promise<Uint8Array> => {
  const start = bodyStart(data)
  const { buffer, engine } = await inflateBy(RAW, data.subarray(start), maximumBytes)
  checkTrailer(data, start + engine.bytesWritten, buffer)
  return buffer
}

/**
 * Inflates zlib, at most so many bytes: one stream and nothing after it.
 * @throws RangeError when more than `maximumBytes` would come out; any other error when the data is not zlib
 */
export const inflate = async (data: Uint8Array, maximumBytes: number): Promise<Uint8Array> => {
  const { buffer, engine } = await inflateBy(ZLIB, data, maximumBytes)
  if (engine.bytesWritten !== data.length) throw refused()
  return buffer
}
