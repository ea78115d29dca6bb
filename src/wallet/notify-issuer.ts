import type { OutboundResponse } from '../ports/guarded-request.js'
import { createDpop } from './proofs.js'
import type { Contents, Notification } from './safe.js'
import type { WalletSettings } from './settings.js'
import { mayPass, persist, sendOnce } from './talk.js'

/**
 * Tells an issuer what became of a credential. The notification is among the wallet's contents before it is sent, and stays
 * there until the issuer answered: see {@link notifyLater}.
 * @returns whether the issuer heard it
 */
export async function notifyIssuer(settings: WalletSettings, notification: Notification): Promise<boolean> {
  const answer = await persist(settings.send, () => requestFor(settings, notification), settings).catch(() => undefined)
  return settle(settings, notification, answer)
}

/** Sends once more what no issuer answered yet. @returns how many notifications are still unheard */
export async function notifyLater(settings: WalletSettings): Promise<number> {
  for (const notification of unheardIn(settings.safe.contents())) {
    const { url, request } = await requestFor(settings, notification)
    await settle(settings, notification, await sendOnce(settings.send, url, request).catch(() => undefined))
  }
  return unheardIn(settings.safe.contents()).length
}

/** What no issuer answered yet. */
export function unheardIn({ unheard = [] }: Contents): readonly Notification[] {
  return unheard
}

async function requestFor({ clock }: WalletSettings, { endpoint, id, token, event, dpopKey }: Notification) {
  const dpop = dpopKey && (await createDpop(clock, dpopKey))
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `${dpop ? 'DPoP' : 'Bearer'} ${token}`,
    ...(dpop ? { dpop: await dpop('POST', endpoint, token) } : {}),
  }
  const body = JSON.stringify({ notification_id: id, event })
  return { url: endpoint, request: { method: 'POST' as const, headers, body } }
}

// A refusal is an answer, too: saying the same again would be refused again.
async function settle(
  { safe }: WalletSettings,
  { id, event }: Notification,
  answer: OutboundResponse | undefined,
): Promise<boolean> {
  if (!answer || mayPass(answer.status)) return false
  await safe.change((contents) => ({
    ...contents,
    unheard: unheardIn(contents).filter((other) => other.id !== id || other.event !== event),
  }))
  return answer.status >= 200 && answer.status < 300
}
