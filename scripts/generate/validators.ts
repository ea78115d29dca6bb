import { _ } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { formats } from '../../src/credentials/formats.js'
import { common, type Schema, types } from './load.js'

const ANNOTATIONS: readonly string[] = ['title', 'description', 'x-origin']

// Words for people weigh more than the rules; a validator needs only the rules. Properties may bear these names.
const rulesOnly = (value: unknown, inProperties = false): unknown => {
  if (Array.isArray(value)) return value.map((item) => rulesOnly(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => inProperties || !ANNOTATIONS.includes(name))
  return Object.fromEntries(
    kept.map(([name, inner]) => [
      name,
      name === '$ref' && typeof inner === 'string'
        ? ownId(inner)
        : rulesOnly(inner, !inProperties && (name === 'properties' || name === '$defs')),
    ]),
  )
}

// A definition under an id of its own is compiled once; under its schema's id, once for each schema that refers to it.
const ownId = (reference: string): string => reference.replace('#/$defs/', '/')

const definitionsOf = (schema: Schema): readonly object[] =>
  Object.entries(schema.$defs ?? {}).map(([name, definition]) => ({
    ...(rulesOnly(definition) as object),
    $id: `${schema.$id}/${name}`,
  }))

const withOwnClaims = (schema: Schema): object => {
  const { $defs: _, ...rest } = rulesOnly(schema) as Schema
  return JSON.parse(JSON.stringify(rest).replaceAll('"$ref":"/claims"', `"$ref":"${schema.$id}/claims"`))
}

/** An ajv that knows our schemas, and our formats. */
const createAjv = (): Ajv2020 => {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true, lines: false, optimize: 2, formats: _`formats` },
  })
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate)
  for (const schema of [common, ...types.map((type) => type.schema)]) ajv.addSchema([...definitionsOf(schema)])
  for (const { schema } of types) ajv.addSchema(withOwnClaims(schema))
  return ajv
}

// Where in the schema a fault lies is told by the path and the keyword; this says it again, at a seventh of the size.
const withoutSchemaPaths = (code: string): string => code.replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')

const SHARED = ['assurance', 'sourceEvidence', 'uuid'] as const

const exportsOf = (): Record<string, string> => {
  const shared = SHARED.map((name) => [name, `${common.$id}/${name}`])
  const own = types.flatMap(({ type, schema }) => [
    [`${type}Credential`, `${schema.$id}`],
    [`${type}Claims`, `${schema.$id}/claims`],
  ])
  return Object.fromEntries([...shared, ...own])
}

const table = (): string =>
  `export const VALIDATORS = {${types.map(({ type }) => `${type}:{credential:${type}Credential,claims:${type}Claims}`).join(',')}}`

/** The validators, precompiled: no code is made at run time, so that a strict Content-Security-Policy holds. */
export const validatorsModule = async (): Promise<string> => {
  const ajv = createAjv()
  const code = withoutSchemaPaths(standalone.default(ajv, exportsOf()))
  const bundled = await build({
    stdin: {
      contents: `import { formats } from '../formats.js'\n${code}\n${table()}`,
      resolveDir: `${import.meta.dirname}/../../src/credentials/generated`,
      loader: 'js',
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['main'],
    external: ['../formats.js'],
    minify: true,
    legalComments: 'none',
  })
  return `// Generated from schemas/ by scripts/generate.ts. Do not edit.\n${bundled.outputFiles[0]?.text ?? ''}`
}

/** The declarations of the validators. */
export const validatorsDeclaration = (): string => `// Generated from schemas/ by scripts/generate.ts. Do not edit.

/** What a validator found. */
export interface ValidationError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A precompiled validator; its errors are those of its last call. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly ValidationError[] | null
}

${SHARED.map((name) => `export const ${name}: Validator`).join('\n')}
export const VALIDATORS: Readonly<
  Record<
    ${types.map(({ type }) => `'${type}'`).join(' | ')},
    { readonly credential: Validator; readonly claims: Validator }
  >
>
`
