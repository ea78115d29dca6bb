import { PassportError } from '../../core/errors.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import { type Exchange, type ExchangeReason, isEnded } from '../exchange.js'
import { letGo, takeLeft } from './callback.js'
import { concludeVerification } from './conclude-verification.js'
import {
  changeFlow,
  type Flow,
  type FlowDecision,
  FORGOTTEN,
  FORGOTTEN_OF_ISSUANCE,
  flowById,
  isIssuance,
} from './flow.js'
import type { GatewaySettings } from './settings.js'
import { settleIssuance } from './settle-issuance.js'

/** Goes on with what a callback brought. @throws PassportError; it can be tried again at once then */
export const goOn = async (settings: GatewaySettings, taken: Flow): Promise<void> => {
  try {
    await (isIssuance(taken) ? settleIssuance(settings, taken) : concludeVerification(settings, taken))
  } catch (error) {
    await letGo(settings.book, taken.id)
    throw error
  }
}

const end = (flow: Flow, to: 'expired' | 'failed', reason: ExchangeReason): FlowDecision<Flow, boolean> => ({
  change: { to, reason, patch: isIssuance(flow) ? FORGOTTEN_OF_ISSUANCE : FORGOTTEN },
  answer: true,
})

const finishLeft = async (settings: GatewaySettings, id: string): Promise<void> => {
  const taken = await takeLeft(settings.book, id)
  if (taken) await goOn(settings, taken)
}

const cancelling = (flow: Flow): FlowDecision<Flow, boolean> => {
  if (isEnded(flow)) return { answer: true }
  if (!flow.detail.brought || !isIssuance(flow)) return end(flow, 'failed', 'owner.cancelled')
  // The wallet may hold it already: its number has to be known before it can be revoked.
  return { change: { patch: { withdraw: 'owner.cancelled' } }, answer: false } as unknown as FlowDecision<Flow, boolean>
}

/** Ends a flow; a credential that was handed out in it and not yet accepted is revoked. @throws PassportError `exchange.unknown` */
export const cancelFlow = async (settings: GatewaySettings, id: string): Promise<void> => {
  if (!(await flowById(settings.book, id))) throw new PassportError('exchange.unknown', 'There is no such exchange')
  if (!(await changeFlow<Flow, boolean>(settings.book, id, cancelling))) await finishLeft(settings, id)
}

const isHopeless = (flow: Flow, now: number): boolean =>
  Date.parse(flow.createdAt) + GATEWAY_LIMITS.callbackPatience <= now &&
  !(isIssuance(flow) && flow.detail.serialNumber !== undefined)

/** Ends a flow whose time is over; what a callback brought and a crash left is brought to its end. */
export const expireFlow = async (settings: GatewaySettings, { id }: Pick<Exchange, 'id'>): Promise<void> => {
  const { book } = settings
  const isOver = await changeFlow<Flow, boolean>(book, id, (flow) => {
    if (isEnded(flow) || Date.parse(flow.expiresAt) > book.now()) return { answer: true }
    return flow.detail.brought && !isHopeless(flow, book.now())
      ? { answer: false }
      : end(flow, 'expired', 'exchange.expired')
  })
  if (!isOver) await finishLeft(settings, id)
}
