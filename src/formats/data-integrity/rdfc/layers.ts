import { COERCIONS, type ContextTable, type LayerRow, SCOPES, TERM_FLAGS, type TermRow } from './context-table.js'
import { prefixOf } from './iri.js'
import { type Predicate, predicateOf, rankPredicates } from './predicate.js'

/** How values of a term are read: as they are, as addresses, as terms or addresses. */
export type Coercion = 'none' | 'id' | 'vocab'

/** What a term stands for. */
export interface TermDefinition {
  /** The address, or `@id` or `@type` of which it is another word. */
  readonly iri: string
  /** The address as N-Quads write it. */
  readonly token: string
  readonly predicate: Predicate
  readonly coercion: Coercion
  /** The datatype of its texts, as N-Quads write it; empty for none. */
  readonly datatype: string
  /** What N-Quads write after a text of this term, from its quotation mark on, and that with the statement's end. */
  readonly closing: string
  readonly ending: string
  readonly isProtected: boolean
  /** Whether each value is a graph of its own. */
  readonly isGraph: boolean
  /** Known, and beyond the compiled path. */
  readonly isBeyond: boolean
  /** The context that holds for its values, or for nodes of its type; `null` forgets all contexts. */
  readonly scope: Scope
  /** All of this but its protection and its scope, for comparison. */
  readonly identity: string
}

/** A scoped context: a layer over what holds, `null` to forget all, `undefined` for none, or beyond the compiled path. */
export type Scope = Layer | null | undefined | 'beyond'

/** What one context defines. */
export interface Layer {
  readonly terms: ReadonlyMap<string, TermDefinition>
  readonly vocab: string | undefined
  /** Schemes of the addresses in it that would mean something else below a context where they are terms. */
  readonly schemes: readonly string[]
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

const COERCION: Readonly<Record<string, Coercion>> = { [COERCIONS.id]: 'id', [COERCIONS.vocab]: 'vocab' }

// A text without a datatype is of this one, and N-Quads do not write it.
const datatypeOf = (coercion: string): string =>
  coercion.startsWith('@') || coercion === COERCIONS.none || coercion === XSD_STRING ? '' : `^^<${coercion}>`

/** What follows a text with this datatype. */
export const closings = (datatype: string): Pick<TermDefinition, 'closing' | 'ending'> => ({
  closing: `"${datatype}`,
  ending: `"${datatype} .\n`,
})

const parts = (row: TermRow) =>
  typeof row === 'string' ? ([row, COERCIONS.none, TERM_FLAGS.protected, SCOPES.none] as const) : row

const schemesIn = (rows: readonly TermRow[]): readonly string[] => {
  const addresses = rows.flatMap((row) => parts(row).slice(0, 2) as string[]).filter((text) => text.includes(':'))
  return [...new Set(addresses.map(prefixOf))].filter((scheme) => scheme !== undefined)
}

/**
 * The layers of a table, made when they are first asked for.
 * @returns the layer of a context, by its address; `undefined` when the table has none
 */
export const openTable = ({ layers, contexts }: ContextTable): ((url: string) => Layer | undefined) => {
  const made = new Map<number, Layer>()
  let predicates: ReadonlyMap<string, Predicate> | undefined

  const predicateFor = (iri: string): Predicate => {
    predicates ??= rankPredicates(layers.flatMap(({ terms }) => Object.values(terms).map((row) => parts(row)[0])))
    return predicates.get(iri) ?? predicateOf(`<${iri}>`)
  }

  const scopeOf = (index: number): Scope => {
    if (index === SCOPES.none) return undefined
    return index === SCOPES.reset ? null : (layerAt(index) ?? 'beyond')
  }

  const definitionOf = (row: TermRow): TermDefinition => {
    const [iri, coercion, flags, scope] = parts(row)
    const datatype = datatypeOf(coercion)
    return {
      iri,
      token: `<${iri}>`,
      predicate: predicateFor(iri),
      coercion: COERCION[coercion] ?? 'none',
      datatype,
      ...closings(datatype),
      isProtected: (flags & TERM_FLAGS.protected) !== 0,
      isGraph: (flags & TERM_FLAGS.graph) !== 0,
      isBeyond: (flags & TERM_FLAGS.beyond) !== 0,
      scope: scopeOf(scope),
      identity: `${iri} ${coercion} ${flags & ~TERM_FLAGS.protected}`,
    }
  }

  const makeLayer = ({ vocab, terms }: LayerRow): Layer => ({
    vocab,
    terms: new Map(Object.entries(terms).map(([term, row]) => [term, definitionOf(row)])),
    schemes: schemesIn(Object.values(terms)),
  })

  const layerAt = (index: number): Layer | undefined => {
    const row = layers[index]
    const layer = made.get(index) ?? (row && makeLayer(row))
    if (layer) made.set(index, layer)
    return layer
  }

  return (url) => (Object.hasOwn(contexts, url) ? layerAt(contexts[url] ?? SCOPES.none) : undefined)
}

/** Whether a term that is already protected may be defined once more, because nothing changes. */
export const isSameDefinition = (a: TermDefinition, b: TermDefinition): boolean =>
  !a.isBeyond && a.identity === b.identity && a.scope === b.scope
