import { britishDate, formatDateTime, isPlaceholderDate, parseDateTime } from '../codec/date-time.js'
import { parseDid } from '../codec/did.js'
import type { Clock } from '../core/clock.js'
import type { ClaimFault } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import { checkClaims } from '../credentials/check-claims.js'
import type { CredentialTypeRow, RuleInput } from '../credentials/define.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../credentials/rows.js'
import { algorithmOfCurve } from '../crypto/algorithms.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import type { IssueRequest } from './issuer.js'
import type { IssuerIdentity } from './settings.js'

/** A request that was looked at: what is wrong with it, and the parts to build the credential from. */
export interface Prepared {
  readonly type: CredentialTypeName
  readonly row: CredentialTypeRow
  readonly faults: readonly ClaimFault[]
  readonly warnings: readonly ClaimFault[]
  readonly subject: string
  readonly uniqueIdentifier: string
  readonly assurance: JsonObject
  readonly claims: JsonObject
  readonly evidence: readonly JsonObject[]
  readonly validFrom: string
  readonly validUntil?: string
  /** The one clock reading of this issuance. */
  readonly now: number
}

// A copy of what the caller lent us, reduced to JSON: what is undefined is absent.
const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)))

const fault = (path: string, code: string, sentence: string, mend: string): ClaimFault => ({
  path,
  code,
  sentence,
  mend,
})

// A credential for nobody's wallet is about the person of its unique identifier, and can never be presented.
const subjectFaults = (subject: unknown, uniqueIdentifier: unknown): readonly ClaimFault[] => {
  if (typeof subject === 'string' && (isHolderDid(subject) || subject === `urn:uuid:${String(uniqueIdentifier)}`))
    return []
  const mend = "Give the DID of the holder's wallet key, or urn:uuid: and the unique identifier for no wallet."
  return [fault('/subject', 'schema.format', 'The subject is not a DID.', mend)]
}

// A did:key or did:jwk is its key: one that no key can be read from is nobody's, and nobody could ever present the credential.
function isHolderDid(subject: string): boolean {
  const method = parseDid(subject)?.method
  if (method !== 'key' && method !== 'jwk') return method !== undefined
  const jwk = didCarriedKey(subject)
  return jwk !== undefined && algorithmOfCurve(jwk.kty, jwk.crv) !== undefined && typeof jwk.x === 'string'
}

const dateFaults = (from: string, until: string | undefined): readonly ClaimFault[] => {
  const start = parseDateTime(from)
  const end = until === undefined ? undefined : parseDateTime(until)
  const malformed = (path: string) =>
    fault(path, 'schema.format', 'This is not a time with a zone.', 'Write it as 2026-01-31T09:00:00Z.')
  if (start === undefined) return [malformed('/validFrom')]
  if (until === undefined) return []
  if (end === undefined) return [malformed('/validUntil')]
  if (end > start) return []
  const mend = 'Do not issue what has already ended, or state a later validUntil.'
  return [fault('/validUntil', 'validityPeriod.endBeforeStart', 'The credential would end before it begins.', mend)]
}

const SECOND = 1000

// In UTC, to the second: what every format can say, so that each says the same.
const wholeSecond = (text: string): string => {
  const time = parseDateTime(text)
  return time === undefined ? text : formatDateTime(time - (time % SECOND))
}

const rowOf = (type: CredentialTypeName): CredentialTypeRow => {
  if (!Object.hasOwn(CREDENTIAL_ROWS, type)) throw new TypeError('type must be the name of a type in the catalogue')
  return CREDENTIAL_ROWS[type]
}

// The end that valid claims state themselves; of invalid claims nobody asks.
const defaultEnd = (row: CredentialTypeRow, claims: JsonObject, sound: boolean): string | undefined => {
  const end = sound ? row.validUntil(claims) : undefined
  return isPlaceholderDate(end?.slice(0, 10)) ? undefined : end
}

const contextOf = (
  settings: IssuerIdentity,
  now: number,
): Pick<RuleInput, 'issuedOn' | 'issuer' | 'dspPortalPolicy'> => {
  const { id, name, odsCode, predecessors, dspPortalPolicy } = settings
  return {
    issuedOn: britishDate(now),
    issuer: {
      id,
      ...(name === undefined ? {} : { name }),
      ...(odsCode === undefined ? {} : { odsCode }),
      ...(predecessors === undefined ? {} : { predecessors }),
    },
    ...(dspPortalPolicy === undefined ? {} : { dspPortalPolicy }),
  }
}

/**
 * Looks at everything that can be wrong with a request, at once, and reads the clock.
 * @throws TypeError when the type is not in the catalogue or the request is not an object
 */
export const prepareCredential = <Type extends CredentialTypeName>(
  settings: IssuerIdentity & { readonly clock: Clock },
  type: Type,
  lent: IssueRequest<Type>,
): Prepared => {
  const row = rowOf(type)
  if (typeof lent !== 'object' || lent === null)
    throw new TypeError('the request must be an object with subject and claims')
  const request = copy(lent) as unknown as { readonly [Key in keyof IssueRequest<Type>]: never } & JsonObject
  const now = settings.clock.now().getTime()
  const parts = {
    uniqueIdentifier: request.uniqueIdentifier,
    assurance: request.assurance,
    claims: request.claims,
    evidence: request.evidence ?? [],
  }
  const verdict = checkClaims(type, parts, contextOf(settings, now))
  const validFrom: string = wholeSecond(request.validFrom ?? formatDateTime(now))
  const stated = request.validUntil ?? defaultEnd(row, parts.claims, verdict.faults.length === 0)
  const validUntil = stated === undefined ? undefined : wholeSecond(stated)
  const faults = [
    ...subjectFaults(request.subject, request.uniqueIdentifier),
    ...verdict.faults,
    ...dateFaults(validFrom, validUntil),
  ]
  return {
    type,
    row,
    faults,
    warnings: verdict.warnings,
    subject: request.subject,
    ...parts,
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
    now,
  }
}
