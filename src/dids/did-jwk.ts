import { encodeBase64url } from '../codec/base64url.js'
import { canonicalizeJson } from '../codec/jcs.js'
import { encodeUtf8 } from '../codec/utf8.js'
import type { Json, JsonObject } from '../core/json.js'
import { algorithmOfCurve } from '../crypto/algorithms.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import type { DidDocument } from './did-document.js'
import type { NamedKey } from './did-key.js'

/**
 * The did:jwk of a public key, from its members in canonical order.
 * @throws TypeError when it is not a public Ed25519 or P-256 key
 * @see The did:jwk Method
 */
export const didJwk = (jwk: PublicKeyJwk): NamedKey => {
  if (!algorithmOfCurve(jwk.kty, jwk.crv)) throw new TypeError('didJwk needs a public Ed25519 or P-256 key')
  const { kty, crv, x, y } = jwk
  const members = { kty, crv, x, ...(y === undefined ? {} : { y }) }
  const did = `did:jwk:${encodeBase64url(encodeUtf8(canonicalizeJson(members as unknown as Json)))}`
  return { did, keyId: `${did}#0` }
}

/** The document of a did:jwk; `undefined` when it does not hold a public JWK. */
export const didJwkDocument = (did: string): DidDocument | undefined => {
  const publicKeyJwk = didCarriedKey(did) as JsonObject | undefined
  if (!publicKeyJwk) return undefined
  // The method's own section on `use`: a key for encryption authenticates nobody.
  const relationships = publicKeyJwk.use === 'enc' ? {} : { assertionMethod: ['#0'], authentication: ['#0'] }
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id: did,
    verificationMethod: [{ id: '#0', type: 'JsonWebKey2020', controller: did, publicKeyJwk }],
    ...relationships,
  }
}
