import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../ground/support/source-graph.js'
import type { Recorded, Unrecorded } from './record.js'

const run = promisify(execFile)

/** What the tests did in Node: each record as a line of JSON, and what no JSON can carry. */
export interface Records {
  readonly recorded: readonly { readonly line: string; readonly record: Recorded }[]
  readonly unrecorded: readonly Unrecorded[]
}

const withoutTitle = (line: string): string => line.replace(/"test":"(?:[^"\\]|\\.)*"/, '')

// The same question again, in another test, is the same question.
const distinct = (lines: readonly string[]): readonly string[] => {
  const seen = new Set<string>()
  return lines.filter((line) => {
    const digest = createHash('sha256').update(withoutTitle(line)).digest('hex')
    return !seen.has(digest) && seen.add(digest)
  })
}

/** Runs the tests that ask the verifier, once more, and writes down what they ask. What they find is said elsewhere. */
export const recordTests = async (): Promise<Records> => {
  const folder = mkdtempSync(join(tmpdir(), 'staff-passport-records-'))
  const config = join(ROOT, 'test/browser/recording/vitest.config.ts')
  const env = { ...process.env, STAFF_PASSPORT_RECORDS: folder }
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const command = [vitest, 'run', '--config', config]
  try {
    // Tests that fail say so in their own run; here they only have to have asked.
    const said = await run(process.execPath, command, { cwd: ROOT, env, maxBuffer: 1e8 }).catch((error) => error)
    const files = readdirSync(folder)
    if (files.length === 0) throw new Error(`No test was recorded: ${String(said.stdout ?? said).slice(-2_000)}`)
    const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
    const all = distinct(lines).map((line) => ({ line, record: JSON.parse(line) as Recorded | Unrecorded }))
    return {
      recorded: all.flatMap(({ line, record }) => (record.kind === 'unrecorded' ? [] : [{ line, record }])),
      unrecorded: all.flatMap(({ record }) => (record.kind === 'unrecorded' ? [record] : [])),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
