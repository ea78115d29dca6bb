import type { Clock } from '../../../../core/clock.js'
import type { JsonObject } from '../../../../core/json.js'
import { newTokenKey, type TokenKey } from '../../gateway/state.js'
import { NO_TRANSPORT_FAULTS, type ServiceAnswer, type TransportFaults } from '../../loopback.js'
import type { AskedClaims } from './openid-claims.js'

/** A client that is registered. */
export interface RegisteredOpenIdClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
}

/** A question that waits for its person. */
export interface PendingCheck {
  readonly id: string
  readonly client: RegisteredOpenIdClient
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeChallenge: string
  readonly asked: AskedClaims
  readonly expiresAt: number
}

/** What a code stands for. */
export interface GivenClaims {
  readonly check: PendingCheck
  readonly claims: JsonObject
  readonly expiresAt: number
}

/** An OpenID provider, in memory. */
export interface OpenIdState {
  readonly clock: Clock
  readonly pushes: boolean
  readonly faults: TransportFaults
  readonly calls: string[]
  readonly clients: RegisteredOpenIdClient[]
  /** By the name that a pushed request got. */
  readonly pushed: Map<string, PendingCheck>
  /** What browsers were shown. */
  readonly checks: Map<string, PendingCheck>
  readonly codes: Map<string, GivenClaims>
  key: TokenKey
  /** Set once it listens. */
  origin: string
  /** Changes what tokens say. */
  rewrite: (claims: JsonObject) => JsonObject
}

/** A provider of whom nothing was asked yet. */
export const newOpenIdState = (clock: Clock, pushes: boolean): OpenIdState => ({
  clock,
  pushes,
  faults: { ...NO_TRANSPORT_FAULTS },
  calls: [],
  clients: [],
  pushed: new Map(),
  checks: new Map(),
  codes: new Map(),
  key: newTokenKey(),
  origin: '',
  rewrite: (claims) => claims,
})

/** An error, in the words of OAuth 2.0. */
export const refuse = (status: number, error: string): ServiceAnswer => ({ status, body: { error } })
