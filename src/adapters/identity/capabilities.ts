import { SCHEMAS } from '../../credentials/generated/schemas.js'
import { isSufficient } from '../../credentials/rules/gpg45.js'
import {
  type IdentityProviderCapabilities,
  type IdentityRequest,
  VOUCHED_TYPES,
  type VouchedType,
} from '../../systems/identity-provider.js'

/** What a provider was certified for, where that is less than everything. */
export interface CertifiedFor {
  /** By default identity, right to work and DBS supporting information. */
  readonly vouchesFor?: readonly VouchedType[]
  /** GPG 45 profiles. By default all of medium confidence and more: which one somebody reaches is their documents'. */
  readonly profiles?: readonly string[]
}

const PROFILES = (SCHEMAS.gpg45Profile?.enum ?? []) as readonly string[]

const atLeastMedium = PROFILES.filter((profile) => isSufficient(profile, 'M'))

/** What a provider can do. @throws TypeError for a profile that GPG 45 does not have */
export const capabilitiesOf = ({
  vouchesFor = VOUCHED_TYPES,
  profiles = atLeastMedium,
}: CertifiedFor): IdentityProviderCapabilities => {
  if (!profiles.every((profile) => PROFILES.includes(profile)))
    throw new TypeError('profiles must be profiles of GPG 45, such as M1A')
  return { vouchesFor: [...vouchesFor], profiles: [...profiles] }
}

const isHttps = (address: string): boolean => URL.canParse(address) && new URL(address).protocol === 'https:'

/** @throws TypeError for what a provider cannot be asked */
export const checkRequest = (
  { vouchesFor, profiles }: IdentityProviderCapabilities,
  { types, confidence, returnUrl, idempotencyKey }: IdentityRequest,
): void => {
  if (types.length === 0 || !types.every((type) => vouchesFor.includes(type)))
    throw new TypeError('types must be some of those that the provider vouches for')
  if (confidence !== 'M' && confidence !== 'H') throw new TypeError('confidence must be M or H')
  if (!profiles.some((profile) => isSufficient(profile, confidence)))
    throw new TypeError('The provider reaches no profile of this confidence')
  if (!isHttps(returnUrl)) throw new TypeError('returnUrl must be an https address')
  if (idempotencyKey === '') throw new TypeError('idempotencyKey must be a text')
}
