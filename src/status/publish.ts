import { setBit } from '../codec/bitstring.js'
import { formatDateTime } from '../codec/date-time.js'
import { type Clock, systemClock } from '../core/clock.js'
import type { JsonObject } from '../core/json.js'
import type { IssuanceRegister } from '../ports/issuance-register.js'
import type { ListPurpose, StatusListRecord, StatusListStore } from '../ports/status-list-store.js'
import { encodeList } from './encoded-list.js'
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

/** Draws a list's bits from the register, the one truth about status. */
const drawBits = async (
  register: IssuanceRegister,
  record: StatusListRecord,
): Promise<{ bits: Uint8Array; set: number }> => {
  const bits = new Uint8Array(record.entries / 8)
  let set = 0
  for await (const entry of register.find({ setInList: record.list })) {
    for (const place of entry.statusIndices) {
      if (place.list !== record.list) continue
      setBit(bits, place.index)
      set += 1
    }
  }
  return { bits, set }
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

/**
 * Creates a publisher of status lists.
 * @see Bitstring Status List 1.0, section 2.2
 */
export const createStatusPublisher = (options: StatusPublisherOptions): StatusPublisher => {
  const clock = options.clock ?? systemClock
  const publish = async (record: StatusListRecord): Promise<PublishedList> => {
    const { bits, set } = await drawBits(options.register, record)
    const document = listCredential(options, record, await encodeList(bits), clock.now().getTime())
    const { list, purpose } = record
    return { list, url: listUrl(options.statusUrl, list), purpose, credential: await options.sign(document), set }
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
