import { asArray, isJsonObject, type JsonObject } from '../../core/json.js'

/** The schema that a credential holds, and the credential's own id. */
export interface HeldSchema {
  readonly id: string
  readonly schema: JsonObject
}

const TYPE = 'JsonSchemaCredential'
/** What every such credential must itself be valid against (Verifiable Credentials JSON Schema, section 2.2). */
const ITS_SCHEMA = 'https://www.w3.org/2022/credentials/v2/json-schema-credential-schema.json'

/**
 * Reads the document of a JsonSchemaCredential; `undefined` for what is none.
 * @throws TypeError for one that is malformed
 * @see Verifiable Credentials JSON Schema, section 2.2
 */
export const readSchemaCredential = (document: JsonObject): HeldSchema | undefined => {
  if (!asArray(document.type).includes(TYPE)) return undefined
  const { id, credentialSchema, credentialSubject: subject } = document
  const [itsSchema] = asArray(credentialSchema)
  if (typeof id !== 'string' || !URL.canParse(id)) throw new TypeError(`A ${TYPE} must have an id that is a URL`)
  if (!isJsonObject(itsSchema) || itsSchema.id !== ITS_SCHEMA || itsSchema.type !== 'JsonSchema')
    throw new TypeError(`A ${TYPE} must name ${ITS_SCHEMA} as its own schema`)
  if (!isJsonObject(subject) || subject.type !== 'JsonSchema' || !isJsonObject(subject.jsonSchema))
    throw new TypeError(`A ${TYPE} must hold, as its subject, a JsonSchema and its jsonSchema`)
  return { id, schema: subject.jsonSchema }
}
