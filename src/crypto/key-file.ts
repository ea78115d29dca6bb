import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import { parseStrictJson } from '../codec/strict-json.js'
import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import type { PrivateKeyJwk } from '../runtime/runtime.js'
import { importPublicKey, publicJwk } from './keys.js'

/** What a key file holds. */
export interface KeyFileContent {
  readonly did: string
  /** The verification method, an absolute DID URL. */
  readonly keyId: string
  readonly privateKeyJwk: PrivateKeyJwk
  /** RFC 3339. */
  readonly createdAt: string
}

// OWASP's floor for PBKDF2 with SHA-512 is 210,000; a key that signs for a trust deserves more.
const ITERATIONS = 600_000
const MAXIMUM_ITERATIONS = 2_000_000
const MAXIMUM_CHARACTERS = 16_384
const KEY_WRAP = 'PBES2-HS512+A256KW'
const CONTENT = 'A256GCM'
const TYPE = 'staff-passport-key+jwe'

/** How to seal. */
export interface SealOptions {
  /** PBKDF2 iterations; by default 600,000. Fewer is only for tests. */
  readonly iterations?: number
}

const malformed = (cause?: unknown): PassportError =>
  new PassportError('key.fileMalformed', 'This is not a key file', cause === undefined ? {} : { cause })

/**
 * Encrypts a private key under a passphrase, as a compact JWE (PBES2-HS512+A256KW, A256GCM).
 * @throws TypeError when the passphrase is empty
 * @see RFC 7518, section 4.8
 */
export const sealKeyFile = async (
  key: KeyFileContent,
  passphrase: string,
  options: SealOptions = {},
): Promise<string> => {
  if (passphrase.length === 0) throw new TypeError('The passphrase must not be empty')
  const { did, keyId, privateKeyJwk, createdAt } = key
  return new CompactEncrypt(encodeUtf8(JSON.stringify({ did, keyId, privateKeyJwk, createdAt })))
    .setProtectedHeader({ alg: KEY_WRAP, enc: CONTENT, typ: TYPE })
    .setKeyManagementParameters({ p2c: options.iterations ?? ITERATIONS })
    .encrypt(encodeUtf8(passphrase))
}

// Checked before any work: a hostile file must not make us inflate, or iterate for ever.
const checkHeader = (text: string): void => {
  if (text.length > MAXIMUM_CHARACTERS) throw malformed()
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(text)
  } catch (cause) {
    throw malformed(cause)
  }
  const iterations = header.p2c
  const ours = header.alg === KEY_WRAP && header.enc === CONTENT && header.typ === TYPE && header.zip === undefined
  if (!ours || typeof iterations !== 'number' || iterations > MAXIMUM_ITERATIONS) throw malformed()
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0

const contentOf = async (plaintext: Uint8Array): Promise<KeyFileContent> => {
  const parsed = parseStrictJson(plaintext)
  if (!parsed.ok || !isJsonObject(parsed.value)) throw malformed()
  const { did, keyId, privateKeyJwk, createdAt } = parsed.value as JsonObject
  if (!isText(did) || !isText(keyId) || !isText(createdAt) || !isJsonObject(privateKeyJwk) || !isText(privateKeyJwk.d))
    throw malformed()
  const jwk = privateKeyJwk as unknown as PrivateKeyJwk
  await importPublicKey(publicJwk(jwk))
  return { did, keyId, privateKeyJwk: jwk, createdAt }
}

/**
 * Opens a key file.
 * @throws PassportError `key.passphraseWrong` (or the file was changed), `key.fileMalformed`, `key.rejected`
 */
export const openKeyFile = async (text: string, passphrase: string): Promise<KeyFileContent> => {
  checkHeader(text)
  const plaintext = await compactDecrypt(text, encodeUtf8(passphrase), {
    keyManagementAlgorithms: [KEY_WRAP],
    contentEncryptionAlgorithms: [CONTENT],
    maxPBES2Count: MAXIMUM_ITERATIONS,
  }).catch((cause) => {
    throw new PassportError(
      'key.passphraseWrong',
      'The passphrase does not open this key file, or the file was changed',
      { cause },
    )
  })
  return contentOf(plaintext.plaintext)
}
