import type { JsonObject } from '../core/json.js'
import { STAFF_PASSPORT_CONTEXT_URL } from './generated/context.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from './rows.js'

const VCDM_2_CONTEXT = 'https://www.w3.org/ns/credentials/v2'

/** The contexts of every credential of the catalogue, in their order. */
export const CREDENTIAL_CONTEXTS: readonly string[] = [VCDM_2_CONTEXT, STAFF_PASSPORT_CONTEXT_URL]

/** The parts of a credential. */
export interface CredentialParts {
  readonly id: string
  readonly issuer: { readonly id: string; readonly name?: string }
  /** The holder's DID. */
  readonly subject: string
  readonly uniqueIdentifier: string
  readonly assurance: JsonObject
  readonly claims: JsonObject
  readonly evidence?: readonly JsonObject[]
  /** RFC 3339. */
  readonly validFrom: string
  readonly validUntil?: string
  readonly credentialStatus: readonly JsonObject[]
}

/**
 * Puts a credential together, unsigned. The same parts give the same document, whatever is to secure it.
 * @see Verifiable Credentials Data Model 2.0, section 4
 */
export const buildCredential = (type: CredentialTypeName, parts: CredentialParts): JsonObject => {
  const { claimsKey, schemas } = CREDENTIAL_ROWS[type]
  const { id, issuer, subject, uniqueIdentifier, assurance, claims, evidence = [], credentialStatus } = parts
  return {
    '@context': CREDENTIAL_CONTEXTS,
    id,
    type: ['VerifiableCredential', type],
    issuer: issuer.name === undefined ? issuer.id : { id: issuer.id, name: issuer.name },
    validFrom: parts.validFrom,
    ...(parts.validUntil === undefined ? {} : { validUntil: parts.validUntil }),
    credentialSubject: { id: subject, uniqueIdentifier, assurance, [claimsKey]: claims },
    credentialSchema: { id: schemas[0], type: 'JsonSchema' },
    ...(credentialStatus.length === 0 ? {} : { credentialStatus }),
    ...(evidence.length === 0 ? {} : { evidence }),
  }
}
