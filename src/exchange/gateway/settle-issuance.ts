import { formatDateTime } from '../../codec/date-time.js'
import { type ExchangeReason, isEnded } from '../exchange.js'
import { changeFlow, FORGOTTEN_OF_ISSUANCE, type Issuance, SECRETS } from './flow.js'
import { freePlace } from './record-index.js'
import { redeem } from './redeem.js'
import { REVOCATION_REASONS, revokeAtGateway } from './revoke.js'
import type { GatewaySettings } from './settings.js'
import { staleness } from './source.js'

const TEN_YEARS = 315_576_000_000

const fail = (settings: GatewaySettings, { id }: Issuance, reason: ExchangeReason): Promise<void> =>
  changeFlow<Issuance, undefined>(settings.book, id, (flow) =>
    isEnded(flow)
      ? { answer: undefined }
      : { change: { to: 'failed', reason, patch: FORGOTTEN_OF_ISSUANCE }, answer: undefined },
  )

// Written down first of all: whoever does not know the number cannot revoke.
const record = async (settings: GatewaySettings, flow: Issuance, serialNumber: string): Promise<void> => {
  const place = await freePlace(settings, flow.detail.record)
  const issuedAt = formatDateTime(settings.book.now())
  await changeFlow<Issuance, undefined>(settings.book, flow.id, ({ detail }) => {
    if (detail.serialNumber !== undefined) return { answer: undefined }
    const items = [{ id: detail.itemId, state: 'issued' as const, credentialId: serialNumber }]
    const secrets = place === undefined ? {} : { [SECRETS.record]: place }
    return { change: { patch: { serialNumber, issuedAt }, items, secrets }, answer: undefined }
  })
}

const markToWithdraw = (settings: GatewaySettings, { id }: Issuance, reason: ExchangeReason): Promise<void> =>
  changeFlow<Issuance, undefined>(settings.book, id, (flow) =>
    isEnded(flow) || flow.detail.withdraw
      ? { answer: undefined }
      : { change: { patch: { withdraw: reason } }, answer: undefined },
  )

const withdraw = async (settings: GatewaySettings, flow: Issuance, serialNumber: string, reason: ExchangeReason) => {
  await markToWithdraw(settings, flow, reason)
  await revokeAtGateway(settings, flow, {
    serialNumber,
    reason: REVOCATION_REASONS[reason] ?? REVOCATION_REASONS.other,
  })
  const revokedAt = formatDateTime(settings.book.now())
  await changeFlow<Issuance, undefined>(settings.book, flow.id, (found) => {
    if (isEnded(found)) return { answer: undefined }
    const items = [{ id: found.detail.itemId, state: 'withdrawn' as const, credentialId: serialNumber }]
    const patch = { ...FORGOTTEN_OF_ISSUANCE, revokedAt }
    return { change: { to: 'failed', reason, patch, items, secrets: { [SECRETS.record]: null } }, answer: undefined }
  })
}

/** @returns whether it is complete; it is not when somebody cancelled it meanwhile */
const complete = (settings: GatewaySettings, { id }: Issuance): Promise<boolean> =>
  changeFlow<Issuance, boolean>(settings.book, id, (flow) => {
    const { withdraw: reason, itemId, serialNumber = '', credentialEnd } = flow.detail
    if (isEnded(flow)) return { answer: true }
    if (reason) return { answer: false }
    const items = [{ id: itemId, state: 'accepted' as const, credentialId: serialNumber }]
    // Remembered for as long as there is something to revoke.
    const expiresAt = credentialEnd === undefined ? settings.book.now() + TEN_YEARS : Date.parse(credentialEnd)
    return { change: { to: 'completed', patch: FORGOTTEN_OF_ISSUANCE, items, expiresAt }, answer: true }
  })

/**
 * Brings an issuance that a callback came for to its end: writes down which credential it was, and withdraws it at once
 * when what it says may no longer be so. Can be done again after a crash, from wherever it was.
 * @throws PassportError when the gateway cannot be asked
 */
export const settleIssuance = async (settings: GatewaySettings, flow: Issuance): Promise<void> => {
  if (flow.detail.serialNumber === undefined) {
    const redemption = await redeem(settings, flow)
    if (!redemption.ok) return fail(settings, flow, redemption.reason)
    const { SerialNumber: serialNumber } = redemption.claims
    if (typeof serialNumber !== 'string' || serialNumber === '') return fail(settings, flow, 'exchange.untrusted')
    await record(settings, flow, serialNumber)
    return settleIssuance(settings, await again(settings, flow))
  }
  const reason = flow.detail.withdraw ?? (await staleness(settings, flow.detail))
  if (reason) return withdraw(settings, flow, flow.detail.serialNumber, reason)
  if (!(await complete(settings, flow))) return settleIssuance(settings, await again(settings, flow))
}

const again = ({ book }: GatewaySettings, { id }: Issuance): Promise<Issuance> =>
  changeFlow<Issuance, Issuance>(book, id, (flow) => ({ answer: flow }))
