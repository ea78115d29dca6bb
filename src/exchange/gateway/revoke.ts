import { formatDateTime } from '../../codec/date-time.js'
import { PassportError } from '../../core/errors.js'
import { callGateway, readAnswer } from './call.js'
import { toWireClaims } from './claim-names.js'
import { contentHash } from './content-hash.js'
import { changeFlow, flowById, type Issuance, isIssuance, SECRETS } from './flow.js'
import { issuedFrom } from './record-index.js'
import { type GatewaySettings, type SourceReference, templateOf } from './settings.js'
import type { SourceRecord } from './source.js'

/** What is said to the gateway of why. The first is published; the others are ours. */
export const REVOCATION_REASONS: Readonly<Record<string, string>> & { readonly other: string } = {
  deleted: 'Source record deleted',
  stale_data: 'Source record updated',
  unknown_data_freshness: 'Source record could not be confirmed',
  other: 'Credential provided in error',
}

/** A record of a source system that changed: what it says now, or that it is gone. */
export type SourceChange =
  | Omit<SourceRecord, 'personId' | 'uniqueIdentifier'>
  | (SourceReference & { readonly deleted: true })

const NO_CONTENT = 204

/** Tells the gateway to revoke a credential. It may be told again. @throws PassportError */
export const revokeAtGateway = async (
  settings: GatewaySettings,
  { detail }: Issuance,
  { serialNumber, reason }: { readonly serialNumber: string; readonly reason: string },
): Promise<void> => {
  const body = {
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    OrganisationId: settings.organisationId,
    CredentialTemplateName: detail.template,
    SerialNumber: serialNumber,
    RevocationReason: reason,
  }
  const response = await callGateway(settings, {
    path: '/Revocation/revokecredential',
    repeatable: true,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.status === NO_CONTENT) return
  const answer = readAnswer(response, NO_CONTENT)
  throw new PassportError('exchange.refused', `The gateway did not revoke: ${answer.ok ? '' : answer.error}`)
}

const revokeIssued = async (settings: GatewaySettings, flow: Issuance, reason: string): Promise<boolean> => {
  const { serialNumber, revokedAt } = flow.detail
  if (serialNumber === undefined || revokedAt !== undefined) return false
  await revokeAtGateway(settings, flow, { serialNumber, reason })
  return changeFlow<Issuance, boolean>(settings.book, flow.id, ({ detail }) => {
    if (detail.revokedAt !== undefined) return { answer: false }
    const items = [{ id: detail.itemId, state: 'withdrawn' as const, credentialId: serialNumber }]
    const patch = { revokedAt: formatDateTime(settings.book.now()) }
    return { change: { patch, items, secrets: { [SECRETS.record]: null } }, answer: true }
  })
}

/** Revokes what was issued in an exchange; what is revoked already stays so. @throws PassportError */
export const revoke = async (settings: GatewaySettings, exchangeId: string, reason: string): Promise<void> => {
  if (typeof reason !== 'string' || reason === '') throw new TypeError('A revocation needs a reason')
  const flow = await flowById(settings.book, exchangeId)
  if (!flow || !isIssuance(flow) || flow.detail.serialNumber === undefined)
    throw new PassportError('exchange.unknown', 'No credential was issued in such an exchange')
  await revokeIssued(settings, flow, reason)
}

const hashOf = (settings: GatewaySettings, change: SourceChange): string | undefined => {
  if ('deleted' in change) return undefined
  const template = templateOf(settings, change.type)
  return contentHash(template, toWireClaims(change.type, template, change))
}

/**
 * Revokes what was issued from a record that changed, where a wallet would now show something else, or that is gone. All
 * are tried, whatever becomes of one.
 * @throws the first error; call again, and what is revoked already stays so
 */
export const sourceChanged = async (settings: GatewaySettings, change: SourceChange): Promise<readonly string[]> => {
  const hash = hashOf(settings, change)
  const reason = 'deleted' in change ? REVOCATION_REASONS.deleted : REVOCATION_REASONS.stale_data
  const issued = await issuedFrom(settings, change)
  const outdated = issued.filter(({ state, detail }) => state === 'completed' && detail.contentHash !== hash)
  const done = await Promise.allSettled(outdated.map((flow) => revokeIssued(settings, flow, reason ?? '')))
  for (const result of done) if (result.status === 'rejected') throw result.reason
  return outdated.map(({ id }) => id)
}
