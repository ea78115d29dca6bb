import { encodeMultibase } from '../../../codec/multibase.js'
import { encodeUtf8 } from '../../../codec/utf8.js'
import { hmacSha256 } from '../../../crypto/hmac.js'

/** The name of a blank node to come, for the name that canonicalisation gave it, such as `c14n0`. */
export type LabelOf = (canonicalLabel: string) => string | undefined

/**
 * Names that tell a reader nothing about how many nodes there are and in what order, unless it has the key.
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.4.3 (createHmacIdLabelMapFunction)
 */
export const hmacLabels =
  (key: Uint8Array): LabelOf =>
  (label) =>
    encodeMultibase('u', hmacSha256(key, encodeUtf8(label)))

const FIRST_SURROGATE = 0xd800
const LAST_SURROGATE = 0xdfff

// UTF-16 writes what lies above U+FFFF in surrogates, which lie below U+E000.
const rank = (unit: number): number => (unit >= FIRST_SURROGATE && unit <= LAST_SURROGATE ? unit + 0x10000 : unit)

/** The order of Unicode code points, which is not that of JavaScript. */
const byCodePoints = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  let index = 0
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++
  return index === length ? a.length - b.length : rank(a.charCodeAt(index)) - rank(b.charCodeAt(index))
}

/** N-Quads, one to a statement, each with its line end. */
export const linesOf = (nQuads: string): readonly string[] =>
  nQuads
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)

// Where a blank node may stand in a statement: as subject, as object, as graph. Never inside a literal, which ends in
// a quotation mark, a type or a language.
const PLACES = [/^(_:)([a-z0-9]+)(?= )/, /^(\S+ \S+ _:)([a-z0-9]+)(?= )/, /( _:)([a-z0-9]+)(?= \.\n$)/] as const

/** A statement with other names for its blank nodes; `undefined` when there is no name for one of them. */
export const rename = (line: string, labelOf: LabelOf): string | undefined => {
  let renamed = line
  for (const place of PLACES) {
    const label = place.exec(line)?.[2]
    if (label === undefined) continue
    const next = labelOf(label)
    if (next === undefined) return undefined
    renamed = renamed.replace(place, (_, before: string) => before + next)
  }
  return renamed
}

/**
 * Canonical statements with other names for their blank nodes, sorted by code point.
 * @returns `undefined` when there is no name for one of them
 */
export const relabel = (lines: readonly string[], labelOf: LabelOf): readonly string[] | undefined => {
  const renamed = lines.map((line) => rename(line, labelOf))
  return renamed.includes(undefined) ? undefined : (renamed as string[]).sort(byCodePoints)
}

/** The names of the blank nodes in statements, each once. */
export const labelsIn = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => PLACES.flatMap((place) => place.exec(line)?.[2] ?? [])))
