import { parseStrictJson } from '../../codec/strict-json.js'
import type { CheckCode } from '../../core/codes.js'
import { isJsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { type CompactJws, type CompactJwsRules, readCompactJws } from '../../crypto/compact-jws.js'
import { DEFAULT_HASH, type Disclosure, digestNamed, readDisclosure } from './disclosure.js'
import { type ProcessedPayload, processPayload } from './process.js'

/** An SD-JWT taken apart, with its disclosures in place. Nothing was verified. */
export interface OpenedSdJwt extends ProcessedPayload {
  readonly jws: CompactJws
  readonly disclosures: readonly Disclosure[]
  /** The key binding token, where one is attached. */
  readonly keyBinding?: string
  /** What a key binding token must be bound to: the digest of everything before it. */
  readonly sdHash: string
  /** Everything but the key binding token. */
  readonly withoutBinding: string
}

/** An SD-JWT, or why the text is not one that we read. */
export type OpenResult =
  | ({ readonly ok: true } & OpenedSdJwt)
  | { readonly ok: false; readonly code: CheckCode; readonly path: string }

const no = (code: CheckCode, path = ''): OpenResult => ({ ok: false, code, path })

interface Parts {
  readonly token: string
  readonly disclosures: readonly string[]
  readonly keyBinding: string
}

const split = (text: string): Parts | undefined => {
  const parts = text.split('~', LIMITS.disclosures + 3)
  const [token = '', ...rest] = parts
  const keyBinding = rest.pop()
  return keyBinding === undefined ? undefined : { token, disclosures: rest, keyBinding }
}

const openParts = (text: string, { token, disclosures, keyBinding }: Parts, rules: CompactJwsRules): OpenResult => {
  const jws = readCompactJws(token, rules)
  if (!jws.ok) return jws
  const parsed = parseStrictJson(jws.payload)
  if (!parsed.ok) return no(parsed.code, parsed.path)
  const payload = parsed.value
  if (!isJsonObject(payload)) return no('format.malformed')
  const digestOf = digestNamed(payload._sd_alg ?? DEFAULT_HASH)
  if (!digestOf) return no('format.algorithmNotAllowed', '/_sd_alg')
  const read = disclosures.map((disclosure) => readDisclosure(disclosure, digestOf))
  const bad = read.find((result) => !result.ok)
  if (bad && !bad.ok) return no(bad.code)
  const opened = read.flatMap((result) => (result.ok ? [result.disclosure] : []))
  const processed = processPayload(payload, opened)
  if (!processed.ok) return processed
  const withoutBinding = text.slice(0, text.length - keyBinding.length)
  const { claims, withheld, places, incomplete, pointers } = processed
  return {
    ok: true,
    claims,
    withheld,
    places,
    incomplete,
    pointers,
    jws,
    disclosures: opened,
    withoutBinding,
    sdHash: digestOf(withoutBinding),
    ...(keyBinding === '' ? {} : { keyBinding }),
  }
}

/**
 * Takes an SD-JWT apart, strictly and in bounds, and puts its disclosures in place.
 * @param text `<token>~<disclosure>~…~`, with or without a key binding token at its end
 * @see RFC 9901, sections 4 and 7.1
 */
export const openSdJwt = (text: string, rules: CompactJwsRules = {}): OpenResult => {
  if (text.length > LIMITS.inputBytes) return no('format.tooLarge')
  const parts = split(text)
  if (!parts) return no('format.malformed')
  if (parts.disclosures.length > LIMITS.disclosures) return no('format.tooDeep')
  return openParts(text, parts, rules)
}
