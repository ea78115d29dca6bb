import { isJsonObject, type Json, type JsonObject } from '../core/json.js'

type Test = (object: JsonObject) => boolean

const holds = (value: Json, is: Test): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some((item) => holds(item, is))
  if (is(value as JsonObject)) return true
  for (const name in value) if (holds((value as JsonObject)[name] as Json, is)) return true
  return false
}

const locate = (value: Json, path: string, is: Test): string => {
  if (isJsonObject(value) && is(value)) return path
  const inner: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.values(value as JsonObject).map((member) => ['*', member] as const)
  const [step, next] = inner.find(([, member]) => holds(member, is)) ?? []
  return next === undefined ? path : locate(next, `${path}/${step}`, is)
}

/**
 * The path of the first object in a value, itself among them, of which something is true. Member names are a sender's
 * words and are not repeated: the path says `*` for them.
 */
export const findObject = (value: Json, path: string, is: Test): string | undefined =>
  holds(value, is) ? locate(value, path, is) : undefined
