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

declare module '@digitalbazaar/data-integrity' {
  interface SuiteSigner {
    readonly id: string
    readonly algorithm: string
    sign(input: { data: Uint8Array }): Promise<Uint8Array>
  }
  export class DataIntegrityProof {
    constructor(options: { signer?: SuiteSigner; date?: string; cryptosuite: unknown })
    proof?: object
  }
}

declare module '@digitalbazaar/vc' {
  type Json = import('../../core/json.js').JsonObject
  interface SignOptions {
    readonly suite: unknown
    readonly documentLoader: unknown
    readonly now?: Date
  }
  export function issue(options: SignOptions & { readonly credential: object }): Promise<Json>
  export function signPresentation(
    options: SignOptions & { readonly presentation: object; readonly challenge: string; readonly domain: string },
  ): Promise<Json>
  export function verifyCredential(options: {
    readonly credential: object
    readonly suite: unknown
    readonly documentLoader: unknown
    readonly checkStatus?: unknown
    readonly now?: Date
  }): Promise<{ readonly verified: boolean; readonly error?: Error }>
  export function verify(options: {
    readonly presentation: object
    readonly suite: unknown
    readonly documentLoader: unknown
    readonly challenge: string
    readonly domain?: string
    readonly checkStatus?: unknown
    readonly now?: Date
  }): Promise<{ readonly verified: boolean; readonly error?: Error }>
}
