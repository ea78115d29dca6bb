import { hashText } from '#runtime'
import type { Dataset, Statement, Term } from './dataset.js'
import type { Digest } from './digest.js'
import { type NameOf, type StatementOrder, sortStatements, statementOrder } from './statement-order.js'
import { byCodePoints, byUnits, type TextOrder } from './text-order.js'

const write = (term: Term, nameOf: NameOf): string => (typeof term === 'string' ? term : nameOf(term))

/** A statement, as it is written after its subject. */
const tailOf = ({ predicate, object, graph }: Statement, nameOf: NameOf): string =>
  graph === undefined
    ? `${predicate.token}${write(object, nameOf)} .\n`
    : `${predicate.token}${write(object, nameOf)} ${write(graph, nameOf)} .\n`

const linesOf = (subject: string, statements: readonly Statement[], nameOf: NameOf): string => {
  let text = ''
  for (const statement of statements) text += subject + tailOf(statement, nameOf)
  return text
}

const isBlank = ({ object, graph }: Statement): boolean => typeof object === 'number' || typeof graph === 'number'

/** What is said of one node, sorted. */
interface Node {
  readonly statements: readonly Statement[]
  /** Whether other blank nodes, or graphs of them, are in the statements. */
  readonly hasBlanks: boolean
}

// In the hash of a blank node it is `_:a`, and every other one is `_:z` (RDFC-1.0, section 4.6).
const THIS = '_:a'
const OTHER = '_:z'

const seenFrom =
  (self: number): NameOf =>
  (blank) =>
    blank === self ? THIS : OTHER

const lineSeenFrom = (statement: Statement, nameOf: NameOf): string =>
  write(statement.subject, nameOf) + tailOf(statement, nameOf)

const isSelf =
  (self: number) =>
  ({ object, graph }: Statement): boolean =>
    object === self || graph === self

/** What is hashed of a blank node: all statements that it is in, sorted. */
const hashedText = (self: number, node: Node, others: readonly Statement[], order: TextOrder): string => {
  const [other] = others
  if (others.length > 1 || (node.hasBlanks && node.statements.some(isSelf(self))))
    return [...node.statements, ...others]
      .map((one) => lineSeenFrom(one, seenFrom(self)))
      .sort(order)
      .join('')
  const nameOf = seenFrom(self)
  const own = linesOf(THIS, node.statements, nameOf)
  if (other === undefined) return own
  // An address sorts before `_:a`, another blank node after it.
  const line = lineSeenFrom(other, nameOf)
  return typeof other.subject === 'string' ? line + own : own + line
}

// The first 48 bits, as a number. Blank nodes that share them are left to the full algorithm.
const hashKey = (text: string, digest: Digest): number => Number.parseInt(hashText(digest, text).slice(0, 12), 16)

/** The place of each blank node in the order of their hashes; `undefined` when two have the same. */
const placesOf = (keys: readonly number[]): readonly number[] | undefined => {
  const sorted = [...keys].sort((a, b) => a - b)
  const places = new Map(sorted.map((key, place) => [key, place]))
  return places.size === keys.length ? keys.map((key) => places.get(key) ?? 0) : undefined
}

const keysOf = ({ blanks, hasAstral }: Dataset, nodes: readonly Node[], digest: Digest): readonly number[] => {
  // A single one has its name whatever it hashes to.
  if (blanks.length === 1) return [0]
  const order = hasAstral ? byCodePoints : byUnits
  return nodes.map((node, self) => hashKey(hashedText(self, node, blanks[self]?.others ?? [], order), digest))
}

const hasRepeats = (statements: readonly Statement[], order: StatementOrder): boolean => {
  for (let index = 1; index < statements.length; index++)
    if (order(statements[index - 1] as Statement, statements[index] as Statement) === 0) return true
  return false
}

/** `undefined` when a statement was made twice. */
const nodeOf = (statements: Statement[], order: StatementOrder): Node | undefined => {
  sortStatements(statements, order)
  if (hasRepeats(statements, order)) return undefined
  return { statements, hasBlanks: statements.some(isBlank) }
}

const nodesOf = (all: Iterable<Statement[]>, order: StatementOrder): readonly Node[] | undefined => {
  const nodes: Node[] = []
  for (const statements of all) {
    const node = nodeOf(statements, order)
    if (!node) return undefined
    nodes.push(node)
  }
  return nodes
}

// Named, blank nodes stand in another order.
const namedLines = (
  subject: string,
  { statements, hasBlanks }: Node,
  nameOf: NameOf,
  order: StatementOrder,
): string => {
  if (!hasBlanks) return linesOf(subject, statements, nameOf)
  const sorted = [...statements]
  sortStatements(sorted, order)
  return linesOf(subject, sorted, nameOf)
}

/** Statements in canonical form. */
export interface CanonicalForm {
  readonly text: string
  /** The name of each blank node, such as `_:c14n0`. */
  readonly names: readonly string[]
}

const writeAll = (dataset: Dataset, addresses: readonly Node[], blanks: readonly Node[], names: readonly string[]) => {
  const nameOf: NameOf = (blank) => names[blank] ?? OTHER
  const order = statementOrder(dataset.hasAstral, nameOf)
  const subjects = [...dataset.named.keys(), ...names]
  const texts = [...addresses, ...blanks].map((node, index) => namedLines(subjects[index] ?? '', node, nameOf, order))
  // The subject ends where a space follows, which sorts before whatever else could.
  const bySubject = dataset.hasAstral ? byCodePoints : byUnits
  const places = subjects.map((_, index) => index)
  places.sort((a, b) => bySubject(subjects[a] ?? '', subjects[b] ?? ''))
  return places.map((place) => texts[place]).join('')
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
