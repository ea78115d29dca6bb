import type { CheckCode } from '../core/codes.js'
import type { JsonObject } from '../core/json.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import type { VersionMemory } from '../ports/version-memory.js'
import type { MaybePromise } from '../runtime/runtime.js'
import type { ListKind, StatusEntry } from './entry.js'

/** A status list whose signature holds and whose issuer may speak for the credential's. */
export interface VerifiedList {
  readonly ok: true
  /** The list credential's document, or the claims of a Status List Token. */
  readonly document: JsonObject
  readonly issuer: string
  /** SHA-256 of the list credential as received, in hexadecimal. */
  readonly digest: string
}

/** Why a list must not be used. */
export interface RefusedList {
  readonly ok: false
  readonly outcome: 'failed' | 'inconclusive'
  readonly code: CheckCode
}

/**
 * Verifies a status list: its form, its signature, and that its issuer may speak for the credential's. Given by the
 * verifier, which knows about trust.
 */
export type VerifyList = (
  list: unknown,
  credentialIssuer: string,
  kind: ListKind,
) => Promise<VerifiedList | RefusedList>

/** A status list, ready to be asked. */
export interface LoadedList {
  /** The value of the entry at an index, in entries of so many bits unless the list says how many. */
  readonly valueAt: (index: number, size: number) => number
  /** How many entries of so many bits there are. */
  readonly entries: (size: number) => number
  readonly issuer: string
  readonly digest: string
  readonly validFrom: string
  /** Milliseconds since 1970. */
  readonly validFromTime: number
  readonly validUntilTime: number
}

/** Where status lists come from. */
export interface ListSource {
  load(
    entry: StatusEntry,
    question: { readonly credentialIssuer: string; readonly now: number; readonly at?: number },
  ): MaybePromise<{ readonly ok: true; readonly list: LoadedList } | RefusedList>
}

/** What a source of lists is made of. */
export interface ListSourceOptions {
  readonly verifyList: VerifyList
  /** Lists at hand, found by the name they give themselves: as they were published. */
  readonly supplied?: (listUrl: string, kind: ListKind) => readonly unknown[]
  /** Without it, a list that is not at hand is `status.listUnavailable`. */
  readonly fetch?: GuardedFetch
  readonly versionMemory?: VersionMemory
}
