import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import type { Outcome, Recorded, Unrecorded } from '../support/record.js'
import { errorName } from '../support/record.js'
import { toWire, Unrecordable } from '../support/wire.js'

const FOLDER = process.env.STAFF_PASSPORT_RECORDS ?? ''

/** The test that runs now: its file and its title. */
export const currentTest = (): string => {
  const { testPath = '', currentTestName = '' } = expect.getState()
  return `${testPath.split('/test/').at(-1)} > ${currentTestName}`
}

type Draft = () => Recorded | Unrecorded

const drafts: Draft[] = []

/** Adds something to the record; it is written when the tests of its file are over. */
export const record = (draft: Draft): void => void drafts.push(draft)

/** What a value or an error looks like on the wire. @throws Unrecordable */
export const gave = (value: unknown): Outcome => ({ gave: toWire(value) })

/** What an error looks like on the wire. */
export const threw = (error: unknown): Outcome => ({ threw: errorName(error) })

const lineOf = (draft: Draft): string => {
  try {
    return `${JSON.stringify(draft())}\n`
  } catch (error) {
    if (!(error instanceof Unrecordable)) throw error
    return `${JSON.stringify({ kind: 'unrecorded', test: '', why: error.message } satisfies Unrecorded)}\n`
  }
}

afterAll(() => {
  for (const draft of drafts.splice(0)) appendFileSync(join(FOLDER, `${process.pid}.jsonl`), lineOf(draft))
})
