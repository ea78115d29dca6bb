import { encodeUtf8 } from '../codec/utf8.js'
import { hmacSha256 } from '../crypto/hmac.js'
import type { ExchangeBook } from './book/exchange-book.js'
import { isSameText } from './oauth/same-text.js'

/** What came of showing an access key. */
export type AccessKeyVerdict = 'right' | 'wrong' | 'tooMany'

/** Access keys: ten letters and digits that HR gives a holder by hand, who then shows who they are with them. */
export interface AccessKeys {
  /** The access key of an exchange: `ABCDE-12345`. Give it to its holder another way than the link. */
  of(exchangeId: string): string
  /** Whether a text is the access key of an exchange. Each attempt is counted before it is looked at; five are let through. */
  check(exchangeId: string, given: string): Promise<AccessKeyVerdict>
}

/** What access keys are made with. */
export interface AccessKeyOptions {
  readonly book: ExchangeBook
  /** 32 to 64 random bytes, of every process that serves these exchanges. */
  readonly key: Uint8Array
}

const ATTEMPTS = 5
const DAY = 86_400_000
// Crockford's: nothing that is read as something else, and no word by accident.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
const HALF = LENGTH / 2

const normal = (given: string): string =>
  given.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

const newKey = (key: Uint8Array, exchangeId: string): string =>
  [...hmacSha256(key, encodeUtf8(`access key ${exchangeId}`)).subarray(0, LENGTH)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')

const mayTry = async (book: ExchangeBook, exchangeId: string): Promise<boolean> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++)
    if (await book.once('access-key', `${exchangeId} ${attempt}`, book.now() + DAY)) return true
  return false
}

/**
 * Access keys for exchanges: nothing is kept but how often each was tried.
 * @throws TypeError for a key that is too short or too long
 */
export const createAccessKeys = ({ book, key }: AccessKeyOptions): AccessKeys => {
  if (!(key instanceof Uint8Array) || key.length < 32 || key.length > 64)
    throw new TypeError('key must be 32 to 64 random bytes')
  const own = key.slice()
  return {
    of: (exchangeId) => {
      const text = newKey(own, exchangeId)
      return `${text.slice(0, HALF)}-${text.slice(HALF)}`
    },
    check: async (exchangeId, given) => {
      if (!(await mayTry(book, exchangeId))) return 'tooMany'
      return isSameText(normal(given), newKey(own, exchangeId)) ? 'right' : 'wrong'
    },
  }
}
