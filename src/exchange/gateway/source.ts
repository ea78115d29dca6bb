import { encodeBase64url } from '#runtime'
import { formatDateTime, parseDateTime } from '../../codec/date-time.js'
import { canonicalizeJson } from '../../codec/jcs.js'
import { encodeUtf8 } from '../../codec/utf8.js'
import { type Clock, systemClock } from '../../core/clock.js'
import { PassportError } from '../../core/errors.js'
import { asJsonObject, isJsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { Assurance, ClaimsByType } from '../../credentials/generated/claims.js'
import { type CredentialTypeName, isCredentialTypeName } from '../../credentials/rows.js'
import { hmacSha256 } from '../../crypto/hmac.js'
import { isSameText } from '../oauth/same-text.js'
import { checkValidFor } from '../valid-for.js'
import type { GatewaySettings } from './settings.js'

/** A record of a source system, as a credential is to say it. */
export type SourceRecord = {
  readonly [Type in CredentialTypeName]: {
    readonly type: Type
    /** The source system's own identifier of the record. */
    readonly id: string
    /** The source system's own identifier of the person: the one that was verified. */
    readonly personId: string
    readonly claims: ClaimsByType[Type]
    readonly assurance: Assurance
    /** Of the person's identity credential, where the source system knows it. */
    readonly uniqueIdentifier?: string
    /** RFC 3339; by default the end that the claims themselves state, if they do. */
    readonly validUntil?: string
  }
}[CredentialTypeName]

/** A record with the word of its source system for it. It may pass through a browser; nobody can change it on the way. */
export interface SignedSource {
  readonly record: SourceRecord
  /** RFC 3339, UTC. */
  readonly signedAt: string
  readonly validUntil: string
  /** HMAC-SHA256, base64url. */
  readonly signature: string
}

/** How a record is signed. */
export interface SourceSigning {
  /** 32 to 64 random bytes, the gateway client's `sourceKey`. */
  readonly key: Uint8Array
  /** How long it may be used; by default an hour. */
  readonly validForSeconds?: number
  readonly clock?: Clock
}

const SECOND = 1000
const HOUR = 3_600

const authentication = (key: Uint8Array, { record, signedAt, validUntil }: Omit<SignedSource, 'signature'>): string =>
  encodeBase64url(hmacSha256(key, encodeUtf8(canonicalizeJson({ record: asJsonObject(record), signedAt, validUntil }))))

/**
 * Signs a record of a source system, as it stands now. Read the record after nobody can change it any more, or read it
 * and sign it in one transaction: `signedAt` says from when on a change makes it stale.
 */
export const signSource = (record: SourceRecord, options: SourceSigning): SignedSource => {
  const { key, validForSeconds = HOUR, clock = systemClock } = options
  checkValidFor(validForSeconds)
  const now = clock.now().getTime()
  const unsigned = {
    record: JSON.parse(JSON.stringify(record)) as SourceRecord,
    signedAt: formatDateTime(now),
    validUntil: formatDateTime(now + validForSeconds * SECOND),
  }
  return { ...unsigned, signature: authentication(key, unsigned) }
}

const malformed = (): never => {
  throw new PassportError('exchange.malformed', 'The source is not a signed record')
}

// It may have come through a browser: nothing about its shape is certain before its signature is.
const readShape = (lent: unknown): SignedSource => {
  const source: unknown = typeof lent === 'object' && lent !== null ? JSON.parse(JSON.stringify(lent)) : malformed()
  if (!isJsonObject(source) || !isJsonObject(source.record)) return malformed()
  const texts = [source.signedAt, source.validUntil, source.signature, source.record.id, source.record.personId]
  return texts.every((text) => typeof text === 'string' && text !== '')
    ? (source as unknown as SignedSource)
    : malformed()
}

/**
 * A record whose source system stands by it.
 * @throws PassportError `exchange.malformed`, `exchange.untrusted` (not its signature), `exchange.expired`
 */
export const readSource = ({ sourceKey, book }: GatewaySettings, lent: unknown): SignedSource => {
  const source = readShape(lent)
  if (!isSameText(authentication(sourceKey, source), source.signature))
    throw new PassportError('exchange.untrusted', 'The source record was changed, or not signed by its source system')
  const [signedAt, validUntil] = [parseDateTime(source.signedAt), parseDateTime(source.validUntil)]
  if (signedAt === undefined || validUntil === undefined || !isCredentialTypeName(source.record.type))
    return malformed()
  const now = book.now()
  if (validUntil <= now || signedAt > now + LIMITS.clockSkew)
    throw new PassportError('exchange.expired', 'The source record was signed too long ago, or in the future')
  return source
}

/** Whether a record is as it was when it was signed: `undefined` when it is, else the published word for why not. */
export const staleness = async (
  { lastModified }: GatewaySettings,
  {
    record,
    signedAt,
  }: Pick<SignedSource, 'signedAt'> & { readonly record: { readonly type: CredentialTypeName; readonly id: string } },
): Promise<'stale_data' | 'unknown_data_freshness' | undefined> => {
  const { type, id } = record
  // Whoever cannot be asked tells nothing either.
  const stated = await (async () => lastModified({ type, id }))().catch(() => undefined)
  const modified = stated === undefined ? undefined : parseDateTime(stated)
  const signed = parseDateTime(signedAt)
  if (modified === undefined || signed === undefined) return 'unknown_data_freshness'
  return modified > signed ? 'stale_data' : undefined
}
