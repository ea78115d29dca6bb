import type { Workers } from '../ports/workers.js'
import { createWorkRunner } from './work/run-work.js'
import type { WorkEnvironment } from './work/work.js'

/** Work done in this thread, one batch after another: for few rows, and for keys that no other thread may hold. */
export const createThisThread = (environment: WorkEnvironment = {}): Workers => ({
  portVersion: 1,
  count: 1,
  run: createWorkRunner(environment),
  close: async () => {},
})
