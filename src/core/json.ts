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

/** A value that JSON-LD allows single or in an array, as an array; `undefined` is the empty array. */
export const asArray = (value: Json | undefined): JsonArray =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]
