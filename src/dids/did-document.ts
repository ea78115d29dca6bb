import { parseDateTime } from '../codec/date-time.js'
import { canonicalizeJson } from '../codec/jcs.js'
import type { Json, JsonObject } from '../core/json.js'
import { asArray, isJsonObject } from '../core/json.js'
import { decodeMultikey } from '../crypto/multikey.js'
import type { PublicKeyJwk } from '../ports/signer.js'

/** A DID document: plain JSON whose `id` is the DID that was resolved. */
export type DidDocument = JsonObject & { readonly id: string }

/** Makes a document unchangeable, so that it can be kept and given to everybody who asks. */
export const freezeDocument = <Value extends Json>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) freezeDocument(inner)
  return Object.freeze(value)
}

/** What a key is for (DID Core 1.0, section 5.3). */
export type Relationship = 'assertionMethod' | 'authentication'

/** One verification method of a document, whatever type it is written as. */
export interface VerificationMethod {
  readonly id: string
  readonly controller: string
  /** `undefined` when its type or its key is none that we use. */
  readonly publicKeyJwk?: PublicKeyJwk
  /** From this moment on (milliseconds since 1970) its owner no longer answers for it; `NaN` for a time that is none. */
  readonly endsAt?: number
}

type KeyReader = (method: JsonObject) => PublicKeyJwk | undefined

const fromMultibase: KeyReader = ({ publicKeyMultibase }) =>
  typeof publicKeyMultibase === 'string' ? decodeMultikey(publicKeyMultibase) : undefined

const fromEd25519Multibase: KeyReader = (method) => {
  const jwk = fromMultibase(method)
  return jwk?.crv === 'Ed25519' ? jwk : undefined
}

const fromJwk: KeyReader = ({ publicKeyJwk }) =>
  isJsonObject(publicKeyJwk) ? (publicKeyJwk as unknown as PublicKeyJwk) : undefined

// How Microsoft Entra Verified ID publishes its older keys.
const fromSecp256k1Jwk: KeyReader = (method) => {
  const jwk = fromJwk(method)
  return jwk?.crv === 'secp256k1' ? jwk : undefined
}

const READERS: Readonly<Record<string, KeyReader>> = {
  Multikey: fromMultibase,
  Ed25519VerificationKey2020: fromEd25519Multibase,
  JsonWebKey: fromJwk,
  JsonWebKey2020: fromJwk,
  EcdsaSecp256k1VerificationKey2019: fromSecp256k1Jwk,
}

// Identifiers in a document may be relative to it.
const absolute = (id: unknown, did: string): string | undefined =>
  typeof id !== 'string' ? undefined : id.startsWith('#') ? did + id : id

// Controlled Identifiers 1.0, section 2.2: from either moment on, nothing that the key signed is to be verified.
const endOf = ({ expires, revoked }: JsonObject): number | undefined => {
  const ends = [expires, revoked].filter((time) => time !== undefined)
  if (ends.length === 0) return undefined
  return Math.min(...ends.map((time) => (typeof time === 'string' ? parseDateTime(time) : undefined) ?? Number.NaN))
}

/** Reads one verification method; `undefined` when it is not one. */
export const readMethod = (value: Json, did: string): VerificationMethod | undefined => {
  if (!isJsonObject(value)) return undefined
  const id = absolute(value.id, did)
  if (id === undefined || typeof value.controller !== 'string' || typeof value.type !== 'string') return undefined
  const read = Object.hasOwn(READERS, value.type) ? READERS[value.type] : undefined
  const publicKeyJwk = read?.(value)
  const endsAt = endOf(value)
  return {
    id,
    controller: value.controller,
    ...(publicKeyJwk ? { publicKeyJwk } : {}),
    ...(endsAt === undefined ? {} : { endsAt }),
  }
}

/** Whether an entry of a relationship refers to, or is, the method of this id. */
const names = (entry: Json, keyId: string, did: string): boolean =>
  absolute(isJsonObject(entry) ? entry.id : entry, did) === keyId

/** Whether the document lists the method of this id under the relationship. */
export const isListedFor = (document: DidDocument, keyId: string, relationship: Relationship): boolean =>
  asArray(document[relationship]).some((entry) => names(entry, keyId, document.id))

const RELATIONSHIPS = ['verificationMethod', 'assertionMethod', 'authentication'] as const

/** Every way in which the document writes the method of this id: one, unless it contradicts itself. */
const writings = (document: DidDocument, keyId: string): readonly JsonObject[] => {
  const found = RELATIONSHIPS.flatMap((name) => asArray(document[name]))
    .filter(isJsonObject)
    .filter((entry) => names(entry, keyId, document.id))
  return [...new Map(found.map((entry) => [canonicalizeJson(entry), entry])).values()]
}

// Documents are frozen and remembered, and unpacking a compressed point takes longer than most signatures: a method is
// read once. Only what was found is kept, so that there are never more than the document has.
const methods = new WeakMap<DidDocument, Map<string, VerificationMethod>>()

const remember = (document: DidDocument, method: VerificationMethod): VerificationMethod => {
  methods.set(document, (methods.get(document) ?? new Map<string, VerificationMethod>()).set(method.id, method))
  return method
}

/**
 * The method of this id, embedded or referred to; `'ambiguous'` when the document writes it in two ways, `undefined`
 * when it has none. The document must not be changed afterwards.
 */
export const findMethod = (document: DidDocument, keyId: string): VerificationMethod | 'ambiguous' | undefined => {
  const known = methods.get(document)?.get(keyId)
  if (known) return known
  const [first, ...others] = writings(document, keyId)
  if (others.length > 0) return 'ambiguous'
  const method = first && readMethod(first, document.id)
  return method && remember(document, method)
}
