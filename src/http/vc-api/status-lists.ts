import type { PublishedList } from '../../status/publish.js'
import { preferred } from '../accept.js'
import type { Reply, Route } from '../answer.js'
import { refuseWith } from '../problem.js'
import type { VcApiIssuing } from './issuing.js'

const TOKEN_TYPES: Readonly<Record<string, string>> = { status: 'application/statuslist+jwt' }

const DOCUMENT_TYPES: readonly [string, ...string[]] = ['application/vc', 'application/ld+json', 'application/json']

const published = (list: PublishedList, accept: string | null): Reply => ({
  status: 200,
  body: list.credential,
  contentType: contentTypeOf(list, accept),
  headers: { 'cache-control': 'public, max-age=60', vary: 'accept' },
})

// A token has one media type. A document is JSON-LD and JSON, too, and called so where that is what was asked for
// (VCDM 2.0, appendix C.1; RFC 9110, 12.5.1).
function contentTypeOf({ credential, purpose }: PublishedList, accept: string | null): string {
  if (typeof credential === 'string') return TOKEN_TYPES[purpose] ?? 'application/vc+jwt'
  return preferred(DOCUMENT_TYPES, accept ?? '*/*')
}

/**
 * The status lists, for everybody: whoever asks for one learns nothing about anyone.
 * @see Bitstring Status List 1.0, section 2.2; Token Status List, section 8
 */
export const statusRoutes = (issuing: VcApiIssuing): readonly Route[] => [
  {
    method: 'GET',
    path: '/status/:list',
    guarded: false,
    crossOrigin: true,
    answer: async ({ request, parameters }) => {
      const list = await issuing.statusList(parameters.list ?? '')
      return list ? published(list, request.headers.get('accept')) : refuseWith(404, 'There is no such status list.')
    },
  },
]
