import { readFile } from 'node:fs/promises'
import { parseStrictJson } from '../../codec/strict-json.js'
import { PassportError } from '../../core/errors.js'
import { isJsonObject } from '../../core/json.js'
import type { VersionMemory } from '../../ports/version-memory.js'
import { writeWhole } from './write-whole.js'

type Seen = Map<string, number | string>

const PINNED = 'pinned:'

// A version that is no number must not read as one that was never seen.
const isSeen = (entry: readonly [string, unknown]): entry is [string, number | string] =>
  entry[0].startsWith(PINNED) ? typeof entry[1] === 'string' : Number.isSafeInteger(entry[1])

const read = async (path: string): Promise<Seen> => {
  const bytes = await readFile(path).catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw new PassportError('store.unavailable', 'The file of seen versions cannot be read', { cause: error })
  })
  if (!bytes) return new Map()
  const parsed = parseStrictJson(bytes)
  const versions = parsed.ok && isJsonObject(parsed.value) ? Object.entries(parsed.value) : undefined
  if (!versions?.every(isSeen))
    throw new PassportError('store.corrupt', 'The file of seen versions does not hold versions')
  return new Map(versions)
}

const numberIn = (seen: Seen, name: string): number | undefined => {
  const value = seen.get(name)
  return typeof value === 'number' ? value : undefined
}

const write = (path: string, versions: Seen): Promise<void> =>
  writeWhole(path, `${JSON.stringify(Object.fromEntries(versions), null, 2)}\n`).catch((cause) => {
    throw new PassportError('store.unavailable', 'The file of seen versions cannot be written', { cause })
  })

/**
 * Remembers seen versions in one JSON file, written whole each time. Made for one process at a time, such as the
 * command line; where several share a memory, use a database.
 * @throws PassportError `store.unavailable`, `store.corrupt` from its methods
 */
export const createFileVersionMemory = (path: string): VersionMemory => {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const next = last.then(task, task)
    last = next.catch(() => undefined)
    return next
  }
  return {
    newest: (name) => inTurn(async () => numberIn(await read(path), name)),
    remember: (name, version) =>
      inTurn(async () => {
        const versions = await read(path)
        if ((numberIn(versions, name) ?? Number.NEGATIVE_INFINITY) >= version) return
        await write(path, versions.set(name, version))
      }),
    pin: (name, digest) =>
      inTurn(async () => {
        const seen = await read(path)
        // Beside the version of the same name.
        const key = PINNED + name
        const kept = seen.get(key)
        if (typeof kept === 'string') return kept
        await write(path, seen.set(key, digest))
        return digest
      }),
  }
}
