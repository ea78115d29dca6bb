/** The door for schemas of your own, for credential types that the catalogue does not have. Node only: it compiles code. */

export {
  type CompiledCredentialSchema,
  type CredentialSchemaOptions,
  createCredentialSchema,
} from '../adapters/ajv/credential-schema.js'
