/** A JSON value, as the strict parser returns it: plain objects and arrays, never with a `__proto__` member. */
export type Json = string | number | boolean | null | JsonArray | JsonObject
/** A JSON array. */
export type JsonArray = readonly Json[]
/** A JSON object. */
export interface JsonObject {
  readonly [member: string]: Json
}

/** Whether a JSON value is an object (not an array, not `null`). */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A type, as far as JSON can say it: a member that JSON cannot say, such as a function, is `never`. */
export type JsonShape<Value> = Value extends Json | undefined
  ? Value
  : Value extends (...input: never[]) => unknown
    ? never
    : Value extends object
      ? { readonly [Name in keyof Value]: JsonShape<Value[Name]> }
      : never

/** An object that its type says is JSON, as JSON. TypeScript does not see that an interface is. The object is not copied. */
export function asJsonObject<Value extends object>(value: Value & JsonShape<Value>): Value & JsonObject {
  if (isJsonObject(value)) return value
  throw new TypeError('It must be an object')
}

/** A value that JSON-LD allows single or in an array, as an array; `undefined` is the empty array. */
export const asArray = (value: Json | undefined): JsonArray =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

const LEAVES: readonly string[] = ['string', 'number', 'boolean', 'undefined']

const copyOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) {
    if (value !== null && !LEAVES.includes(typeof value)) throw new TypeError('A document must be JSON')
    return value
  }
  if (Array.isArray(value)) return value.map(copyOf)
  const copy: Record<string, unknown> = { ...value }
  for (const name of Object.keys(copy)) copy[name] = copyOf(copy[name])
  return copy
}

/**
 * A copy that shares nothing with what it was made of.
 * @throws TypeError for what JSON cannot say, such as a function
 */
export const copyJson = <Value extends Json>(value: Value): Value => copyOf(value) as Value

type Members = Readonly<Record<string, unknown>>

const haveEqualMembers = (a: Members, b: Members): boolean => {
  let count = 0
  for (const name in a) {
    if (!Object.hasOwn(b, name) || !equalJson(a[name], b[name])) return false
    count++
  }
  return count === Object.keys(b).length
}

/** Whether two JSON values are equal, whatever the order of their members. */
export const equalJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => equalJson(item, b[at]))
  return isJsonObject(a) && isJsonObject(b) && haveEqualMembers(a, b)
}

/**
 * The same JSON in memory of its own. A text that is cut out of another holds on to all of it, so whatever is kept for
 * longer than an input, such as a name in a cache, must not be a piece of that input.
 */
export const detached = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
