import { addBlank, addStatement, createDataset, type Dataset, type Term } from './dataset.js'
import { hasAstral } from './literal.js'
import { predicateOf } from './predicate.js'

// One statement as canonical N-Quads write it: single spaces, nothing escaped that need not be, no datatype that goes
// without saying.
const NODE = '<[^>\\\\]*>|_:[^ ]+'
const CHARACTERS = '[^"\\\\\\u0000-\\u001f\\u007f]|\\\\[btnfr"\\\\]|\\\\u00(?:0[0-7BEF]|1[0-9A-F]|7F)'
const IMPLIED = '<http://www.w3.org/(?:2001/XMLSchema#string|1999/02/22-rdf-syntax-ns#langString)>'
const LITERAL = `"(?:${CHARACTERS})*"(?:\\^\\^(?!${IMPLIED})<[^>\\\\]*>|@[a-zA-Z0-9-]+)?`
const STATEMENT = new RegExp(`^(${NODE}) (<[^>\\\\]*>) (${NODE}|${LITERAL})(?: (${NODE}))? \\.$`)

/** Statements that were read, and what their blank nodes were called. */
export interface ReadStatements {
  readonly dataset: Dataset
  /** The name that each blank node had, without `_:`. */
  readonly names: readonly string[]
}

/**
 * Reads statements in the form in which JSON-LD processors and this folder write them, each once.
 * @returns `undefined` when a line is written in any other way
 */
export const readNQuads = (nQuads: string): ReadStatements | undefined => {
  const dataset = createDataset()
  const numbers = new Map<string, number>()
  const termOf = (text: string): Term => {
    if (!text.startsWith('_:')) return text
    const number = numbers.get(text) ?? addBlank(dataset)
    numbers.set(text, number)
    return number
  }
  for (const line of new Set(nQuads.split('\n'))) {
    if (line === '') continue
    const [, subject, predicate, object, graph] = STATEMENT.exec(line) ?? []
    if (subject === undefined || predicate === undefined || object === undefined) return undefined
    const within = graph === undefined ? undefined : termOf(graph)
    addStatement(dataset, termOf(subject), predicateOf(predicate), termOf(object), within)
  }
  dataset.hasAstral = hasAstral(nQuads)
  return { dataset, names: [...numbers.keys()].map((name) => name.slice(2)) }
}
