import { compile } from 'json-schema-to-typescript'
import { common, type Schema, types } from './load.js'

const SHARED: Readonly<Record<string, string>> = { assurance: 'Assurance', sourceEvidence: 'SourceEvidence' }

// Titles would become type names, one for each property; here they are words for people.
export const adapt = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(adapt)
  if (typeof value !== 'object' || value === null) return value
  const { title, $ref, ...rest } = value as Schema & Record<string, unknown>
  const described = title ? { description: [title, rest.description].filter(Boolean).join('. ') } : {}
  const entries = Object.entries({ ...rest, ...described }).map(([name, inner]) => [
    name,
    name === 'properties'
      ? Object.fromEntries(Object.entries(inner as object).map(([key, property]) => [key, adapt(property)]))
      : adapt(inner),
  ])
  return { ...Object.fromEntries(entries), ...($ref ? { $ref: `#/definitions/${$ref.split('/').at(-1)}` } : {}) }
}

// A tuple type for every possible length helps nobody.
export const withoutLengths = (text: string): string =>
  text.replace(/"(?:minItems|maxItems)":\d+,?/g, '').replace(/,}/g, '}')

const inline = (schema: Schema): unknown => {
  if (Array.isArray(schema)) return schema.map(inline)
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const { $ref: _, ...here } = schema
    return { ...(inline(common.$defs?.[name] ?? {}) as object), ...here }
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inline(value as Schema)]))
}

const named = (schema: Schema, name: string): object => {
  const { title: _title, description, ...rest } = adapt(inline(schema)) as Schema
  return {
    ...rest,
    title: name,
    ...(schema.description ? { description: schema.description } : description ? { description } : {}),
  }
}

/** TypeScript types of the claims of every type. */
export const claimsModule = async (): Promise<string> => {
  const definitions = Object.fromEntries([
    ...types.map(({ type, schema, claims }) => [
      `${type}Claims`,
      named({ ...claims, description: schema.description ?? '' }, `${type}Claims`),
    ]),
    ...Object.entries(SHARED).map(([name, as]) => [as, named(common.$defs?.[name] ?? {}, as)]),
  ])
  const root = {
    title: 'ClaimsByType',
    description: 'The claims of each credential type.',
    type: 'object',
    properties: Object.fromEntries(types.map(({ type }) => [type, { $ref: `#/definitions/${type}Claims` }])),
    required: types.map(({ type }) => type),
    additionalProperties: false,
    definitions,
  }
  const text = await compile(JSON.parse(withoutLengths(JSON.stringify(root))), 'ClaimsByType', {
    bannerComment: '// Generated from schemas/ by scripts/generate.ts. Do not edit.',
    additionalProperties: false,
    unreachableDefinitions: true,
    format: true,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
  return (
    text
      .replace(/^.*\n?This (?:interface|type) was referenced by[\s\S]*?\n(?= \*\/)/gm, '')
      .replace(/\n \*\n \*\//g, '\n */')
      // An alias, unlike an interface, is JSON to the compiler.
      .replace(/^export interface (\w+) \{/gm, 'export type $1 = {')
      .replace('type: unknown[]', 'type: string[]')
  )
}
