import { PassportError } from '../core/errors.js'
import { LIMITS } from '../core/limits.js'
import type { Ending, IssuanceIntent, RegisterEntry, StatusChange } from './issuance-register.js'
import type { ListPurpose } from './status-list-store.js'

/**
 * Refuses a second live entry of one idempotency key.
 * @throws PassportError `store.alreadyIssued`, `store.inProgress`
 */
export const refuseSecond = (live: Pick<RegisterEntry, 'state' | 'credentialId'>): never => {
  throw live.state === 'issued'
    ? new PassportError('store.alreadyIssued', `${live.credentialId} was issued under this idempotency key`)
    : new PassportError('store.inProgress', 'An issuance under this idempotency key has begun', { retryable: true })
}

/**
 * Refuses intents of which two have one idempotency key, or one credential id.
 * @throws PassportError `store.inProgress`
 */
export const refuseTwins = (intents: readonly IssuanceIntent[]): void => {
  const seen = new Set<string>()
  for (const { credentialId, idempotencyKey } of intents) {
    const names = [credentialId, ...(idempotencyKey === undefined ? [] : [`key ${idempotencyKey}`])]
    if (names.some((name) => seen.has(name))) refuseSecond({ state: 'intended', credentialId })
    for (const name of names) seen.add(name)
  }
}

/** The refusal where the register holds no such issued credential. */
export const unknownCredential = (): PassportError =>
  new PassportError('store.unknownCredential', 'The register holds no such credential')

/**
 * An entry after it was settled; `undefined` when it was settled so already.
 * @throws PassportError `store.intentAbandoned`, `store.alreadyIssued`
 */
export const settle = (entry: RegisterEntry, ending: Ending): RegisterEntry | undefined => {
  if (entry.state === 'intended') {
    const { state, at } = ending
    return { ...entry, state, settledAt: at, ...(state === 'issued' ? { issuedDigest: ending.issuedDigest } : {}) }
  }
  if (entry.state === 'abandoned' && ending.state === 'issued')
    throw new PassportError('store.intentAbandoned', 'The intent was abandoned before it was issued', {
      retryable: true,
    })
  const same =
    entry.state === ending.state && (ending.state === 'abandoned' || entry.issuedDigest === ending.issuedDigest)
  if (!same) throw new PassportError('store.alreadyIssued', 'The intent was settled otherwise before')
  return undefined
}

/** Whether the entry's bit for a purpose is set: revoked once, suspended now, or abandoned; for `status`, any of these. */
export const isSet = (entry: RegisterEntry, purpose: ListPurpose): boolean => {
  if (entry.state === 'abandoned') return true
  if (purpose === 'status') return isSet(entry, 'revocation') || isSet(entry, 'suspension')
  const changes = entry.statusChanges.filter((change) => change.purpose === purpose)
  return purpose === 'revocation' ? changes.some(({ set }) => set) : (changes.at(-1)?.set ?? false)
}

/**
 * An entry after a change of its status; `undefined` when nothing changes. What clocks differ by is made good, so that the record
 * never runs backwards; a clock that was set back is refused.
 * @throws PassportError `store.unknownCredential` unless it was issued, `store.revocationIsFinal`, `store.clockSetBack`
 */
export function changeStatus(entry: RegisterEntry, change: StatusChange): RegisterEntry | undefined {
  if (entry.state !== 'issued') throw unknownCredential()
  const isFinal = change.purpose === 'revocation' ? !change.set : isSet(entry, 'revocation')
  if (isFinal) throw new PassportError('store.revocationIsFinal', 'A revoked credential stays revoked')
  if (isSet(entry, change.purpose) === change.set) return undefined
  const before = entry.statusChanges.at(-1)?.at ?? entry.settledAt ?? entry.intendedAt
  const lead = Date.parse(before) - Date.parse(change.at)
  if (lead > LIMITS.clockSkew)
    throw new PassportError(
      'store.clockSetBack',
      `The clock is ${Math.ceil(lead / 1000)} s behind what was recorded before`,
    )
  return { ...entry, statusChanges: [...entry.statusChanges, lead > 0 ? { ...change, at: before } : change] }
}
