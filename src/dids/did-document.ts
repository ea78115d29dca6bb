import type { JsonObject } from '../core/json.js'
import { asArray, isJsonObject } from '../core/json.js'
import { decodeMultikey } from '../crypto/multikey.js'
import type { PublicKeyJwk } from '../ports/signer.js'

/** A DID document: plain JSON whose `id` is the DID that was resolved. */
export type DidDocument = JsonObject & { readonly id: string }

/** What a key is for (DID Core 1.0, section 5.3). */
export type Relationship = 'assertionMethod' | 'authentication'

/** One verification method of a document, whatever type it is written as. */
export interface VerificationMethod {
  readonly id: string
  readonly controller: string
  /** `undefined` when its type or its key is none that we use. */
  readonly publicKeyJwk?: PublicKeyJwk
}

type KeyReader = (method: JsonObject) => PublicKeyJwk | undefined

const fromMultibase: KeyReader = (method) =>
  typeof method.publicKeyMultibase === 'string' ? decodeMultikey(method.publicKeyMultibase) : undefined

const fromJwk: KeyReader = (method) =>
  isJsonObject(method.publicKeyJwk) ? (method.publicKeyJwk as unknown as PublicKeyJwk) : undefined

const READERS: Readonly<Record<string, KeyReader>> = {
  Multikey: fromMultibase,
  Ed25519VerificationKey2020: fromMultibase,
  JsonWebKey: fromJwk,
  JsonWebKey2020: fromJwk,
}

// Identifiers in a document may be relative to it.
const absolute = (id: unknown, did: string): string | undefined =>
  typeof id !== 'string' ? undefined : id.startsWith('#') ? did + id : id

const readMethod = (value: unknown, did: string): VerificationMethod | undefined => {
  if (!isJsonObject(value)) return undefined
  const id = absolute(value.id, did)
  if (id === undefined || typeof value.controller !== 'string' || typeof value.type !== 'string') return undefined
  const read = Object.hasOwn(READERS, value.type) ? READERS[value.type] : undefined
  const publicKeyJwk = read?.(value)
  return { id, controller: value.controller, ...(publicKeyJwk ? { publicKeyJwk } : {}) }
}

const readMethods = (values: readonly unknown[], did: string): readonly VerificationMethod[] =>
  values.map((value) => readMethod(value, did)).filter((method) => method !== undefined)

/** Every verification method of a document, those embedded in a relationship too. */
export const methodsOf = (document: DidDocument): readonly VerificationMethod[] =>
  readMethods(
    [
      ...asArray(document.verificationMethod),
      ...asArray(document.assertionMethod),
      ...asArray(document.authentication),
    ],
    document.id,
  )

/** The method of this id, if it stands under the relationship. */
export const methodFor = (
  document: DidDocument,
  keyId: string,
  relationship: Relationship,
): { readonly listed: VerificationMethod | undefined; readonly allowed: boolean } => {
  const entries = asArray(document[relationship])
  const embedded = readMethods(entries, document.id).find(({ id }) => id === keyId)
  const referred = entries.some((entry) => absolute(entry, document.id) === keyId)
  const listed = embedded ?? methodsOf(document).find(({ id }) => id === keyId)
  return { listed, allowed: embedded !== undefined || referred }
}
