import { setBit, setTokenEntry } from '../codec/bitstring.js'
import { formatDateTime } from '../codec/date-time.js'
import { type Clock, systemClock } from '../core/clock.js'
import type { JsonObject } from '../core/json.js'
import type { IssuanceRegister, RegisterEntry } from '../ports/issuance-register.js'
import { isSet } from '../ports/register-laws.js'
import type { ListPurpose, StatusListRecord, StatusListStore } from '../ports/status-list-store.js'
import { encodeList, encodeTokenList } from './encoded-list.js'
import { listUrl } from './entry.js'

/** What publishing needs. */
export interface StatusPublisherOptions {
  readonly register: IssuanceRegister
  readonly statusLists: StatusListStore
  /** The https address under which the lists are published, without a slash at its end. */
  readonly statusUrl: string
  /** The issuer's identifier. */
  readonly issuer: string
  readonly sign: (document: JsonObject) => Promise<JsonObject | string>
  /** Signs the claims of a Status List Token; needed where the store has lists for the `status` claim. */
  readonly signToken?: (claims: JsonObject) => Promise<string>
  readonly clock?: Clock
  /** Seconds for which a published list holds; by default a day. */
  readonly validFor?: number
  /** Seconds for which a verifier may keep it before it asks again; by default an hour. */
  readonly ttl?: number
}

/** A signed status list, to be put at its address. */
export interface PublishedList {
  readonly list: string
  readonly url: string
  readonly purpose: ListPurpose
  readonly credential: JsonObject | string
  /** How many entries are set. */
  readonly set: number
}

/** Publishes status lists as they stand in the register. */
export interface StatusPublisher {
  /** @throws TypeError when there is no such list */
  publish(list: string): Promise<PublishedList>
  publishAll(): AsyncIterable<PublishedList>
}

const DAY = 86_400
const HOUR = 3_600
const MILLISECONDS = 1_000

type Draw = (bytes: Uint8Array, index: number, entry: RegisterEntry) => void

// Token Status List, 7.1. What is revoked stays so, suspended or not.
const INVALID = 1
const SUSPENDED = 2
const TOKEN_BITS = 2

const drawBit: Draw = (bytes, index) => setBit(bytes, index)

const drawToken: Draw = (bytes, index, entry) =>
  setTokenEntry(bytes, index, TOKEN_BITS, isSet(entry, 'revocation') ? INVALID : SUSPENDED)

/** Draws a list from the register, the one truth about status. */
const drawList = async (
  register: IssuanceRegister,
  { list, entries }: StatusListRecord,
  size: number,
  draw: Draw,
): Promise<{ bytes: Uint8Array; set: number }> => {
  const bytes = new Uint8Array((entries * size) / 8)
  let set = 0
  for await (const entry of register.find({ setInList: list })) {
    for (const place of entry.statusIndices) {
      if (place.list !== list) continue
      draw(bytes, place.index, entry)
      set += 1
    }
  }
  return { bytes, set }
}

const listCredential = (
  options: StatusPublisherOptions,
  record: StatusListRecord,
  encodedList: string,
  now: number,
): JsonObject => {
  const url = listUrl(options.statusUrl, record.list)
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: options.issuer,
    validFrom: formatDateTime(now),
    validUntil: formatDateTime(now + (options.validFor ?? DAY) * MILLISECONDS),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: record.purpose,
      encodedList,
      ttl: (options.ttl ?? HOUR) * MILLISECONDS,
    },
  }
}

type Made = Pick<PublishedList, 'credential' | 'set'>

const asCredential = async (options: StatusPublisherOptions, record: StatusListRecord, now: number): Promise<Made> => {
  const { bytes, set } = await drawList(options.register, record, 1, drawBit)
  return { credential: await options.sign(listCredential(options, record, await encodeList(bytes), now)), set }
}

const asToken = async (options: StatusPublisherOptions, record: StatusListRecord, now: number): Promise<Made> => {
  if (!options.signToken) throw new TypeError('signToken is needed: the store has lists for the status claim of tokens')
  const { bytes, set } = await drawList(options.register, record, TOKEN_BITS, drawToken)
  const issuedAt = Math.floor(now / MILLISECONDS)
  const claims = {
    iss: options.issuer,
    sub: listUrl(options.statusUrl, record.list),
    iat: issuedAt,
    exp: issuedAt + (options.validFor ?? DAY),
    ttl: options.ttl ?? HOUR,
    status_list: { bits: TOKEN_BITS, lst: await encodeTokenList(bytes) },
  }
  return { credential: await options.signToken(claims), set }
}

/**
 * Creates a publisher of status lists: credentials with a bit for each, and tokens for what has a `status` claim.
 * @see Token Status List, section 5.1
 * @see Bitstring Status List 1.0, section 2.2
 */
export const createStatusPublisher = (options: StatusPublisherOptions): StatusPublisher => {
  const clock = options.clock ?? systemClock
  const publish = async (record: StatusListRecord): Promise<PublishedList> => {
    const { list, purpose } = record
    const make = purpose === 'status' ? asToken : asCredential
    const { credential, set } = await make(options, record, clock.now().getTime())
    return { list, url: listUrl(options.statusUrl, list), purpose, credential, set }
  }
  return {
    publish: async (list) => {
      const record = (await options.statusLists.lists()).find((known) => known.list === list)
      if (!record) throw new TypeError('There is no such status list')
      return publish(record)
    },
    publishAll: async function* () {
      for (const record of await options.statusLists.lists()) yield await publish(record)
    },
  }
}
