// Declarations for what tests use of the peers that ship none.

declare module '@digitalbazaar/data-integrity' {
  export interface SuiteSigner {
    readonly id: string
    readonly algorithm: string
    sign(input: { data: Uint8Array }): Promise<Uint8Array>
  }
  export class DataIntegrityProof {
    constructor(options: { signer?: SuiteSigner; date?: string; cryptosuite: unknown })
    proof?: object
  }
}

declare module '@digitalbazaar/ecdsa-multikey' {
  export function generate(options: { readonly curve: string }): Promise<{
    id?: string
    readonly publicKeyMultibase: string
    signer(): import('@digitalbazaar/data-integrity').SuiteSigner
  }>
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function generate(): Promise<{
    id?: string
    readonly publicKeyMultibase: string
    signer(): import('@digitalbazaar/data-integrity').SuiteSigner
  }>
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown
}

declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: unknown
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): unknown
  export function createVerifyCryptosuite(): unknown
}

declare module '@digitalbazaar/ecdsa-jcs-2019-cryptosuite' {
  export function createSignCryptosuite(): unknown
  export function createVerifyCryptosuite(): unknown
}

declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  export function createSignCryptosuite(options: { readonly mandatoryPointers: readonly string[] }): unknown
  export function createDiscloseCryptosuite(options: { readonly selectivePointers: readonly string[] }): unknown
  export function createVerifyCryptosuite(): unknown
}

declare module '@digitalbazaar/vc' {
  type Json = import('../../src/core/json.js').JsonObject
  interface SignOptions {
    readonly suite: unknown
    readonly documentLoader: unknown
    readonly now?: Date
  }
  export function issue(options: SignOptions & { readonly credential: object }): Promise<Json>
  export function derive(options: SignOptions & { readonly verifiableCredential: object }): Promise<Json>
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
