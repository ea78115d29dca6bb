import type { NewRecord } from './record-system.js'

/** What an identity provider can vouch for. */
export const VOUCHED_TYPES = ['Identity', 'RightToWork', 'DbsSupportingInformation'] as const
/** What an identity provider can vouch for. */
export type VouchedType = (typeof VOUCHED_TYPES)[number]

/** What an identity provider can do, as it says itself. */
export interface IdentityProviderCapabilities {
  readonly vouchesFor: readonly VouchedType[]
  /** GPG 45 profiles that it reaches, such as `M1A`. */
  readonly profiles: readonly string[]
}

/** Whom to identify, and for what. */
export interface IdentityRequest {
  /** A name of your own for this check: the same name gives the same session. It must not identify the person. */
  readonly idempotencyKey: string
  readonly types: readonly VouchedType[]
  /** The least confidence that is needed: `M` for right to work and a Basic check, `H` for Standard and Enhanced. */
  readonly confidence: 'M' | 'H'
  /** Where the person is led back to: https. */
  readonly returnUrl: string
}

/** A check that began. */
export interface IdentitySession {
  readonly id: string
  /** Where the person goes. */
  readonly url: string
  /** RFC 3339, UTC. */
  readonly expiresAt: string
}

/** Why a check came to nothing. */
export type IdentityFailure = 'declined' | 'notVerified' | 'expired'

/** What an identity provider found: facts of the catalogue, each with its assurance. */
export type VouchedRecord = Omit<NewRecord<VouchedType>, 'credentialId'>

/** How a check stands. */
export type IdentityOutcome =
  | { readonly state: 'pending' }
  | { readonly state: 'failed'; readonly reason: IdentityFailure }
  | {
      readonly state: 'verified'
      /** The profile that was reached. */
      readonly profile: string
      readonly records: readonly VouchedRecord[]
    }

/**
 * A service that verifies who somebody is, such as YOTI, Post Office EasyID or Digidentity. `undefined` means "no such
 * session"; a throw means "could not ask".
 */
export interface IdentityProvider {
  readonly portVersion: 1
  /** The product, such as `YOTI`. */
  readonly name: string
  readonly capabilities: IdentityProviderCapabilities
  /** Begins a check. @throws TypeError for what it cannot vouch for; PassportError when it cannot be asked */
  begin(request: IdentityRequest): Promise<IdentitySession>
  /** How a check stands. What is verified stays so. @throws PassportError when it cannot be asked */
  outcome(sessionId: string): Promise<IdentityOutcome | undefined>
}
