import { type FileHandle, open } from 'node:fs/promises'
import { PassportError } from '../../../core/errors.js'
import { decodeLine, type FileEncoding, strictDecoder } from '../generic-outbound/lines.js'
import { parseLine } from '../generic-outbound/parse-line.js'
import { CHUNK_BYTES } from '../generic-outbound/read-generic-outbound.js'
import type { Upsert } from '../generic-outbound/rows.js'
import type { Entry } from './journal.js'

/** Files that stay open, so that a line can be read again. */
export interface OpenFiles {
  /** All of a file, in chunks. */
  chunks(file: number): AsyncIterable<Uint8Array>
  /** The record whose line is at the place of an entry. */
  read(entry: Entry): Promise<Upsert>
  close(): Promise<void>
}

interface OpenFile {
  readonly handle: FileHandle
  /** Size and time of the last change, as they were when it was opened. */
  readonly stamp: string
}

const unreadable = (cause?: unknown): PassportError =>
  new PassportError('import.unreadable', 'The file cannot be read, or changed since it was opened', { cause })

const stampOf = async (handle: FileHandle): Promise<string> => {
  const { size, mtimeNs } = await handle.stat({ bigint: true })
  return `${size} ${mtimeNs}`
}

const openOne = async (path: string): Promise<OpenFile> => {
  try {
    const handle = await open(path, 'r')
    return { handle, stamp: await stampOf(handle) }
  } catch (error) {
    throw unreadable(error)
  }
}

const bytesAt = async (file: OpenFile | undefined, { place, bytes }: Entry): Promise<Uint8Array> => {
  if (file === undefined || (await stampOf(file.handle)) !== file.stamp) throw unreadable()
  const line = new Uint8Array(bytes)
  const { bytesRead } = await file.handle.read(line, 0, bytes, place)
  if (bytesRead !== bytes) throw unreadable()
  return line
}

const recordIn = (text: string | undefined, { type, id }: Entry): Upsert => {
  const parsed = text === undefined ? undefined : parseLine(0, text, () => true)
  const record = typeof parsed === 'object' && 'kind' in parsed && parsed.kind === 'upsert' ? parsed : undefined
  if (record?.type !== type || record.id !== id) throw unreadable()
  return record
}

/** @throws PassportError `import.unreadable`; when a line is read, also if the file was written to since */
export const openFiles = async (paths: readonly string[], encoding: FileEncoding): Promise<OpenFiles> => {
  const files: OpenFile[] = []
  const decoder = strictDecoder(encoding)
  const close = async (): Promise<void> => {
    await Promise.all(files.splice(0).map(({ handle }) => handle.close()))
  }
  try {
    for (const path of paths) files.push(await openOne(path))
  } catch (error) {
    await close()
    throw error
  }
  return {
    chunks: (file) => {
      const { handle } = files[file] ?? {}
      if (!handle) throw unreadable()
      return handle.createReadStream({ autoClose: false, start: 0, highWaterMark: CHUNK_BYTES })
    },
    read: async (entry) =>
      recordIn(decodeLine(decoder, await bytesAt(files[entry.file], entry), entry.place === 0), entry),
    close,
  }
}
