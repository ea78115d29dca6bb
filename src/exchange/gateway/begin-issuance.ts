import { britishDate, formatDateTime, parseDateTime } from '../../codec/date-time.js'
import { ClaimsError, PassportError } from '../../core/errors.js'
import { asJsonObject, type JsonObject } from '../../core/json.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import { checkClaims } from '../../credentials/check-claims.js'
import { CREDENTIAL_ROWS } from '../../credentials/rows.js'
import { newSecret } from '../book/handles.js'
import { isEnded } from '../exchange.js'
import type { BrowserInvitation } from './begin-verification.js'
import { toWireClaims } from './claim-names.js'
import { contentHash } from './content-hash.js'
import { GATEWAY_PROTOCOL, type Issuance, type IssuanceDetail, SECRETS, type VerificationDetail } from './flow.js'
import { pushIssuance } from './push.js'
import { issuedFrom } from './record-index.js'
import { returnAddress } from './return-address.js'
import { findSession } from './session.js'
import { type GatewaySettings, templateOf } from './settings.js'
import { readSource, type SignedSource, type SourceRecord, staleness } from './source.js'

/** What to issue. */
export interface IssuanceRequest {
  /** Of the verified session of whoever is to hold it. */
  readonly sessionId: string
  /** The record that it is drawn from, signed by its source system. */
  readonly source: SignedSource
  /** Where to lead the browser in the end: on the same origin as the redirect address. You do it, from the outcome. */
  readonly returnTo?: string
  /** A name of your own for this issuance: the same name gives the same one. It must not identify the person. */
  readonly idempotencyKey?: string
  readonly validForSeconds?: number
}

type Session = NonNullable<VerificationDetail['session']>

const ISSUANCE_SECONDS = GATEWAY_LIMITS.issuanceLife / 1000

// The record of one person must not become the credential of another who has shown who they are.
const checkPerson = ({ personId, uniqueIdentifier }: SourceRecord, session: Session): void => {
  const isOthers = uniqueIdentifier !== undefined && uniqueIdentifier.toLowerCase() !== session.uniqueIdentifier
  if (personId !== session.personId || isOthers)
    throw new PassportError('exchange.untrusted', 'The record is of another person than the one who was verified')
}

const checkContent = ({ type, claims, assurance }: SourceRecord, { uniqueIdentifier }: Session, now: number): void => {
  const { faults } = checkClaims(type, { uniqueIdentifier, assurance, claims }, { issuedOn: britishDate(now) })
  if (faults.length > 0) throw new ClaimsError(faults)
}

/** When a credential of this record ends, if it does (RFC 3339). */
const endOf = ({ type, claims, validUntil }: SourceRecord, now: number): string | undefined => {
  const end = validUntil ?? CREDENTIAL_ROWS[type].validUntil(claims)
  if (end === undefined) return undefined
  const moment = parseDateTime(end)
  if (moment === undefined) throw new TypeError('validUntil must be a moment (RFC 3339)')
  if (moment <= now) throw new PassportError('exchange.expired', 'The credential would be over before it is issued')
  return formatDateTime(moment)
}

const detailOf = (settings: GatewaySettings, request: IssuanceRequest, session: Session): IssuanceDetail => {
  const { record, signedAt } = request.source
  const template = templateOf(settings, record.type)
  const content = toWireClaims(record.type, template, record)
  const end = endOf(record, settings.book.now())
  return {
    flow: 'issuance',
    type: record.type,
    template: template.template,
    state: newSecret(),
    nonce: newSecret(),
    browserSecret: newSecret(),
    itemId: newSecret(),
    record: { type: record.type, id: record.id },
    personId: record.personId,
    signedAt,
    uniqueIdentifier: session.uniqueIdentifier,
    content,
    contentHash: contentHash(template, content),
    ...(end === undefined ? {} : { credentialEnd: end }),
    ...(request.returnTo === undefined
      ? {}
      : { returnTo: returnAddress(request.returnTo, settings.redirectUris.issuance) }),
  }
}

const checkSource = async (settings: GatewaySettings, source: SignedSource): Promise<void> => {
  const fault = await staleness(settings, source)
  if (fault)
    throw new PassportError('exchange.expired', `The record changed after it was signed, or nobody knows: ${fault}`)
  const issued = await issuedFrom(settings, source.record)
  if (issued.length >= GATEWAY_LIMITS.credentialsOfRecord)
    throw new PassportError('exchange.refused', 'Too many credentials were issued from this record and not revoked')
}

const begin = async (
  settings: GatewaySettings,
  request: IssuanceRequest,
  detail: IssuanceDetail,
): Promise<Issuance> => {
  const { idempotencyKey, validForSeconds = ISSUANCE_SECONDS } = request
  const begun = await settings.book.begin<JsonObject>({
    protocol: GATEWAY_PROTOCOL,
    kind: 'offer',
    detail: asJsonObject(detail),
    secrets: { [SECRETS.state]: detail.state },
    validForSeconds,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })
  const flow = begun as unknown as Issuance
  if (flow.detail.personId !== detail.personId || flow.detail.uniqueIdentifier !== detail.uniqueIdentifier)
    throw new PassportError('exchange.untrusted', 'What was begun under this name is for another person')
  if (isEnded(flow) || flow.state !== 'created')
    throw new PassportError('exchange.ended', 'The offer of this name was taken, or is over')
  return flow
}

/**
 * Begins to issue a credential to somebody who has shown who they are.
 * @throws ClaimsError; TypeError; PassportError `exchange.untrusted`, `exchange.expired`, `exchange.refused`
 */
export const beginIssuance = async (settings: GatewaySettings, lent: IssuanceRequest): Promise<BrowserInvitation> => {
  const session = await findSession(settings, lent.sessionId)
  const request = { ...lent, source: readSource(settings, lent.source) }
  checkPerson(request.source.record, session)
  checkContent(request.source.record, session, settings.book.now())
  const detail = detailOf(settings, request, session)
  await checkSource(settings, request.source)
  return pushIssuance(settings, await begin(settings, request, detail))
}
