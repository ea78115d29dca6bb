import { byCodePoints, type TextOrder } from './text-order.js'

/** A predicate, as it is written and sorted. */
export interface Predicate {
  /** As N-Quads write it, with a space before and after. */
  readonly token: string
  /** The same, and the quotation mark that a literal begins with. */
  readonly quoted: string
  /** The table that it is of, if any: among the predicates of one, ranks are quicker to compare. */
  readonly table: object | undefined
  readonly rank: number
}

/** The predicate of an address as N-Quads write it: `<https://schema.org/name>`. */
export const predicateOf = (address: string): Predicate => ({
  token: ` ${address} `,
  quoted: ` ${address} "`,
  table: undefined,
  rank: 0,
})

/** The predicates of addresses, sorted once so that they need not be compared letter by letter. */
export const rankPredicates = (iris: Iterable<string>): ReadonlyMap<string, Predicate> => {
  const table = {}
  const sorted = [...new Set(iris)].map((iri) => [`<${iri}>`, iri] as const).sort(([a], [b]) => byCodePoints(a, b))
  return new Map(sorted.map(([address, iri], rank) => [iri, { ...predicateOf(address), table, rank }]))
}

/** The order in which N-Quads sort predicates. */
export const comparePredicates = (a: Predicate, b: Predicate, order: TextOrder): number =>
  a.table === b.table && a.table !== undefined ? a.rank - b.rank : order(a.token, b.token)

/** The predicate of the types of a node. */
export const TYPE_PREDICATE = predicateOf('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
