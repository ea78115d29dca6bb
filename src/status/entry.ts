import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { StatusIndex } from '../ports/status-list-store.js'

/** What a status entry is for. `message` and `refresh` inform, and decide nothing; `status` covers everything. */
export type EntryPurpose = 'revocation' | 'suspension' | 'message' | 'refresh' | 'status'

/** How the list of an entry is written and secured. */
export type ListKind = 'bitstring' | 'token' | 'statusList2021'

/** A status entry of a credential, read. */
export interface StatusEntry {
  readonly kind: ListKind
  readonly purpose: EntryPurpose
  readonly index: number
  /** Bits of each entry; of a token list the list itself says. */
  readonly size: number
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
const PURPOSES: readonly EntryPurpose[] = ['revocation', 'suspension', 'message', 'refresh']
// One spelling for each index: readers must not disagree about which bit is meant.
const INDEX = /^(?:0|[1-9][0-9]*)$/
const LARGEST_SIZE = 8

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

const sizeOf = (size: Json | undefined): number | undefined => {
  if (size === undefined) return 1
  return typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= LARGEST_SIZE ? size : undefined
}

const isMessage = (value: Json, size: number): boolean =>
  isJsonObject(value) &&
  typeof value.message === 'string' &&
  typeof value.status === 'string' &&
  /^0x[0-9a-f]{1,2}$/i.test(value.status) &&
  Number(value.status) < 2 ** size

// Bitstring Status List 1.0, 2.1: what every value means must be said where there are more than two, or for messages.
const hasMessages = ({ statusMessage }: JsonObject, purpose: EntryPurpose, size: number): boolean => {
  if (statusMessage === undefined) return size === 1 && purpose !== 'message'
  return (
    Array.isArray(statusMessage) &&
    statusMessage.length === 2 ** size &&
    statusMessage.every((one) => isMessage(one as Json, size)) &&
    // Each value is said once: of two sentences for one value, readers would choose.
    new Set(statusMessage.map((one) => (isJsonObject(one) ? Number(one.status) : undefined))).size === 2 ** size
  )
}

const readIndex = (value: Json | undefined, mayBeNumber = false): number | StatusEntryResult => {
  const text = mayBeNumber && typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !INDEX.test(text))
    return { ok: false, code: 'status.indexMalformed', path: '/statusListIndex' }
  const index = Number(text)
  return Number.isSafeInteger(index) ? index : { ok: false, code: 'status.indexOutOfRange', path: '/statusListIndex' }
}

const isUrl = (value: Json | undefined): value is string => typeof value === 'string' && URL.canParse(value)

type Parse = (json: JsonObject) => StatusEntryResult

const parseBitstring: Parse = (json) => {
  const { statusPurpose, statusListCredential, statusSize, statusListIndex } = json
  const purpose = PURPOSES.find((known) => known === statusPurpose)
  if (!purpose) return malformed('/statusPurpose')
  const size = sizeOf(statusSize)
  if (size === undefined) return malformed('/statusSize')
  if (!hasMessages(json, purpose, size)) return malformed('/statusMessage')
  if (!isUrl(statusListCredential)) return malformed('/statusListCredential')
  const index = readIndex(statusListIndex)
  if (typeof index !== 'number') return index
  return { ok: true, entry: { kind: 'bitstring', purpose, index, size, listUrl: statusListCredential } }
}

// Its predecessor (StatusList2021): one bit, the same two purposes.
const parse2021: Parse = ({ statusPurpose, statusListCredential, statusListIndex }) => {
  const purpose = (['revocation', 'suspension'] as const).find((known) => known === statusPurpose)
  if (!purpose) return malformed('/statusPurpose')
  if (!isUrl(statusListCredential)) return malformed('/statusListCredential')
  const index = readIndex(statusListIndex)
  if (typeof index !== 'number') return index
  return { ok: true, entry: { kind: 'statusList2021', purpose, index, size: 1, listUrl: statusListCredential } }
}

// As Microsoft Entra Verified ID writes it: no purpose, the index a number, the list a DID URL.
const parseRevocation2021: Parse = ({ statusListCredential, statusListIndex }) => {
  if (!isUrl(statusListCredential)) return malformed('/statusListCredential')
  const index = readIndex(statusListIndex, true)
  if (typeof index !== 'number') return index
  const purpose = 'revocation'
  return { ok: true, entry: { kind: 'statusList2021', purpose, index, size: 1, listUrl: statusListCredential } }
}

const PARSERS: Readonly<Record<string, Parse>> = {
  [TYPE]: parseBitstring,
  StatusList2021Entry: parse2021,
  RevocationList2021Status: parseRevocation2021,
}

/** Reads one entry of a document's `credentialStatus`, strictly: the index in plain digits, the purpose one that we know. */
export const parseStatusEntry = (json: Json): StatusEntryResult => {
  if (!isJsonObject(json)) return malformed('')
  const { type } = json
  const parse = typeof type === 'string' && Object.hasOwn(PARSERS, type) ? PARSERS[type] : undefined
  if (!parse) return malformed('/type')
  // Bitstring Status List 1.0, 2.1: an entry is not its list.
  if (json.id !== undefined && json.id === json.statusListCredential) return malformed('/id')
  return parse(json)
}

/**
 * Reads the `status` claim of a token, strictly: one place in one list.
 * @see Token Status List, section 6.2
 */
export const parseStatusClaim = (json: Json): StatusEntryResult => {
  const list = isJsonObject(json) ? json.status_list : undefined
  if (!isJsonObject(list)) return malformed('/status_list')
  const { idx, uri } = list
  if (!isUrl(uri)) return malformed('/status_list/uri')
  if (typeof idx !== 'number' || !Number.isInteger(idx) || idx < 0)
    return { ok: false, code: 'status.indexMalformed', path: '/status_list/idx' }
  return { ok: true, entry: { kind: 'token', purpose: 'status', index: idx, size: 1, listUrl: uri } }
}
