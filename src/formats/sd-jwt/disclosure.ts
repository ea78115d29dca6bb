import { decodeBase64url, digestText, encodeBase64url } from '#runtime'
import { parseStrictJson } from '../../codec/strict-json.js'
import type { CheckCode } from '../../core/codes.js'
import type { Json } from '../../core/json.js'

/** The digest of a text, as an SD-JWT writes it. */
export type DigestOf = (text: string) => string

const HASHES = { 'sha-256': 'SHA-256', 'sha-384': 'SHA-384', 'sha-512': 'SHA-512' } as const

const isHash = (name: Json | undefined): name is keyof typeof HASHES =>
  typeof name === 'string' && Object.hasOwn(HASHES, name)

/** What an SD-JWT hashes with unless it says otherwise. */
export const DEFAULT_HASH = 'sha-256'

/**
 * The digest function of an `_sd_alg`; `undefined` for anything but the name, to the letter, of a hash that we use.
 * @see RFC 9901, section 4.1.1
 */
export const digestNamed = (name: Json | undefined): DigestOf | undefined =>
  isHash(name) ? (text) => encodeBase64url(digestText(HASHES[name], text)) : undefined

/** What a holder shows: a member of an object, or an item of a list. */
export interface Disclosure {
  /** As it was sent. */
  readonly text: string
  readonly digest: string
  /** Absent for an item of a list. */
  readonly name?: string
  readonly value: Json
}

/** A disclosure taken apart, or why it is none. */
export type DisclosureResult =
  | { readonly ok: true; readonly disclosure: Disclosure }
  | { readonly ok: false; readonly code: CheckCode }

const no = (code: CheckCode): DisclosureResult => ({ ok: false, code })

const MEMBER = 3
const ITEM = 2

/**
 * Takes a disclosure apart: canonical base64url, unambiguous JSON, a list of salt, name and value, or of salt and value.
 * @see RFC 9901, section 4.2
 */
export const readDisclosure = (text: string, digestOf: DigestOf): DisclosureResult => {
  const bytes = decodeBase64url(text)
  if (!bytes) return no('format.notCanonical')
  const parsed = parseStrictJson(bytes)
  if (!parsed.ok) return no(parsed.code)
  const parts = parsed.value
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') return no('format.malformed')
  const digest = digestOf(text)
  if (parts.length === ITEM) return { ok: true, disclosure: { text, digest, value: parts[1] as Json } }
  const [, name, value] = parts
  if (parts.length !== MEMBER || typeof name !== 'string') return no('format.malformed')
  return { ok: true, disclosure: { text, digest, name, value: value as Json } }
}
