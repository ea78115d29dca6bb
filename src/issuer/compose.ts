import { hashText } from '#runtime'
import { canonicalizeJson } from '../codec/jcs.js'
import { type ClaimFault, ClaimsError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import { buildCredential } from '../credentials/build.js'
import type { CredentialTypeRow } from '../credentials/define.js'
import { validateCredential } from '../credentials/validate.js'
import { type CredentialSigning, credentialFormat, type IssuingFormat } from '../formats/sign.js'
import type { ListPurpose, StatusIndex } from '../ports/status-list-store.js'
import { listUrl, toStatusEntry } from '../status/entry.js'
import type { Prepared } from './prepare.js'
import type { IssuerIdentity, IssuerSettings } from './settings.js'

/** SHA-256 of a credential, signed or not, in hexadecimal: of a token as it is, of a document in RFC 8785 form. */
export const digestOf = (credential: JsonObject | string): string =>
  hashText('SHA-256', typeof credential === 'string' ? credential : canonicalizeJson(credential))

/**
 * The status places that a credential of a type needs: one for each purpose; a format with a status claim has one place
 * for everything.
 */
export const purposesFor = ({ statusPurposes }: CredentialTypeRow, format: IssuingFormat): readonly ListPurpose[] =>
  statusPurposes.length > 0 && credentialFormat(format).statusBy === 'statusClaim' ? ['status'] : statusPurposes

/** What a credential is put together with. */
export interface Composing {
  readonly issuer: IssuerIdentity
  readonly id: string
  readonly statusIndices: readonly StatusIndex[]
  /** Where the lists of those places are published; absent where there are none. */
  readonly statusUrl?: string
  /** RFC 3339, for formats that have such a claim. */
  readonly expectedUpdate?: string
}

/** A credential before it is signed, and what it is to be signed with. */
export interface Composition {
  readonly document: JsonObject
  readonly signing: CredentialSigning
}

const statusEntries = ({ statusIndices, statusUrl }: Composing): readonly JsonObject[] => {
  const inDocument = statusIndices.filter(({ purpose }) => purpose !== 'status')
  return statusUrl === undefined ? [] : inDocument.map((index) => toStatusEntry(index, statusUrl))
}

const statusClaim = ({ statusIndices, statusUrl }: Composing): { readonly status?: JsonObject } => {
  const place = statusIndices.find(({ purpose }) => purpose === 'status')
  if (statusUrl === undefined || !place) return {}
  return { status: { status_list: { idx: place.index, uri: listUrl(statusUrl, place.list) } } }
}

/** JSON pointers to the claims of a document that its holder may withhold. */
const disclosableIn = ({ claimsKey, disclosable }: CredentialTypeRow, claims: JsonObject): readonly string[] =>
  disclosable.filter((name) => Object.hasOwn(claims, name)).map((name) => `/credentialSubject/${claimsKey}/${name}`)

const documentOf = (prepared: Prepared, composing: Composing): JsonObject => {
  const { id, name } = composing.issuer
  return buildCredential(prepared.type, {
    id: composing.id,
    issuer: { id, ...(name === undefined ? {} : { name }) },
    subject: prepared.subject,
    uniqueIdentifier: prepared.uniqueIdentifier,
    assurance: prepared.assurance,
    claims: prepared.claims,
    ...(prepared.evidence.length === 0 ? {} : { evidence: prepared.evidence }),
    validFrom: prepared.validFrom,
    ...(prepared.validUntil === undefined ? {} : { validUntil: prepared.validUntil }),
    credentialStatus: statusEntries(composing),
  })
}

// The catalogue's own gate: what we sign is valid against the schema that it names.
const refuseUnlessValid = ({ type }: Prepared, document: JsonObject): void => {
  const faults = validateCredential(type, document)
  if (faults.length === 0) return
  const mend = 'Correct it; see `staff-passport schema` for the shape.'
  throw new ClaimsError(
    faults.map(({ path, code }) => ({ path, code, sentence: 'The credential would be invalid here.', mend })),
  )
}

// Stands for the id and the places that a credential will have. They cannot make it invalid.
const SOME_ID = 'urn:uuid:00000000-0000-4000-8000-000000000000'
const SOME_LIST = 'list-of-no-credential'

/**
 * What is wrong with a request, in itself and in the credential that would come of it. Nothing is reserved to find out.
 */
export function faultsOf(prepared: Prepared, settings: IssuerSettings, format: IssuingFormat): readonly ClaimFault[] {
  if (prepared.faults.length > 0) return prepared.faults
  const purposes = settings.status ? purposesFor(prepared.row, format) : []
  const statusIndices = purposes.map((purpose) => ({ purpose, list: SOME_LIST, index: 0 }))
  const where = settings.status ? { statusUrl: settings.status.statusUrl } : {}
  try {
    composeCredential(prepared, { issuer: settings, id: SOME_ID, statusIndices, ...where })
    return []
  } catch (error) {
    if (error instanceof ClaimsError) return error.faults
    throw error
  }
}

/**
 * Puts together the credential that a sound request asks for.
 * @throws ClaimsError when it would not be valid against its own schema
 */
export const composeCredential = (prepared: Prepared, composing: Composing): Composition => {
  const document = documentOf(prepared, composing)
  refuseUnlessValid(prepared, document)
  const disclosable = disclosableIn(prepared.row, prepared.claims)
  const { expectedUpdate } = composing
  const update = expectedUpdate === undefined ? {} : { expectedUpdate }
  return { document, signing: { created: new Date(prepared.now), disclosable, ...statusClaim(composing), ...update } }
}
