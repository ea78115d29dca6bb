import { decodeBase64url } from '#runtime'
import { parseDid } from '../codec/did.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import { decodeMultikey, encodeMultikey } from './multikey.js'

const fromDidKey = (multikey: string): PublicKeyJwk | undefined => {
  const jwk = decodeMultikey(multikey)
  // One key, one name: a text that decodes to a key but is not how that key is written is refused.
  return jwk && encodeMultikey(jwk) === multikey ? jwk : undefined
}

const fromDidJwk = (encoded: string): (PublicKeyJwk & JsonObject) | undefined => {
  const bytes = decodeBase64url(encoded)
  const parsed = bytes && parseStrictJson(bytes)
  if (!parsed?.ok || !isJsonObject(parsed.value) || Object.hasOwn(parsed.value, 'd')) return undefined
  return parsed.value as PublicKeyJwk & JsonObject
}

const CARRIERS: Readonly<Record<string, (id: string) => PublicKeyJwk | undefined>> = {
  key: fromDidKey,
  jwk: fromDidJwk,
}

/**
 * The public key that a did:key or did:jwk carries in its own text; `undefined` for any other DID, or when it carries
 * none that we use. Whether the key is sound is for `importPublicKey` to say.
 */
export const didCarriedKey = (did: string): PublicKeyJwk | undefined => {
  const parsed = parseDid(did)
  return parsed && Object.hasOwn(CARRIERS, parsed.method) ? CARRIERS[parsed.method]?.(parsed.id) : undefined
}
