import type { LinkStatement, Statement, Term } from './dataset.js'
import { comparePredicates } from './predicate.js'
import { byCodePoints, byUnits, type TextOrder } from './text-order.js'

/** An order of statements about one node. */
export type StatementOrder = (a: Statement, b: Statement) => number

// `"` sorts before `<`, and `<` before the `_` of a blank node; what ends sorts before what goes on.
const compareTerms = (a: Term, b: Term, order: TextOrder): number => {
  if (typeof a === 'string') return typeof b === 'string' ? order(a, b) : -1
  return typeof b === 'string' ? 1 : a - b
}

const compareGraphs = (a: Term | undefined, b: Term | undefined, order: TextOrder): number => {
  if (a === b) return 0
  if (a === undefined) return -1
  return b === undefined ? 1 : compareTerms(a, b, order)
}

const compareLinks = (a: LinkStatement, b: LinkStatement, order: TextOrder): number =>
  compareTerms(a.object, b.object, order) || compareGraphs(a.graph, b.graph, order)

const compareTails = (a: Statement, b: Statement, order: TextOrder): number => {
  if (a.tail !== undefined) return b.tail !== undefined ? order(a.tail, b.tail) : -1
  return b.tail !== undefined ? 1 : compareLinks(a, b, order)
}

/**
 * An order of statements about one node in which those that can be written stand as their lines in N-Quads sort, and
 * one that was made twice stands beside itself. Where another blank node is in them, their order among themselves is
 * settled when it has a name.
 */
export const statementOrder = (hasAstral: boolean): StatementOrder => {
  const order = hasAstral ? byCodePoints : byUnits
  return (a, b) => comparePredicates(a.predicate, b.predicate, order) || compareTails(a, b, order)
}

// As many as most nodes have: the engine's own sort takes longer to begin than these take to be sorted.
const FEW = 24

const sortMany = (statements: Statement[], order: StatementOrder): boolean => {
  statements.sort(order)
  return statements.every((one, index) => index === 0 || order(statements[index - 1] as Statement, one) !== 0)
}

/** Sorts in place. @returns whether no two are the same */
export const sortStatements = (statements: Statement[], order: StatementOrder): boolean => {
  if (statements.length > FEW) return sortMany(statements, order)
  let areDistinct = true
  for (let place = 1; place < statements.length; place++) {
    const statement = statements[place] as Statement
    let hole = place
    for (; hole > 0; hole--) {
      const before = statements[hole - 1] as Statement
      const compared = order(before, statement)
      if (compared === 0) areDistinct = false
      if (compared <= 0) break
      statements[hole] = before
    }
    statements[hole] = statement
  }
  return areDistinct
}
