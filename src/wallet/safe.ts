import { asJsonObject, isJsonObject, type JsonObject } from '../core/json.js'
import { createSeal } from '../crypto/seal.js'
import type { WalletStorage } from '../ports/wallet-storage.js'
import type { PrivateKeyJwk } from '../runtime/runtime.js'

/** A credential that a wallet holds. */
export interface HeldCredential {
  /** The wallet's own name for it. */
  readonly id: string
  /** Its format, as OpenID names it. */
  readonly format: string
  /** The type of the catalogue, where it is of one. */
  readonly type?: string
  readonly credential: JsonObject | string
  /** RFC 3339, UTC. */
  readonly receivedAt: string
  readonly validUntil?: string
  /** The DID of the key that it is bound to. */
  readonly holder: string
  /** What the wallet last found out about it. */
  readonly standing: 'good' | 'revoked' | 'suspended' | 'expired' | 'unknown'
  /** Where to tell its issuer that it was deleted. */
  readonly notify?: { readonly endpoint: string; readonly id: string; readonly token: string }
}

/** What an issuer is to be told of a credential. */
export interface Notification {
  readonly endpoint: string
  readonly id: string
  readonly token: string
  readonly event: 'credential_accepted' | 'credential_failure' | 'credential_deleted'
  /** The key that the token is bound to, where it is. */
  readonly dpopKey?: PrivateKeyJwk
}

/** A key of the wallet's own. */
export interface WalletKey {
  readonly did: string
  readonly keyId: string
  readonly privateKeyJwk: PrivateKeyJwk
}

/** All that a wallet keeps. */
export interface Contents {
  readonly keys: readonly WalletKey[]
  readonly credentials: readonly HeldCredential[]
  /** What no issuer answered yet. */
  readonly unheard?: readonly Notification[]
}

/** A wallet's contents, opened; every change is written before it counts. */
export interface Safe {
  contents(): Contents
  change(make: (contents: Contents) => Contents): Promise<void>
}

const PLACE = 'wallet'
const EMPTY: Contents = { keys: [], credentials: [] }

const asContents = (json: JsonObject): Contents =>
  Array.isArray(json.keys) && Array.isArray(json.credentials) && json.keys.every(isJsonObject)
    ? (json as unknown as Contents)
    : EMPTY

/**
 * Opens a wallet's contents.
 * @throws PassportError `store.corrupt` when the key does not open them
 */
export const openSafe = async (storage: WalletStorage, sealingKey: Uint8Array): Promise<Safe> => {
  const seal = createSeal(sealingKey)
  const text = await storage.read()
  let contents = text === undefined ? EMPTY : asContents(await seal.open(text, PLACE))
  let turn: Promise<void> = Promise.resolve()
  const changeNow = async (make: (now: Contents) => Contents): Promise<void> => {
    const next = make(contents)
    await storage.write(await seal.close(asJsonObject(next), PLACE))
    contents = next
  }
  return {
    contents: () => contents,
    change: (make) => {
      const changed = turn.then(() => changeNow(make))
      turn = changed.catch(() => undefined)
      return changed
    },
  }
}
