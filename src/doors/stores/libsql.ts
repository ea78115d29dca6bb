/** The embedded store: one file that survives a crash, shared by the processes of one machine. */

export type { AnchorOptions } from '../../adapters/libsql/anchor-file.js'
export { type LibsqlOptions, type LibsqlStore, openLibsqlStore } from '../../adapters/libsql/libsql-store.js'
export type { Store } from '../../ports/store.js'
