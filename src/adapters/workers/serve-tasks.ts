import { move } from 'piscina'
import type { WorkerTask } from '../../ports/workers.js'

/** What a thread answers with: bytes that are moved, not copied. Made for the module that a thread loads. */
export const serveTasks =
  (run: (task: WorkerTask) => Promise<Uint8Array>) =>
  async (task: WorkerTask): Promise<unknown> => {
    const answer = await run(task)
    return answer.byteLength === answer.buffer.byteLength ? move(answer) : answer
  }
