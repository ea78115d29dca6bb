import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { OAuthRefusal, refusalAnswer } from '../../exchange/oauth/refusal.js'
import type { Endpoint } from '../../exchange/openid4vci/create-openid4vci.js'
import type { Answer, Reply, Route } from '../answer.js'
import { readBytes } from '../read-json.js'

const toReply = ({ contentType, ...answer }: ReturnType<typeof refusalAnswer>): Reply => ({
  ...answer,
  ...(contentType === undefined ? {} : { contentType }),
})

/** Answers requests through an endpoint of a wallet protocol; what it refuses is said in the protocol's own words. */
const answerThrough =
  (endpoint: Endpoint): Answer =>
  async ({ request }) => {
    const { method, url, headers } = request
    const body = method === 'GET' ? new Uint8Array() : await readBytes(request, EXCHANGE_LIMITS.walletRequestBytes)
    try {
      return toReply(await endpoint({ method, url, headers, body }))
    } catch (error) {
      if (error instanceof OAuthRefusal) return toReply(refusalAnswer(error))
      throw error
    }
  }

/**
 * A route that wallets call: open to all, because each protocol has proofs of its own, and to wallets that are web pages.
 */
export const endpointRoute = (method: Route['method'], path: string, endpoint: Endpoint): Route => ({
  method,
  path,
  guarded: false,
  crossOrigin: true,
  answer: answerThrough(endpoint),
})

/** The path of an address, without a slash at its end. */
export const pathOf = (url: string): string => new URL(url).pathname.replace(/\/$/, '')
