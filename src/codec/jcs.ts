import { isJsonObject, type Json } from '../core/json.js'

// Default string comparison is by UTF-16 code units, which is RFC 8785's order (section 3.2.3).
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The one canonical text of a JSON value (RFC 8785).
 * @throws TypeError for what JSON cannot say: a number that is not finite, or `undefined`
 */
export const canonicalizeJson = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalizeJson).join(',')}]`
  if (isJsonObject(value)) {
    const members = Object.keys(value).sort(byCodeUnits)
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalizeJson(value[name] as Json)}`).join(',')}}`
  }
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
    throw new TypeError('Only JSON values can be canonicalized')
  return JSON.stringify(value)
}
