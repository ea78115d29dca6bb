import { type Schema as KnownSchema, resolve, types } from '../../../scripts/generate/load.js'
import type { CredentialTypeName } from '../../../src/credentials/catalogue.js'
import type { Draft } from './check.js'

/** One change that breaks one keyword of a schema at one place. */
export interface KeywordMutation {
  readonly title: string
  readonly code: string
  readonly path: string
  readonly change: (claims: Draft) => void
}

/** A schema, with the keywords that the generator does not read. */
type Schema = KnownSchema & {
  readonly [Keyword in 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minimum' | 'maximum']?: number
} & { readonly uniqueItems?: boolean }

type Change = readonly [keyword: string, code: string, value: unknown]

const BROKEN_FORMATS: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-02-30', '2026-1-1', '05/01/2026', '2026-01-05T09:00:00Z', '0001-01-01', '٢٠٢٦-٠١-٠٥'],
  'jpeg-image': ['data:image/png;base64,iVBORw0KGgo='],
}

const when = (isThere: boolean, ...change: Change): readonly Change[] => (isThere ? [change] : [])

const textChanges = ({ enum: allowed, pattern, format, minLength, maxLength }: Schema): readonly Change[] => [
  ...when(allowed !== undefined, 'enum', 'schema.enum', `${String(allowed?.[0])} or so`),
  ...when(pattern !== undefined, 'pattern', 'schema.pattern', '\u0007'.repeat(minLength ?? 1)),
  ...(BROKEN_FORMATS[format ?? ''] ?? []).map((text): Change => ['format', 'schema.format', text]),
  ...when(minLength !== undefined, 'minLength', 'schema.length', ''),
  ...when(maxLength !== undefined, 'maxLength', 'schema.length', 'x'.repeat((maxLength ?? 0) + 1)),
]

const listChanges = ({ minItems, maxItems, uniqueItems }: Schema, golden: unknown): readonly Change[] => {
  const first: unknown = Array.isArray(golden) ? golden[0] : undefined
  const twice = uniqueItems === true && first !== undefined && maxItems !== 1
  return [
    ...when(minItems !== undefined, 'minItems', 'schema.length', []),
    ...when(maxItems !== undefined && first !== undefined, 'maxItems', 'schema.length', Array(99).fill(first)),
    ...when(twice, 'uniqueItems', 'schema.repeated', [first, first]),
  ]
}

const numberChanges = ({ minimum, maximum }: Schema): readonly Change[] => [
  ...when(minimum !== undefined, 'minimum', 'schema.range', (minimum ?? 0) - 1),
  ...when(maximum !== undefined, 'maximum', 'schema.range', (maximum ?? 0) + 1),
  ['type', 'schema.type', 1.5],
]

const OF_TYPE: Readonly<Record<string, (schema: Schema, golden: unknown) => readonly Change[]>> = {
  string: textChanges,
  array: listChanges,
  integer: numberChanges,
}

const changesOf = (schema: Schema, golden: unknown): readonly Change[] => {
  // A choice between shapes: what is none of them.
  if (schema.type === undefined) return [['anyOf', 'schema.format', 'seven']]
  return [
    ['type', 'schema.type', schema.type === 'string' ? 7 : 'seven'],
    ['type', 'schema.type', null],
    ...(OF_TYPE[String(schema.type)]?.(schema, golden) ?? []),
  ]
}

/** The schema of a type's claims. */
export const claimsSchemaOf = (type: CredentialTypeName): Schema => {
  const found = types.find((known) => known.type === type)
  if (!found) throw new Error(`${type} has no schema`)
  return found.claims
}

const missing = (name: string): KeywordMutation => ({
  title: `${name}: required`,
  code: 'schema.required',
  path: `/claims/${name}`,
  change: (claims) => {
    delete claims[name]
  },
})

const broken = (name: string, [keyword, code, value]: Change): KeywordMutation => ({
  title: `${name}: ${keyword}, ${JSON.stringify(value).slice(0, 30)}`,
  code,
  path: `/claims/${name}`,
  change: (claims) => {
    claims[name] = value
  },
})

/** Every keyword of the schema of a type's claims, broken once at every property. */
export const keywordMutations = (type: CredentialTypeName, golden: Draft): readonly KeywordMutation[] => {
  const { properties = {}, required = [] } = claimsSchemaOf(type)
  return [
    ...required.map(missing),
    ...Object.entries(properties).flatMap(([name, schema]) =>
      changesOf(resolve(schema), golden[name]).map((change) => broken(name, change)),
    ),
  ]
}
