import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'

const escaped = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1')

const childrenOf = (value: Json): readonly (readonly [string, Json])[] => {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item] as const)
  return isJsonObject(value) ? Object.entries(value) : []
}

const isWithin = (pointer: string, path: string): boolean => pointer === path || pointer.startsWith(`${path}/`)

/** The fewest pointers to everything at a path that nobody may withhold. */
const kept = (value: Json, path: string, disclosable: readonly string[]): readonly string[] => {
  const inside = disclosable.filter((pointer) => isWithin(pointer, path))
  if (inside.length === 0) return [path]
  if (inside.includes(path)) return []
  return childrenOf(value).flatMap(([token, child]) => kept(child, `${path}/${escaped(token)}`, inside))
}

// Selected along with anything, and contexts make no statement.
const IMPLIED = ['@context', 'id', 'type']

/**
 * JSON pointers to all of a document but what its holder may withhold: issuer, type, validity, status and whatever else
 * a verifier must see.
 * @param disclosable JSON pointers to members that may be withheld
 */
export const mandatoryPointers = (document: JsonObject, disclosable: readonly string[]): readonly string[] =>
  Object.entries(document)
    .filter(([name]) => !IMPLIED.includes(name))
    .flatMap(([name, value]) => kept(value, `/${escaped(name)}`, disclosable))
