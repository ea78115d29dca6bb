import type { PublishedList } from '../../status/publish.js'
import type { Reply, Route } from '../answer.js'
import { refuseWith } from '../problem.js'
import type { VcApiIssuing } from './issuing.js'

const TOKEN_TYPES: Readonly<Record<string, string>> = { status: 'application/statuslist+jwt' }

const contentTypeOf = ({ credential, purpose }: PublishedList): string =>
  typeof credential === 'string' ? (TOKEN_TYPES[purpose] ?? 'application/vc+jwt') : 'application/vc'

const published = (list: PublishedList): Reply => ({
  status: 200,
  body: list.credential,
  contentType: contentTypeOf(list),
  headers: { 'cache-control': 'public, max-age=60' },
})

/**
 * The status lists, for everybody: whoever asks for one learns nothing about anyone.
 * @see Bitstring Status List 1.0, section 2.2; Token Status List, section 8
 */
export const statusRoutes = (issuing: VcApiIssuing): readonly Route[] => [
  {
    method: 'GET',
    path: '/status/:list',
    guarded: false,
    answer: async ({ parameters }) => {
      const list = await issuing.statusList(parameters.list ?? '')
      return list ? published(list) : refuseWith(404, 'There is no such status list.')
    },
  },
]
