import { britishDate, parseDateTime } from '../codec/date-time.js'
import { LIMITS } from '../core/limits.js'
import { type CheckResult, type Evidence, failed, passed } from '../core/outcome.js'
import type { IssuerRole } from '../credentials/define.js'
import type { VersionMemory } from '../ports/version-memory.js'
import { type Anchor, anchorJwk, type OpenedTrustList, openTrustList, type TrustFaultCode } from './open.js'
import type { IssuingPermission, TrustedKey, TrustedOrganisation, TrustList } from './trust-list.js'

/** A trust list to judge by at a moment, or why there is none. */
export type TrustAnswer =
  | OpenedTrustList
  | { readonly ok: false; readonly code: TrustFaultCode; readonly evidence: Evidence }

/** A signed trust list and its anchor, opened once. */
export interface Trust {
  /**
   * The list to judge by (milliseconds since 1970). A list in force now answers for the past too: its entries say what
   * held when. One that has expired still answers for a moment at which it was in force.
   * @param now the time of the verification
   * @param askedAt the past moment asked about, if it is not now
   * @throws PassportError `key.rejected` when the anchor's key is unsound, and whatever the version memory throws
   */
  at(now: number, askedAt?: number): Promise<TrustAnswer>
}

/** What trust is made of. */
export interface TrustOptions {
  readonly signed: string | Uint8Array
  readonly anchor: Anchor
  /** Remembers the newest version seen, so that an older list is refused. */
  readonly versionMemory?: VersionMemory
}

// A list says the same few times over and over.
const times = new Map<string, number | undefined>()

const parsedOnce = (text: string): number | undefined => {
  if (times.has(text)) return times.get(text)
  if (times.size >= LIMITS.cacheEntries) times.clear()
  const parsed = parseDateTime(text)
  times.set(text, parsed)
  return parsed
}

const time = (text: string | undefined, otherwise: number): number =>
  (text === undefined ? undefined : parsedOnce(text)) ?? otherwise

const evidenceOf = ({ list, digest }: OpenedTrustList): Evidence => ({
  listVersion: list.version,
  listDigest: digest,
  listIssuedAt: list.issuedAt,
  listExpiresAt: list.expiresAt,
})

type Standing = 'inForce' | 'archived' | 'issuerTrust.listExpired' | 'issuerTrust.listNotYetValid'

const standing = ({ issuedAt, expiresAt }: TrustList, now: number, askedAt: number | undefined): Standing => {
  const from = time(issuedAt, Number.POSITIVE_INFINITY)
  const until = time(expiresAt, Number.NEGATIVE_INFINITY)
  if (from > now + LIMITS.clockSkew) return 'issuerTrust.listNotYetValid'
  if (now < until) return 'inForce'
  if (askedAt === undefined || askedAt >= until) return 'issuerTrust.listExpired'
  return askedAt < from ? 'issuerTrust.listNotYetValid' : 'archived'
}

/**
 * Creates trust from a signed list and the anchor that you were given out of band. The list is opened when first asked.
 * @throws TypeError when the anchor is not one
 */
export const createTrust = (options: TrustOptions): Trust => {
  const anchor = { ...anchorJwk(options.anchor) }
  let opening: ReturnType<typeof openTrustList> | undefined
  const open = () => {
    opening ??= openTrustList(options.signed, anchor)
    return opening
  }
  return {
    at: async (now, askedAt) => {
      const opened = await open()
      if (!opened.ok) return { ...opened, evidence: {} }
      const refuse = (code: TrustFaultCode): TrustAnswer => ({ ok: false, code, evidence: evidenceOf(opened) })
      const stands = standing(opened.list, now, askedAt)
      // An auditor who brings the list of that time brings an older one: that is no rollback.
      if (stands === 'archived') return opened
      if (stands !== 'inForce') return refuse(stands)
      if (!options.versionMemory) return opened
      // Loaded where somebody remembers.
      const { compareWithSeen } = await import('./compare-with-seen.js')
      const fault = await compareWithSeen(opened, options.versionMemory)
      return fault ? refuse(fault) : opened
    },
  }
}

const indices = new WeakMap<TrustList, ReadonlyMap<string, TrustedOrganisation>>()

// A national list has hundreds of organisations, and a verifier asks for the same ones over and over.
const byIssuer = (list: TrustList): ReadonlyMap<string, TrustedOrganisation> => {
  const known = indices.get(list)
  if (known) return known
  const pairs = list.organisations.flatMap((organisation) =>
    organisation.issuers.map((issuer) => [issuer, organisation] as const),
  )
  const index = new Map(pairs)
  indices.set(list, index)
  return index
}

/**
 * The organisation that issues under this identifier, compared byte for byte: nothing is decoded or normalised. The list
 * must not be changed afterwards.
 */
export const findOrganisation = (list: TrustList, issuer: string): TrustedOrganisation | undefined =>
  byIssuer(list).get(issuer)

/** The organisation's listed key of this id. */
export const findTrustedKey = (organisation: TrustedOrganisation, keyId: string): TrustedKey | undefined =>
  organisation.keys?.find(({ id }) => id === keyId)

/** What may be said of a key and a moment. */
export type KeyVerdict = 'inUse' | 'outsideWindow' | 'compromised'

/**
 * Whether a key was in use when a credential was issued. Once a key is compromised, the credential's own date proves
 * nothing: only a moment that the caller can vouch for (`registeredAt`), before the compromise, does.
 */
export const keyVerdict = (key: TrustedKey, issuedAt: number, registeredAt?: number): KeyVerdict => {
  if (key.compromisedAt !== undefined && !(registeredAt !== undefined && registeredAt < time(key.compromisedAt, 0)))
    return 'compromised'
  const from = time(key.validFrom, Number.POSITIVE_INFINITY) - LIMITS.clockSkew
  return from <= issuedAt && issuedAt < time(key.validUntil, Number.POSITIVE_INFINITY) ? 'inUse' : 'outsideWindow'
}

const isOpen = ({ opened, closed }: TrustedOrganisation, moment: number): boolean =>
  (opened === undefined || opened <= britishDate(moment)) && (closed === undefined || britishDate(moment) <= closed)

const isWithin = ({ from, until }: IssuingPermission, moment: number): boolean =>
  time(from, Number.NEGATIVE_INFINITY) <= moment && moment < time(until, Number.POSITIVE_INFINITY)

/** What is asked of trust about one credential. */
export interface IssuerQuestion {
  readonly issuer: string
  /** `undefined` for a credential of no type in the catalogue. */
  readonly type: string | undefined
  /** Roles that the catalogue lets issue the type. */
  readonly allowedRoles: readonly IssuerRole[]
  /** When the credential was issued (milliseconds since 1970). */
  readonly issuedAt: number
}

const evidenceAbout = ({ list, digest }: OpenedTrustList, { id, name, odsCode }: TrustedOrganisation): Evidence => ({
  listVersion: list.version,
  listDigest: digest,
  listIssuedAt: list.issuedAt,
  listExpiresAt: list.expiresAt,
  organisation: id,
  organisationName: name,
  ...(odsCode === undefined ? {} : { odsCode }),
})

/** Whether the list lets this issuer issue this type, then: the answer to the `issuerTrust` check. */
export const mayIssue = (opened: OpenedTrustList, question: IssuerQuestion): CheckResult => {
  const organisation = findOrganisation(opened.list, question.issuer)
  if (!organisation) return failed('issuerTrust.unknownIssuer', evidenceOf(opened))
  const evidence = evidenceAbout(opened, organisation)
  const permissions = organisation.mayIssue.filter(({ type }) => type === '*' || type === question.type)
  const hasRole = organisation.roles.some((role) => question.allowedRoles.includes(role))
  if (question.type === undefined || permissions.length === 0 || !hasRole)
    return failed('issuerTrust.typeNotAllowed', evidence)
  if (!isOpen(organisation, question.issuedAt)) return failed('issuerTrust.organisationNotOpen', evidence)
  if (!permissions.some((permission) => isWithin(permission, question.issuedAt)))
    return failed('issuerTrust.notAllowedAtTime', evidence)
  return passed(evidence)
}

// A successor may itself have been succeeded, any number of times.
const successorsOf = (list: TrustList, organisation: TrustedOrganisation): readonly TrustedOrganisation[] => {
  const found = new Set([organisation])
  for (const { successors = [] } of found) {
    for (const other of list.organisations) if (successors.includes(other.id)) found.add(other)
  }
  return [...found].slice(1)
}

/**
 * Whether `listIssuer` may publish the status of what `credentialIssuer` issued: the same organisation, one that
 * succeeded it, or one it is listed as having delegated to.
 */
export const maySpeakForStatus = (list: TrustList, listIssuer: string, credentialIssuer: string): boolean => {
  const organisation = findOrganisation(list, credentialIssuer)
  if (!organisation) return false
  return (
    organisation.issuers.includes(listIssuer) ||
    (organisation.statusListIssuers ?? []).includes(listIssuer) ||
    successorsOf(list, organisation).some(({ issuers }) => issuers.includes(listIssuer))
  )
}
