import type { Quad, Term } from 'rdf-canonize'
import type { JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/limits.js'
import type { ContextDocument } from '../../input.js'
import type { Digest } from './digest.js'
import { createDocumentLoader } from './document-loader.js'
import { createOrderedDigest } from './ordered-digest.js'
import { byCodePoints } from './text-order.js'

/**
 * The statements that a JSON-LD document makes, as N-Quads in no order, by the reference processor (JSON-LD 1.1 in safe
 * mode). A statement may be there twice.
 * @throws Error of the processor for a term that no context defines
 */
export const statementsByReference = async (
  document: JsonObject,
  extraContexts: readonly ContextDocument[] = [],
): Promise<string> => {
  // A CommonJS module: its default export is the one that every bundler keeps.
  const { default: jsonld } = await import('jsonld')
  return jsonld.toRDF(document, {
    documentLoader: createDocumentLoader(extraContexts),
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    format: 'application/n-quads',
  })
}

/** Statements in canonical form, and what their blank nodes were called. */
export interface NamedStatements {
  readonly text: string
  /** For the name that each blank node had, the canonical one; both without `_:`. */
  readonly names: ReadonlyMap<string, string>
}

const isBlank = ({ termType }: Term): boolean => termType === 'BlankNode'

// Each of many that are alike takes one; what takes more than the limit besides was made to take for ever.
const comparisonsFor = (quads: readonly Quad[]): number => {
  const blanks = quads.flatMap(({ subject, object, graph }) => [subject, object, graph].filter(isBlank))
  return Math.max(LIMITS.canonicalizeComparisons, new Set(blanks.map(({ value }) => value)).size)
}

const inCodePointOrder = (nQuads: string): string =>
  nQuads
    .split(/(?<=\n)/)
    .sort(byCodePoints)
    .join('')

/**
 * The canonical form of N-Quads by the full algorithm (RDFC-1.0), in bounded work.
 * @throws Error of the processor when N-Quads are malformed, or would take more work than the limit
 */
export const canonicalByReference = async (nQuads: string, digest: Digest): Promise<NamedStatements> => {
  const { default: rdfCanonize } = await import('rdf-canonize')
  // A dataset is a set. The parser would look for each statement among all others; each once, it need not.
  const lines = new Set(nQuads.split('\n'))
  const dataset = [...lines].flatMap((line) => rdfCanonize.NQuads.parse(line))
  const names = new Map<string, string>()
  const text = await rdfCanonize.canonize(dataset, {
    algorithm: 'RDFC-1.0',
    createMessageDigest: () => createOrderedDigest(digest),
    canonicalIdMap: names,
    maxDeepIterations: comparisonsFor(dataset),
  })
  return { text: inCodePointOrder(text), names }
}
