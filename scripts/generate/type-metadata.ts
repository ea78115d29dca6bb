import type { CredentialTypeRow } from '../../src/credentials/define.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'
import { vctOf } from '../../src/formats/sd-jwt/vct.js'
import { common, resolve, type Schema, type TypeSchema, types } from './load.js'
import { welshDescription, welshLabel } from './welsh.js'

const ENGLISH = 'en-GB'
const WELSH = 'cy'

const display = ({ title, description }: Schema, name: string) => [
  { locale: ENGLISH, label: title ?? name, ...(description === undefined ? {} : { description }) },
  { locale: WELSH, label: welshLabel(title ?? name) },
]

const claim = (path: readonly string[], schema: Schema, mandatory: boolean, withholdable: boolean) => ({
  path,
  display: display(resolve(schema), path.at(-1) ?? ''),
  ...(mandatory ? { mandatory } : {}),
  sd: withholdable ? 'always' : 'never',
})

const claimsOf = ({ claimsKey, claims }: TypeSchema, { disclosable }: CredentialTypeRow) =>
  Object.entries(claims.properties ?? {}).map(([name, schema]) =>
    claim([claimsKey, name], schema, claims.required?.includes(name) ?? false, disclosable.includes(name)),
  )

const metadata = (type: TypeSchema) => {
  const row: CredentialTypeRow = CREDENTIAL_ROWS[type.type as keyof typeof CREDENTIAL_ROWS]
  const { description = '' } = type.schema
  const { uuid = {}, assurance = {} } = common.$defs ?? {}
  return {
    vct: vctOf(row),
    name: row.label,
    description,
    display: [
      { locale: ENGLISH, name: row.label, description },
      { locale: WELSH, name: welshLabel(row.label), description: welshDescription(description) },
    ],
    claims: [
      claim(['uniqueIdentifier'], { title: 'Unique identifier', ...uuid }, true, false),
      claim(['assurance'], { title: 'Assurance', ...assurance }, true, false),
      ...claimsOf(type, row),
    ],
  }
}

/** The type metadata of every type, by file (SD-JWT-based Verifiable Credentials, section 6). */
export const typeMetadataFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    types.map((type) => [`schemas/vct/${type.name}.v1.json`, `${JSON.stringify(metadata(type), null, 2)}\n`]),
  )
