// Declarations for what we use of libraries that ship none.

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, import('../../core/json.js').JsonObject>
}

declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: ReadonlyMap<string, import('../../core/json.js').JsonObject>
}
