import { isJsonObject, type JsonObject } from '../core/json.js'
import { CREDENTIAL_ROWS, isCredentialTypeName } from './rows.js'

/** JSON pointers to the claims of a document that its holder could have withheld; none where the type is not ours. */
export const withholdableIn = (type: string | undefined, document: JsonObject): readonly string[] => {
  const row = type !== undefined && isCredentialTypeName(type) ? CREDENTIAL_ROWS[type] : undefined
  const { credentialSubject: subject } = document
  const claims = row && isJsonObject(subject) ? subject[row.claimsKey] : undefined
  if (!row || !isJsonObject(claims)) return []
  return row.disclosable.filter((name) => name in claims).map((name) => `/credentialSubject/${row.claimsKey}/${name}`)
}
