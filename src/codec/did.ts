import { LIMITS } from '../core/limits.js'

/** A DID taken apart. */
export interface Did {
  readonly did: string
  readonly method: string
  /** What follows the method, undecoded. */
  readonly id: string
}

// DID Core 1.0, section 3.1, byte for byte: no Unicode, no empty segment, no stray percent sign.
const DID = /^did:([a-z0-9]+):((?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+(?::(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)*)$/
const FRAGMENT = /^[A-Za-z0-9._~!$&'()*+,;=:@/?-]+$/

/** Takes a DID apart; `undefined` when it is not one. Nothing is decoded or normalised first. */
export const parseDid = (text: string): Did | undefined => {
  if (typeof text !== 'string' || text.length > LIMITS.didCharacters) return undefined
  const [did, method, id] = DID.exec(text) ?? []
  return did !== undefined && method !== undefined && id !== undefined ? { did, method, id } : undefined
}

/** Takes an absolute DID URL with a fragment apart, such as `did:web:trust.example#key-1`; `undefined` when it is not one. */
export const parseDidUrl = (text: string): { readonly did: string; readonly fragment: string } | undefined => {
  const hash = typeof text === 'string' ? text.indexOf('#') : -1
  if (hash < 0 || text.length > LIMITS.didCharacters) return undefined
  const did = parseDid(text.slice(0, hash))
  const fragment = text.slice(hash + 1)
  return did && FRAGMENT.test(fragment) ? { did: did.did, fragment } : undefined
}
