import { isDate, parseDateTime } from '../codec/date-time.js'
import { parseDid } from '../codec/did.js'
import { isPlainText } from '../codec/plain-text.js'
import { isJsonObject, type Json } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { ALGORITHMS, algorithmOfCurve } from '../crypto/algorithms.js'
import type { SignatureAlgorithm } from '../ports/signer.js'

/** Looks at one value of a trust list; the path is where it stands. */
export type Check = (value: Json, path: string) => readonly Fault[]

/** The members of an object, each with its check; no others are allowed. */
export interface Members {
  readonly [name: string]: { readonly check: Check; readonly optional?: true }
}

/** Something is wrong at this path. */
export const faultAt = (path: string): readonly Fault[] => [{ path, code: 'issuerTrust.listMalformed' }]

const where =
  (holds: (value: Json) => boolean): Check =>
  (value, path) =>
    holds(value) ? [] : faultAt(path)

const whereText = (holds: (text: string) => boolean): Check =>
  where((value) => typeof value === 'string' && holds(value))

/** One of these texts. */
export const oneOf = (texts: readonly string[]): Check => whereText((text) => texts.includes(text))

const ODS_CODE = /^[A-Z0-9]{3,10}$/
const SHORT_ID = /^[a-z0-9][a-z0-9-]{0,63}$/
const TYPE = /^(?:\*|[A-Za-z][A-Za-z0-9]{0,99})$/
const KEY_ID = /^[!-~]{1,4096}$/

/** A line of text for people. */
export const text = where((value) => isPlainText(value))
/** A moment, RFC 3339 with its zone. */
export const moment = whereText((value) => parseDateTime(value) !== undefined)
/** A real calendar date. */
export const date = whereText(isDate)
/** An ODS code: three to ten capitals and digits. */
export const odsCode = whereText((value) => ODS_CODE.test(value))
/** A short name within the list. */
export const shortId = whereText((value) => SHORT_ID.test(value))
/** The name of a credential type, or `*`. */
export const typeName = whereText((value) => TYPE.test(value))
/** The name of a key, as proofs and tokens write it. */
export const keyId = whereText((value) => KEY_ID.test(value))

// As an address shows it, so that no two spellings of one issuer can stand in the list.
const isHttps = (value: string): boolean => {
  if (!/^https:\/\/[!-~]+$/.test(value) || !URL.canParse(value)) return false
  const { href, username, password, hash } = new URL(value)
  return (href === value || href === `${value}/`) && username === '' && password === '' && hash === ''
}

/** Who issues: a DID or an https identifier. */
export const issuerId = whereText((value) => parseDid(value) !== undefined || isHttps(value))
/** A whole number from 1. */
export const version = where((value) => Number.isSafeInteger(value) && Number(value) >= 1)

const isRepeated = (values: readonly Json[], index: number): boolean => {
  const value = values[index]
  return typeof value === 'string' && values.indexOf(value) !== index
}

/** A list of at least so many; no text stands in it twice. */
export const list =
  (item: Check, least = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < least) return faultAt(path)
    return value.flatMap((entry, index) => {
      const found = item(entry, `${path}/${index}`)
      return found.length === 0 && isRepeated(value, index) ? faultAt(`${path}/${index}`) : found
    })
  }

/** An object of these members and no others. An unknown member is reported as `*`. */
export const object =
  (members: Members): Check =>
  (value, path) => {
    if (!isJsonObject(value)) return faultAt(path)
    const unknown = Object.keys(value).some((name) => !Object.hasOwn(members, name)) ? faultAt(`${path}/*`) : []
    const known = Object.entries(members).flatMap(([name, { check, optional }]) => {
      const entry = Object.hasOwn(value, name) ? value[name] : undefined
      if (entry === undefined) return optional ? [] : faultAt(`${path}/${name}`)
      return check(entry, `${path}/${name}`)
    })
    return [...unknown, ...known]
  }

/** A member that must be there. */
export const needed = (check: Check) => ({ check })

/** A member that may be left out. */
export const optional = (check: Check) => ({ check, optional: true }) as const

const COORDINATE = /^[A-Za-z0-9_-]+$/
const coordinate = (bytes: number): Check =>
  whereText((value) => value.length === Math.ceil((bytes * 4) / 3) && COORDINATE.test(value))
const anything: Check = () => []
const hint = optional(whereText(() => true))

const publicKey = (algorithm: SignatureAlgorithm): Check => {
  const { kty, coordinateBytes } = ALGORITHMS[algorithm]
  const axis = needed(coordinate(coordinateBytes))
  const hints = { alg: hint, use: hint, kid: hint }
  return object({
    kty: needed(anything),
    crv: needed(anything),
    x: axis,
    ...(kty === 'EC' ? { y: axis } : {}),
    ...hints,
  })
}

/** A public JWK of an algorithm of ours, and nothing private. Whether its point is sound is asked when it is imported. */
export const publicJwk: Check = (value, path) => {
  const algorithm = isJsonObject(value) ? algorithmOfCurve(value.kty, value.crv) : undefined
  return algorithm ? publicKey(algorithm)(value, path) : faultAt(path)
}
