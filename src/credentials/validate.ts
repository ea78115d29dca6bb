import type { JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { compileSchemas } from './compile-schema.js'
import { type ShapeFault, shapeFaults } from './faults.js'
import { SCHEMAS } from './generated/schemas.js'
import type { CredentialTypeName } from './rows.js'

const validatorOf = compileSchemas(SCHEMAS)

/**
 * Validates a whole credential, without its proof, against the schema of its type.
 * @returns every fault: a JSON pointer and a code; a property that the type does not have shows as `*`
 * @see Verifiable Credentials JSON Schema
 */
export const validateCredential = (type: CredentialTypeName, document: JsonObject): readonly Fault[] =>
  shapeFaults(validatorOf(type), document).map(({ path, code }) => ({ path, code }))

/** Validates the claims of a type alone, the object under its own key in the subject. */
export const validateClaims = (type: CredentialTypeName, claims: unknown): readonly ShapeFault[] =>
  shapeFaults(validatorOf(`${type}/claims`), claims)

/** Validates an assurance block. */
export const validateAssurance = (assurance: unknown): readonly ShapeFault[] =>
  shapeFaults(validatorOf('assurance'), assurance)

/** Validates one item of source evidence. */
export const validateEvidence = (evidence: unknown): readonly ShapeFault[] =>
  shapeFaults(validatorOf('sourceEvidence'), evidence)

/** Validates a unique identifier. */
export const validateUniqueIdentifier = (identifier: unknown): readonly ShapeFault[] =>
  shapeFaults(validatorOf('uuid'), identifier)
