import type { Rule } from '../define.js'
import { textOf } from './read.js'

/** How information came, and the pedigree that it then has (ours). */
const PEDIGREE_OF_ROUTE: Readonly<Record<string, string>> = {
  directToWallet: 'Authoritative',
  viaPortal: 'Authoritative',
  viaEsr: 'Sourced',
}

/** Rules that every type shares. */
export const COMMON_RULES: readonly Rule[] = [
  {
    code: 'schema.pedigreeNotOfRoute',
    when: 'both',
    force: 'warn',
    sentence: 'The pedigree is not the one that information has when it comes by the route in the evidence.',
    mend: 'Write Sourced for what came through ESR, Authoritative for what came from the authoritative system itself.',
    check: ({ assurance, evidence }) => {
      const routes = evidence.map((item) => textOf(item, 'route') ?? '')
      const expected = routes.map((route) => PEDIGREE_OF_ROUTE[route]).filter((pedigree) => pedigree !== undefined)
      const wrong = expected.length > 0 && !expected.includes(String(assurance.pedigree))
      return wrong ? [{ path: '/assurance/pedigree' }] : []
    },
  },
  {
    code: 'schema.refreshedInFuture',
    when: 'both',
    force: 'refuse',
    sentence: 'The information was last refreshed after the credential was issued.',
    mend: 'Correct lastRefresh in the assurance block.',
    check: ({ assurance, issuedOn }) =>
      String(assurance.lastRefresh ?? '').slice(0, 10) > issuedOn ? [{ path: '/assurance/lastRefresh' }] : [],
  },
]
