import { sha256, sha384, sha512 } from '#runtime'
import { decodeMultibase } from '../codec/multibase.js'
import { asArray, type Json, type JsonObject } from '../core/json.js'

interface HashRow {
  readonly of: (bytes: Uint8Array) => Uint8Array
  readonly length: number
  /** The multihash code. */
  readonly code: number
}

// From the weakest to the strongest. The multihash names of SHA-2 (multicodec table).
const HASHES: Readonly<Record<string, HashRow>> = {
  sha256: { of: sha256, length: 32, code: 0x12 },
  sha384: { of: sha384, length: 48, code: 0x20 },
  sha512: { of: sha512, length: 64, code: 0x13 },
}
const STRENGTH = Object.keys(HASHES)

/** A digest that a resource must have. */
interface Digest {
  readonly hash: HashRow
  readonly bytes: Uint8Array
}

// Subresource Integrity, 3.5: hash-expression, with options that nobody defined yet.
const EXPRESSION = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}(?:\?[\x21-\x7e]*)?$/

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))

const readExpression = (text: string): Digest | undefined => {
  const [, name = '', value = ''] = EXPRESSION.exec(text) ?? []
  const hash = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined
  if (!hash || value.length !== Math.ceil((hash.length * 4) / 3)) return undefined
  return { hash, bytes: fromBase64(value) }
}

const readMultihash = (text: string): Digest | undefined => {
  const bytes = decodeMultibase(text)
  const hash = Object.values(HASHES).find(({ code, length }) => bytes?.[0] === code && bytes[1] === length)
  return bytes && hash && bytes.length === hash.length + 2 ? { hash, bytes: bytes.subarray(2) } : undefined
}

const areAll = <T>(list: readonly (T | undefined)[]): list is readonly T[] =>
  list.length > 0 && list.every((entry) => entry !== undefined)

// Alternatives, of which only those of the strongest hash count (Subresource Integrity, 3.3.4).
const strongest = (digests: readonly Digest[]): readonly Digest[] => {
  const best = Math.max(...digests.map(({ hash }) => STRENGTH.findIndex((name) => HASHES[name] === hash)))
  return digests.filter(({ hash }) => HASHES[STRENGTH[best] ?? ''] === hash)
}

const readTexts = (
  value: Json | undefined,
  read: (text: string) => readonly Digest[] | undefined,
): readonly (readonly Digest[])[] | undefined => {
  const found = asArray(value).map((entry) => (typeof entry === 'string' ? read(entry) : undefined))
  return areAll(found) ? found : undefined
}

const readIntegrity = (text: string): readonly Digest[] | undefined => {
  const digests = text.split(/[\t\n\f\r ]+/).map(readExpression)
  return areAll(digests) ? strongest(digests) : undefined
}

const readHash = (text: string): readonly Digest[] | undefined => {
  const digest = readMultihash(text)
  return digest && [digest]
}

const READERS: Readonly<Record<string, (text: string) => readonly Digest[] | undefined>> = {
  digestSRI: readIntegrity,
  digestMultibase: readHash,
}

/** The members of an object that may hold digests of what its `id` leads to. */
export const DIGEST_MEMBERS = Object.keys(READERS)

/** Whether a member's value holds digests that we can compare: SHA-2, written as its specification says. */
export const isDigest = (name: string, value: Json): boolean => {
  const read = READERS[name]
  return read !== undefined && readTexts(value, read) !== undefined
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

/**
 * Whether bytes have every digest that an object states, where one of several alternatives is enough; `undefined` where
 * it states none.
 * @see Verifiable Credentials Data Model 2.0, section 5.3
 */
export const haveDigests = (object: JsonObject, bytes: Uint8Array): boolean | undefined => {
  const stated = Object.entries(READERS).filter(([name]) => Object.hasOwn(object, name))
  if (stated.length === 0) return undefined
  return stated.every(([name, read]) =>
    readTexts(object[name], read)?.every((alternatives) =>
      alternatives.some((digest) => isSame(digest.hash.of(bytes), digest.bytes)),
    ),
  )
}
