/** Small stores of one file each, for one process at a time. */

export { createFileVersionMemory } from '../../adapters/file/version-memory-file.js'
export { createFileWalletStorage } from '../../adapters/file/wallet-file.js'
