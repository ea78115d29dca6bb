import { sha256 } from '#runtime'
import { toHex } from '../codec/hex.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { decodeUtf8, encodeUtf8 } from '../codec/utf8.js'
import { isJsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { algorithmOfCurve } from '../crypto/algorithms.js'
import { readCompactJws } from '../crypto/compact-jws.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import { importPublicKey } from '../crypto/keys.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import { parseTrustList, TRUST_LIST_TYPE, type TrustList } from './trust-list.js'

/** Why there is no trust list to judge by. */
export type TrustFaultCode =
  | 'issuerTrust.listMalformed'
  | 'issuerTrust.listNotSignedByAnchor'
  | 'issuerTrust.listExpired'
  | 'issuerTrust.listNotYetValid'
  | 'issuerTrust.listRolledBack'
  | 'issuerTrust.listEquivocates'
  | 'issuerTrust.listIssuedEarlier'

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

const carriedKey = (anchor: Anchor): PublicKeyJwk | undefined => {
  if (typeof anchor === 'string') return didCarriedKey(anchor)
  return isJsonObject(anchor) && algorithmOfCurve(anchor.kty, anchor.crv) ? anchor : undefined
}

/**
 * The key that an anchor is. An anchor must carry its key itself, or somebody else would have to be asked for it.
 * @throws TypeError when it is neither a did:key, nor a did:jwk, nor a public Ed25519 or P-256 JWK
 */
export const anchorJwk = (anchor: Anchor): PublicKeyJwk => {
  const jwk = carriedKey(anchor)
  if (!jwk) throw new TypeError('anchor must be a did:key, a did:jwk or a public JWK: it carries its key itself')
  return jwk
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
 * @throws TypeError when the anchor is not one
 * @throws PassportError `key.rejected` when the anchor's key is unsound
 */
export const openTrustList = async (signed: string | Uint8Array, anchor: Anchor): Promise<OpenTrustListResult> => {
  const key = await importPublicKey(anchorJwk(anchor))
  const text = textOf(signed)
  const jws = text === undefined ? undefined : readCompactJws(text)
  if (text === undefined || !jws?.ok || jws.header.typ !== TRUST_LIST_TYPE)
    return { ok: false, code: 'issuerTrust.listMalformed' }
  if (jws.algorithm !== key.algorithm || !(await key.verify(jws.signingInput, jws.signature)))
    return { ok: false, code: 'issuerTrust.listNotSignedByAnchor' }
  const json = parseStrictJson(jws.payload)
  const parsed = json.ok ? parseTrustList(json.value) : undefined
  if (!parsed?.ok) return { ok: false, code: 'issuerTrust.listMalformed' }
  return { ok: true, list: parsed.list, digest: toHex(sha256(encodeUtf8(text))), anchorThumbprint: key.thumbprint }
}
