import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import type { VcApiIssuing } from '../http/vc-api/issuing.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'

const OFFLINE: GuardedFetch = async () => {
  throw new PassportError('fetch.blocked', 'Fetching is switched off')
}

const nameIn = (url: string): string => url.slice(url.lastIndexOf('/') + 1)

/** A fetcher that has the status lists of this very server at hand, and goes out only for others. */
export const fetchOwnFirst =
  (issuing: VcApiIssuing | undefined, fetch: GuardedFetch = OFFLINE): GuardedFetch =>
  async (url, request) => {
    const list = await issuing?.statusList(nameIn(url))
    if (list?.url !== url) return fetch(url, request)
    const text = typeof list.credential === 'string' ? list.credential : JSON.stringify(list.credential)
    return { url, contentType: 'application/vc', body: encodeUtf8(text), freshFor: 0 }
  }

/** The same issuing, with somebody told whenever a status has changed. */
export const tellingOfChanges = (issuing: VcApiIssuing, tell: () => void): VcApiIssuing => ({
  ...issuing,
  changeStatus: async (request) => {
    await issuing.changeStatus(request)
    tell()
  },
})
