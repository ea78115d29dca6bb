import { parseDid } from '../codec/did.js'
import { decodeMultibase } from '../codec/multibase.js'

/** Methods that are resolved here. */
export const METHODS = ['key', 'jwk', 'web'] as const

// Kinds of key that a did:key may carry and that we do not use, by their multicodec.
const KINDS: ReadonlyMap<number, string> = new Map([
  [0xea, 'BLS12-381 G1'],
  [0xeb, 'BLS12-381 G2'],
  [0xec, 'X25519'],
  [0xee, 'BLS12-381 G1 and G2'],
  [0x1203, 'Ed448'],
  [0x1204, 'X448'],
  [0x1205, 'RSA'],
  [0xeb51, 'JWK'],
])

const CONTINUES = 0x80

// An unsigned varint of at most three bytes: enough for every multicodec above.
const readVarint = (bytes: Uint8Array): number => {
  let value = 0
  for (const [index, byte] of bytes.subarray(0, 3).entries()) {
    value += (byte % CONTINUES) * CONTINUES ** index
    if (byte < CONTINUES) return value
  }
  return -1
}

/**
 * What stands in the way of a well-formed DID that cannot be resolved here: its method, such as `did:ion`, or the kind of
 * its key, such as `RSA`. `undefined` when the DID is simply malformed.
 */
export const unsupportedPart = (did: string): string | undefined => {
  const parsed = parseDid(did)
  if (!parsed) return undefined
  if (!METHODS.some((method) => method === parsed.method)) return `did:${parsed.method}`
  const bytes = parsed.method === 'key' ? decodeMultibase(parsed.id) : undefined
  return bytes && KINDS.get(readVarint(bytes))
}
