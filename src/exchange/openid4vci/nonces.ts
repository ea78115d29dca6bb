import { encodeBase64url, randomBytes } from '#runtime'
import { encodeUtf8 } from '../../codec/utf8.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { hmacSha256 } from '../../crypto/hmac.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { isSameText } from '../oauth/same-text.js'

/** Gives nonces for proofs of holders' keys, and takes each once. */
export interface Nonces {
  /** A nonce that anybody may have: nothing is kept for it until it is used. */
  give(): string
  /** Whether this is a nonce of ours, still in time, and used for the first time. */
  take(nonce: unknown): Promise<boolean>
}

const RANDOM_BYTES = 16

/**
 * Nonces under a key. A nonce states its own end and is proved by its MAC, so that whoever asks for millions of them fills
 * no store; what is kept is which were used.
 * @see OpenID for Verifiable Credential Issuance 1.0, section 7
 */
export const createNonces = (book: ExchangeBook, key: Uint8Array): Nonces => {
  const macOf = (text: string): string => encodeBase64url(hmacSha256(key, encodeUtf8(text)))
  return {
    give: () => {
      const until = book.now() + EXCHANGE_LIMITS.keyProofNonce
      const text = `${until.toString(36)}.${encodeBase64url(randomBytes(RANDOM_BYTES))}`
      return `${text}.${macOf(text)}`
    },
    take: async (nonce) => {
      const parts = typeof nonce === 'string' ? nonce.split('.', 4) : []
      const [until = '', random = '', mac = ''] = parts
      if (parts.length !== 3 || !isSameText(macOf(`${until}.${random}`), mac)) return false
      const end = Number.parseInt(until, 36)
      return book.now() < end && book.once('nonce', random, end)
    },
  }
}
