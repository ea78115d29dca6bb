// Declarations for what we use of libraries that ship none.

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, import('../../core/json.js').JsonObject>
}

declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: ReadonlyMap<string, import('../../core/json.js').JsonObject>
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  interface CanonizeOptions {
    readonly documentLoader: unknown
    readonly base: null
    readonly safe: true
    readonly maxWorkFactor: number
  }
  export const cryptosuite: {
    canonize(input: object, options: CanonizeOptions): Promise<string>
    readonly name: string
    readonly requiredAlgorithm: string
    readonly createVerifier: unknown
  }
}
