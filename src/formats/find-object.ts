import { isJsonObject, type Json, type JsonObject } from '../core/json.js'

/**
 * The path of the first object in a value, itself among them, of which something is true. Member names are a sender's
 * words and are not repeated: the path says `*` for them.
 */
export const findObject = (value: Json, path: string, is: (object: JsonObject) => boolean): string | undefined => {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findObject(item, `${path}/${index}`, is)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isJsonObject(value)) return undefined
  if (is(value)) return path
  for (const inner of Object.values(value)) {
    const found = findObject(inner, `${path}/*`, is)
    if (found !== undefined) return found
  }
  return undefined
}
