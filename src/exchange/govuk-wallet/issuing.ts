import { formatDateTime, parseDateTime } from '../../codec/date-time.js'
import type { Clock } from '../../core/clock.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../credentials/rows.js'
import type { IssueRequest, Issuer } from '../../issuer/issuer.js'

/** An issuer, as far as an exchange needs it. */
export type WalletIssuer = Pick<Issuer, 'check' | 'issue' | 'revoke'>

/** How long credentials last. */
export interface Lifetime {
  readonly validityDays: number
  readonly expectedUpdateDays: number
  readonly clock: Clock
}

const DAY = 86_400_000
const SECOND = 1000

const ownEnd = (type: CredentialTypeName, { validUntil, claims }: IssueRequest<CredentialTypeName>): number => {
  const stated = validUntil ?? CREDENTIAL_ROWS[type].validUntil(claims)
  return (stated === undefined ? undefined : parseDateTime(stated)) ?? Number.POSITIVE_INFINITY
}

const toSecond = (time: number): string => formatDateTime(time - (time % SECOND))

/**
 * An issuer whose credentials all have an end, as GOV.UK Wallet asks: their own, or the agreed one where that is sooner;
 * and say when a newer one is to be expected.
 */
export const issuerForWallet = (
  issuer: Issuer,
  { validityDays, expectedUpdateDays, clock }: Lifetime,
): WalletIssuer => ({
  check: (type, request) => issuer.check(type, request),
  revoke: (credentialId, reason) => issuer.revoke(credentialId, reason),
  issue: (type, request, options) => {
    const now = clock.now().getTime()
    const end = Math.min(ownEnd(type, request as IssueRequest<CredentialTypeName>), now + validityDays * DAY)
    const update = Math.max(now, end - expectedUpdateDays * DAY)
    return issuer.issue(
      type,
      { ...request, validUntil: toSecond(end) },
      { ...options, expectedUpdate: toSecond(update) },
    )
  },
})
