import { LIMITS } from '../core/limits.js'
import type { FetchRequest, FetchResponse, GuardedFetch } from '../ports/guarded-fetch.js'
import type { GuardedRequest } from '../ports/guarded-request.js'
import {
  type AllowedAddress,
  blocked,
  checkFetchOptions,
  checkLength,
  fetchFailure,
  freshness,
  type GuardedFetchOptions,
  isIPv4,
  isPrivateIPv4,
  judgeAddress,
  notSuccess,
} from './fetch-rules.js'

const LOCAL_NAME = /^(?:.*\.)?localhost\.?$/

// A browser resolves names itself, and its own rules on private networks and mixed content apply; what can be judged by
// the address alone is judged here. IPv6 by number is refused whole: nobody publishes a list there.
const refusePrivate = ({ url: { hostname }, named }: AllowedAddress): void => {
  if (named) return
  if (hostname.startsWith('[') || LOCAL_NAME.test(hostname) || (isIPv4(hostname) && isPrivateIPv4(hostname)))
    throw blocked('it is a private address')
}

const readBody = async (response: Response, maximumBytes: number): Promise<Uint8Array> => {
  const reader = response.body?.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done || !value) break
      length += value.length
      checkLength(length, maximumBytes)
      chunks.push(value)
    }
  } catch (error) {
    await reader?.cancel().catch(() => undefined)
    throw error
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

// A redirect cannot be looked at from here, so none is followed.
const UNSEEN = { redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer' } as const

const ask = async (url: URL, request: FetchRequest, signal: AbortSignal): Promise<FetchResponse> => {
  const response = await fetch(url, {
    ...UNSEEN,
    headers: { accept: request.accept },
    signal,
  })
  if (response.status !== 200) throw notSuccess(response.status)
  const body = await readBody(response, request.maximumBytes)
  const contentType = response.headers.get('content-type') ?? ''
  return { url: url.href, contentType, body, freshFor: freshness(response.headers.get('cache-control')) }
}

const outbound = async <Answer>(
  address: string,
  options: GuardedFetchOptions,
  cancelled: AbortSignal | undefined,
  send: (url: URL, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> => {
  const judged = judgeAddress(address, options)
  refusePrivate(judged)
  const timeout = AbortSignal.timeout(options.timeout ?? LIMITS.fetchTimeout)
  const signal = cancelled ? AbortSignal.any([timeout, cancelled]) : timeout
  try {
    return await send(judged.url, signal)
  } catch (error) {
    throw fetchFailure(error, timeout.aborted)
  }
}

/**
 * Creates the guarded fetcher for a browser. It follows no redirect at all, and sends neither cookies nor a referrer.
 * @throws TypeError when `allowHosts` or `timeout` is none
 */
export const createGuardedFetch = (options: GuardedFetchOptions = {}): GuardedFetch => {
  checkFetchOptions(options)
  return (address, request) => outbound(address, options, request.signal, (url, signal) => ask(url, request, signal))
}

/**
 * Creates the guarded way to send requests for a browser, under the rules of {@link createGuardedFetch}: an answer of
 * any status is an answer.
 * @throws TypeError when `allowHosts` or `timeout` is none
 */
export const createGuardedRequest = (options: GuardedFetchOptions = {}): GuardedRequest => {
  checkFetchOptions(options)
  return (address, { method = 'GET', headers = {}, body, maximumBytes, signal: cancelled }) =>
    outbound(address, options, cancelled, async (url, signal) => {
      const init = { ...UNSEEN, method, headers, ...(body === undefined ? {} : { body }), signal }
      const response = await fetch(url, init)
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await readBody(response, maximumBytes),
      }
    })
}
