import type { Signer } from '../../ports/signer.js'

/** What a thread has besides what it is sent. */
export interface WorkEnvironment {
  /** Signs instead of the key in the setup: for keys that cannot leave where they are. */
  readonly signer?: Signer
}

/** Does the work of one batch. */
export type Work = (batch: Uint8Array) => Promise<Uint8Array>

/** Makes ready for the batches of one run. */
export type OpenWork = (setup: string, environment: WorkEnvironment) => Promise<Work>
