/** Where a wallet keeps itself: one sealed text, which only the wallet can read. */
export interface WalletStorage {
  readonly portVersion: 1
  /** What was last written; `undefined` for a new wallet. */
  read(): Promise<string | undefined>
  /** Keeps a text in place of the one before: all of it, or, where that fails, the one before. */
  write(text: string): Promise<void>
}
