import { encodeBase64url } from '#runtime'
import { canonicalizeJson } from '../codec/jcs.js'
import { encodeUtf8 } from '../codec/utf8.js'
import type { JsonObject } from '../core/json.js'
import { algorithmOfCurve } from '../crypto/algorithms.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import type { DidDocument } from './did-document.js'
import type { NamedKey } from './did-key.js'

/**
 * The did:jwk of a public key, from its members in canonical order. Other members are left out, the private one too.
 * @throws TypeError when it is not a public Ed25519 or P-256 key
 * @see The did:jwk Method
 */
export const didJwk = (jwk: PublicKeyJwk): NamedKey => {
  if (!algorithmOfCurve(jwk.kty, jwk.crv)) throw new TypeError('didJwk needs a public Ed25519 or P-256 key')
  const { kty, crv, x, y } = jwk
  const members: JsonObject = { kty, crv, x, ...(y === undefined ? {} : { y }) }
  const did = `did:jwk:${encodeBase64url(encodeUtf8(canonicalizeJson(members)))}`
  return { did, keyId: `${did}#0` }
}

const SIGNING = ['assertionMethod', 'authentication', 'capabilityInvocation', 'capabilityDelegation'] as const
const ENCRYPTING = ['keyAgreement'] as const

// The method's own section on `use`: a key for encryption signs nothing, and a key for signatures agrees on nothing.
const relationshipsOf = ({ use }: JsonObject): readonly string[] => [
  ...(use === 'enc' ? [] : SIGNING),
  ...(use === 'sig' ? [] : ENCRYPTING),
]

/** The document of a did:jwk; `undefined` when it does not hold a public JWK. */
export const didJwkDocument = (did: string): DidDocument | undefined => {
  const publicKeyJwk = didCarriedKey(did) as JsonObject | undefined
  if (!publicKeyJwk) return undefined
  const keyId = `${did}#0`
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id: did,
    verificationMethod: [{ id: keyId, type: 'JsonWebKey2020', controller: did, publicKeyJwk }],
    ...Object.fromEntries(relationshipsOf(publicKeyJwk).map((name) => [name, [keyId]])),
  }
}
