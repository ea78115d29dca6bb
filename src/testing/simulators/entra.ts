import { type Clock, systemClock } from '../../core/clock.js'
import type { JsonObject } from '../../core/json.js'
import type { EntraClientOptions } from '../../exchange/entra/client.js'
import type { PublicKeyJwk } from '../../ports/signer.js'
import { type EntraAuthenticator, newAuthenticator } from './entra/authenticator.js'
import type { EntraFaults } from './entra/faults.js'
import { answerCall, refusal } from './entra/service.js'
import { type MadeCallback, newTenant, type Tenant } from './entra/tenant.js'
import { listenOnLoopback } from './loopback.js'

/** What the simulator may be told. */
export interface EntraSimulatorOptions {
  readonly clock?: Clock
}

/** A tenant of Microsoft Entra Verified ID on this machine. */
export interface EntraSimulator {
  /** Such as `http://127.0.0.1:8080`: let your guarded request reach it by name. */
  readonly origin: string
  /** What a client of it is created with, besides its way to send. */
  readonly client: Pick<EntraClientOptions, 'tenant' | 'clientId' | 'clientSecret' | 'authorityUrl' | 'serviceUrl'>
  /** The authority: its identifier, its DID, and the key that it signs with. */
  readonly authorityId: string
  readonly did: string
  readonly publicKeyJwk: PublicKeyJwk
  /** What goes wrong, and how often from now on. */
  readonly faults: EntraFaults
  /** The calls that it got, such as `POST /v1.0/verifiableCredentials/createIssuanceRequest`. */
  readonly calls: readonly string[]
  /** The callbacks that it made. */
  readonly callbacks: readonly MadeCallback[]
  /** Changes what callbacks say from now on: to lie. */
  rewriteCallbacks(rewrite: (callback: JsonObject) => JsonObject): void
  /** Somebody with a wallet. */
  newAuthenticator(): Promise<EntraAuthenticator>
  close(): Promise<void>
}

const asSimulator = (tenant: Tenant, close: () => Promise<void>): EntraSimulator => {
  const { origin, did, authorityId, faults, calls, callbacks, signer } = tenant
  const { tenant: name, clientId, clientSecret } = tenant
  const serviceUrl = `${origin}/v1.0/verifiableCredentials`
  return {
    origin,
    client: { tenant: name, clientId, clientSecret, authorityUrl: origin, serviceUrl },
    authorityId,
    did,
    publicKeyJwk: signer.publicKeyJwk,
    faults,
    calls,
    callbacks,
    rewriteCallbacks: (rewrite) => {
      tenant.rewrite = rewrite
    },
    newAuthenticator: () => newAuthenticator(tenant),
    close,
  }
}

/**
 * Starts a tenant of Microsoft Entra Verified ID on 127.0.0.1: its tokens, its request service, its administration, and
 * wallets that scan. It checks what it gets as strictly as the real one, really signs, calls back, and goes wrong when
 * it is told to. For tests and demonstrations; nothing of it leaves this machine.
 */
export const createEntraSimulator = async (options: EntraSimulatorOptions = {}): Promise<EntraSimulator> => {
  const tenant = await newTenant(options.clock ?? systemClock)
  const { origin, close } = await listenOnLoopback({
    faults: tenant.faults,
    calls: tenant.calls,
    answer: (call) => answerCall(tenant, call),
    unable: (status, headers) => refusal(status, { code: 'transientError' }, headers),
  })
  tenant.origin = origin
  return asSimulator(tenant, close)
}
