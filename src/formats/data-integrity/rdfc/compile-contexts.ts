import { isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import { COERCIONS, type ContextTable, type LayerRow, SCOPES, TERM_FLAGS, type TermRow } from './context-table.js'
import { isPlainIri } from './iri.js'

/** What the reference processor makes of a term. */
interface Mapping {
  readonly '@id': string | null
  readonly '@type'?: string
  readonly '@container'?: readonly string[]
  readonly '@context'?: Json
  readonly protected?: boolean
  readonly _prefix?: boolean
  readonly reverse: boolean
}

/** Reads a context by itself, by the reference processor. Rejects when it is wrong, or leans on others. */
type ProcessContext = (context: JsonObject) => Promise<ReadonlyMap<string, Mapping>>

// Members of a context that reach beyond the terms it defines.
const FAR_REACHING = ['@base', '@language', '@direction', '@import', '@propagate']
const ALIASES: readonly (string | null)[] = ['@id', '@type']
const MEMBERS = ['@id', '@type', '@container', '@context', 'protected', 'reverse', '_prefix', '_termHasColon']
const LANGUAGE_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'

const isPlainTerm = (term: string): boolean => !/^@|[:/]/.test(term)

const isPlainCoercion = (type: string | undefined): boolean =>
  type === undefined || type === '@id' || type === '@vocab' || (isPlainIri(type) && type !== LANGUAGE_STRING)

const isPlainContainer = (container: readonly string[] = []): boolean =>
  container.every((kind) => kind === '@set' || kind === '@graph')

const isPlain = (mapping: Mapping): boolean =>
  !mapping.reverse &&
  Object.keys(mapping).every((member) => MEMBERS.includes(member)) &&
  isPlainCoercion(mapping['@type']) &&
  isPlainContainer(mapping['@container'])

const rowOf = (iri: string, coercion: string, flags: number, scope: number): TermRow =>
  coercion === COERCIONS.none && flags === TERM_FLAGS.protected && scope === SCOPES.none
    ? iri
    : [iri, coercion, flags, scope]

const flagsOf = (mapping: Mapping, isBeyond: boolean): number =>
  (mapping.protected ? TERM_FLAGS.protected : 0) |
  (mapping._prefix ? TERM_FLAGS.prefix : 0) |
  (mapping['@container']?.includes('@graph') ? TERM_FLAGS.graph : 0) |
  (mapping['@container']?.includes('@set') ? TERM_FLAGS.set : 0) |
  (isBeyond ? TERM_FLAGS.beyond : 0)

const processor = async (): Promise<ProcessContext> => {
  const { default: jsonld } = await import('jsonld')
  const documentLoader = () => Promise.reject(new TypeError('A context names another'))
  const options = { documentLoader, base: null, safe: true } as const
  const initial = await jsonld.processContext(null, null, options)
  return async (context) =>
    (await jsonld.processContext(initial, context, options)).mappings as ReadonlyMap<string, Mapping>
}

/** Takes contexts apart into layers, each once. */
const createCompiler = (processContext: ProcessContext) => {
  const layers: (LayerRow | undefined)[] = []
  const known = new Map<string, Promise<number>>()

  const scopeOf = async (context: Json | undefined): Promise<number> => {
    if (context === undefined) return SCOPES.none
    return context === null ? SCOPES.reset : layerOf(context)
  }

  const termRow = async (mapping: Mapping): Promise<TermRow | undefined> => {
    const { '@id': iri, '@type': coercion = COERCIONS.none } = mapping
    // Another word for a keyword that changes how its object is read.
    if (iri?.startsWith('@') && !ALIASES.includes(iri)) return undefined
    const scope = await scopeOf(mapping['@context'])
    const isAlias = ALIASES.includes(iri)
    const isBeyond = !isPlain(mapping) || !(isAlias || (iri !== null && isPlainIri(iri)))
    return rowOf(isBeyond ? '' : (iri ?? ''), isBeyond ? '' : coercion, flagsOf(mapping, isBeyond), scope)
  }

  const rowsOf = async (context: JsonObject): Promise<LayerRow | undefined> => {
    if (Object.keys(context).some((member) => FAR_REACHING.includes(member))) return undefined
    const vocab = context['@vocab']
    if (vocab !== undefined && (typeof vocab !== 'string' || !isPlainIri(vocab) || !vocab.includes('://')))
      return undefined
    const terms: Record<string, TermRow> = Object.create(null)
    for (const [term, mapping] of await processContext(context)) {
      const row = isPlainTerm(term) ? await termRow(mapping) : undefined
      if (row === undefined) return undefined
      terms[term] = row
    }
    return { ...(vocab === undefined ? {} : { vocab }), terms }
  }

  const add = async (context: JsonObject): Promise<number> => {
    // Wrong, or not to be understood by itself: the reference processor decides in each case.
    const rows = await rowsOf(context).catch(() => undefined)
    return rows ? layers.push(rows) - 1 : SCOPES.beyond
  }

  const layerOf = (context: Json): Promise<number> => {
    if (!isJsonObject(context)) return Promise.resolve(SCOPES.beyond)
    const key = JSON.stringify(context)
    const layer = known.get(key) ?? add(context)
    known.set(key, layer)
    return layer
  }

  return { layers, layerOf }
}

/**
 * Compiles contexts into a table, by the reference processor. What the compiled path cannot do is left out of it, or
 * marked; nothing rejects for the sake of a context.
 * @param contexts documents with an `@context`, by address
 */
export const compileContexts = async (
  contexts: Iterable<readonly [url: string, document: JsonObject]>,
): Promise<ContextTable> => {
  const { layers, layerOf } = createCompiler(await processor())
  const found: Record<string, number> = {}
  for (const [url, document] of contexts) {
    const layer = await layerOf(document['@context'] ?? null)
    if (layer >= 0) found[url] = layer
  }
  return { layers: layers as readonly LayerRow[], contexts: found }
}
