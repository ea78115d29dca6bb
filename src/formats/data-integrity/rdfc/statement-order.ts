import type { Statement, Term } from './dataset.js'
import { comparePredicates } from './predicate.js'
import { byCodePoints, byUnits, type TextOrder } from './text-order.js'

/** How a blank node is written. */
export type NameOf = (blank: number) => string

/** An order of statements about one node. */
export type StatementOrder = (a: Statement, b: Statement) => number

// `"` sorts before `<`, and `<` before the `_` of a blank node; what ends sorts before what goes on.
const compareTerms = (a: Term, b: Term, order: TextOrder, nameOf: NameOf | undefined): number => {
  if (typeof a === 'string') return typeof b === 'string' ? order(a, b) : -1
  if (typeof b === 'string') return 1
  return nameOf ? byUnits(nameOf(a), nameOf(b)) : a - b
}

const compareGraphs = (a: Term | undefined, b: Term | undefined, order: TextOrder, nameOf: NameOf | undefined) => {
  if (a === b) return 0
  if (a === undefined) return -1
  return b === undefined ? 1 : compareTerms(a, b, order, nameOf)
}

/**
 * The order of statements about one node, as their lines in N-Quads sort. Before blank nodes have names they sort by
 * their numbers, so that a statement that was made twice stands beside itself.
 */
export const statementOrder =
  (hasAstral: boolean, nameOf?: NameOf): StatementOrder =>
  (a, b) => {
    const order = hasAstral ? byCodePoints : byUnits
    const predicates = comparePredicates(a.predicate, b.predicate, order)
    if (predicates !== 0) return predicates
    const objects = compareTerms(a.object, b.object, order, nameOf)
    return objects === 0 ? compareGraphs(a.graph, b.graph, order, nameOf) : objects
  }

// As many as most nodes have: the engine's own sort takes longer to begin than these take to be sorted.
const FEW = 24

/** Sorts in place. */
export const sortStatements = (statements: Statement[], order: StatementOrder): void => {
  if (statements.length > FEW) {
    statements.sort(order)
    return
  }
  for (let place = 1; place < statements.length; place++) {
    const statement = statements[place] as Statement
    let hole = place
    for (; hole > 0; hole--) {
      const before = statements[hole - 1] as Statement
      if (order(before, statement) <= 0) break
      statements[hole] = before
    }
    statements[hole] = statement
  }
}
