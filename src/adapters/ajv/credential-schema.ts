import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import type { Fault } from '../../core/outcome.js'
import { shapeFaults } from '../../credentials/faults.js'
import { namesIn, withKnownNames } from './known-names.js'
import { readSchemaCredential } from './schema-credential.js'

/** A schema of your own, to be compiled. */
export interface CredentialSchemaOptions {
  /** The credential type that it is for. */
  readonly type: string
  /**
   * A JSON Schema, or the document of a JsonSchemaCredential that you have verified. Never one that a credential named
   * and you have not looked at.
   */
  readonly schema: JsonObject
}

/** A compiled schema, as a verifier takes it. */
export interface CompiledCredentialSchema {
  readonly type: string
  /** What the credential's `credentialSchema` must name. */
  readonly id: string
  /** What it must say of itself there. */
  readonly schemaType: 'JsonSchema' | 'JsonSchemaCredential'
  readonly validate: (document: JsonObject) => readonly Fault[] | 'indeterminate'
}

type Compile = (schema: JsonObject) => (document: JsonObject) => readonly ErrorObject[]

const compiledBy =
  (Engine: typeof Ajv | typeof Ajv2019 | typeof Ajv2020): Compile =>
  (schema) => {
    // Unknown keywords are annotations (JSON Schema 2020-12, core, section 6.5).
    const engine = new Engine({ allErrors: true, strict: false, validateSchema: true, logger: false })
    addFormats.default(engine)
    const { $schema: _, ...rest } = schema
    const validate = engine.compile(rest as AnySchemaObject)
    return (document) => (validate(document) ? [] : [...(validate.errors ?? [])])
  }

// Verifiable Credentials JSON Schema, section 4: an implementation says which versions it knows.
const DRAFTS: Readonly<Record<string, Compile>> = {
  'https://json-schema.org/draft/2020-12/schema': compiledBy(Ajv2020),
  'https://json-schema.org/draft/2019-09/schema': compiledBy(Ajv2019),
  'https://json-schema.org/draft-07/schema': compiledBy(Ajv),
  'http://json-schema.org/draft-07/schema': compiledBy(Ajv),
}

const draftOf = (schema: JsonObject): Compile | undefined => {
  const name = String(schema.$schema).replace(/#$/, '')
  return Object.hasOwn(DRAFTS, name) ? DRAFTS[name] : undefined
}

const idOf = (schema: JsonObject): string => {
  const { $id, $schema } = schema
  if (typeof $id !== 'string' || !URL.canParse($id)) throw new TypeError('schema must have an $id that is a URL')
  if (typeof $schema !== 'string' || !URL.canParse($schema))
    throw new TypeError('schema must name its version in $schema')
  return $id
}

const compile = (schema: JsonObject): CompiledCredentialSchema['validate'] => {
  const draft = draftOf(schema)
  if (!draft) return () => 'indeterminate'
  const names = namesIn(schema)
  try {
    const validate = draft(schema)
    return (document) =>
      shapeFaults((value) => validate(value as JsonObject), document).map(({ path, code }) => ({
        path: withKnownNames(path, names),
        code,
      }))
  } catch (cause) {
    throw new TypeError('schema is not a JSON Schema of the version that it names', { cause })
  }
}

const copyOf = (schema: Json): JsonObject => {
  const copy = structuredClone(schema)
  if (!isJsonObject(copy)) throw new TypeError('schema must be a JSON object')
  return copy
}

/**
 * Compiles a schema for a credential type that the catalogue does not have: drafts 7, 2019-09 and 2020-12. A schema of
 * another version is taken, and every credential of it is undecided (`schema.indeterminate`). Nothing is fetched: what
 * the schema refers to must be in it.
 *
 * ```ts
 * import { createCredentialSchema } from 'staff-passport/json-schema'
 * import { createDemoAuthority } from 'staff-passport/testing'
 * import { POLICIES, createVerifier } from 'staff-passport/verify'
 *
 * const parking = createCredentialSchema({
 *   type: 'ParkingPermit',
 *   schema: {
 *     $id: 'https://southmere.example/schemas/parking-permit.json',
 *     $schema: 'https://json-schema.org/draft/2020-12/schema',
 *     properties: { credentialSubject: { required: ['bay'], properties: { bay: { type: 'string' } } } },
 *   },
 * })
 * const { trustList, anchor } = await createDemoAuthority()
 * const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor, schemas: [parking] })
 * ```
 *
 * @throws TypeError when the schema is not one, or has no `$id` or `$schema`
 * @see Verifiable Credentials JSON Schema, sections 2 to 4
 */
export const createCredentialSchema = ({ type, schema }: CredentialSchemaOptions): CompiledCredentialSchema => {
  if (typeof type !== 'string' || type === '') throw new TypeError('type must be the name of a credential type')
  const own = copyOf(schema)
  const held = readSchemaCredential(own)
  const inner = held?.schema ?? own
  const id = idOf(inner)
  return {
    type,
    id: held?.id ?? id,
    schemaType: held ? 'JsonSchemaCredential' : 'JsonSchema',
    validate: compile(inner),
  }
}
