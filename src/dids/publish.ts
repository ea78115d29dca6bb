import { parseDid } from '../codec/did.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import { type DidDocument, methodsOf } from './did-document.js'

/** A key as it is published. */
export interface PublishedKey {
  /** An absolute DID URL of the document's DID. */
  readonly keyId: string
  readonly publicKeyJwk: PublicKeyJwk
  /** No longer signs. It stays published, because what it signed must stay verifiable. */
  readonly retired?: boolean
}

const method = (did: string, { keyId, publicKeyJwk }: PublishedKey): JsonObject => {
  const { kty, crv, x, y } = publicKeyJwk
  return {
    id: keyId,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk: { kty, crv, x, ...(y === undefined ? {} : { y }) },
  }
}

/**
 * The DID document of an issuer, to be served as its `did.json`. Keys in use come first and authenticate too; retired
 * keys stay under `assertionMethod` until the last credential they signed has expired, and can no longer authenticate.
 * A compromised key is left out.
 * @throws TypeError when the DID or a key id does not fit, or a key stands there twice
 * @see Controlled Identifiers 1.0, section 2
 */
export const createDidDocument = (options: {
  readonly did: string
  readonly keys: readonly PublishedKey[]
}): DidDocument => {
  const { did, keys } = options
  if (!parseDid(did)) throw new TypeError('did must be a DID')
  if (!keys.every(({ keyId }) => keyId.startsWith(`${did}#`)))
    throw new TypeError("Every keyId must begin with the document's DID")
  if (new Set(keys.map(({ keyId }) => keyId)).size !== keys.length) throw new TypeError('A keyId stands there twice')
  const inUse = keys.filter(({ retired }) => !retired)
  const ordered = [...inUse, ...keys.filter(({ retired }) => retired)]
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: ordered.map((key) => method(did, key)),
    assertionMethod: ordered.map(({ keyId }) => keyId),
    authentication: inUse.map(({ keyId }) => keyId),
  }
}

/** A document's keys, or what is wrong with it. */
export type ParsedDidDocument =
  | { readonly ok: true; readonly did: string; readonly keys: readonly PublishedKey[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads the keys out of a DID document that was published before; those that no longer authenticate are retired. */
export const parseDidDocument = (json: Json): ParsedDidDocument => {
  const bad = (path: string): ParsedDidDocument => ({
    ok: false,
    faults: [{ path, code: 'signature.didDocumentInvalid' }],
  })
  if (!isJsonObject(json)) return bad('')
  if (typeof json.id !== 'string' || !parseDid(json.id)) return bad('/id')
  const authenticating = asArray(json.authentication)
  const keys = methodsOf(json as DidDocument).flatMap(({ id, publicKeyJwk }) => {
    if (!publicKeyJwk) return []
    return [{ keyId: id, publicKeyJwk, ...(authenticating.includes(id) ? {} : { retired: true }) }]
  })
  return keys.length > 0 ? { ok: true, did: json.id, keys } : bad('/verificationMethod')
}
