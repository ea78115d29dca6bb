import { existsSync } from 'node:fs'
import { createMemoryStore } from '../adapters/memory/memory-store.js'
import type { BatchIssuer } from '../bulk/issue-batch.js'
import { misuse } from './exit.js'
import { openKey } from './keys.js'
import { type IssuerFileOptions, type OpenedStore, openStore } from './open-issuer.js'
import type { Terminal } from './terminal.js'

const nothingToFind = (): OpenedStore => {
  const store = createMemoryStore()
  const { register, close } = store
  return { where: { register, withoutStatus: 'a dry run, which issues nothing' }, store, close }
}

// A dry run makes no store; from one that is there it learns what was issued before.
const openWhatIsNeeded = (
  options: IssuerFileOptions,
  dryRun: boolean,
  terminal: Terminal,
): OpenedStore | Promise<OpenedStore> => {
  const { store } = options
  if (dryRun && (store === undefined || !existsSync(store))) return nothingToFind()
  if (store === undefined) throw misuse('Give --store <file>: what was issued is remembered there, and never twice')
  return openStore(store, options, terminal)
}

/** Opens the key and the store for a run over many rows. Close it when done. */
export const openBatchIssuer = async (
  options: IssuerFileOptions,
  dryRun: boolean,
  terminal: Terminal,
): Promise<{ readonly issuer: BatchIssuer; close(): Promise<void> }> => {
  const store = await openWhatIsNeeded(options, dryRun, terminal)
  try {
    const { did, keyId, privateKeyJwk } = await openKey(options, terminal)
    const named = options.name === undefined ? {} : { name: options.name }
    const coded = options.ods === undefined ? {} : { odsCode: options.ods }
    return {
      issuer: { id: did, key: { privateKeyJwk, keyId }, ...store.where, ...named, ...coded },
      close: store.close,
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
