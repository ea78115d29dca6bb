import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Clock, systemClock } from '../../core/clock.js'
import type { JsonObject } from '../../core/json.js'
import type { EntraClientOptions } from '../../exchange/entra/client.js'
import type { PublicKeyJwk } from '../../ports/signer.js'
import { type EntraAuthenticator, newAuthenticator } from './entra/authenticator.js'
import { type EntraFaults, happens } from './entra/faults.js'
import { answerCall, refusal, type ServiceAnswer } from './entra/service.js'
import { type MadeCallback, newTenant, type Tenant } from './entra/tenant.js'

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

const RETRY_AFTER_SECONDS = '1'
const SLOWNESS = 300

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const answer = (tenant: Tenant, request: IncomingMessage, body: string): ServiceAnswer => {
  const { method = 'GET', url = '/', headers } = request
  const { faults } = tenant
  if (happens(faults, 'status500')) return refusal(500, { code: 'transientError' })
  if (happens(faults, 'status429'))
    return refusal(429, { code: 'transientError' }, { 'retry-after': RETRY_AFTER_SECONDS })
  const call = { method, url: new URL(url, tenant.origin), authorization: headers.authorization ?? '', body }
  return answerCall(tenant, call)
}

const write = (response: ServerResponse, { status, body, headers }: ServiceAnswer): void => {
  response.writeHead(status, { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) })
  response.end(body ? JSON.stringify(body) : undefined)
}

const serve = async (tenant: Tenant, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await bodyOf(request)
  tenant.calls.push(`${request.method} ${request.url?.split('?', 1)[0]}`)
  if (happens(tenant.faults, 'dropConnection')) return void request.socket.destroy()
  if (happens(tenant.faults, 'slow')) await new Promise((resolve) => setTimeout(resolve, SLOWNESS))
  const answered = answer(tenant, request, body)
  if (happens(tenant.faults, 'dropAnswer')) return void request.socket.destroy()
  write(response, answered)
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
  const server = createServer((request, response) => {
    serve(tenant, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  tenant.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return asSimulator(
    tenant,
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
}
