import { type Clock, systemClock } from '../../../core/clock.js'
import type { IdentityOutcome, IdentityProvider } from '../../../systems/identity-provider.js'
import { createCaller, type ProviderCallOptions } from '../call.js'
import { type CertifiedFor, capabilitiesOf, checkRequest } from '../capabilities.js'
import { beginOnce, createMemorySessions, findSession, type IdentitySessionStore } from '../sessions.js'
import { type OpenIdSession, openSession } from './begin.js'
import type { OpenIdClient } from './client.js'
import { complete } from './complete.js'

/** A client of an OpenID provider that verifies who people are, such as Digidentity. */
export interface OpenIdProviderOptions extends ProviderCallOptions, CertifiedFor {
  /** The product, as it is to stand in records, such as `Digidentity`. */
  readonly name: string
  /** The provider's own name for itself: an https address, under which its configuration is published. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /**
   * Where checks are kept, with their secrets, and what came of them. By default a store that forgets when the process
   * ends, and with it who is on their way.
   */
  readonly sessions?: IdentitySessionStore
  readonly clock?: Clock
}

/** An identity provider whose answer comes through the person's browser. */
export interface OpenIdProvider extends IdentityProvider {
  /**
   * Takes the address that the person's browser came back to: the `returnUrl` of the check, which must be registered with
   * the provider, with what it has in its query. Until then the outcome is pending. Call it again after
   * `system.unavailable`.
   * @param sessionId of the check that *this* browser began, from your own session with it and never from the address:
   * otherwise somebody could have a stranger go on as themselves
   * @returns the outcome; `undefined` when there is no such session
   * @throws PassportError `system.unavailable`, `system.refused`, `system.malformed`
   */
  completed(callbackUrl: string, sessionId: string): Promise<IdentityOutcome | undefined>
}

const outcomeOfSession = ({ outcome, question }: OpenIdSession, now: number): IdentityOutcome => {
  if (outcome) return outcome
  return question && question.until > now ? { state: 'pending' } : { state: 'failed', reason: 'expired' }
}

/**
 * An identity provider that speaks OpenID Connect (code flow with PKCE, pushed requests where it takes them) with OpenID
 * Connect for Identity Assurance 1.0. Nothing is sent until it is asked. What was verified comes once, so it is kept in
 * `sessions`: seal what you keep.
 * @throws TypeError for an issuer that is no address, or a profile that GPG 45 does not have
 */
export const createOpenIdProvider = (options: OpenIdProviderOptions): OpenIdProvider => {
  const { name, issuer, clientId, clientSecret, clock = systemClock, sessions = createMemorySessions() } = options
  if (!URL.canParse(issuer)) throw new TypeError('issuer must be an address')
  const capabilities = capabilitiesOf(options)
  const { profiles } = capabilities
  const client: OpenIdClient = { name, profiles, issuer, clientId, clientSecret, clock, call: createCaller(options) }
  return {
    portVersion: 1,
    name,
    capabilities,
    begin: async (request) => {
      checkRequest(capabilities, request)
      return beginOnce(sessions, request, () => openSession(client, request))
    },
    outcome: async (sessionId) => {
      const found = await findSession<OpenIdSession>(sessions, sessionId)
      return found && outcomeOfSession(found.session, clock.now().getTime())
    },
    completed: (callbackUrl, sessionId) => complete(client, sessions, callbackUrl, sessionId),
  }
}
