import type { JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { ContextDocument } from '../input.js'
import { createDocumentLoader } from './canonicalize.js'

/**
 * The statements that a JSON-LD document makes, as N-Quads in no order (JSON-LD 1.1 in safe mode).
 * @throws Error of the processor for a term that no context defines
 */
export const statementsIn = async (
  document: JsonObject,
  extraContexts: readonly ContextDocument[] = [],
): Promise<string> => {
  const { default: jsonld } = await import('jsonld')
  return jsonld.toRDF(document, {
    documentLoader: createDocumentLoader(extraContexts),
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    format: 'application/n-quads',
  })
}

/** How statements are made canonical. */
export interface StatementOptions {
  /** The hash that blank nodes are told apart by: that of the curve, SHA-256 but for P-384. */
  readonly digest?: 'SHA-256' | 'SHA-384'
  /** Filled with the canonical name of each blank node. */
  readonly names?: Map<string, string>
}

/**
 * The canonical form of statements (RDFC-1.0), in bounded work.
 * @throws Error of the processor when it would take more work than the limit
 */
export const canonicalStatements = async (
  nQuads: string,
  { digest = 'SHA-256', names = new Map() }: StatementOptions = {},
): Promise<string> => {
  // A CommonJS module: its default export is the one that every bundler keeps.
  const { default: rdfCanonize } = await import('rdf-canonize')
  return rdfCanonize.canonize(nQuads, {
    algorithm: 'RDFC-1.0',
    inputFormat: 'application/n-quads',
    messageDigestAlgorithm: digest,
    canonicalIdMap: names,
    maxWorkFactor: LIMITS.canonicalizeWorkFactor,
  })
}
