import { isJsonObject, type JsonObject } from '../core/json.js'
import type { PersonFacts } from '../matching/match-person.js'
import type { AcceptedPresentation } from '../verifier/result.js'

/** Who somebody showed that they are. */
export interface ShownIdentity extends Required<PersonFacts> {
  readonly uniqueIdentifier: string
  /** SHA-256 of the identity credential as it was shown, in hexadecimal: the report on it has the same. */
  readonly identityCredentialDigest: string
  /** Whose key showed it, as offers name their holder. */
  readonly holder: string
}

const textIn = (object: JsonObject, name: string): string => {
  const value = object[name]
  return typeof value === 'string' ? value : ''
}

/** The identity in what was shown and accepted; `undefined` where there is none, or more than one. */
export const identityShown = ({ credentials, holder }: AcceptedPresentation): ShownIdentity | undefined => {
  const [identity, ...others] = credentials.filter(({ type }) => type === 'Identity')
  const subject = identity?.document.credentialSubject
  if (!identity?.claims || others.length > 0 || !isJsonObject(subject)) return undefined
  return {
    legalFirstName: textIn(identity.claims, 'legalFirstName'),
    legalSurname: textIn(identity.claims, 'legalSurname'),
    birthDate: textIn(identity.claims, 'birthDate'),
    uniqueIdentifier: textIn(subject, 'uniqueIdentifier'),
    identityCredentialDigest: identity.sha256,
    holder,
  }
}
