import { isDate, parseDateTime } from '../codec/date-time.js'
import { parseDid } from '../codec/did.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { ISSUER_ROLES, type IssuerRole } from '../credentials/define.js'
import { algorithmOfCurve } from '../crypto/algorithms.js'
import type { PublicKeyJwk } from '../ports/signer.js'

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

type Check = (value: Json, path: string) => readonly Fault[]

const fault = (path: string): readonly Fault[] => [{ path, code: 'issuerTrust.listMalformed' }]
const where =
  (holds: (value: Json) => boolean): Check =>
  (value, path) =>
    holds(value) ? [] : fault(path)

const text = where((value) => typeof value === 'string' && value.trim().length > 0 && value.length <= 500)
const moment = where((value) => typeof value === 'string' && parseDateTime(value) !== undefined)
const date = where((value) => typeof value === 'string' && isDate(value))
const odsCode = where((value) => typeof value === 'string' && /^[A-Z0-9]{3,10}$/.test(value))
const shortId = where((value) => typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value))
const role = where((value) => ISSUER_ROLES.some((known) => known === value))
const isHttps = (value: string): boolean => /^https:\/\/[a-z0-9]/.test(value) && URL.canParse(value)
const issuerId = where((value) => typeof value === 'string' && (parseDid(value) !== undefined || isHttps(value)))
const version = where((value) => Number.isSafeInteger(value) && Number(value) >= 1)
const jwk = where(
  (value) => isJsonObject(value) && algorithmOfCurve(value.kty, value.crv) !== undefined && !Object.hasOwn(value, 'd'),
)

const list =
  (item: Check, least = 0): Check =>
  (value, path) =>
    Array.isArray(value) && value.length >= least
      ? value.flatMap((entry, index) => item(entry, `${path}/${index}`))
      : fault(path)

interface Members {
  readonly [name: string]: { readonly check: Check; readonly optional?: true }
}

const object =
  (members: Members): Check =>
  (value, path) => {
    if (!isJsonObject(value)) return fault(path)
    const unknown = Object.keys(value).some((name) => !Object.hasOwn(members, name)) ? fault(`${path}/*`) : []
    const known = Object.entries(members).flatMap(([name, { check, optional }]) => {
      const entry = value[name]
      if (entry === undefined) return optional ? [] : fault(`${path}/${name}`)
      return check(entry, `${path}/${name}`)
    })
    return [...unknown, ...known]
  }

const optional = (check: Check) => ({ check, optional: true }) as const
const needed = (check: Check) => ({ check })

const KEY = object({
  id: needed(text),
  publicKeyJwk: needed(jwk),
  validFrom: needed(moment),
  validUntil: optional(moment),
  compromisedAt: optional(moment),
})

const PERMISSION = object({ type: needed(text), from: optional(moment), until: optional(moment) })

const ORGANISATION = object({
  id: needed(shortId),
  name: needed(text),
  odsCode: optional(odsCode),
  opened: optional(date),
  closed: optional(date),
  successors: optional(list(shortId)),
  roles: needed(list(role, 1)),
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

// What no single member shows: names used twice, and references that lead nowhere.
const crossFaults = (trustList: TrustList): readonly Fault[] => {
  const ids = new Set<string>()
  const issuers = new Set<string>()
  const repeated = (seen: Set<string>, name: string): boolean => seen.size === seen.add(name).size
  return trustList.organisations.flatMap((organisation, index) => {
    const path = `/organisations/${index}`
    const known = (id: string): boolean => trustList.organisations.some((other) => other.id === id)
    return [
      ...(repeated(ids, organisation.id) ? fault(`${path}/id`) : []),
      ...organisation.issuers.flatMap((issuer, at) =>
        repeated(issuers, issuer) ? fault(`${path}/issuers/${at}`) : [],
      ),
      ...(organisation.successors ?? []).flatMap((id, at) => (known(id) ? [] : fault(`${path}/successors/${at}`))),
    ]
  })
}

/** Reads a trust list strictly: every member known, every date real, no name used twice. Lists every fault. */
export const parseTrustList = (json: Json): ParsedTrustList => {
  const faults = TRUST_LIST(json, '')
  if (faults.length > 0) return { ok: false, faults }
  const trustList = json as unknown as TrustList
  const crossed = crossFaults(trustList)
  return crossed.length > 0 ? { ok: false, faults: crossed } : { ok: true, list: trustList }
}

/** A trust list as JSON. */
export const trustListJson = (trustList: TrustList): JsonObject => JSON.parse(JSON.stringify(trustList))
