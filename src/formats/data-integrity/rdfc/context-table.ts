/** What a term coerces its values to, besides a datatype: nothing, an address, or a term or an address. */
export const COERCIONS = { none: '', id: '@id', vocab: '@vocab' } as const

/** Bits of a term row. */
export const TERM_FLAGS = {
  /** No context further in may give it another meaning. */
  protected: 1,
  /** May be the beginning of a compact address. */
  prefix: 2,
  /** Each value is a graph of its own. */
  graph: 4,
  /** Known, and beyond the compiled path: a list, a language, a JSON literal. */
  beyond: 8,
  /** Compacts to an array. Nothing to us, but a definition without it is another one. */
  set: 16,
} as const

/** Where the context scoped to a term is: a layer, none, or `null`, which forgets all contexts. */
export const SCOPES = { none: -1, reset: -2, beyond: -3 } as const

/** A term: what it stands for, and, when anything is special about it, coercion, flags and the layer scoped to it. */
export type TermRow = string | readonly [iri: string, coercion: string, flags: number, scope: number]

/** What one context defines, as a JSON-LD processor understood it by itself. */
export interface LayerRow {
  readonly vocab?: string
  readonly terms: Readonly<Record<string, TermRow>>
}

/** Contexts by address, and all layers that they are made of. Plain JSON, so that it can be made when we are built. */
export interface ContextTable {
  readonly layers: readonly LayerRow[]
  /** The layer of each context; absent when the compiled path cannot do it. */
  readonly contexts: Readonly<Record<string, number>>
}
