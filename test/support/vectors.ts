import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = process.env.STAFF_PASSPORT_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url))

/** Whether the published test vectors are on this machine; loudly when they are not. */
export const hasVectors: boolean = existsSync(ROOT)

if (!hasVectors) {
  const message = `No test vectors at ${ROOT}: set STAFF_PASSPORT_VECTORS. Tests that need them are skipped.`
  if (process.env.STAFF_PASSPORT_REQUIRE_ALL === '1') throw new Error(message)
  console.warn(message)
}

/** A vector file as text. */
export const vectorFile = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** A vector file as JSON. */
export const vectorJson = (path: string) => JSON.parse(vectorFile(path))
