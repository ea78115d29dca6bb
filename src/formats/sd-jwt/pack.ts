import { encodeBase64url, randomBytes, sha256 } from '#runtime'
import { encodeUtf8 } from '../../codec/utf8.js'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'

/** A payload with digests where its holder may withhold something, and the disclosures of it all. */
export interface Packed {
  readonly payload: JsonObject
  readonly disclosures: readonly string[]
}

const SALT_BYTES = 16

const discloseAs = (...parts: readonly Json[]): string =>
  encodeBase64url(encodeUtf8(JSON.stringify([encodeBase64url(randomBytes(SALT_BYTES)), ...parts])))

const digestOf = (disclosure: string): string => encodeBase64url(sha256(encodeUtf8(disclosure)))

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const missing = (): never => {
  throw new TypeError('Every disclosable pointer must lead to a member of the document or an item of a list')
}

// The digests tell nothing of the order in which the claims stood (RFC 9901, section 4.2.4.1).
const sealed = (object: JsonObject, digest: string): JsonObject => {
  const { _sd: digests = [], ...rest } = object
  return { ...rest, _sd: [...(digests as readonly string[]), digest].sort() }
}

const packMember = (object: JsonObject, name: string, disclosures: string[]): JsonObject => {
  const { [name]: value = missing(), ...rest } = object
  const disclosure = discloseAs(name, value)
  disclosures.push(disclosure)
  return sealed(rest, digestOf(disclosure))
}

const packItem = (items: readonly Json[], index: number, disclosures: string[]): Json => {
  const disclosure = discloseAs(items[index] ?? missing())
  disclosures.push(disclosure)
  return items.map((item, place) => (place === index ? { '...': digestOf(disclosure) } : item))
}

const packAt = (value: Json | undefined, [step = '', ...rest]: readonly string[], disclosures: string[]): Json => {
  if (Array.isArray(value)) {
    const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : missing()
    if (rest.length === 0) return packItem(value, index, disclosures)
    return value.map((item, place) => (place === index ? packAt(item as Json, rest, disclosures) : (item as Json)))
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, step)) return missing()
  if (rest.length === 0) return packMember(value, step, disclosures)
  return { ...value, [step]: packAt(value[step], rest, disclosures) }
}

const depth = (pointer: string): number => stepsOf(pointer).length

/**
 * Replaces members and items by digests, the innermost first.
 * @throws TypeError when a pointer leads to nothing
 * @see RFC 9901, section 4.2
 */
export const pack = (payload: JsonObject, pointers: readonly string[]): Packed => {
  const disclosures: string[] = []
  const innermostFirst = [...new Set(pointers)].sort((a, b) => depth(b) - depth(a))
  const packed = innermostFirst.reduce<Json>((value, pointer) => packAt(value, stepsOf(pointer), disclosures), payload)
  const whole = packed as JsonObject
  return { payload: disclosures.length === 0 ? whole : { ...whole, _sd_alg: 'sha-256' }, disclosures }
}
