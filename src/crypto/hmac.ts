import { sha256 } from '#runtime'

const BLOCK_BYTES = 64
const INNER = 0x36
const OUTER = 0x5c

const padded = (key: Uint8Array, pad: number): Uint8Array =>
  Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (key[index] ?? 0) ^ pad)

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(a.length + b.length)
  bytes.set(a)
  bytes.set(b, a.length)
  return bytes
}

/**
 * HMAC with SHA-256 (RFC 2104), under a key of at most 64 bytes.
 * @throws RangeError for a longer key
 */
export const hmacSha256 = (key: Uint8Array, data: Uint8Array): Uint8Array => {
  if (key.length > BLOCK_BYTES) throw new RangeError('The key is longer than a block')
  return sha256(joined(padded(key, OUTER), sha256(joined(padded(key, INNER), data))))
}
