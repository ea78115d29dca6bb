import { parseDid } from '../codec/did.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import { encodeMultikey } from '../crypto/multikey.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import type { DidDocument } from './did-document.js'

/** A DID and the id of its key. */
export interface NamedKey {
  readonly did: string
  readonly keyId: string
}

/**
 * The did:key of a public key. Other members of the JWK are left out, the private one too.
 * @throws TypeError when it is not a public Ed25519 or P-256 key
 * @see The did:key Method, section 3.1
 */
export const didKey = (jwk: PublicKeyJwk): NamedKey => {
  const multikey = encodeMultikey(jwk)
  return { did: `did:key:${multikey}`, keyId: `did:key:${multikey}#${multikey}` }
}

/** The document of a did:key; `undefined` when its key is malformed or of a kind that we do not use. */
export const didKeyDocument = (did: string): DidDocument | undefined => {
  const parsed = parseDid(did)
  if (parsed?.method !== 'key' || !didCarriedKey(did)) return undefined
  const publicKeyMultibase = parsed.id
  const keyId = `${did}#${publicKeyMultibase}`
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id: keyId, type: 'Multikey', controller: did, publicKeyMultibase }],
    authentication: [keyId],
    assertionMethod: [keyId],
    capabilityInvocation: [keyId],
    capabilityDelegation: [keyId],
  }
}
