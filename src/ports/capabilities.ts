/** What a store promises. The published contract tests what is declared. */
export interface StoreCapabilities {
  /** What was acknowledged is still there after `kill -9`. */
  readonly durable: boolean
  /** Several processes may use the same store at once. */
  readonly shared: boolean
}
