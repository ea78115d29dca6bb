/** What each thread of `createWorkers` loads: a file of its own, and no door of the package. */

import { serveTasks } from '../adapters/workers/serve-tasks.js'
import { createWorkRunner } from '../bulk/work/run-work.js'

/**
 * What a worker thread does with what it is sent. Where a bundler has moved the code of this package, a module of your
 * own that has this as its default export takes the place of ours.
 */
export default serveTasks(createWorkRunner({}))
