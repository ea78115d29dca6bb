import { formatDateTime } from '../../../codec/date-time.js'
import { type Clock, systemClock } from '../../../core/clock.js'
import { CREDENTIAL_TYPES } from '../../../credentials/catalogue.js'
import { newSecret } from '../../../exchange/book/handles.js'
import {
  type IdentityOutcome,
  type IdentityProvider,
  type IdentityProviderCapabilities,
  type IdentityRequest,
  type IdentitySession,
  VOUCHED_TYPES,
  type VouchedRecord,
  type VouchedType,
} from '../../../systems/identity-provider.js'

/** What each published provider can do, as far as is known. */
export const IDENTITY_PROVIDERS = {
  YOTI: { vouchesFor: VOUCHED_TYPES, profiles: ['M1C', 'H1A'] },
  'Post Office EasyID': { vouchesFor: VOUCHED_TYPES, profiles: ['M1C', 'H1A'] },
  Digidentity: { vouchesFor: VOUCHED_TYPES, profiles: ['M1A', 'H1A'] },
} as const satisfies Readonly<Record<string, IdentityProviderCapabilities>>

/** A provider that can be simulated. */
export type IdentityProviderName = keyof typeof IDENTITY_PROVIDERS

/** A simulated provider, and whoever goes through it. */
export interface SimulatedIdentityProvider {
  readonly provider: IdentityProvider
  readonly people: {
    /** Goes through a check: as the examples of the catalogue, with the nationality of a passport. */
    pass(sessionUrl: string, nationality?: string): void
    /** Gives up. */
    decline(sessionUrl: string): void
  }
}

interface Kept extends IdentitySession {
  readonly request: IdentityRequest
  outcome: IdentityOutcome
}

const LIFE = 1_800_000
const PROVIDER_MAY_VOUCH: readonly string[] = ['British', 'Irish']

// Of the examples that a provider may have made.
const exampleOf = (type: VouchedType): VouchedRecord => {
  const all = CREDENTIAL_TYPES[type].examples
  const found = all.find(({ assurance }) => assurance.assurancePolicy === 'GPG 45') ?? all[0]
  return structuredClone({ type, claims: found.claims, assurance: found.assurance }) as unknown as VouchedRecord
}

const recordsFor = (types: readonly VouchedType[], nationality: string): readonly VouchedRecord[] =>
  types.filter((type) => type !== 'RightToWork' || PROVIDER_MAY_VOUCH.includes(nationality)).map(exampleOf)

/** Simulates an identity provider in memory, with the people who go through it: for tests and demonstrations. */
export const simulateIdentityProvider = (
  name: IdentityProviderName,
  clock: Clock = systemClock,
): SimulatedIdentityProvider => {
  const capabilities = IDENTITY_PROVIDERS[name]
  const sessions = new Map<string, Kept>()
  const now = (): number => clock.now().getTime()
  const at = (url: string): Kept => {
    const found = [...sessions.values()].find((one) => one.url === url)
    if (found?.outcome.state !== 'pending') throw new Error('There is nothing to do here')
    return found
  }
  const newSession = (request: IdentityRequest): Kept => {
    const id = newSecret()
    const url = `https://identity.example/${name.toLowerCase().replaceAll(' ', '-')}/${id}`
    const expiresAt = formatDateTime(now() + LIFE)
    return { id, url, expiresAt, request: structuredClone(request), outcome: { state: 'pending' } }
  }
  return {
    provider: {
      portVersion: 1,
      name,
      capabilities,
      begin: async (request) => {
        if (request.types.length === 0 || !request.types.every((type) => capabilities.vouchesFor.includes(type)))
          throw new TypeError(`${name} does not vouch for what was asked`)
        const known = [...sessions.values()].find((one) => one.request.idempotencyKey === request.idempotencyKey)
        const session = known ?? newSession(request)
        sessions.set(session.id, session)
        const { id, url, expiresAt } = session
        return { id, url, expiresAt }
      },
      outcome: async (id) => {
        const found = sessions.get(id)
        if (found?.outcome.state === 'pending' && Date.parse(found.expiresAt) <= now())
          return { state: 'failed', reason: 'expired' }
        return found && structuredClone(found.outcome)
      },
    },
    people: {
      pass: (url, nationality = 'British') => {
        const kept = at(url)
        const profile = capabilities.profiles.find((one) => one.startsWith(kept.request.confidence)) ?? 'H1A'
        kept.outcome = { state: 'verified', profile, records: recordsFor(kept.request.types, nationality) }
      },
      decline: (url) => {
        at(url).outcome = { state: 'failed', reason: 'declined' }
      },
    },
  }
}
