import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the vectors. */
export const VECTORS: string =
  process.env.STAFF_PASSPORT_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url))

/** Whether the published test vectors are on this machine; loudly when they are not. */
export const hasVectors: boolean = existsSync(VECTORS)

if (!hasVectors) {
  const message = `No test vectors at ${VECTORS}: set STAFF_PASSPORT_VECTORS. Tests that need them are skipped.`
  if (process.env.STAFF_PASSPORT_REQUIRE_ALL === '1') throw new Error(message)
  console.warn(message)
}

/**
 * A published list that lies beside the vectors, such as `domain/dsp-credentials.json`, as text; `undefined`, and
 * loudly, when it is not on this machine.
 */
export const publishedList = (path: string): string | undefined => {
  const file = join(VECTORS, '..', path)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const message = `${path} is not at hand: what we have is not compared with it`
  if (process.env.STAFF_PASSPORT_REQUIRE_ALL === '1') throw new Error(message)
  console.warn(message)
  return undefined
}

/** A vector file as text. */
export const vectorFile = (path: string): string => readFileSync(join(VECTORS, path), 'utf8')

/** A vector file as JSON. */
export const vectorJson = (path: string) => JSON.parse(vectorFile(path))
