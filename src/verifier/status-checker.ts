import { asArray } from '../core/json.js'
import type { DidResolver } from '../dids/resolver.js'
import type { ContextRules, ReadCredential } from '../formats/input.js'
import { readInput } from '../formats/read.js'
import type { CertificateTrust } from '../ports/certificate-trust.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import type { VersionMemory } from '../ports/version-memory.js'
import type { ListKind } from '../status/entry.js'
import { createListSource } from '../status/list-source.js'
import type { RefusedList, VerifiedList } from '../status/lists.js'
import { createStatusReader } from '../status/reader.js'
import type { OpenedTrustList } from '../trust/open.js'
import { maySpeakForStatus } from '../trust/trust.js'
import { openedTrust, type StatusChecker } from './case.js'
import { createFindKey } from './find-key.js'
import { issuanceTimes } from './issuance-times.js'
import { type ListToken, readListToken } from './list-token.js'
import { verifyBounded } from './verify-bounded.js'

/** What asking about status needs. */
export interface StatusCheckerOptions {
  readonly resolver: DidResolver
  /** Status list credentials at hand. */
  readonly supplied: readonly SuppliedList[]
  readonly rules: ContextRules
  readonly fetch?: GuardedFetch
  readonly versionMemory?: VersionMemory
  /** Where the policy binds issuers by certificate. */
  readonly certificates?: CertificateTrust
}

/** A status list at hand, read once and copied: a credential or a token. */
export class SuppliedList {
  readonly kind: ListKind
  readonly url: unknown
  readonly read: ReadCredential | ListToken

  constructor(kind: ListKind, url: unknown, read: ReadCredential | ListToken) {
    this.kind = kind
    this.url = url
    this.read = read
  }
}

const KINDS: Readonly<Record<string, ListKind>> = {
  BitstringStatusListCredential: 'bitstring',
  StatusList2021Credential: 'statusList2021',
}

const readSupplied = (list: unknown, rules: ContextRules): SuppliedList | undefined => {
  const token = readListToken(list, rules)
  if (token) return new SuppliedList('token', token.url, token)
  const read = readInput(list, rules)
  if (!read.ok || read.input.kind !== 'credential') return undefined
  const { types, document } = read.input
  const kind = types.flatMap((type) => (Object.hasOwn(KINDS, type) ? (KINDS[type] ?? []) : []))[0]
  return kind && new SuppliedList(kind, document.id, read.input)
}

/** Whether a text is a status list of any kind that a verifier with these rules can be supplied with. */
export function isStatusList(list: unknown, rules: ContextRules): boolean {
  return readSupplied(list, rules) !== undefined
}

/**
 * Reads the lists that a caller supplies.
 * @throws TypeError naming those that are no status lists
 */
export const readSuppliedLists = (lists: readonly unknown[], rules: ContextRules): readonly SuppliedList[] => {
  const read = lists.map((list) => readSupplied(list, rules))
  const bad = read.flatMap((list, index) => (list ? [] : [index]))
  if (bad.length > 0) throw new TypeError(`statusLists holds what is no status list credential, at ${bad.join(', ')}`)
  return read.filter((list) => list !== undefined)
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

const readList = (list: unknown, rules: ContextRules): ReadCredential | undefined => {
  if (list instanceof SuppliedList) return 'document' in list.read ? list.read : undefined
  const read = readInput(list, rules)
  return read.ok && read.input.kind === 'credential' ? read.input : undefined
}

const readToken = (list: unknown, rules: ContextRules): ListToken | undefined => {
  if (list instanceof SuppliedList) return 'claims' in list.read ? list.read : undefined
  return readListToken(list, rules)
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

const SECOND = 1000

const stated = ({ claims }: ListToken): readonly number[] =>
  typeof claims.iat === 'number' ? [claims.iat * SECOND] : []

// An issuer that is known by certificate signs its lists so, too.
const keyOf = (token: ListToken, { now, opened }: Asking, { resolver, certificates }: StatusCheckerOptions) => {
  const { header, keyId } = token.jws
  const chain = header.x5c === undefined ? undefined : asArray(header.x5c).map(String)
  const findKey = createFindKey({
    owner: token.issuer,
    binding: certificates && chain ? 'certificate' : 'issuer',
    opened,
    resolver,
    signedAt: () => stated(token),
    at: now,
    ...(certificates ? { certificates } : {}),
  })
  return keyId === undefined && !chain ? undefined : findKey(keyId ?? 'x5c', 'assertionMethod', chain)
}

const signatureHolds = async (
  token: ListToken,
  asking: Asking,
  options: StatusCheckerOptions,
): Promise<RefusedList | undefined> => {
  const { jws } = token
  const found = await keyOf(token, asking, options)
  if (!found?.ok) {
    const isUnknown = found?.outcome === 'inconclusive'
    return isUnknown ? refused('status.listUnavailable', 'inconclusive') : refused('status.listSignatureInvalid')
  }
  const { key } = found
  const holds = key.algorithm === jws.algorithm && (await key.verify(jws.signingInput, jws.signature))
  return holds ? undefined : refused('status.listSignatureInvalid')
}

/** As `verifyList`, for a Status List Token. */
const verifyToken = async (
  token: ListToken | undefined,
  credentialIssuer: string,
  asking: Asking,
  options: StatusCheckerOptions,
): Promise<VerifiedList | RefusedList> => {
  // It must say when it was made, for the key that made it and for the reader (Token Status List, section 5.1).
  if (typeof token?.claims.iat !== 'number') return refused('status.listMalformed')
  const { issuer, claims, digest } = token
  if (!maySpeakForStatus(asking.opened.list, issuer, credentialIssuer)) return refused('status.listIssuerNotAllowed')
  return (await signatureHolds(token, asking, options)) ?? { ok: true, document: claims, issuer, digest }
}

/**
 * Creates a checker over the lists at hand and, where a fetcher is given, the network. It is asked only about issuers
 * who are trusted, so there is always a trust list to judge a list's issuer by.
 */
export const createStatusChecker = (options: StatusCheckerOptions): StatusChecker => {
  let asking: Asking | undefined
  const source = createListSource({
    verifyList: async (list, credentialIssuer, kind) => {
      if (!asking) return refused('status.listUnavailable', 'inconclusive')
      return kind === 'token'
        ? verifyToken(readToken(list, options.rules), credentialIssuer, asking, options)
        : verifyList(readList(list, options.rules), credentialIssuer, asking, options)
    },
    supplied: (url, kind) => options.supplied.filter((list) => list.url === url && list.kind === kind),
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
      const stated = { credentialStatus: input.document.credentialStatus, statusClaim: input.status }
      return reader.check(stated, {
        credentialIssuer: input.issuer,
        now: moments.now,
        ...(moments.at === undefined ? {} : { at: moments.at }),
        requiredPurposes: row?.statusPurposes ?? [],
      })
    },
  }
}
