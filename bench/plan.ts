import type { Contender } from './measure.js'
import type { PayloadName } from './payloads.js'

/** A piece of work, and how to get ready for it: keys made, documents signed, nothing timed yet. */
export interface Plan {
  readonly work: string
  readonly payloads: readonly PayloadName[]
  readonly prepare: (payload: PayloadName) => Promise<readonly Contender[]>
  /** The peer that ratios are taken to, where there is more than one. */
  readonly peer?: string
  /** At most so many rounds, where each takes long. */
  readonly rounds?: number
  /** Puts away what `prepare` left open. */
  readonly finish?: () => Promise<void>
}
