import { CompactEncrypt, compactDecrypt } from 'jose'
import { parseStrictJson } from '../codec/strict-json.js'
import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import { isJsonObject, type JsonObject } from '../core/json.js'

/** Seals what only its owner may read again, and opens it. */
export interface Seal {
  /** @param place what the sealed text belongs to: it opens nowhere else */
  close(content: JsonObject, place: string): Promise<string>
  /** @throws PassportError `store.corrupt` when it was changed, moved, or sealed with another key */
  open(text: string, place: string): Promise<JsonObject>
}

const KEY_BYTES = 32
const DIRECT = 'dir'
const CONTENT = 'A256GCM'

const corrupt = (cause?: unknown): PassportError =>
  new PassportError('store.corrupt', 'A sealed record does not open with this key, or was changed', { cause })

/**
 * A seal over a key of 32 random bytes: a compact JWE (`dir`, A256GCM).
 * @throws TypeError for a key of another length
 * @see RFC 7518, sections 4.5 and 5.3
 */
export const createSeal = (lent: Uint8Array): Seal => {
  if (!(lent instanceof Uint8Array) || lent.length !== KEY_BYTES)
    throw new TypeError(`The sealing key must be ${KEY_BYTES} random bytes`)
  const key = lent.slice()
  return {
    close: (content, place) =>
      new CompactEncrypt(encodeUtf8(JSON.stringify(content)))
        .setProtectedHeader({ alg: DIRECT, enc: CONTENT, sub: place })
        .encrypt(key),
    open: async (text, place) => {
      const opened = await compactDecrypt(text, key, {
        keyManagementAlgorithms: [DIRECT],
        contentEncryptionAlgorithms: [CONTENT],
      }).catch((cause) => {
        throw corrupt(cause)
      })
      const parsed = parseStrictJson(opened.plaintext)
      if (opened.protectedHeader.sub !== place || !parsed.ok || !isJsonObject(parsed.value)) throw corrupt()
      return parsed.value
    },
  }
}
