import type { DidResolver } from '../dids/resolver.js'
import type { ContextRules, ReadCredential, ReadResult } from '../formats/input.js'
import { readInput } from '../formats/read.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import type { VersionMemory } from '../ports/version-memory.js'
import { createListSource } from '../status/list-source.js'
import type { RefusedList, VerifiedList } from '../status/lists.js'
import { createStatusReader } from '../status/reader.js'
import type { OpenedTrustList } from '../trust/open.js'
import { maySpeakForStatus } from '../trust/trust.js'
import { openedTrust, type StatusChecker } from './case.js'
import { createFindKey } from './find-key.js'
import { issuanceTimes } from './issuance-times.js'
import { verifyBounded } from './verify-bounded.js'

/** What asking about status needs. */
export interface StatusCheckerOptions {
  readonly resolver: DidResolver
  /** Status list credentials at hand. */
  readonly supplied: readonly SuppliedList[]
  readonly rules: ContextRules
  readonly fetch?: GuardedFetch
  readonly versionMemory?: VersionMemory
}

/** A status list at hand, read once and copied. */
export class SuppliedList {
  readonly input: ReadCredential

  constructor(input: ReadCredential) {
    this.input = input
  }
}

/**
 * Reads the lists that a caller supplies.
 * @throws TypeError naming those that are no status list credentials
 */
export const readSuppliedLists = (lists: readonly unknown[], rules: ContextRules): readonly SuppliedList[] => {
  const reads = lists.map((list) => readInput(list, rules))
  const isList = (read: ReadResult): boolean =>
    read.ok && read.input.kind === 'credential' && read.input.types.includes('BitstringStatusListCredential')
  const bad = reads.flatMap((read, index) => (isList(read) ? [] : [index]))
  if (bad.length > 0) throw new TypeError(`statusLists holds what is no status list credential, at ${bad.join(', ')}`)
  return reads.flatMap((read) => (read.ok && read.input.kind === 'credential' ? [new SuppliedList(read.input)] : []))
}

const refused = (code: RefusedList['code'], outcome: RefusedList['outcome'] = 'failed'): RefusedList => ({
  ok: false,
  outcome,
  code,
})

interface Asking {
  readonly now: number
  readonly opened: OpenedTrustList
}

const readList = (credential: unknown, rules: ContextRules): ReadCredential | undefined => {
  if (credential instanceof SuppliedList) return credential.input
  const read = readInput(credential, rules)
  return read.ok && read.input.kind === 'credential' ? read.input : undefined
}

/** Form, then whether its issuer may speak here, then its signature: a stranger's key is never looked for. */
const verifyList = async (
  input: ReadCredential | undefined,
  credentialIssuer: string,
  { now, opened }: Asking,
  { resolver, rules }: StatusCheckerOptions,
): Promise<VerifiedList | RefusedList> => {
  if (!input) return refused('status.listMalformed')
  if (!maySpeakForStatus(opened.list, input.issuer, credentialIssuer)) return refused('status.listIssuerNotAllowed')
  const signedAt = (keyId: string) => issuanceTimes(input, keyId)
  const findKey = createFindKey({ owner: input.issuer, binding: 'issuer', opened, resolver, signedAt, at: now })
  const { extraContexts } = rules
  const { result } = await verifyBounded(input, { findKey, now, ...(extraContexts ? { extraContexts } : {}) })
  if (result.outcome === 'inconclusive') return refused('status.listUnavailable', 'inconclusive')
  if (result.outcome !== 'passed') return refused('status.listSignatureInvalid')
  return { ok: true, document: input.document, issuer: input.issuer, digest: input.sha256 }
}

/**
 * Creates a checker over the lists at hand and, where a fetcher is given, the network. It is asked only about issuers
 * who are trusted, so there is always a trust list to judge a list's issuer by.
 */
export const createStatusChecker = (options: StatusCheckerOptions): StatusChecker => {
  let asking: Asking | undefined
  const source = createListSource({
    verifyList: async (credential, credentialIssuer) =>
      asking
        ? verifyList(readList(credential, options.rules), credentialIssuer, asking, options)
        : refused('status.listUnavailable', 'inconclusive'),
    supplied: (url) => options.supplied.filter(({ input }) => input.document.id === url),
    ...(options.fetch ? { fetch: options.fetch } : {}),
    ...(options.versionMemory ? { versionMemory: options.versionMemory } : {}),
  })
  const reader = createStatusReader(source)
  return {
    check: (subject) => {
      const { moments, input, row } = subject
      const opened = openedTrust(subject)
      // The newest reading of the clock, not another: lists are judged by the moment of the verification that asks.
      if (opened) asking = { now: moments.now, opened }
      return reader.check(input.document.credentialStatus, {
        credentialIssuer: input.issuer,
        now: moments.now,
        ...(moments.at === undefined ? {} : { at: moments.at }),
        requiredPurposes: row?.statusPurposes ?? [],
      })
    },
  }
}
