import { PassportError } from '../core/errors.js'
import { LIMITS } from '../core/limits.js'
import type { FetchRequest, FetchResponse, GuardedFetch } from '../ports/guarded-fetch.js'
import { blocked, freshness, type GuardedFetchOptions, judgeAddress } from './fetch-rules.js'

// A browser resolves names itself, and its own rules on private networks and mixed content apply; what can be judged
// by the address alone is judged here.
const PRIVATE_LITERAL =
  /^(?:localhost|.*\.localhost|\[.*\]|0\..*|10\..*|127\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|192\.168\..*)$/

const read = async (response: Response, maximumBytes: number): Promise<Uint8Array> => {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || !value) break
    length += value.length
    if (length > maximumBytes) {
      await reader?.cancel()
      throw new PassportError('fetch.tooLarge', `The answer is larger than ${maximumBytes} bytes`)
    }
    chunks.push(value)
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}

const ask = async (url: URL, request: FetchRequest, signal: AbortSignal): Promise<FetchResponse> => {
  // A redirect cannot be looked at from here, so none is followed.
  const response = await fetch(url, {
    headers: { accept: request.accept },
    redirect: 'error',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
  })
  if (response.status !== 200)
    throw new PassportError('fetch.failed', `The answer was ${response.status}`, { retryable: response.status >= 500 })
  const body = await read(response, request.maximumBytes)
  const contentType = response.headers.get('content-type') ?? ''
  return { url: url.href, contentType, body, freshFor: freshness(response.headers.get('cache-control')) }
}

/** Creates the guarded fetcher for a browser. */
export const createGuardedFetch =
  (options: GuardedFetchOptions = {}): GuardedFetch =>
  async (address, request) => {
    const { url, named } = judgeAddress(address, options)
    if (!named && PRIVATE_LITERAL.test(url.hostname)) throw blocked('it is a private address')
    const timeout = AbortSignal.timeout(options.timeout ?? LIMITS.fetchTimeout)
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
    try {
      return await ask(url, request, signal)
    } catch (error) {
      if (timeout.aborted) throw new PassportError('fetch.timeout', 'The answer took too long', { retryable: true })
      throw error instanceof PassportError
        ? error
        : new PassportError('fetch.failed', 'The request failed', { retryable: true, cause: error })
    }
  }
