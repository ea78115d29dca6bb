import { keep } from '../../core/keep.js'
import type { WorkerTask } from '../../ports/workers.js'
import { openPrepareRows } from './prepare-rows.js'
import { openSignRows } from './sign-rows.js'
import { openVerifyInputs } from './verify-inputs.js'
import type { OpenWork, Work, WorkEnvironment } from './work.js'

/** Every work that a thread knows. */
const WORKS = {
  prepareRows: openPrepareRows,
  signRows: openSignRows,
  verifyInputs: openVerifyInputs,
} as const satisfies Record<string, OpenWork>

/** The name of a work. */
export type WorkName = keyof typeof WORKS

// The works of one run, and of the one after it.
const KEPT = 4

/** Runs works, and keeps those of the latest runs ready. */
export const createWorkRunner = (environment: WorkEnvironment): ((task: WorkerTask) => Promise<Uint8Array>) => {
  const ready = new Map<string, Promise<Work>>()
  const open = ({ work, setup }: WorkerTask): Promise<Work> => {
    if (!Object.hasOwn(WORKS, work)) throw new TypeError(`There is no work ${work}`)
    const name = `${work} ${setup}`
    const known = ready.get(name)
    if (known) return known
    return keep(ready, name, WORKS[work as WorkName](setup, environment), KEPT)
  }
  return async (task) => (await open(task))(task.batch)
}
