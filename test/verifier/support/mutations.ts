import { canonicalizeJson } from '../../../src/codec/jcs.js'
import { asArray, type Json, type JsonObject } from '../../../src/core/json.js'

// RDF knows sets, not lists: what differs only in the order or repetition of members says the same.
// What secures and frames a document may stand alone or in a list of one. A claim may not.
const ONE_OR_MORE = ['@context', 'type', 'proof', 'domain', 'verifiableCredential']

/** What a document says, whatever the order in which it says it. */
export const content = (value: Json): Json => {
  if (Array.isArray(value)) return [...new Set(value.map((item) => canonicalizeJson(content(item as Json))))].sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      content(ONE_OR_MORE.includes(key) ? [...asArray(inner)] : inner),
    ]),
  )
}

/** Every place in a value. */
export const places = (
  value: Json,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] => {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...entries.flatMap(([key, inner]) => places(inner as Json, [...path, key]))]
}

/** A change of one value; `undefined` takes it away. */
export type Change = (value: Json) => Json | undefined
export const CHANGES: readonly Change[] = [
  () => undefined,
  () => null,
  () => '',
  (value) => [value],
  (value) => [value, value],
  (value) => (Array.isArray(value) ? [...value].reverse() : value),
  (value) => (Array.isArray(value) ? [...value, ...value] : value),
  (value) => (typeof value === 'string' ? `${value} ` : value),
  (value) => (typeof value === 'string' ? value.toUpperCase() : value),
  (value) => (typeof value === 'string' ? value.normalize('NFD') : value),
  (value) => (typeof value === 'string' ? { '@value': value } : value),
  (value) => (typeof value === 'string' ? { '@id': value } : value),
  (value) => (typeof value === 'boolean' ? !value : value),
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, id: 'urn:uuid:0' } : value,
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, '@id': 'urn:uuid:0' } : value,
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { '@graph': [value] } : value),
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, type: 'Person' } : value,
  (value) => (typeof value === 'string' && value.endsWith('Z') ? value.replace('Z', '+00:00') : value),
]

/** A value with one place changed. */
export const changedAt = (value: Json, path: readonly (string | number)[], change: Change): Json | undefined => {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      index === key ? (changedAt(item as Json, rest, change) ?? []) : [item],
    ) as Json
  const entries = Object.entries(value as JsonObject).flatMap(([name, inner]) => {
    const next = name === key ? changedAt(inner, rest, change) : inner
    return next === undefined ? [] : [[name, next]]
  })
  return Object.fromEntries(entries) as Json
}
