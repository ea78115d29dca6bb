import { type LibsqlStore, openLibsqlStore } from '../adapters/libsql/libsql-store.js'
import { createMemoryStore } from '../adapters/memory/memory-store.js'
import { createIssuer } from '../issuer/create-issuer.js'
import type { Issuer } from '../issuer/issuer.js'
import type { IssuerOptions } from '../issuer/settings.js'
import type { Signer } from '../ports/signer.js'
import type { Store } from '../ports/store.js'
import { misuse } from './exit.js'
import { type KeyOptions, openSigner } from './keys.js'
import { openRegisterAnchor } from './register-anchor.js'
import { shown, type Terminal } from './terminal.js'

/** Options of every command that issues, revokes or publishes. */
export interface IssuerFileOptions extends KeyOptions {
  readonly store?: string
  readonly registerAnchor?: string
  readonly statusUrl?: string
  readonly name?: string
  readonly ods?: string
}

type WhereStatusLives = Pick<IssuerOptions, 'register' | 'statusLists' | 'statusUrl' | 'withoutStatus'>

/** A store that is open, as an issuer takes it. */
export interface OpenedStore {
  readonly where: WhereStatusLives
  readonly store: Store
  /** What the store remembers of its user; absent where there is no file. */
  readonly settings?: Pick<LibsqlStore, 'setting' | 'remember'>
  close(): Promise<void>
}

const STATUS_URL = 'statusUrl'

const withoutStore = (options: IssuerFileOptions, terminal: Terminal): OpenedStore => {
  if (options.statusUrl !== undefined) throw misuse('--status-url needs --store <file>')
  terminal.note(
    'Note: without --store the credential has no status: it can never be revoked, and the nhs policy refuses it',
  )
  const store = createMemoryStore()
  return {
    where: { register: store.register, withoutStatus: 'issued on the command line without a store' },
    store,
    close: store.close,
  }
}

const agreeOnStatusUrl = async (
  store: LibsqlStore,
  path: string,
  { statusUrl: stated }: IssuerFileOptions,
): Promise<string> => {
  const known = await store.setting(STATUS_URL)
  const statusUrl = stated ?? known
  if (statusUrl === undefined)
    throw misuse(
      'The first issue from a store needs --status-url <https base>, where you will publish its status lists',
    )
  if (known !== undefined && statusUrl !== known)
    throw misuse(`${shown(path)} publishes its status lists under another --status-url; leave it out`)
  if (known === undefined) await store.remember(STATUS_URL, statusUrl)
  return statusUrl
}

/** Opens a store file whose register is anchored, and remembers where its status lists will be published. */
export const openStore = async (path: string, options: IssuerFileOptions, terminal: Terminal): Promise<OpenedStore> => {
  const anchor = await openRegisterAnchor({ ...options, store: path }, terminal)
  const store = await openLibsqlStore({ path, anchor })
  const statusUrl = await agreeOnStatusUrl(store, path, options).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  return {
    where: { register: store.register, statusLists: store.statusLists, statusUrl },
    store,
    settings: store,
    close: store.close,
  }
}

/** An issuer that is open. */
export interface OpenedIssuer extends Pick<OpenedStore, 'store' | 'settings'> {
  readonly issuer: Issuer
  readonly signer: Signer
  close(): Promise<void>
}

/** Opens the key and the store, and makes an issuer of them. Close it when done. */
export const openIssuer = async (options: IssuerFileOptions, terminal: Terminal): Promise<OpenedIssuer> => {
  const { did, signer } = await openSigner(options, terminal)
  const store =
    options.store === undefined ? withoutStore(options, terminal) : await openStore(options.store, options, terminal)
  try {
    const issuer = createIssuer({
      id: did,
      signer,
      ...store.where,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.ods === undefined ? {} : { odsCode: options.ods }),
    })
    const { settings } = store
    return { issuer, signer, store: store.store, ...(settings ? { settings } : {}), close: store.close }
  } catch (error) {
    await store.close()
    throw error
  }
}
