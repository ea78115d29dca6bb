import { parseDid, parseDidUrl } from '../codec/did.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import { algorithmOfCurve } from '../crypto/algorithms.js'
import { encodeMultikey } from '../crypto/multikey.js'
import type { PublicKeyJwk, SignatureAlgorithm } from '../ports/signer.js'
import { type DidDocument, readMethod } from './did-document.js'

/** A key as it is published. */
export interface PublishedKey {
  /** An absolute DID URL of the document's DID. */
  readonly keyId: string
  readonly publicKeyJwk: PublicKeyJwk
  /** No longer signs. It stays published, because what it signed must stay verifiable. */
  readonly retired?: boolean
  /**
   * How the key is written: by default `Multikey` for Ed25519 and `JsonWebKey` for the others, which is what tokens ask
   * for. Readers of ECDSA proofs on linked data ask for `Multikey`; we read both.
   */
  readonly writtenAs?: 'Multikey' | 'JsonWebKey'
}

type KeyWriter = (jwk: PublicKeyJwk) => JsonObject

const asMultikey: KeyWriter = (jwk) => ({ type: 'Multikey', publicKeyMultibase: encodeMultikey(jwk) })

const asJsonWebKey: KeyWriter = ({ kty, crv, x, y }) => ({
  type: 'JsonWebKey',
  publicKeyJwk: { kty, crv, x, ...(y === undefined ? {} : { y }) },
})

const WRITERS = { Multikey: asMultikey, JsonWebKey: asJsonWebKey } as const

// Each in the form that its signatures' specification asks for: Data Integrity EdDSA 1.0, section 2.1.1, for what
// Ed25519 signs here by default; Securing VCs using JOSE and COSE, section 3.3, for what the others sign.
const usualForm = (algorithm: SignatureAlgorithm) => (algorithm === 'EdDSA' ? 'Multikey' : 'JsonWebKey')

const writeMethod = (did: string, { keyId, publicKeyJwk, writtenAs }: PublishedKey): JsonObject => {
  const algorithm = algorithmOfCurve(publicKeyJwk.kty, publicKeyJwk.crv)
  if (!algorithm) throw new TypeError('Every publicKeyJwk must be a public key for one of our algorithms')
  // Throws for coordinates that make no key, whichever form is written.
  encodeMultikey(publicKeyJwk)
  return { id: keyId, controller: did, ...WRITERS[writtenAs ?? usualForm(algorithm)](publicKeyJwk) }
}

const checkKeys = (did: string, keys: readonly PublishedKey[]): void => {
  if (keys.some(({ writtenAs }) => writtenAs !== undefined && !Object.hasOwn(WRITERS, writtenAs)))
    throw new TypeError('writtenAs must be Multikey or JsonWebKey')
  if (!parseDid(did)) throw new TypeError('did must be a DID')
  if (keys.length === 0) throw new TypeError('keys must hold a key')
  if (!keys.every(({ keyId }) => parseDidUrl(keyId)?.did === did))
    throw new TypeError("Every keyId must be the document's DID and a fragment")
  if (new Set(keys.map(({ keyId }) => keyId)).size !== keys.length) throw new TypeError('A keyId stands there twice')
}

const CONTEXTS = [
  'https://www.w3.org/ns/did/v1',
  'https://w3id.org/security/multikey/v1',
  'https://w3id.org/security/jwk/v1',
]

/**
 * The DID document of an issuer, to be served as its `did.json`. Keys in use come first and authenticate too; retired
 * keys stay under `assertionMethod` until the last credential they signed has expired, and can no longer authenticate.
 * Leave a compromised key out. Within each group keys keep the order in which they are given.
 * @throws TypeError when the DID, a key or a key id does not fit, or a key id stands there twice
 * @see Controlled Identifiers 1.0, section 2
 */
export const createDidDocument = (options: {
  readonly did: string
  readonly keys: readonly PublishedKey[]
}): DidDocument => {
  const { did, keys } = options
  checkKeys(did, keys)
  const inUse = keys.filter(({ retired }) => !retired)
  const ordered = [...inUse, ...keys.filter(({ retired }) => retired)]
  return {
    '@context': CONTEXTS,
    id: did,
    verificationMethod: ordered.map((key) => writeMethod(did, key)),
    assertionMethod: ordered.map(({ keyId }) => keyId),
    authentication: inUse.map(({ keyId }) => keyId),
  }
}

/** A document's keys, or everything that is wrong with it. */
export type ParsedDidDocument =
  | { readonly ok: true; readonly did: string; readonly keys: readonly PublishedKey[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

const fault = (path: string): readonly Fault[] => [{ path, code: 'signature.didDocumentInvalid' }]

const MEMBERS = ['@context', 'id', 'verificationMethod', 'assertionMethod', 'authentication']
const METHOD_MEMBERS = ['id', 'type', 'controller', 'publicKeyJwk', 'publicKeyMultibase']

const hasOnly = (object: JsonObject, members: readonly string[]): boolean =>
  Object.keys(object).every((name) => members.includes(name))

// A form that is not the usual one was asked for, and is to be asked for again.
const formOf = (method: Json, { kty, crv }: PublicKeyJwk): Pick<PublishedKey, 'writtenAs'> => {
  const type = isJsonObject(method) ? method.type : undefined
  const algorithm = algorithmOfCurve(kty, crv)
  const isUsual = algorithm !== undefined && type === usualForm(algorithm)
  return (type === 'Multikey' || type === 'JsonWebKey') && !isUsual ? { writtenAs: type } : {}
}

const readKey = (value: Json, document: JsonObject, did: string): PublishedKey | undefined => {
  const method = isJsonObject(value) && hasOnly(value, METHOD_MEMBERS) ? readMethod(value, did) : undefined
  if (!method?.publicKeyJwk || method.controller !== did) return undefined
  const { id: keyId, publicKeyJwk } = method
  if (!asArray(document.assertionMethod).includes(keyId)) return undefined
  const retired = asArray(document.authentication).includes(keyId) ? {} : { retired: true }
  return { keyId, publicKeyJwk, ...retired, ...formOf(value, publicKeyJwk) }
}

const strangers = (document: JsonObject, name: string, keyIds: readonly string[]): readonly Fault[] =>
  asArray(document[name]).flatMap((entry, index) =>
    typeof entry === 'string' && keyIds.includes(entry) ? [] : fault(`/${name}/${index}`),
  )

/**
 * Reads back a document that {@link createDidDocument} made, to publish it again with other keys. Strict, because what it
 * would pass over would be lost: other members, other kinds of key and other controllers are faults.
 */
export const parseDidDocument = (json: Json): ParsedDidDocument => {
  if (!isJsonObject(json)) return { ok: false, faults: fault('') }
  const { id: did } = json
  if (typeof did !== 'string' || !parseDid(did)) return { ok: false, faults: fault('/id') }
  const read = asArray(json.verificationMethod).map((value) => readKey(value, json, did))
  const keys = read.filter((key) => key !== undefined)
  const keyIds = keys.map(({ keyId }) => keyId)
  const faults = [
    ...(hasOnly(json, MEMBERS) ? [] : fault('/*')),
    ...(read.length === 0 || new Set(keyIds).size !== keyIds.length ? fault('/verificationMethod') : []),
    ...read.flatMap((key, index) => (key ? [] : fault(`/verificationMethod/${index}`))),
    ...strangers(json, 'assertionMethod', keyIds),
    ...strangers(json, 'authentication', keyIds),
  ]
  return faults.length > 0 ? { ok: false, faults } : { ok: true, did, keys }
}
