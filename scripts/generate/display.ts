import type { CredentialTypeRow } from '../../src/credentials/define.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'
import { resolve, type TypeSchema, types } from './load.js'
import { welshDescription, welshLabel } from './welsh.js'

const claimsOf = ({ claims }: TypeSchema) =>
  Object.entries(claims.properties ?? {}).map(([name, schema]) => {
    const label = resolve(schema).title ?? name
    return [name, label, welshLabel(label), claims.required?.includes(name) ? 1 : 0]
  })

const displayOf = (type: TypeSchema) => {
  const { label }: CredentialTypeRow = CREDENTIAL_ROWS[type.type as keyof typeof CREDENTIAL_ROWS]
  const { description = '' } = type.schema
  return {
    name: [label, welshLabel(label)],
    description: [description, welshDescription(description)],
    claims: claimsOf(type),
  }
}

/** How wallets show each type, as data. */
export const displayModule = (): string => `// Generated from schemas/ by scripts/generate.ts. Do not edit.
import type { DisplayData } from '../define.js'

/** For each type: its name, what it is, and its claims with their labels, in English and in Welsh. */
export const DISPLAY: Readonly<Record<string, DisplayData>> = ${JSON.stringify(Object.fromEntries(types.map((type) => [type.type, displayOf(type)])))}
`
