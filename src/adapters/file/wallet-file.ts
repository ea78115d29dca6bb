import { readFile } from 'node:fs/promises'
import { PassportError } from '../../core/errors.js'
import type { WalletStorage } from '../../ports/wallet-storage.js'
import { writeWhole } from './write-whole.js'

const unavailable = (what: string, cause: unknown): PassportError =>
  new PassportError('store.unavailable', `The wallet’s file cannot be ${what}`, { cause })

/**
 * Keeps a wallet in one file, sealed by the wallet itself and written whole each time. For one process at a time.
 * @throws PassportError `store.unavailable` from its methods
 */
export const createFileWalletStorage = (path: string): WalletStorage => {
  if (typeof path !== 'string' || path === '') throw new TypeError('path must be the path of a file')
  return {
    portVersion: 1,
    read: () =>
      readFile(path, 'utf8').catch((cause) => {
        if (cause.code === 'ENOENT') return undefined
        throw unavailable('read', cause)
      }),
    write: (text) =>
      writeWhole(path, text).catch((cause) => {
        throw unavailable('written', cause)
      }),
  }
}
