import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseStrictJson } from '../codec/strict-json.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { misuse, unreadable } from './exit.js'
import { shown, type Terminal } from './terminal.js'

/**
 * Reads a file, or standard input for `-`. All that is read so is text: a byte order mark of UTF-8, which Windows writes, is left
 * out; another encoding is refused, for what was not read cannot be judged.
 * @throws CommandError 66
 */
export const readInputFile = async (path: string, terminal: Terminal): Promise<Uint8Array> => {
  const text = utf8Text(await readBytes(path, terminal))
  if (text === undefined || !isUtf8(text))
    throw unreadable(`${shown(path)} is not text in UTF-8; save it as UTF-8 and try again`)
  return text
}

/** Reads a file, or standard input for `-`, whatever is in it. @throws CommandError 66 */
export async function readBytes(path: string, terminal: Terminal): Promise<Uint8Array> {
  if (path === '-') return terminal.readStandardInput()
  try {
    return await readFile(path)
  } catch (cause) {
    throw unreadable(`Cannot read ${shown(path)}`, cause)
  }
}

/** The bytes without the byte order mark of UTF-8; `undefined` when they are text in UTF-16, every other byte of which is zero. */
export function utf8Text(bytes: Uint8Array): Uint8Array | undefined {
  const [first, second, third, fourth] = bytes
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const isWide = (first === 0 && third === 0) || (second === 0 && fourth === 0)
  if (bytes.length % 2 === 0 && (hasMark || isWide)) return undefined
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes
}

/** Reads a text file. @throws CommandError 66 */
export const readTextFile = async (path: string, terminal: Terminal): Promise<string> =>
  new TextDecoder().decode(await readInputFile(path, terminal))

/** Reads a JSON object, strictly. @throws CommandError 66 with the place of the fault */
export const readJsonFile = async (path: string, terminal: Terminal): Promise<JsonObject> => {
  const parsed = parseStrictJson(await readInputFile(path, terminal))
  if (!parsed.ok)
    throw unreadable(`${shown(path)} is not usable JSON: ${parsed.code} at ${parsed.path || 'the beginning'}`)
  if (!isJsonObject(parsed.value)) throw unreadable(`${shown(path)} does not hold a JSON object`)
  return parsed.value
}

/** The files that paths name: a folder stands for the files in it, by name. @throws CommandError 66 */
export const listInputs = async (paths: readonly string[]): Promise<readonly string[]> => {
  const lists = await Promise.all(
    paths.map(async (path) => {
      if (path === '-') return [path]
      const found = await stat(path).catch((cause) => {
        throw unreadable(`There is no ${shown(path)}`, cause)
      })
      if (!found.isDirectory()) return [path]
      const entries = await readdir(path, { withFileTypes: true })
      const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name)
      return names.sort().map((name) => join(path, name))
    }),
  )
  return lists.flat()
}

/** How to write a file. */
export interface WriteOptions {
  /** Only this user may read it. */
  readonly secret?: boolean
  /** Refuse when the file is there. */
  readonly isNew?: boolean
}

const putInPlace = async (temporary: string, path: string, isNew: boolean): Promise<void> => {
  if (!isNew) return rename(temporary, path)
  // A hard link fails where the name is taken, even if it was taken a moment ago.
  await link(temporary, path).catch((cause) => {
    throw cause.code === 'EEXIST' ? misuse(`${shown(path)} is there already; choose another name`) : cause
  })
  await rm(temporary)
}

/** Writes a file whole or not at all. @throws CommandError 64 when `isNew` and it is there, 66 when it cannot be written */
export const writeFileWhole = async (path: string, content: string, options: WriteOptions = {}): Promise<void> => {
  const file = await openForWriting(path, options)
  await file.write(content)
}

/** A file that can be written, and is there once it was. */
export interface PendingFile {
  /** Writes it whole or not at all. */
  write(content: string): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/**
 * Opens a file for writing before what goes into it is made: what cannot be kept must not be begun.
 * @throws CommandError 64 when `isNew` and it is there, 66 when it cannot be written
 */
export async function openForWriting(path: string, options: WriteOptions = {}): Promise<PendingFile> {
  const temporary = join(dirname(path), `.${randomUUID()}`)
  const orRefuse = async <T>(task: () => Promise<T>): Promise<T> => {
    try {
      return await task()
    } catch (error) {
      await rm(temporary, { force: true })
      if (error instanceof Error && 'exitCode' in error) throw error
      throw unreadable(`Cannot write ${shown(path)}`, error)
    }
  }
  const file = await orRefuse(async () => {
    if ((await stat(path).catch(() => undefined))?.isDirectory()) throw unreadable(`${shown(path)} is a folder`)
    return open(temporary, 'wx', options.secret ? 0o600 : 0o644)
  })
  return {
    write: (content) =>
      orRefuse(async () => {
        await file.writeFile(content)
        await file.sync()
        await file.close()
        if (options.secret) await chmod(temporary, 0o600)
        await putInPlace(temporary, path, options.isNew ?? false)
      }),
    discard: async () => {
      await file.close().catch(() => undefined)
      await rm(temporary, { force: true })
    },
  }
}

/** Prints a value, or writes it to a file and says so. */
export const deliver = async (terminal: Terminal, text: string, out: string | undefined): Promise<void> => {
  if (out === undefined) return terminal.write(text)
  await writeFileWhole(out, `${text}\n`)
  terminal.note(`Written to ${shown(out)}`)
}

/** A JSON value as people read it. */
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2)

/** Whether a parsed value may be given where an object or a token is expected. */
export const credentialText = (credential: Json): string =>
  typeof credential === 'string' ? credential : pretty(credential)

const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'schemas', 'common.v1.json'))) {
    if (dirname(folder) === folder) throw unreadable('The schemas of this package are not installed')
    folder = dirname(folder)
  }
  return folder
}

/** The path of a file that ships with this package. */
export const packageFile = (name: string): string => join(packageRoot(), name)
