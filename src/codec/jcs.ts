import type { Json, JsonObject } from '../core/json.js'

// What JSON writes as it is: no quotation mark, no backslash, no control character, no half of a character.
const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/

const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

const writeObject = (object: JsonObject): string => {
  let text = '{'
  // Sorted as JavaScript sorts, by UTF-16 code units, which is RFC 8785's order (section 3.2.3).
  for (const name of Object.keys(object).sort())
    text += `${text.length > 1 ? ',' : ''}${quote(name)}:${canonicalizeJson(object[name] as Json)}`
  return `${text}}`
}

/**
 * The one canonical text of a JSON value (RFC 8785).
 * @throws TypeError for what JSON cannot say: a number that is not finite, or `undefined`
 */
export const canonicalizeJson = (value: Json): string => {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(canonicalizeJson).join(',')}]`
  if (typeof value === 'object' && value !== null) return writeObject(value as JsonObject)
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
    throw new TypeError('Only JSON values can be canonicalized')
  return JSON.stringify(value)
}
