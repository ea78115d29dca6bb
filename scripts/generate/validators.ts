import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { _ } from 'ajv'
import { build } from 'esbuild'
import { formats } from '../../src/credentials/formats.js'
import { common, types } from './load.js'

/** An ajv that knows our schemas, our formats and our annotations. */
export const createAjv = (): Ajv2020 => {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true, lines: false, optimize: 2, formats: _`formats` },
  })
  ajv.addKeyword('x-origin')
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate)
  ajv.addSchema(common)
  for (const { schema } of types) ajv.addSchema(schema)
  return ajv
}

const exportsOf = (): Record<string, string> => {
  const shared = { assurance: `${common.$id}#/$defs/assurance`, sourceEvidence: `${common.$id}#/$defs/sourceEvidence`, uuid: `${common.$id}#/$defs/uuid` }
  const own = types.flatMap(({ type, schema }) => [
    [`${type}Credential`, `${schema.$id}`],
    [`${type}Claims`, `${schema.$id}#/$defs/claims`],
  ])
  return { ...shared, ...Object.fromEntries(own) }
}

/** The validators, precompiled: no code is made at run time, so that a strict Content-Security-Policy holds. */
export const validatorsModule = async (): Promise<string> => {
  const ajv = createAjv()
  const code = standalone.default(ajv, exportsOf())
  const bundled = await build({
    stdin: { contents: `import { formats } from '../formats.js'\n${code}`, resolveDir: `${import.meta.dirname}/../../src/credentials/generated`, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['main'],
    external: ['../formats.js'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
  })
  return `// Generated from schemas/ by scripts/generate.ts. Do not edit.\n${bundled.outputFiles[0]?.text ?? ''}`
}

/** The declarations of the validators. */
export const validatorsDeclaration = (): string => `// Generated from schemas/ by scripts/generate.ts. Do not edit.

/** What a validator found. */
export interface ValidationError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A precompiled validator; its errors are those of its last call. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly ValidationError[] | null
}

${Object.keys(exportsOf())
  .map((name) => `export const ${name}: Validator`)
  .join('\n')}
`
