import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { CREDENTIAL_TYPES, type CredentialTypeName, isCredentialTypeName } from '../../credentials/catalogue.js'
import type { CredentialTypeRow } from '../../credentials/define.js'
import { CATALOGUE_CONTEXT, VCDM_2_CONTEXT } from '../../formats/contexts.js'
import type { IssueRequest } from '../../issuer/issuer.js'
import { refuse } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'

/** A credential that somebody wants issued, as the issuer takes it. */
export interface CatalogueRequest {
  readonly type: CredentialTypeName
  readonly row: CredentialTypeRow
  readonly request: IssueRequest<CredentialTypeName>
}

const malformed = (pointer: string, detail: string): never =>
  refuse(REQUEST_PROBLEMS.malformed, detail, { pointer: `/credential${pointer}` })

const isListOf = (value: Json | undefined, ...texts: readonly string[]): boolean =>
  Array.isArray(value) && value.length === texts.length && texts.every((text, index) => value[index] === text)

const typeOf = ({ type }: JsonObject): CredentialTypeName => {
  const [base, name] = asArray(type)
  if (isListOf(type, String(base), String(name)) && base === 'VerifiableCredential' && typeof name === 'string')
    if (isCredentialTypeName(name)) return name
  return malformed('/type', 'The type must be VerifiableCredential and one type of the catalogue.')
}

// What the issuer writes itself is not taken from anybody; what it would write in just the same way does no harm.
const checkFixed = (credential: JsonObject, row: CredentialTypeRow, issuer: string): void => {
  if (!isListOf(credential['@context'], VCDM_2_CONTEXT, CATALOGUE_CONTEXT))
    malformed('/@context', 'The contexts must be that of VCDM 2.0 and that of the catalogue.')
  const stated = isJsonObject(credential.issuer) ? credential.issuer.id : credential.issuer
  if (stated !== issuer) malformed('/issuer', 'The issuer must be the one of this server.')
  const schema = credential.credentialSchema
  if (schema !== undefined && (!isJsonObject(schema) || schema.id !== row.schemas[0]))
    malformed('/credentialSchema', 'The schema must be the newest of the type.')
}

const MEMBERS = ['@context', 'type', 'issuer', 'credentialSubject', 'credentialSchema', 'evidence']
const DATES = ['validFrom', 'validUntil']
const OWN = ['id', 'credentialStatus', 'proof']

const checkMembers = (object: JsonObject, allowed: readonly string[], pointer: string): void => {
  const name = Object.keys(object).find((member) => !allowed.includes(member))
  if (name === undefined) return
  if (OWN.includes(name) && pointer === '') malformed(`/${name}`, 'The issuer writes this itself; leave it out.')
  malformed(`${pointer}/*`, `Only ${allowed.join(', ')} may be here.`)
}

/**
 * Takes an unsigned document of a type of the catalogue for a request to the issuer, strictly: what would not come out
 * as it went in ends the request. The claims themselves are the issuer's to judge.
 */
export const catalogueRequest = (credential: JsonObject, issuer: string): CatalogueRequest => {
  const type = typeOf(credential)
  const row: CredentialTypeRow = CREDENTIAL_TYPES[type]
  checkMembers(credential, [...MEMBERS, ...DATES], '')
  checkFixed(credential, row, issuer)
  const subject = credential.credentialSubject
  if (!isJsonObject(subject)) return malformed('/credentialSubject', 'There must be one subject.')
  checkMembers(subject, ['id', 'uniqueIdentifier', 'assurance', row.claimsKey], '/credentialSubject')
  const { id, uniqueIdentifier, assurance, [row.claimsKey]: claims } = subject
  const { evidence, validFrom, validUntil } = credential
  const parts = { subject: id, uniqueIdentifier, assurance, claims, evidence, validFrom, validUntil }
  const given = Object.entries(parts).filter(([, value]) => value !== undefined)
  // The issuer checks every part of what came from outside.
  return { type, row, request: Object.fromEntries(given) as unknown as IssueRequest<CredentialTypeName> }
}

/** Where a fault that the issuer found lies in the document that was sent. */
export const pointerInCredential = (path: string, { claimsKey }: CredentialTypeRow): string => {
  const [, part = '', ...rest] = path.split('/')
  const places: Readonly<Record<string, string>> = {
    subject: 'credentialSubject/id',
    uniqueIdentifier: 'credentialSubject/uniqueIdentifier',
    assurance: 'credentialSubject/assurance',
    claims: `credentialSubject/${claimsKey}`,
  }
  return ['/credential', places[part] ?? part, ...rest].filter((step) => step !== '').join('/')
}
