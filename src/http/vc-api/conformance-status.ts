import { sha256 } from '#runtime'
import { formatDateTime } from '../../codec/date-time.js'
import { toHex } from '../../codec/hex.js'
import { canonicalizeJson } from '../../codec/jcs.js'
import { encodeUtf8 } from '../../codec/utf8.js'
import type { Clock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { asArray, type JsonObject } from '../../core/json.js'
import { credentialFormat } from '../../formats/sign.js'
import type { Signer } from '../../ports/signer.js'
import type { StatusIndex } from '../../ports/status-list-store.js'
import type { Store } from '../../ports/store.js'
import { toStatusEntry } from '../../status/entry.js'
import { createStatusPublisher, type PublishedList } from '../../status/publish.js'
import type { StatusRequest } from './issuing.js'
import { formatOfSuite, STATUS_SUITE } from './suites.js'

/** What status lists for conformance tests need. */
export interface ConformanceStatusOptions {
  readonly issuer: string
  readonly signer: Signer
  /** A store that forgets, of this issuer's own. */
  readonly store: Pick<Store, 'register' | 'statusLists'>
  readonly statusUrl: string
  readonly clock: Clock
}

/** The status lists of one issuer of documents that no catalogue knows. */
export interface ConformanceStatus {
  /** The document with a place in a list for each purpose. */
  give(document: JsonObject, credentialId: string): Promise<JsonObject>
  /** Whether this issuer gave the credential its places, and so changed its status. */
  change(request: StatusRequest): Promise<boolean>
  list(name: string): Promise<PublishedList | undefined>
}

const digestOf = (document: JsonObject): string => toHex(sha256(encodeUtf8(canonicalizeJson(document))))

const publisherFor = ({ issuer, signer, store, statusUrl, clock }: ConformanceStatusOptions) => {
  const format = formatOfSuite(STATUS_SUITE, signer.algorithm) ?? 'vc+jwt'
  const sign = (document: JsonObject) => credentialFormat(format).sign(document, signer, { created: clock.now() })
  return createStatusPublisher({ ...store, statusUrl, issuer, sign, clock })
}

const record = async (
  { issuer, store, clock }: ConformanceStatusOptions,
  document: JsonObject,
  credentialId: string,
  statusIndices: readonly StatusIndex[],
): Promise<void> => {
  const now = formatDateTime(clock.now().getTime())
  const digest = digestOf(document)
  const intent = { credentialId, issuer, type: 'VerifiableCredential', unsignedDigest: digest, statusIndices }
  await store.register.intend([{ ...intent, intendedAt: now }])
  await store.register.settle([{ credentialId, state: 'issued', issuedDigest: digest, at: now }])
}

/** Creates them. Nothing is reserved until something is issued. */
export const createConformanceStatus = (options: ConformanceStatusOptions): ConformanceStatus => {
  const { store, statusUrl, clock } = options
  const publisher = publisherFor(options)
  return {
    give: async (document, credentialId) => {
      const revocation = await store.statusLists.reserve('revocation')
      const places = [...revocation, ...(await store.statusLists.reserve('suspension'))]
      const entries = places.map((place) => toStatusEntry(place, statusUrl))
      const given = { ...document, credentialStatus: [...asArray(document.credentialStatus), ...entries] }
      await record(options, given, credentialId, places)
      return given
    },
    change: async ({ credentialId, purpose, set, reason = 'NoLongerValid' }) => {
      const at = formatDateTime(clock.now().getTime())
      try {
        await store.register.changeStatus(credentialId, { purpose, set, ...(set ? { reason } : {}), at })
        return true
      } catch (error) {
        if (error instanceof PassportError && error.code === 'store.unknownCredential') return false
        throw error
      }
    },
    list: async (name) => {
      const known = await store.statusLists.lists()
      return known.some(({ list }) => list === name) ? publisher.publish(name) : undefined
    },
  }
}
