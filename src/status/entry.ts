import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { StatusIndex, StatusPurpose } from '../ports/status-list-store.js'

/** A status entry of a credential, read. */
export interface StatusEntry {
  readonly purpose: StatusPurpose
  readonly index: number
  readonly listUrl: string
}

/** A status entry, or where and why it is none. */
export type StatusEntryResult =
  | { readonly ok: true; readonly entry: StatusEntry }
  | {
      readonly ok: false
      readonly code: 'status.entryMalformed' | 'status.indexMalformed' | 'status.indexOutOfRange'
      readonly path: string
    }

const TYPE = 'BitstringStatusListEntry'
const PURPOSES: readonly StatusPurpose[] = ['revocation', 'suspension']
// One spelling for each index: readers must not disagree about which bit is meant.
const INDEX = /^(?:0|[1-9][0-9]*)$/

/** The address at which a list is published. */
export const listUrl = (statusUrl: string, list: string): string => `${statusUrl}/${list}`

/**
 * The `credentialStatus` entry for a place in a list.
 * @see Bitstring Status List 1.0, section 2.1
 */
export const toStatusEntry = (place: StatusIndex, statusUrl: string): JsonObject => {
  const url = listUrl(statusUrl, place.list)
  return {
    id: `${url}#${place.index}`,
    type: TYPE,
    statusPurpose: place.purpose,
    statusListIndex: String(place.index),
    statusListCredential: url,
  }
}

const malformed = (path: string): StatusEntryResult => ({ ok: false, code: 'status.entryMalformed', path })

// Bitstring Status List 1.0, 2.1: absent, or 1, means one bit. Other sizes are not read here.
const isOneBit = (size: Json | undefined): boolean => size === undefined || size === 1

/** Reads one status entry, strictly: the index in plain digits, the purpose one that we know. */
export const parseStatusEntry = (json: Json): StatusEntryResult => {
  if (!isJsonObject(json)) return malformed('')
  const { type, statusPurpose, statusListIndex, statusListCredential, statusSize } = json
  if (type !== TYPE) return malformed('/type')
  const purpose = PURPOSES.find((known) => known === statusPurpose)
  if (!purpose) return malformed('/statusPurpose')
  if (!isOneBit(statusSize)) return malformed('/statusSize')
  if (typeof statusListCredential !== 'string' || !URL.canParse(statusListCredential))
    return malformed('/statusListCredential')
  if (typeof statusListIndex !== 'string' || !INDEX.test(statusListIndex))
    return { ok: false, code: 'status.indexMalformed', path: '/statusListIndex' }
  const index = Number(statusListIndex)
  if (!Number.isSafeInteger(index)) return { ok: false, code: 'status.indexOutOfRange', path: '/statusListIndex' }
  return { ok: true, entry: { purpose, index, listUrl: statusListCredential } }
}
