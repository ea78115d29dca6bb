import { britishDate, isPlaceholderDate, parseDateTime } from '../../codec/date-time.js'
import type { Json } from '../../core/json.js'
import type { Rule } from '../define.js'
import { textOf } from './read.js'

/** How information came, and the pedigree that it then has (ours). */
const PEDIGREE_OF_ROUTE: Readonly<Record<string, string>> = {
  directToWallet: 'Authoritative',
  viaPortal: 'Authoritative',
  viaEsr: 'Sourced',
}

/** The day of a date, or of a time with its zone; a time without a zone (ESR states none) is a British one. */
function calendarDate(text: string): string {
  const time = parseDateTime(text)
  return time === undefined ? text.slice(0, 10) : britishDate(time)
}

/** Where in a value, at any depth, stands a date that HR systems write where they have none. */
function placeholdersIn(value: Json | undefined, path: string): readonly string[] {
  if (isPlaceholderDate(value)) return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => placeholdersIn(item, `${path}/${name}`))
}

/** Rules that every type shares. */
export const COMMON_RULES: readonly Rule[] = [
  {
    code: 'schema.placeholderDate',
    when: 'both',
    force: 'warn',
    sentence: 'A date is one that HR systems write where they have none, such as 4712-12-31 or 1900-01-01.',
    mend: 'Leave the date out where there is none, or correct it at its source.',
    check: ({ claims, assurance }) =>
      [...placeholdersIn(claims, '/claims'), ...placeholdersIn(assurance, '/assurance')].map((path) => ({ path })),
  },
  {
    code: 'schema.pedigreeNotOfRoute',
    when: 'both',
    force: 'warn',
    sentence: 'The pedigree is not the one that information has when it comes by the route in the evidence.',
    mend: 'Write Sourced for what came through ESR, Authoritative for what came from the authoritative system itself.',
    check: ({ assurance, evidence }) => {
      const routes = evidence.map((item) => textOf(item, 'route') ?? '')
      const pedigrees = routes.map((route) => PEDIGREE_OF_ROUTE[route]).filter((pedigree) => pedigree !== undefined)
      // What came by several routes is as good as the worst of them.
      const expected = pedigrees.includes('Sourced') ? 'Sourced' : pedigrees[0]
      const wrong = expected !== undefined && assurance.pedigree !== expected
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
      calendarDate(String(assurance.lastRefresh ?? '')) > issuedOn ? [{ path: '/assurance/lastRefresh' }] : [],
  },
]
