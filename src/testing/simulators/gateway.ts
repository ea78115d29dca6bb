import { type Clock, systemClock } from '../../core/clock.js'
import type { JsonObject } from '../../core/json.js'
import type { GatewayTemplate } from '../../exchange/gateway/claim-names.js'
import type { GatewayOptions } from '../../exchange/gateway/settings.js'
import { authorizeShowing, authorizeTaking, oauthError } from './gateway/authorize.js'
import { type GatewayHolder, newHolder } from './gateway/holder.js'
import { pushRequest } from './gateway/push.js'
import { revokeCredential } from './gateway/revoke.js'
import { type GatewayState, newClient, newGateway, newTokenKey, type Revocation } from './gateway/state.js'
import { exchangeCode, keySet } from './gateway/token.js'
import { listenOnLoopback, type ServiceAnswer, type ServiceCall, type TransportFaults } from './loopback.js'

/** What the simulator may be told. */
export interface GatewaySimulatorOptions {
  readonly clock?: Clock
  /** Templates that it knows besides the published ones. */
  readonly templates?: readonly GatewayTemplate[]
}

/** What a client of the gateway is created with once it is registered. */
export type GatewayRegistration = Pick<
  GatewayOptions,
  'url' | 'clientId' | 'clientSecret' | 'organisationId' | 'hintKey' | 'redirectUris'
>

/** A credential gateway on this machine. */
export interface GatewaySimulator {
  /** Such as `http://127.0.0.1:8080`: let your guarded request reach it by name. */
  readonly origin: string
  /** What goes wrong, and how often from now on. */
  readonly faults: TransportFaults
  /** The calls that it got, such as `POST /oidc/par`. */
  readonly calls: readonly string[]
  /** What was revoked, by serial number. */
  readonly revocations: ReadonlyMap<string, Revocation>
  /** Registers a service, with the addresses that browsers are led back to. */
  register(redirectUris: GatewayOptions['redirectUris']): GatewayRegistration
  /** Somebody with a browser and an empty wallet. */
  newHolder(): GatewayHolder
  /** Signs with another key from now on, and publishes only that. */
  rotateKey(): void
  /** Changes what tokens say from now on: to lie. */
  rewriteTokens(rewrite: (claims: JsonObject) => JsonObject): void
  close(): Promise<void>
}

type Endpoint = (gateway: GatewayState, call: ServiceCall) => ServiceAnswer

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /.well-known/openid-configuration/jwks': keySet,
  'GET /oidc/authorizev1': authorizeShowing,
  'GET /oidc/authorize': authorizeTaking,
  'POST /oidc/par': pushRequest,
  'POST /oidc/token': exchangeCode,
  'POST /Revocation/revokecredential': revokeCredential,
}

const answer = (gateway: GatewayState, call: ServiceCall): ServiceAnswer => {
  const endpoint = ENDPOINTS[`${call.method} ${call.url.pathname}`]
  return endpoint ? endpoint(gateway, call) : oauthError(404, 'not_found')
}

const register = (gateway: GatewayState, redirectUris: GatewayOptions['redirectUris']): GatewayRegistration => {
  const client = newClient(Object.values(redirectUris))
  gateway.clients.push(client)
  const { clientId, clientSecret, organisationId, hintKey } = client
  return { url: gateway.origin, clientId, clientSecret, organisationId, hintKey, redirectUris }
}

const asSimulator = (gateway: GatewayState, close: () => Promise<void>): GatewaySimulator => ({
  origin: gateway.origin,
  faults: gateway.faults,
  calls: gateway.calls,
  revocations: gateway.revocations,
  register: (redirectUris) => register(gateway, redirectUris),
  newHolder: () => newHolder(gateway),
  rotateKey: () => {
    gateway.key = newTokenKey()
  },
  rewriteTokens: (rewrite) => {
    gateway.rewrite = rewrite
  },
  close,
})

/**
 * Starts a credential gateway on 127.0.0.1: its OpenID provider, its revocation, and holders with a browser and a wallet.
 * It checks what it gets as strictly as the real one, really signs, and goes wrong when it is told to. For tests and
 * demonstrations; nothing of it leaves this machine.
 */
export const createGatewaySimulator = async (options: GatewaySimulatorOptions = {}): Promise<GatewaySimulator> => {
  const gateway = newGateway(options.clock ?? systemClock, options.templates ?? [])
  const { origin, close } = await listenOnLoopback({
    faults: gateway.faults,
    calls: gateway.calls,
    answer: (call) => answer(gateway, call),
    unable: (status, headers = {}) => ({ ...oauthError(status, 'temporarily_unavailable'), headers }),
  })
  gateway.origin = origin
  return asSimulator(gateway, close)
}
