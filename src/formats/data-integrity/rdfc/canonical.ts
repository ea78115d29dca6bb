import { hashText } from '#runtime'
import { type Dataset, type NameOf, type Statement, writeTail, writeTerm } from './dataset.js'
import type { Digest } from './digest.js'
import { type StatementOrder, sortStatements, statementOrder } from './statement-order.js'
import { sortTexts } from './text-order.js'

/** What is said of one node, sorted. */
interface Node {
  readonly statements: readonly Statement[]
  /** Whether other blank nodes are in the statements, which are sorted again once those have names. */
  readonly hasLinks: boolean
}

const linesOf = (subject: string, { statements }: Node, nameOf: NameOf): string => {
  let text = ''
  for (const statement of statements) text += subject + writeTail(statement, nameOf)
  return text
}

/** The same, those of one predicate sorted by what they say now that blank nodes have names. */
const namedLinesOf = (subject: string, { statements }: Node, nameOf: NameOf, hasAstral: boolean): string => {
  let text = ''
  for (let start = 0; start < statements.length; ) {
    const { token } = (statements[start] as Statement).predicate
    const tails: string[] = []
    for (; statements[start]?.predicate.token === token; start++)
      tails.push(writeTail(statements[start] as Statement, nameOf))
    for (const tail of sortTexts(tails, hasAstral)) text += subject + tail
  }
  return text
}

// In the hash of a blank node it is `_:a`, and every other one is `_:z` (RDFC-1.0, section 4.6).
const THIS = '_:a'
const OTHER = '_:z'

const seenFrom =
  (self: number): NameOf =>
  (blank) =>
    blank === self ? THIS : OTHER

/** What is hashed of a blank node: all statements that it is in, sorted. */
const hashedText = (self: number, node: Node, others: readonly Statement[], hasAstral: boolean) => {
  const nameOf = seenFrom(self)
  const lines = others.map((other) => writeTerm(other.subject, nameOf) + writeTail(other, nameOf))
  if (lines.length > 1 || node.hasLinks)
    return sortTexts([...node.statements.map((own) => THIS + writeTail(own, nameOf)), ...lines], hasAstral).join('')
  const own = linesOf(THIS, node, nameOf)
  const [line = ''] = lines
  // An address sorts before `_:a`, another blank node after it.
  return line.startsWith('<') ? line + own : own + line
}

// The first 48 bits, as a number. Blank nodes that share them are left to the full algorithm.
const hashKey = (text: string, digest: Digest): number => Number.parseInt(hashText(digest, text).slice(0, 12), 16)

/** The place of each blank node in the order of their hashes; `undefined` when two have the same. */
const placesOf = (keys: readonly number[]): readonly number[] | undefined => {
  const places = new Map<number, number>()
  for (const key of Float64Array.from(keys).sort()) places.set(key, places.size)
  return places.size === keys.length ? keys.map((key) => places.get(key) ?? 0) : undefined
}

const keysOf = ({ blanks, hasAstral }: Dataset, nodes: readonly Node[], digest: Digest): readonly number[] => {
  // A single one has its name whatever it hashes to.
  if (blanks.length === 1) return [0]
  return nodes.map((node, self) => hashKey(hashedText(self, node, blanks[self]?.others ?? [], hasAstral), digest))
}

const isLink = ({ tail }: Statement): boolean => tail === undefined

/** `undefined` when a statement was made twice. */
const nodesOf = (all: Iterable<Statement[]>, order: StatementOrder): readonly Node[] | undefined => {
  const nodes: Node[] = []
  for (const statements of all) {
    if (!sortStatements(statements, order)) return undefined
    nodes.push({ statements, hasLinks: statements.some(isLink) })
  }
  return nodes
}

/** Statements in canonical form. */
export interface CanonicalForm {
  readonly text: string
  /** The name of each blank node, such as `_:c14n0`. */
  readonly names: readonly string[]
}

const writeAll = (
  { named, hasAstral }: Dataset,
  addresses: readonly Node[],
  blanks: readonly Node[],
  names: readonly string[],
) => {
  const nameOf: NameOf = (blank) => names[blank] ?? OTHER
  const nodes = new Map<string, Node>()
  for (const address of named.keys()) nodes.set(address, addresses[nodes.size] as Node)
  for (const [blank, name] of names.entries()) nodes.set(name, blanks[blank] as Node)
  let text = ''
  // The subject ends where a space follows, which sorts before whatever else could.
  for (const subject of sortTexts([...nodes.keys()], hasAstral)) {
    const node = nodes.get(subject) as Node
    text += node.hasLinks ? namedLinesOf(subject, node, nameOf, hasAstral) : linesOf(subject, node, nameOf)
  }
  return text
}

/**
 * The canonical form of statements whose blank nodes are told apart by what is said of each (RDFC-1.0 up to step 5 of
 * section 4.4.3). Sorts the dataset in place.
 * @returns `undefined` when two are alike, or a statement was made twice: a case for the full algorithm
 */
export const canonicalForm = (dataset: Dataset, digest: Digest): CanonicalForm | undefined => {
  const order = statementOrder(dataset.hasAstral)
  const addresses = nodesOf(dataset.named.values(), order)
  const blanks = nodesOf(
    dataset.blanks.map(({ own }) => own),
    order,
  )
  const places = addresses && blanks && placesOf(keysOf(dataset, blanks, digest))
  if (!places) return undefined
  const names = places.map((place) => `_:c14n${place}`)
  return { text: writeAll(dataset, addresses, blanks, names), names }
}
