import type { WalletStorage } from '../../ports/wallet-storage.js'

/** A wallet that is gone when the process ends: for tests and examples. */
export const createMemoryWalletStorage = (): WalletStorage => {
  let kept: string | undefined
  return {
    portVersion: 1,
    read: async () => kept,
    write: async (text) => {
      kept = text
    },
  }
}
