import { parseDateTime } from '../codec/date-time.js'
import { parseDid } from '../codec/did.js'
import { isPlainText } from '../codec/plain-text.js'
import type { CheckCode } from '../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { VCDM_2_CONTEXT } from './contexts.js'
import { DIGEST_MEMBERS, isDigest } from './resource-digests.js'

type Check = (value: Json, path: string) => readonly Fault[]

const fault = (path: string, code: CheckCode = 'format.malformed'): readonly Fault[] => [{ path, code }]
const ok: readonly Fault[] = []

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/

/** Whether a text is an absolute URL, a DID among them, without white space, control, direction or invisible characters. */
export const isUrl = (value: Json | undefined): value is string => {
  if (!isPlainText(value, Number.POSITIVE_INFINITY) || /\s/.test(value) || !SCHEME.test(value)) return false
  if (value.startsWith('did:')) return parseDid(value.split(/[#?/]/, 1)[0] ?? '') !== undefined
  // Whatever follows it is an opaque path.
  return value.startsWith('urn:') || URL.canParse(value)
}

const url: Check = (value, path) => (isUrl(value) ? ok : fault(path, 'format.invalidIdentifier'))
const moment: Check = (value, path) =>
  typeof value === 'string' && parseDateTime(value) !== undefined ? ok : fault(path, 'format.invalidDateTime')
const text: Check = (value, path) => (typeof value === 'string' && value.length > 0 ? ok : fault(path))
const object: Check = (value, path) => (isJsonObject(value) && Object.keys(value).length > 0 ? ok : fault(path))

// A name or description: a text, or a value in a language, or several of these (VCDM 2.0, 11.1).
const inLanguages: Check = (value, path) =>
  asArray(value).every(
    (entry) => typeof entry === 'string' || (isJsonObject(entry) && typeof entry['@value'] === 'string'),
  )
    ? ok
    : fault(path)

const each =
  (check: Check): Check =>
  (value, path) => {
    const items = asArray(value)
    if (items.length === 0) return fault(path)
    return Array.isArray(value) ? items.flatMap((item, index) => check(item, `${path}/${index}`)) : check(value, path)
  }

const both =
  (...checks: readonly Check[]): Check =>
  (value, path) => {
    for (const check of checks) {
      const faults = check(value, path)
      if (faults.length > 0) return faults
    }
    return ok
  }

const member =
  (name: string, check: Check, needed = false): Check =>
  (value, path) => {
    const found = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
    if (found === undefined) return needed ? fault(`${path}/${name}`) : ok
    return check(found, `${path}/${name}`)
  }

const needed = (name: string, check: Check): Check => member(name, check, true)

// VCDM 2.0, 5.3: what is behind the `id`, by its digest. One that nobody can compare binds nothing.
const digests: Check = (value, path) =>
  DIGEST_MEMBERS.flatMap((name) =>
    isJsonObject(value) && Object.hasOwn(value, name) && !isDigest(name, value[name] ?? null)
      ? fault(`${path}/${name}`)
      : ok,
  )

const hasDigest: Check = (value, path) =>
  isJsonObject(value) && DIGEST_MEMBERS.some((name) => Object.hasOwn(value, name)) ? ok : fault(path)

// Each is listed once, or the digests of the one could contradict those of the other.
const distinct: Check = (value, path) => {
  const ids = asArray(value).map(identifierOf)
  return new Set(ids).size === ids.length ? ok : fault(path)
}

// VCDM 2.0, 4.4 and on: objects of a stated type, with a URL as their id where they have one.
const typed = (...more: readonly Check[]): Check =>
  each(both(object, member('id', url), needed('type', each(text)), digests, ...more))

const issuer: Check = (value, path) =>
  isJsonObject(value)
    ? both(needed('id', url), member('name', inLanguages), member('description', inLanguages))(value, path)
    : url(value, path)

const isKnownFirst = (value: Json): boolean => asArray(value)[0] === VCDM_2_CONTEXT
const context: Check = (value, path) => (isKnownFirst(value) ? ok : fault(path, 'format.contextNotAllowed'))
const named =
  (type: string): Check =>
  (value, path) =>
    asArray(value).includes(type) ? each(text)(value, path) : fault(path, 'format.typeMismatch')

const CREDENTIAL: readonly Check[] = [
  needed('@context', context),
  needed('type', named('VerifiableCredential')),
  member('id', url),
  needed('issuer', issuer),
  needed('credentialSubject', each(both(object, member('id', url)))),
  member('validFrom', moment),
  member('validUntil', moment),
  member('name', inLanguages),
  member('description', inLanguages),
  member('credentialStatus', typed()),
  member('credentialSchema', typed(needed('id', url))),
  member('evidence', typed()),
  member('termsOfUse', typed()),
  member('refreshService', typed()),
  member(
    'relatedResource',
    both(each(both(object, needed('id', url), hasDigest, digests, member('mediaType', text))), distinct),
  ),
]

const PRESENTATION: readonly Check[] = [
  needed('@context', context),
  needed('type', named('VerifiablePresentation')),
  member('id', url),
  member('holder', issuer),
  member('verifiableCredential', each(object)),
]

const SHAPES = { credential: CREDENTIAL, presentation: PRESENTATION } as const

/**
 * Checks a document against the data model, without what secures it. Lists every fault.
 * @see Verifiable Credentials Data Model 2.0, section 4
 */
export const checkShape = (document: JsonObject, kind: 'credential' | 'presentation'): readonly Fault[] =>
  SHAPES[kind].flatMap((check) => check(document, ''))

/** The identifier in a member that is a URL or an object with an id. */
export const identifierOf = (value: Json | undefined): string | undefined => {
  const id = isJsonObject(value) ? value.id : value
  return typeof id === 'string' ? id : undefined
}
