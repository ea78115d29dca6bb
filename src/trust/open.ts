import { sha256 } from '#runtime'
import { toHex } from '../codec/hex.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { decodeUtf8, encodeUtf8 } from '../codec/utf8.js'
import { isJsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { readCompactJws } from '../crypto/compact-jws.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import { importPublicKey, type PublicKey } from '../crypto/keys.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import { parseTrustList, TRUST_LIST_TYPE, type TrustList } from './trust-list.js'

/** The key of whoever keeps the trust list, given to you out of band: a did:key, a did:jwk or a public JWK. */
export type Anchor = string | PublicKeyJwk

/** A trust list that its anchor signed. */
export interface OpenedTrustList {
  readonly ok: true
  readonly list: TrustList
  /** SHA-256 of the signed list, in hexadecimal. */
  readonly digest: string
  readonly anchorThumbprint: string
}

/** A trust list, or why it must not be used. */
export type OpenTrustListResult =
  | OpenedTrustList
  | { readonly ok: false; readonly code: 'issuerTrust.listMalformed' | 'issuerTrust.listNotSignedByAnchor' }

/**
 * Imports an anchor.
 * @throws TypeError when it is neither a did:key, nor a did:jwk, nor a public JWK: an anchor must carry its key itself
 * @throws PassportError `key.rejected`
 */
export const importAnchor = async (anchor: Anchor): Promise<PublicKey> => {
  if (typeof anchor !== 'string') {
    if (!isJsonObject(anchor)) throw new TypeError('anchor must be a did:key, a did:jwk or a public JWK')
    return importPublicKey(anchor)
  }
  const jwk = didCarriedKey(anchor)
  if (!jwk) throw new TypeError('anchor must be a did:key, a did:jwk or a public JWK')
  return importPublicKey(jwk)
}

const textOf = (signed: string | Uint8Array): string | undefined =>
  signed.length > LIMITS.trustListBytes
    ? undefined
    : typeof signed === 'string'
      ? signed.trim()
      : decodeUtf8(signed)?.trim()

/**
 * Opens a signed trust list. Only the anchor's signature counts: what the list says of itself, or a key in its header,
 * does not. Whether it is current is asked elsewhere.
 * @throws TypeError, PassportError for an anchor that is not one
 */
export const openTrustList = async (signed: string | Uint8Array, anchor: Anchor): Promise<OpenTrustListResult> => {
  const key = await importAnchor(anchor)
  const text = textOf(signed)
  const jws = text === undefined ? undefined : readCompactJws(text)
  if (text === undefined || !jws?.ok || jws.header.typ !== TRUST_LIST_TYPE)
    return { ok: false, code: 'issuerTrust.listMalformed' }
  if (jws.algorithm !== key.algorithm || !(await key.verify(jws.signingInput, jws.signature)))
    return { ok: false, code: 'issuerTrust.listNotSignedByAnchor' }
  const parsed = parseStrictJson(jws.payload)
  const list = parsed.ok ? parseTrustList(parsed.value) : parsed
  if (!list.ok || !('list' in list)) return { ok: false, code: 'issuerTrust.listMalformed' }
  return { ok: true, list: list.list, digest: toHex(sha256(encodeUtf8(text))), anchorThumbprint: key.thumbprint }
}
