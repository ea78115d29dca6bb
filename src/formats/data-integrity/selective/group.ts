import { randomBytes } from '#runtime'
import { toHex } from '../../../codec/hex.js'
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import type { ContextDocument } from '../../input.js'
import { canonicalizeStatements, statementsIn } from '../canonicalize.js'
import type { FormOf } from '../hash-data.js'
import { hmacLabels, linesOf, relabel, rename } from './labels.js'
import { selectByPointers } from './select.js'

/** A document whose blank nodes have names for a while, so that parts of it can be told apart in its statements. */
interface Named {
  readonly document: JsonObject
  /** What the names begin with: not to be guessed, so that nothing in the document can begin with it. */
  readonly prefix: string
}

const nameNodes = (document: JsonObject): Named => {
  const prefix = `urn:bnid:${toHex(randomBytes(16))}:`
  let count = 0
  const name = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(name)
    if (!isJsonObject(value) || Object.hasOwn(value, '@value')) return value
    const hasName = Object.hasOwn(value, 'id') || Object.hasOwn(value, '@id')
    const own = hasName ? {} : { '@id': `${prefix}b${count++}` }
    return { ...own, ...Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, name(inner)])) }
  }
  const { '@context': context, ...members } = document
  return {
    document: { ...(context === undefined ? {} : { '@context': context }), ...(name(members) as JsonObject) },
    prefix,
  }
}

/** The statements of a document with named nodes, in no order, its nodes blank again (`_:b0`). */
const statementsOf = async (
  { document, prefix }: Named,
  { extraContexts }: GroupOptions,
): Promise<readonly string[]> => {
  const nQuads = await statementsIn(document, extraContexts)
  return linesOf(nQuads.replaceAll(new RegExp(`<${prefix}(b\\d+)>`, 'g'), '_:$1'))
}

/** What naming nodes depends on. */
export interface GroupOptions {
  readonly formOf: FormOf
  readonly extraContexts?: readonly ContextDocument[]
}

/** Statements that pointers select. */
export interface Group {
  /** Where they stand among all statements of the document. */
  readonly indexes: ReadonlySet<number>
  /** For the names that blank nodes have when the group stands alone, those that they have in the document. */
  labels(): Promise<ReadonlyMap<string, string>>
}

/** The statements of a document under secret names, and what pointers select of them. */
export interface Groups {
  readonly lines: readonly string[]
  /** @returns `undefined` when a pointer is malformed, or leads to nothing */
  select(pointers: readonly string[]): Promise<Group | undefined>
}

const unfit = (): TypeError =>
  new TypeError(
    'The document cannot be disclosed selectively: it holds lists, graphs, JSON literals or named blank nodes',
  )

/**
 * Takes a document apart into its statements, under names made with a secret key.
 * @throws TypeError when nodes of the document cannot be told apart
 * @throws Error of the JSON-LD processor
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.4.16 (canonicalizeAndGroup)
 */
export const openGroups = async (document: JsonObject, hmacKey: Uint8Array, options: GroupOptions): Promise<Groups> => {
  const named = nameNodes(document)
  const statements = await statementsOf(named, options)
  const { text, names } = await canonicalizeStatements(statements.join(''))
  // The names must have changed nothing: a JSON literal would now hold one, a list has nodes that got none.
  if (text !== (await options.formOf(document, 'rdfc'))) throw unfit()
  const labelOf = hmacLabels(hmacKey)
  const lines = relabel(linesOf(text), labelOf) ?? []
  const places = new Map(lines.map((line, index) => [line, index]))
  const labels = new Map([...names].map(([name, canonical]) => [name, labelOf(canonical) ?? '']))

  const select = async (pointers: readonly string[]): Promise<Group | undefined> => {
    const document = selectByPointers(named.document, pointers)
    if (!document) return undefined
    // Nothing chosen is nothing selected, not even what always goes along.
    const selected = pointers.length === 0 ? [] : await statementsOf({ ...named, document }, options)
    const found = selected.map((line) => places.get(rename(line, (name) => labels.get(name)) ?? ''))
    if (found.includes(undefined)) throw unfit()
    const alone = async () => {
      const { names: own } = await canonicalizeStatements(selected.join(''))
      return new Map([...own].map(([name, canonical]) => [canonical, labels.get(name) ?? '']))
    }
    return { indexes: new Set(found as number[]), labels: alone }
  }
  return { lines, select }
}
