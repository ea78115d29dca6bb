import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { adapt, withoutLengths } from './claims.js'
import { ROOT, type Schema } from './load.js'
import { afterDefs, rulesOf } from './schemas.js'

const read = (): Readonly<Record<string, Schema>> => {
  const { $defs = {} } = JSON.parse(readFileSync(join(ROOT, 'schemas/employment-checks.v1.json'), 'utf8')) as Schema
  return $defs
}

const isRecord = (name: string): boolean => name.endsWith('Record')

/** The six records of a doctor in training: their types, and the rules that a validator needs. */
export const employmentChecksModule = async (): Promise<string> => {
  const all = read()
  const names = Object.keys(all).filter(isRecord)
  const definitions = Object.fromEntries(
    Object.entries(all).map(([name, schema]) => [
      name,
      { ...(adapt(schema) as object), ...(isRecord(name) ? { title: name } : {}) },
    ]),
  )
  const root = {
    title: 'EmploymentChecks',
    description: 'The content of each record, by its type.',
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }])),
    required: names,
    additionalProperties: false,
    definitions,
  }
  const types = await compile(JSON.parse(withoutLengths(JSON.stringify(root))), 'EmploymentChecks', {
    bannerComment: '// Generated from schemas/ by scripts/generate.ts. Do not edit.',
    additionalProperties: false,
    format: true,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
  const rules = Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, rulesOf(schema, afterDefs)]))
  return `${types.replace(/^.*\n?This (?:interface|type) was referenced by[\s\S]*?\n(?= \*\/)/gm, '')}
/** The rules of each record, by its type. */
export const EMPLOYMENT_CHECK_SCHEMAS: Readonly<Record<string, import('../../credentials/schema-keywords.js').SchemaRules>> = ${JSON.stringify(rules)}
`
}
