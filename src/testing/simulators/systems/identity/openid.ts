import { randomUUID } from 'node:crypto'
import { type Clock, systemClock } from '../../../../core/clock.js'
import type { JsonObject } from '../../../../core/json.js'
import { leadBack } from '../../gateway/authorize.js'
import { newTokenKey, randomName } from '../../gateway/state.js'
import { listenOnLoopback, type ServiceAnswer, type ServiceCall, type TransportFaults } from '../../loopback.js'
import { authorize, pushRequest } from './openid-authorize.js'
import { verifiedClaims } from './openid-claims.js'
import { newOpenIdState, type OpenIdState, type PendingCheck, refuse } from './openid-state.js'
import { exchangeCode } from './openid-token.js'
import { type PassedCheck, personAt } from './person.js'

/** What the simulator may be told. */
export interface OpenIdSimulatorOptions {
  readonly clock?: Clock
  /** Whether questions are pushed (RFC 9126), and only so. By default they are. */
  readonly pushes?: boolean
}

/** What the adapter is created with once a client is registered. */
export interface OpenIdRegistration {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** An OpenID provider that verifies who people are, on this machine. */
export interface OpenIdSimulator {
  /** Such as `http://127.0.0.1:8080`: let your guarded request reach it by name. */
  readonly origin: string
  readonly faults: TransportFaults
  /** The calls that it got, such as `POST /par`. */
  readonly calls: readonly string[]
  /** Registers a client, with the addresses that browsers are led back to. */
  register(redirectUris: readonly string[]): OpenIdRegistration
  /** Whoever goes through a check at the address that they were led to. Each gives the address they are led back to. */
  readonly people: {
    pass(url: string, check?: PassedCheck): Promise<string>
    /** Gives up. */
    decline(url: string): Promise<string>
    /** Is not who they say. */
    fail(url: string): Promise<string>
  }
  /** Signs with another key from now on, and publishes only that. */
  rotateKey(): void
  /** Changes what tokens say from now on: to lie. */
  rewriteTokens(rewrite: (claims: JsonObject) => JsonObject): void
  close(): Promise<void>
}

const CODE_MILLISECONDS = 60_000

const configuration = ({ origin, pushes }: OpenIdState): ServiceAnswer => ({
  status: 200,
  body: {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_parameter_supported: true,
    verified_claims_supported: true,
    trust_frameworks_supported: ['uk_diatf'],
    authorization_response_iss_parameter_supported: true,
    ...(pushes
      ? { pushed_authorization_request_endpoint: `${origin}/par`, require_pushed_authorization_requests: true }
      : {}),
  },
})

const ENDPOINTS: Readonly<Record<string, (provider: OpenIdState, call: ServiceCall) => ServiceAnswer>> = {
  'GET /.well-known/openid-configuration': configuration,
  'GET /jwks': ({ key }) => ({ status: 200, body: { keys: [key.publicJwk] } }),
  'GET /authorize': authorize,
  'POST /par': pushRequest,
  'POST /token': exchangeCode,
}

const visit = async ({ checks }: OpenIdState, url: string): Promise<PendingCheck> => {
  const response = await fetch(url)
  const { check: id = '' } = (await response.json()) as { readonly check?: string }
  const check = checks.get(id)
  if (!response.ok || !check) throw new Error('There is nothing to do here')
  return check
}

// RFC 9207: a callback names who sends it.
const back = ({ origin }: OpenIdState, check: PendingCheck, answer: Readonly<Record<string, string>>): string =>
  leadBack(check, { ...answer, iss: origin })

const pass = async (provider: OpenIdState, url: string, passed: PassedCheck): Promise<string> => {
  const check = await visit(provider, url)
  const now = provider.clock.now().getTime()
  const person = personAt(now, passed, check.asked.levels.includes('medium') ? 'M1A' : 'H1A')
  const code = randomName()
  const claims = verifiedClaims(person, check.asked, now)
  provider.codes.set(code, { check, claims, expiresAt: now + CODE_MILLISECONDS })
  return back(provider, check, { code })
}

/**
 * Starts an OpenID provider on 127.0.0.1 that speaks OpenID Connect for Identity Assurance, as Digidentity is taken to,
 * with the people who go through it. It checks what it gets as strictly as a real one, really signs, and goes wrong when
 * it is told to. For tests and demonstrations.
 */
export const createOpenIdSimulator = async (options: OpenIdSimulatorOptions = {}): Promise<OpenIdSimulator> => {
  const provider = newOpenIdState(options.clock ?? systemClock, options.pushes ?? true)
  const { faults, calls } = provider
  const { origin, close } = await listenOnLoopback({
    faults,
    calls,
    answer: (call) => ENDPOINTS[`${call.method} ${call.url.pathname}`]?.(provider, call) ?? refuse(404, 'not_found'),
    unable: (status, headers = {}) => ({ ...refuse(status, 'temporarily_unavailable'), headers }),
  })
  provider.origin = origin
  return {
    origin,
    faults,
    calls,
    register: (redirectUris) => {
      const [clientId, clientSecret] = [randomUUID(), randomName()]
      provider.clients.push({ clientId, clientSecret, redirectUris: [...redirectUris] })
      return { issuer: origin, clientId, clientSecret }
    },
    people: {
      pass: (url, check = {}) => pass(provider, url, check),
      decline: async (url) => back(provider, await visit(provider, url), { error: 'access_denied' }),
      fail: async (url) => back(provider, await visit(provider, url), { error: 'unmet_authentication_requirements' }),
    },
    rotateKey: () => {
      provider.key = newTokenKey()
    },
    rewriteTokens: (rewrite) => {
      provider.rewrite = rewrite
    },
    close,
  }
}
