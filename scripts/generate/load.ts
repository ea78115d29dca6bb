import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A JSON Schema, as far as the generator reads it. */
export interface Schema {
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly 'x-origin'?: string
}

/** The schema of one credential type, with the names that follow from it. */
export interface TypeSchema {
  /** Such as `RightToWork`. */
  readonly type: string
  /** Such as `rightToWork`. */
  readonly claimsKey: string
  /** Such as `right-to-work`. */
  readonly name: string
  readonly schema: Schema
  readonly claims: Schema
}

/** The folder of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const FOLDER = join(ROOT, 'schemas')
const read = (file: string): Schema => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))
const NOT_TYPES: readonly string[] = [
  'batch-map.v1.json',
  'common.v1.json',
  'employment-checks.v1.json',
  'report.v1.json',
  'trust-list.v1.json',
]

/** Definitions that several types share. */
export const common = read('common.v1.json')

const typeOf = (schema: Schema): string => {
  const names = schema.properties?.type?.const as readonly string[] | undefined
  const type = names?.[1]
  if (type === undefined) throw new Error(`${schema.$id} does not say which type it is for`)
  return type
}

/** The schemas of all types, by name. */
export const types: readonly TypeSchema[] = readdirSync(FOLDER)
  .filter((file) => /\.v\d+\.json$/.test(file) && !NOT_TYPES.includes(file))
  .sort()
  .map((file) => {
    const schema = read(file)
    const type = typeOf(schema)
    const claims = schema.$defs?.claims
    if (!claims) throw new Error(`${file} has no $defs/claims`)
    return {
      type,
      claimsKey: type.charAt(0).toLowerCase() + type.slice(1),
      name: file.replace(/\.v\d+\.json$/, ''),
      schema,
      claims,
    }
  })

/** Where a reference to a shared definition leads, with what the place itself says of it. */
export const resolve = (schema: Schema): Schema => {
  if (!schema.$ref) return schema
  const target = common.$defs?.[schema.$ref.split('/').at(-1) ?? '']
  if (!target) throw new Error(`${schema.$ref} leads nowhere`)
  const { $ref: _, ...here } = schema
  return { ...resolve(target), ...here }
}
