import { formatDateTime, parseDateTime } from '../codec/date-time.js'
import { PassportError } from '../core/errors.js'
import { findRow } from '../credentials/rows.js'
import { type RegisterEntry, STATUS_REASONS, type StatusChange } from '../ports/issuance-register.js'
import type { StatusPurpose } from '../ports/status-list-store.js'
import type { IssuerSettings } from './settings.js'

const findEntry = async (settings: IssuerSettings, credentialId: string): Promise<RegisterEntry> => {
  for await (const entry of settings.register.find({ credentialId })) {
    if (entry.issuer === settings.id) return entry
  }
  throw new PassportError('store.unknownCredential', 'The register holds no such credential of this issuer')
}

// A place for everything has room for what the type can have.
const mayHave = ({ type, statusIndices }: RegisterEntry, wanted: StatusPurpose): boolean =>
  statusIndices.some(({ purpose }) => purpose === wanted) ||
  (statusIndices.some(({ purpose }) => purpose === 'status') && !!findRow(type)?.statusPurposes.includes(wanted))

/**
 * Records a change of status, at the clock's time, and says whether anything changed.
 * @throws TypeError for an unknown reason, or a purpose for which the credential has no place in a list
 */
export const changeStatus = async (
  settings: IssuerSettings,
  credentialId: string,
  change: Omit<StatusChange, 'at'>,
): Promise<boolean> => {
  if (change.set && !STATUS_REASONS.some((reason) => reason === change.reason))
    throw new TypeError(`reason must be one of ${STATUS_REASONS.join(', ')}`)
  const entry = await findEntry(settings, credentialId)
  if (!mayHave(entry, change.purpose))
    throw new TypeError(`Credentials of type ${entry.type} have no ${change.purpose}`)
  return settings.register.changeStatus(credentialId, { ...change, at: formatDateTime(settings.clock.now().getTime()) })
}

/** Marks this issuer's unsettled intents abandoned. */
export const resumeIssuance = async (
  settings: IssuerSettings,
  olderThanSeconds: number,
): Promise<{ abandoned: number }> => {
  if (!(olderThanSeconds >= 0)) throw new TypeError('olderThanSeconds must be 0 or more')
  const now = settings.clock.now().getTime()
  const stale: string[] = []
  for await (const entry of settings.register.find({ state: 'intended' })) {
    const age = now - (parseDateTime(entry.intendedAt) ?? 0)
    if (entry.issuer === settings.id && age >= olderThanSeconds * 1000) stale.push(entry.credentialId)
  }
  const at = formatDateTime(now)
  await settings.register.settle(stale.map((credentialId) => ({ credentialId, state: 'abandoned', at })))
  return { abandoned: stale.length }
}
