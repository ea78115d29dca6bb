// Declarations for what we use of libraries that ship none.

declare module 'jsonld' {
  interface ToRdfOptions {
    readonly documentLoader: unknown
    readonly base: null
    readonly safe: true
    readonly rdfDirection: 'i18n-datatype'
    readonly format: 'application/n-quads'
  }
  const jsonld: { toRDF(document: object, options: ToRdfOptions): Promise<string> }
  export default jsonld
}

declare module 'rdf-canonize' {
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0'
    readonly inputFormat: 'application/n-quads'
    readonly messageDigestAlgorithm: 'SHA-256' | 'SHA-384'
    readonly canonicalIdMap: Map<string, string>
    readonly maxWorkFactor: number
  }
  const rdfCanonize: { canonize(nQuads: string, options: CanonizeOptions): Promise<string> }
  export default rdfCanonize
}
