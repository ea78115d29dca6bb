// Declarations for what we use of libraries that ship none.

declare module 'jsonld' {
  interface ToRdfOptions {
    readonly documentLoader: unknown
    readonly base: null
    readonly safe: true
    readonly rdfDirection: 'i18n-datatype'
    readonly format: 'application/n-quads'
  }
  interface ContextOptions {
    readonly documentLoader: unknown
    readonly base: null
    readonly safe: true
  }
  /** What contexts come to; of its own kind, and read with care. */
  interface ProcessedContext {
    readonly mappings: ReadonlyMap<string, object>
  }
  const jsonld: {
    toRDF(document: object, options: ToRdfOptions): Promise<string>
    processContext(
      active: ProcessedContext | null,
      context: object | null,
      options: ContextOptions,
    ): Promise<ProcessedContext>
  }
  export default jsonld
}

declare module 'rdf-canonize' {
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0'
    readonly createMessageDigest: () => { update(text: string): void; digest(): string }
    readonly canonicalIdMap: Map<string, string>
    readonly maxDeepIterations: number
  }
  export interface Term {
    readonly termType: string
    readonly value: string
  }
  export interface Quad {
    readonly subject: Term
    readonly object: Term
    readonly graph: Term
  }
  type Quads = readonly Quad[]
  const rdfCanonize: {
    canonize(quads: Quads, options: CanonizeOptions): Promise<string>
    readonly NQuads: { parse(nQuads: string): Quads }
  }
  export default rdfCanonize
}
