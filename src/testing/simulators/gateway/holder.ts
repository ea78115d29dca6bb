import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../../core/json.js'
import { leadBack } from './authorize.js'
import { type GatewayState, type HeldCredential, type PendingSession, randomName } from './state.js'

/** A page of the gateway, in a holder's browser, with the holder's wallet at hand. */
export interface VisitedPage {
  readonly kind: 'presentation' | 'issuance'
  readonly template: string
  /**
   * Takes what is offered, or shows what is asked for.
   * @returns the address that the browser is led back to
   */
  accept(): string
  /** @returns the address that the browser is led back to, as by somebody who cancelled */
  decline(): string
}

/** Somebody with a browser and a wallet. */
export interface GatewayHolder {
  readonly credentials: readonly HeldCredential[]
  /** Puts a credential of somebody else's into the wallet, such as the identity that everything begins with. */
  hold(template: string, claims: Readonly<Record<string, string>>): string
  /** Removes a credential from the wallet. */
  forget(serialNumber: string): void
  /**
   * Opens an address of the gateway.
   * @returns the page, or the address that the browser was led back to at once
   * @throws Error when the gateway shows an error
   */
  open(uri: string): Promise<VisitedPage | string>
}

const CODE_MILLISECONDS = 60_000
const FOUND = 302

const isRevoked = ({ revocations }: GatewayState, { serialNumber }: HeldCredential): boolean =>
  revocations.has(serialNumber)

const giveCode = (gateway: GatewayState, session: PendingSession, scope: string, claims: JsonObject): string => {
  const code = randomName()
  const expiresAt = gateway.clock.now().getTime() + CODE_MILLISECONDS
  gateway.codes.set(code, { session, scope, claims, expiresAt })
  return leadBack(session, { code })
}

const CANCELLED = { error: 'access_denied', error_description: 'The user cancelled: user cancelled the request' }
const NOTHING = { error: 'access_denied', error_description: 'The wallet holds no such credential' }
const REFUSED = { error: 'server_error', error_description: 'The credential could not be verified' }

const show = (gateway: GatewayState, session: PendingSession, held: readonly HeldCredential[]): string => {
  const { template } = session.template
  const found = held.filter((one) => one.template === template).at(-1)
  if (!found) return leadBack(session, NOTHING)
  if (isRevoked(gateway, found)) return leadBack(session, REFUSED)
  const claims = Object.entries(found.claims).map(([name, value]) => [`${template}.${name}`, value])
  return giveCode(gateway, session, `openid ${template}`, Object.fromEntries(claims))
}

const take = (gateway: GatewayState, session: PendingSession, held: HeldCredential[]): string => {
  const { template } = session.template
  const serialNumber = randomUUID()
  gateway.issued.set(serialNumber, { clientId: session.client.clientId, template })
  held.push({ template, claims: session.claims ?? {}, serialNumber, issuedAt: gateway.clock.now().getTime() })
  return giveCode(gateway, session, `issue.${template}`, { SerialNumber: serialNumber })
}

const once = (gateway: GatewayState, session: PendingSession): PendingSession => {
  if (session.isOver || session.expiresAt <= gateway.clock.now().getTime()) throw new Error('The page is over')
  session.isOver = true
  return session
}

const visited = (gateway: GatewayState, session: PendingSession, held: HeldCredential[]): VisitedPage => ({
  kind: session.kind,
  template: session.template.template,
  accept: () => (session.kind === 'presentation' ? show : take)(gateway, once(gateway, session), held),
  decline: () => leadBack(once(gateway, session), CANCELLED),
})

const open = async (gateway: GatewayState, uri: string, held: HeldCredential[]): Promise<VisitedPage | string> => {
  if (!uri.startsWith(`${gateway.origin}/`)) throw new Error('The address is not one of the gateway')
  const response = await fetch(uri, { redirect: 'manual' })
  const location = response.headers.get('location')
  if (response.status === FOUND && location) return location
  const { session: id } = (await response.json()) as { readonly session?: string }
  const session = gateway.sessions.get(id ?? '')
  if (!response.ok || !session) throw new Error('The gateway shows an error')
  return visited(gateway, session, held)
}

/** Somebody with an empty wallet. */
export const newHolder = (gateway: GatewayState): GatewayHolder => {
  const held: HeldCredential[] = []
  return {
    get credentials() {
      return [...held]
    },
    hold: (template, claims) => {
      const serialNumber = randomUUID()
      held.push({ template, claims: { ...claims }, serialNumber, issuedAt: gateway.clock.now().getTime() })
      return serialNumber
    },
    forget: (serialNumber) => {
      const at = held.findIndex((one) => one.serialNumber === serialNumber)
      if (at >= 0) held.splice(at, 1)
    },
    open: (uri) => open(gateway, uri, held),
  }
}
