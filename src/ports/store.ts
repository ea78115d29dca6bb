import type { ExchangeStore } from './exchange-store.js'
import type { IssuanceRegister } from './issuance-register.js'
import type { StatusListStore } from './status-list-store.js'
import type { VersionMemory } from './version-memory.js'

/** Everything an issuer or a verifier keeps, in one place. */
export interface Store {
  readonly register: IssuanceRegister
  readonly statusLists: StatusListStore
  readonly versionMemory: VersionMemory
  readonly exchanges: ExchangeStore
  /** Gives back what the store holds. Afterwards its methods throw `store.closed`. */
  close(): Promise<void>
}
