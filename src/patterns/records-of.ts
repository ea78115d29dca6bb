import { isJsonObject } from '../core/json.js'
import { isCredentialTypeName } from '../credentials/rows.js'
import type { NewRecord } from '../systems/record-system.js'
import type { AcceptedCredential, AcceptedPresentation } from '../verifier/result.js'

const recordOf = ({ type, claims, document }: AcceptedCredential): readonly NewRecord[] => {
  const { id, credentialSubject: subject } = document
  const assurance = isJsonObject(subject) ? subject.assurance : undefined
  if (type === undefined || !isCredentialTypeName(type) || !claims || !isJsonObject(assurance)) return []
  return [{ type, claims, assurance, credentialId: String(id) } as unknown as NewRecord]
}

/** The facts of everything that was shown, as records of the catalogue. */
export const recordsOf = ({ credentials }: AcceptedPresentation): readonly NewRecord[] => credentials.flatMap(recordOf)

/** Whom what was shown is about, by their unique identifiers. */
export const uniqueIn = ({ credentials }: AcceptedPresentation): readonly string[] => [
  ...new Set(
    credentials.flatMap(({ document: { credentialSubject: subject } }) =>
      isJsonObject(subject) && typeof subject.uniqueIdentifier === 'string'
        ? [subject.uniqueIdentifier.toLowerCase()]
        : [],
    ),
  ),
]
