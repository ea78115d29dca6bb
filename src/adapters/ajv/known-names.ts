import { isJsonObject, type Json } from '../../core/json.js'

/** Every name that a schema itself gives to a property. */
export const namesIn = (schema: Json): ReadonlySet<string> => {
  const names = new Set<string>()
  const waiting: Json[] = [schema]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isJsonObject(value)) {
      for (const name of isJsonObject(value.properties) ? Object.keys(value.properties) : []) names.add(name)
      waiting.push(...Object.values(value))
    } else if (Array.isArray(value)) waiting.push(...value)
  }
  return names
}

const INDEX = /^\d+$/

/** A JSON pointer in which a name that the schema does not know, and somebody else wrote, shows as `*`. */
export const withKnownNames = (path: string, names: ReadonlySet<string>): string =>
  path
    .split('/')
    .map((step) => (step === '' || INDEX.test(step) || names.has(step) ? step : '*'))
    .join('/')
