import { common, type Schema, types } from './load.js'

const ANNOTATIONS: readonly string[] = ['$schema', '$id', 'title', 'description', 'x-origin']

// What src/credentials/schema-keywords.ts knows. Another keyword would be passed over in silence, so it is refused here.
const KEYWORDS: readonly string[] = [
  ...['$ref', 'type', 'const', 'enum', 'maxLength', 'minLength', 'pattern', 'format', 'maximum', 'minimum'],
  ...['maxItems', 'minItems', 'uniqueItems', 'items', 'required', 'additionalProperties', 'properties'],
  ...['anyOf', 'oneOf'],
]
const OF_SCHEMAS: readonly string[] = ['anyOf', 'oneOf']

type Rename = (reference: string) => string

const byName = (properties: Schema['properties'] = {}, rename: Rename): object =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, rulesOf(schema, rename)]))

const ruleOf = (keyword: string, value: unknown, rename: Rename): unknown => {
  if (!KEYWORDS.includes(keyword)) throw new Error(`${keyword}: schema-keywords.ts does not know this keyword`)
  if (keyword === '$ref') return rename(String(value))
  if (keyword === 'properties') return byName(value as Schema['properties'], rename)
  if (keyword === 'items') return rulesOf(value as Schema, rename)
  return OF_SCHEMAS.includes(keyword) ? (value as readonly Schema[]).map((schema) => rulesOf(schema, rename)) : value
}

/** The rules of a schema without its words for people, which weigh more; references by short names. */
export const rulesOf = ({ $defs: _, ...schema }: Schema, rename: Rename): object =>
  Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !ANNOTATIONS.includes(keyword))
      .map(([keyword, value]) => [keyword, ruleOf(keyword, value, rename)]),
  )

const definitionsOf = ({ $defs = {} }: Schema, prefix: string, rename: Rename): readonly [string, object][] =>
  Object.entries($defs).map(([name, schema]) => [`${prefix}${name}`, rulesOf(schema, rename)])

export const afterDefs = (reference: string): string => reference.split('#/$defs/').at(-1) ?? ''

const all = (): Readonly<Record<string, object>> =>
  Object.fromEntries([
    ...definitionsOf(common, '', afterDefs),
    ...types.flatMap(({ type, schema }): [string, object][] => {
      // A definition of its own goes by the name of its type.
      const rename: Rename = (reference) =>
        reference.startsWith('#') ? `${type}/${afterDefs(reference)}` : afterDefs(reference)
      return [...definitionsOf(schema, `${type}/`, rename), [type, rulesOf(schema, rename)]]
    }),
  ])

/** The rules of every schema, as data: what a validator needs, and nothing that only people read. */
export const schemasModule = (): string => `// Generated from schemas/ by scripts/generate.ts. Do not edit.
import type { SchemaRules } from '../schema-keywords.js'

/** The rules of each type's credential by its name, of its claims as \`<type>/claims\`, and of what they share. */
export const SCHEMAS: Readonly<Record<string, SchemaRules>> = ${JSON.stringify(all())}
`
