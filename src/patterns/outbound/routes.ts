import type { Assurance } from '../../credentials/generated/claims.js'

/** What a route says about where the information comes from. */
interface RouteRule {
  readonly route: 'directToWallet' | 'viaPortal' | 'viaEsr'
  /** Who provides it: whoever the record names, or the employer. Its origin is always the one that the record names. */
  readonly provider: 'record' | 'employer'
  readonly verifier: 'Origin' | 'Provider'
  readonly pedigree: Assurance['pedigree']
}

/** How a record comes to a credential, and what that says of it: a table, so that nobody has to remember. */
export const OUTBOUND_ROUTES = {
  /** The first pattern: the holder fetches it from the system itself. */
  directToWallet: { route: 'directToWallet', provider: 'record', verifier: 'Origin', pedigree: 'Authoritative' },
  /** The second: HR provides it from the system. */
  viaPortal: { route: 'viaPortal', provider: 'employer', verifier: 'Provider', pedigree: 'Authoritative' },
  /** The second, of what an identity provider verified: the portal hands on what that says. */
  identityViaPortal: { route: 'viaPortal', provider: 'record', verifier: 'Origin', pedigree: 'Authoritative' },
  /** The third, not preferred: it came to ESR from elsewhere. */
  viaEsr: { route: 'viaEsr', provider: 'employer', verifier: 'Origin', pedigree: 'Sourced' },
} as const satisfies Readonly<Record<string, RouteRule>>
/** A way out. */
export type OutboundRoute = keyof typeof OUTBOUND_ROUTES

/** The rule of a route. @throws TypeError */
export const routeRule = (route: OutboundRoute): RouteRule => {
  if (!Object.hasOwn(OUTBOUND_ROUTES, route))
    throw new TypeError(`route must be one of ${Object.keys(OUTBOUND_ROUTES).join(', ')}`)
  return OUTBOUND_ROUTES[route]
}

/** The assurance that a record has when it goes this way. */
export const assuranceBy = (
  { provider, verifier, pedigree }: RouteRule,
  employer: string,
  record: Assurance,
): Assurance => ({
  ...record,
  ...(provider === 'employer' ? { provider: employer } : {}),
  verifier,
  pedigree,
})
