/** Work on one batch, as bytes: nothing but bytes and short text crosses from thread to thread. */
export interface WorkerTask {
  /** Which work. */
  readonly work: string
  /** What every batch of one run has in common, as JSON. It may hold a private key, and stays in this process. */
  readonly setup: string
  /** Given away: the caller must not touch these bytes, or others of their buffer, any more. */
  readonly batch: Uint8Array
}

/** Whoever does the work: threads of this process, or this thread itself. */
export interface Workers {
  readonly portVersion: 1
  /** How many batches are worked on at once. */
  readonly count: number
  /**
   * Does the work of one batch.
   * @throws PassportError `system.workerFailed` when a thread ended before its work did
   */
  run(task: WorkerTask): Promise<Uint8Array>
  /** Ends the threads. */
  close(): Promise<void>
}
