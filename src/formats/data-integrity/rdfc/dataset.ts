import type { Predicate } from './predicate.js'

/** Where the datatypes of XML Schema are. */
export const XSD = 'http://www.w3.org/2001/XMLSchema#'

/** A node as N-Quads write it (an address or a literal), or the number of a blank node. */
export type Term = string | number

/** One statement. */
export interface Statement {
  readonly subject: Term
  readonly predicate: Predicate
  readonly object: Term
  /** The blank node or address of the graph that it is in; `undefined` in the default graph. */
  readonly graph: Term | undefined
}

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

/** Adds a statement. The same one twice is taken out later. */
export const addStatement = (dataset: Dataset, statement: Statement): void => {
  const { subject, object, graph } = statement
  dataset.size++
  statementsAbout(dataset, subject).push(statement)
  if (typeof object === 'number' && object !== subject) dataset.blanks[object]?.others.push(statement)
  if (typeof graph === 'number' && graph !== subject && graph !== object) dataset.blanks[graph]?.others.push(statement)
}

const write = (term: Term): string => (typeof term === 'number' ? `_:b${term}` : term)

const lineOf = ({ subject, predicate, object, graph }: Statement): string =>
  `${write(subject)}${predicate.token}${write(object)}${graph === undefined ? '' : ` ${write(graph)}`} .\n`

/** The statements as N-Quads in no order, blank nodes named `b0`, `b1` and so on. */
export const writeNQuads = ({ named, blanks }: Dataset): string => {
  const lines: string[] = []
  for (const statements of named.values()) for (const statement of statements) lines.push(lineOf(statement))
  for (const { own } of blanks) for (const statement of own) lines.push(lineOf(statement))
  return lines.join('')
}
