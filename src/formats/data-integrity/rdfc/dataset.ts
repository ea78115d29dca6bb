import type { Predicate } from './predicate.js'

/** Where the datatypes of XML Schema are. */
export const XSD = 'http://www.w3.org/2001/XMLSchema#'

/** A node as N-Quads write it (an address or a literal), or the number of a blank node. */
export type Term = string | number

/** A statement of a literal or an address in the default graph: written alike whatever blank nodes are called. */
export interface PlainStatement {
  readonly subject: Term
  readonly predicate: Predicate
  /** What N-Quads write after the subject. */
  readonly tail: string
}

/** Any other statement: another blank node may be in it. */
export interface LinkStatement {
  readonly subject: Term
  readonly predicate: Predicate
  readonly tail: undefined
  readonly object: Term
  /** The blank node or address of the graph that it is in; `undefined` in the default graph. */
  readonly graph: Term | undefined
}

/** One statement. */
export type Statement = PlainStatement | LinkStatement

/** How a blank node is written. */
export type NameOf = (blank: number) => string

/** A blank node: what is said of it, and the other statements that it is in. */
export interface Blank {
  readonly own: Statement[]
  readonly others: Statement[]
}

/** The statements of a document, each with those about the same node. */
export interface Dataset {
  readonly named: Map<string, Statement[]>
  readonly blanks: Blank[]
  /** How many statements were added. */
  size: number
  /** Whether any text has characters above U+FFFF, whose order in UTF-16 is not that of code points. */
  hasAstral: boolean
}

/** A dataset without statements. */
export const createDataset = (): Dataset => ({ named: new Map(), blanks: [], size: 0, hasAstral: false })

/** Adds a blank node. */
export const addBlank = ({ blanks }: Dataset): number => blanks.push({ own: [], others: [] }) - 1

const statementsAbout = ({ named, blanks }: Dataset, subject: Term): Statement[] => {
  const known = typeof subject === 'number' ? blanks[subject]?.own : named.get(subject)
  if (known) return known
  const statements: Statement[] = []
  named.set(String(subject), statements)
  return statements
}

/** Adds a statement whose end is written already. The same one twice is noticed later. */
export const addPlain = (dataset: Dataset, subject: Term, predicate: Predicate, tail: string): void => {
  dataset.size++
  statementsAbout(dataset, subject).push({ subject, predicate, tail })
}

const END = ' .\n'

/** Adds a statement. The same one twice is noticed later. */
export const addStatement = (
  dataset: Dataset,
  subject: Term,
  predicate: Predicate,
  object: Term,
  graph: Term | undefined,
): void => {
  if (typeof object === 'string' && graph === undefined) {
    addPlain(dataset, subject, predicate, predicate.token + object + END)
    return
  }
  const statement = { subject, predicate, tail: undefined, object, graph }
  dataset.size++
  statementsAbout(dataset, subject).push(statement)
  if (typeof object === 'number' && object !== subject) dataset.blanks[object]?.others.push(statement)
  if (typeof graph === 'number' && graph !== subject && graph !== object) dataset.blanks[graph]?.others.push(statement)
}

/** A node as it is written. */
export const writeTerm = (term: Term, nameOf: NameOf): string => (typeof term === 'string' ? term : nameOf(term))

const writeLink = ({ predicate, object, graph }: LinkStatement, nameOf: NameOf): string =>
  predicate.token + writeTerm(object, nameOf) + (graph === undefined ? END : ` ${writeTerm(graph, nameOf)}${END}`)

/** A statement, as it is written after its subject. */
export const writeTail = (statement: Statement, nameOf: NameOf): string =>
  statement.tail ?? writeLink(statement, nameOf)

const byNumber: NameOf = (blank) => `_:b${blank}`

const lineOf = (statement: Statement): string => writeTerm(statement.subject, byNumber) + writeTail(statement, byNumber)

/** The statements as N-Quads in no order, blank nodes named `b0`, `b1` and so on. */
export const writeNQuads = ({ named, blanks }: Dataset): string => {
  const lines: string[] = []
  for (const statements of named.values()) for (const statement of statements) lines.push(lineOf(statement))
  for (const { own } of blanks) for (const statement of own) lines.push(lineOf(statement))
  return lines.join('')
}
