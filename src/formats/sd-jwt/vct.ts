import type { CredentialTypeRow } from '../../credentials/define.js'
import { CREDENTIAL_ROWS } from '../../credentials/rows.js'

const vctOfSchema = (schema: string): string => schema.replace('/schemas/', '/vct/')

/** The `vct` of a type in its newest version: a name beside that of its schema, and never fetched. */
export const vctOf = ({ schemas }: CredentialTypeRow): string => vctOfSchema(schemas[0])

/** A type in one of its versions. */
export interface TypeVersion {
  readonly row: CredentialTypeRow
  readonly schema: string
}

const rows: readonly CredentialTypeRow[] = Object.values(CREDENTIAL_ROWS)
const BY_VCT: ReadonlyMap<string, TypeVersion> = new Map(
  rows.flatMap((row) => row.schemas.map((schema) => [vctOfSchema(schema), { row, schema }] as const)),
)

/** The type that a `vct` names, in the version that it names; `undefined` for one that is not ours. */
export const typeOfVct = (vct: string): TypeVersion | undefined => BY_VCT.get(vct)
