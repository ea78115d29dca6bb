import type { Dataset, Statement, Term } from './dataset.js'
import { type Digest, hashText } from './digest.js'
import { byCodePoints, byUnits, type TextOrder } from './text-order.js'

/** A statement, as it is written after its subject. */
interface Line {
  readonly statement: Statement
  readonly predicate: string
  readonly rest: string
}

/** How a blank node is written. */
type NameOf = (blank: number) => string

const write = (term: Term, nameOf: NameOf): string => (typeof term === 'string' ? term : nameOf(term))

const lineOf = (statement: Statement, nameOf: NameOf): Line => {
  const { predicate, object, graph } = statement
  const end = graph === undefined ? ' .\n' : ` ${write(graph, nameOf)} .\n`
  return { statement, predicate, rest: ` ${write(object, nameOf)}${end}` }
}

const isBlank = ({ object, graph }: Statement): boolean => typeof object === 'number' || typeof graph === 'number'

const inOrder =
  (order: TextOrder) =>
  (a: Line, b: Line): number =>
    a.predicate === b.predicate ? order(a.rest, b.rest) : order(a.predicate, b.predicate)

/** What is said of one node, sorted. */
const linesAbout = (own: readonly Statement[], nameOf: NameOf, order: TextOrder): readonly Line[] =>
  own.map((statement) => lineOf(statement, nameOf)).sort(inOrder(order))

// Two statements with different blank nodes may look alike here.
const repeats = (line: Line, before: Line | undefined): boolean =>
  before?.rest === line.rest && before.predicate === line.predicate && !isBlank(line.statement)

const hasRepeats = (lines: readonly Line[]): boolean => lines.some((line, index) => repeats(line, lines[index - 1]))

// In the hash of a blank node it is `_:a`, and every other one is `_:z` (RDFC-1.0, section 4.6).
const seenFrom =
  (self: number): NameOf =>
  (blank) =>
    blank === self ? '_:a' : '_:z'

const NOBODY = -1

const joined = (subject: string, lines: readonly Line[]): string => {
  let text = ''
  for (const { predicate, rest } of lines) text += `${subject} ${predicate}${rest}`
  return text
}

const otherLine = (statement: Statement, nameOf: NameOf): string => {
  const { predicate, rest } = lineOf(statement, nameOf)
  return `${write(statement.subject, nameOf)} ${predicate}${rest}`
}

/** What is hashed of a blank node: all statements that it is in, sorted. */
const textOf = (self: number, own: readonly Line[], others: readonly Statement[], order: TextOrder): string => {
  const nameOf = seenFrom(self)
  const [other, ...more] = others
  if (other === undefined) return joined('_:a', own)
  if (more.length > 0) {
    const ownLines = own.map(({ predicate, rest }) => `_:a ${predicate}${rest}`)
    return [...ownLines, ...others.map((statement) => otherLine(statement, nameOf))].sort(order).join('')
  }
  // An address sorts before `_:a`, another blank node after it.
  const line = otherLine(other, nameOf)
  return typeof other.subject === 'string' ? line + joined('_:a', own) : joined('_:a', own) + line
}

// The first 48 bits, as a number. Two blank nodes that share them are left to the full algorithm.
const hashKey = (text: string, digest: Digest): number => {
  const hash = hashText(text, digest)
  let key = 0
  for (let index = 0; index < 6; index++) key = key * 256 + (hash[index] ?? 0)
  return key
}

/** Blank nodes in the order of their hashes; `undefined` when two have the same. */
const inHashOrder = (keys: readonly number[]): readonly number[] | undefined => {
  const order = keys.map((_, blank) => blank).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
  return order.some((blank, index) => index > 0 && keys[blank] === keys[order[index - 1] ?? 0]) ? undefined : order
}

/** What is said of each node, sorted, before the blank ones have names. */
interface Sorted {
  readonly addresses: readonly (readonly [subject: string, lines: readonly Line[]])[]
  readonly blanks: readonly (readonly Line[])[]
  readonly order: TextOrder
}

const sortAll = ({ named, blanks, hasAstral }: Dataset): Sorted => {
  const order = hasAstral ? byCodePoints : byUnits
  const addresses = [...named].sort(([a], [b]) => order(a, b))
  return {
    addresses: addresses.map(([subject, own]) => [subject, linesAbout(own, seenFrom(NOBODY), order)]),
    blanks: blanks.map(({ own }, blank) => linesAbout(own, seenFrom(blank), order)),
    order,
  }
}

const keysOf = ({ blanks }: Dataset, sorted: Sorted, digest: Digest): readonly number[] => {
  // A single one has its name whatever it hashes to.
  if (blanks.length === 1) return [0]
  return blanks.map(({ others }, blank) =>
    hashKey(textOf(blank, sorted.blanks[blank] ?? [], others, sorted.order), digest),
  )
}

/** Lines whose blank nodes have their names. */
const withNames = (lines: readonly Line[], nameOf: NameOf, order: TextOrder): readonly Line[] =>
  lines.some(({ statement }) => isBlank(statement))
    ? linesAbout(
        lines.map(({ statement }) => statement),
        nameOf,
        order,
      )
    : lines

const writeAll = ({ addresses, blanks, order }: Sorted, names: readonly string[]): string => {
  const nameOf: NameOf = (blank) => names[blank] ?? ''
  const byName = blanks.map((lines, blank) => [nameOf(blank), lines] as const).sort(([a], [b]) => byUnits(a, b))
  let text = ''
  for (const [subject, lines] of [...addresses, ...byName]) text += joined(subject, withNames(lines, nameOf, order))
  return text
}

/** Statements in canonical form. */
export interface CanonicalForm {
  readonly text: string
  /** The name of each blank node, such as `_:c14n0`. */
  readonly names: readonly string[]
}

/**
 * The canonical form of statements whose blank nodes are told apart by what is said of each (RDFC-1.0 up to step 5 of
 * section 4.4.3).
 * @returns `undefined` when two are alike, or a statement was made twice: a case for the full algorithm
 */
export const canonicalForm = (dataset: Dataset, digest: Digest): CanonicalForm | undefined => {
  const sorted = sortAll(dataset)
  if (sorted.addresses.some(([, lines]) => hasRepeats(lines)) || sorted.blanks.some(hasRepeats)) return undefined
  const inOrder = inHashOrder(keysOf(dataset, sorted, digest))
  if (!inOrder) return undefined
  const names: string[] = []
  for (const [place, blank] of inOrder.entries()) names[blank] = `_:c14n${place}`
  return { text: writeAll(sorted, names), names }
}
