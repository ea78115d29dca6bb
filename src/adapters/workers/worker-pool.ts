import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { PassportError } from '../../core/errors.js'
import type { Workers } from '../../ports/workers.js'

/** How to start threads. */
export interface WorkerPoolOptions {
  /**
   * The module that each thread loads: a file whose default export is `workerTask` of this door. Say it only where a
   * bundler has moved the code of this package.
   */
  readonly module?: URL
}

const MOST = 64

// Beside the file that this code is built into.
const ownModule = (): URL => new URL('./bulk-worker.js', import.meta.url)

/** Bytes that may be moved; of a buffer shared with others only a copy may. */
const movable = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes)

const asOurs = (error: unknown): unknown =>
  error instanceof TypeError || error instanceof PassportError
    ? error
    : new PassportError('system.workerFailed', 'A worker thread failed', { retryable: true, cause: error })

/**
 * Starts threads for `issueBatch` and `verifyBatch`: as many as there are processors to spare. Batches are moved to them
 * and back, not copied. Close them when done.
 *
 * @throws TypeError when the count is not a whole number from 1 to 64
 */
export const createWorkers = (count: number, options: WorkerPoolOptions = {}): Workers => {
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST))
    throw new TypeError(`count must be a whole number from 1 to ${MOST}`)
  const filename = fileURLToPath(options.module ?? ownModule())
  const pool = new Piscina({ filename, minThreads: count, maxThreads: count, idleTimeout: Number.POSITIVE_INFINITY })
  return {
    portVersion: 1,
    count,
    run: async ({ work, setup, batch }) => {
      const bytes = movable(batch)
      try {
        return await pool.run({ work, setup, batch: bytes }, { transferList: [bytes.buffer] })
      } catch (error) {
        throw asOurs(error)
      }
    },
    close: () => pool.destroy(),
  }
}
