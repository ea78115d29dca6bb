import type { JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { isCredentialTypeName } from '../credentials/rows.js'

/** A schema of your own, for a credential type that the catalogue does not have. No schema is ever fetched. */
export interface CredentialSchema {
  /** The credential type. */
  readonly type: string
  /** What the credential's `credentialSchema` must name. */
  readonly id: string
  /** What the credential's `credentialSchema` must say that it is; by default `JsonSchema`. */
  readonly schemaType?: 'JsonSchema' | 'JsonSchemaCredential'
  /**
   * Says what is wrong with a document (without its proof); codes begin with `schema.`, and paths hold no values.
   * `indeterminate` where it cannot be said.
   */
  readonly validate: (document: JsonObject) => readonly Fault[] | 'indeterminate'
}

/** @throws TypeError when a schema is not one */
export const indexSchemas = (schemas: readonly CredentialSchema[]): ReadonlyMap<string, CredentialSchema> => {
  for (const schema of schemas) {
    if (typeof schema?.type !== 'string' || typeof schema.id !== 'string' || typeof schema.validate !== 'function')
      throw new TypeError('schemas must hold objects with type, id and validate')
    if (isCredentialTypeName(schema.type)) throw new TypeError('schemas must not hold types of the catalogue')
  }
  const twice = schemas.find(({ type }, index) => schemas.findIndex((other) => other.type === type) !== index)
  if (twice) throw new TypeError('schemas must hold one for each type')
  return new Map(schemas.map((schema) => [schema.type, schema]))
}
