import { parseDateTime } from '../codec/date-time.js'
import { withoutMarks } from '../codec/without-marks.js'
import type { Json, JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { ISSUER_ROLES, type IssuerRole } from '../credentials/define.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import { jwkThumbprint } from '../crypto/keys.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import {
  date,
  faultAt,
  issuerId,
  keyId,
  list,
  moment,
  needed,
  object,
  odsCode,
  oneOf,
  optional,
  publicJwk,
  shortId,
  text,
  typeName,
  version,
} from './checks.js'

/** The media type of a signed trust list, without `application/`. */
export const TRUST_LIST_TYPE = 'staff-passport-trust-list+jwt'

/** A key that is used without resolving anything. Times are RFC 3339. */
export interface TrustedKey {
  /** The verification method, as proofs name it. */
  readonly id: string
  readonly publicKeyJwk: PublicKeyJwk
  readonly validFrom: string
  readonly validUntil?: string
  /** From this moment on somebody else may have had the key: dates in credentials prove nothing any more. */
  readonly compromisedAt?: string
}

/** Permission to issue one type, or `*` for every type that the organisation's roles allow. Times are RFC 3339. */
export interface IssuingPermission {
  readonly type: string
  readonly from?: string
  readonly until?: string
}

/** An organisation on the list. */
export interface TrustedOrganisation {
  /** A short name of its own within the list; it never changes. */
  readonly id: string
  readonly name: string
  readonly odsCode?: string
  /** Calendar dates. */
  readonly opened?: string
  readonly closed?: string
  /** Ids of the organisations that took over from it; they may revoke what it issued. */
  readonly successors?: readonly string[]
  readonly roles: readonly IssuerRole[]
  /** DIDs and https identifiers under which it issues. */
  readonly issuers: readonly string[]
  readonly keys?: readonly TrustedKey[]
  readonly mayIssue: readonly IssuingPermission[]
  /** Others that may publish its status lists. */
  readonly statusListIssuers?: readonly string[]
}

/** Who may issue what, and when. */
export interface TrustList {
  /** Only ever rises. */
  readonly version: number
  /** Who keeps the list. */
  readonly name: string
  /** RFC 3339. */
  readonly issuedAt: string
  readonly expiresAt: string
  readonly organisations: readonly TrustedOrganisation[]
}

/** A trust list, or everything that is wrong with it. */
export type ParsedTrustList =
  | { readonly ok: true; readonly list: TrustList }
  | { readonly ok: false; readonly faults: readonly Fault[] }

const KEY = object({
  id: needed(keyId),
  publicKeyJwk: needed(publicJwk),
  validFrom: needed(moment),
  validUntil: optional(moment),
  compromisedAt: optional(moment),
})

const PERMISSION = object({ type: needed(typeName), from: optional(moment), until: optional(moment) })

const ORGANISATION = object({
  id: needed(shortId),
  name: needed(text),
  odsCode: optional(odsCode),
  opened: optional(date),
  closed: optional(date),
  successors: optional(list(shortId)),
  roles: needed(list(oneOf(ISSUER_ROLES), 1)),
  issuers: needed(list(issuerId, 1)),
  keys: optional(list(KEY)),
  mayIssue: needed(list(PERMISSION)),
  statusListIssuers: optional(list(issuerId)),
})

const TRUST_LIST = object({
  version: needed(version),
  name: needed(text),
  issuedAt: needed(moment),
  expiresAt: needed(moment),
  organisations: needed(list(ORGANISATION)),
})

const LATEST = Number.POSITIVE_INFINITY

// An end that does not come after its beginning; calendar dates compare as text and may be the same day.
const endsFirst = (from: string | undefined, until: string | undefined): boolean =>
  from !== undefined && until !== undefined && (parseDateTime(until) ?? LATEST) <= (parseDateTime(from) ?? 0)

const repetitions = (names: readonly string[], pathOf: (index: number) => string): readonly Fault[] => {
  const seen = new Set<string>()
  return names.flatMap((name, index) => (seen.size === seen.add(name).size ? faultAt(pathOf(index)) : []))
}

/** A name as people read it: without case, accents and spacing. */
export const asRead = (name: string): string => withoutMarks(name).toLowerCase().replace(/\s+/g, ' ').trim()

/**
 * A code, a name and a key are each one organisation's, by whatever ids: who is compromised or closed is so under all of them.
 * Every place of what stands in two is told, so that both entries are.
 */
function identityFaults(organisations: readonly TrustedOrganisation[]): readonly Fault[] {
  const places = new Map<string, { readonly owner: number; readonly path: string; readonly isListed: boolean }[]>()
  organisations.forEach(({ name, odsCode, keys = [], issuers }, owner) => {
    const add = (what: string, member: string, isListed = false): void => {
      const place = { owner, path: `/organisations/${owner}/${member}`, isListed }
      places.set(what, [...(places.get(what) ?? []), place])
    }
    add(`name ${asRead(name)}`, 'name')
    if (odsCode !== undefined) add(odsCode, 'odsCode')
    for (const [index, { publicKeyJwk }] of keys.entries())
      add(jwkThumbprint(publicKeyJwk), `keys/${index}/publicKeyJwk`, true)
    for (const [index, issuer] of issuers.entries()) {
      const jwk = didCarriedKey(issuer)
      if (jwk) add(jwkThumbprint(jwk), `issuers/${index}`)
    }
  })
  return [...places.values()].flatMap((found) => {
    const isShared = found.some(({ owner }) => owner !== found[0]?.owner)
    const isTwice = found.filter(({ isListed }) => isListed).length > 1
    return isShared || isTwice ? found.flatMap(({ path }) => faultAt(path)) : []
  })
}

const periodFaults = ({ opened, closed, keys = [], mayIssue }: TrustedOrganisation, path: string): readonly Fault[] => [
  ...(opened !== undefined && closed !== undefined && closed < opened ? faultAt(`${path}/closed`) : []),
  ...keys.flatMap(({ validFrom, validUntil }, index) =>
    endsFirst(validFrom, validUntil) ? faultAt(`${path}/keys/${index}/validUntil`) : [],
  ),
  ...mayIssue.flatMap(({ from, until }, index) =>
    endsFirst(from, until) ? faultAt(`${path}/mayIssue/${index}/until`) : [],
  ),
]

const successorFaults = (
  { id, successors = [] }: TrustedOrganisation,
  known: ReadonlySet<string>,
  path: string,
): readonly Fault[] =>
  successors.flatMap((successor, index) =>
    successor === id || !known.has(successor) ? faultAt(`${path}/successors/${index}`) : [],
  )

const issuerFaults = (organisations: readonly TrustedOrganisation[]): readonly Fault[] => {
  const listed = organisations.flatMap(({ issuers }, organisation) =>
    issuers.map((issuer, index) => ({ issuer, path: `/organisations/${organisation}/issuers/${index}` })),
  )
  return repetitions(
    listed.map(({ issuer }) => issuer),
    (index) => listed[index]?.path ?? '/organisations',
  )
}

// What no single member shows: a name used twice, a successor that is not on the list or is the organisation itself, and
// periods that end before they begin.
const crossFaults = ({ issuedAt, expiresAt, organisations }: TrustList): readonly Fault[] => {
  const ids = organisations.map(({ id }) => id)
  const known = new Set(ids)
  return [
    ...(endsFirst(issuedAt, expiresAt) ? faultAt('/expiresAt') : []),
    ...repetitions(ids, (index) => `/organisations/${index}/id`),
    ...issuerFaults(organisations),
    ...identityFaults(organisations),
    ...organisations.flatMap((organisation, index) => {
      const path = `/organisations/${index}`
      const keyIds = (organisation.keys ?? []).map(({ id }) => id)
      return [
        ...periodFaults(organisation, path),
        ...successorFaults(organisation, known, path),
        ...repetitions(keyIds, (key) => `${path}/keys/${key}/id`),
      ]
    }),
  ]
}

/**
 * Reads a trust list strictly: every member known, every date real, no name used twice, every successor on the list.
 * Lists every fault of its shape, or else every contradiction. Whether a key is sound is asked when it is signed and when
 * it is used.
 */
export const parseTrustList = (json: Json): ParsedTrustList => {
  const faults = TRUST_LIST(json, '')
  if (faults.length > 0) return { ok: false, faults }
  const trustList = json as unknown as TrustList
  const crossed = crossFaults(trustList)
  return crossed.length > 0 ? { ok: false, faults: crossed } : { ok: true, list: trustList }
}

/** A trust list as JSON. */
export const trustListJson = (trustList: TrustList): JsonObject => JSON.parse(JSON.stringify(trustList))
