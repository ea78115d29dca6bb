import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch-browser.js'

const REQUEST = { maximumBytes: 100, accept: 'application/json' }
const URL_ = 'https://trust.example/list'

/** Stands for the browser's own fetch, which is no part of ours. */
const browser = vi.fn<typeof fetch>()
beforeEach(() => vi.stubGlobal('fetch', browser))
afterEach(() => {
  vi.unstubAllGlobals()
  browser.mockReset()
})

const answering = (body: BodyInit | null, init: ResponseInit = {}): void => {
  browser.mockImplementation(async () => new Response(body, init))
}

const endless = (): ReadableStream<Uint8Array> =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(40)) })

const whenAborted = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

describe('the guarded fetcher in a browser', () => {
  it('asks without cookies, referrer or redirects', async () => {
    answering('{}', { headers: { 'content-type': 'application/json', 'cache-control': 'max-age=5' } })
    const answer = await createGuardedFetch()(URL_, REQUEST)
    expect(answer).toMatchObject({ url: URL_, contentType: 'application/json', freshFor: 5_000 })
    expect(Buffer.from(answer.body).toString()).toBe('{}')
    const [, init] = browser.mock.calls[0] ?? []
    expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
    expect(init?.headers).toEqual({ accept: 'application/json' })
  })

  it('takes an empty answer', async () => {
    answering(null)
    expect((await createGuardedFetch()(URL_, REQUEST)).body).toHaveLength(0)
  })

  it.each([
    ['nothing found', 404, false],
    ['a server that is not itself', 502, true],
    ['part of it', 206, false],
  ])('refuses %s', async (_what, status, retryable) => {
    answering('x', { status })
    await expect(createGuardedFetch()(URL_, REQUEST)).rejects.toMatchObject({ code: 'fetch.failed', retryable })
  })

  it('stops an answer that does not end', async () => {
    answering(endless())
    await expect(createGuardedFetch()(URL_, REQUEST)).rejects.toMatchObject({ code: 'fetch.tooLarge' })
  })

  it('says that the network failed, and nothing about the address', async () => {
    browser.mockRejectedValue(new TypeError('Failed to fetch https://trust.example/list'))
    const failure = createGuardedFetch()(URL_, REQUEST)
    await expect(failure).rejects.toMatchObject({ code: 'fetch.failed', retryable: true })
    await expect(failure).rejects.not.toThrow('trust.example')
  })

  it('does not wait for ever', async () => {
    browser.mockImplementation((_url, init) => whenAborted(init?.signal))
    const ask = createGuardedFetch({ timeout: 20 })
    await expect(ask(URL_, REQUEST)).rejects.toMatchObject({ code: 'fetch.timeout', retryable: true })
  })

  it('stops when its caller does', async () => {
    browser.mockImplementation((_url, init) => whenAborted(init?.signal))
    const stop = new AbortController()
    const asked = createGuardedFetch()(URL_, { ...REQUEST, signal: stop.signal })
    stop.abort()
    await expect(asked).rejects.toMatchObject({ code: 'fetch.failed' })
  })

  it('reaches a private address that is allowed by name', async () => {
    answering('{}')
    const ask = createGuardedFetch({ allowHosts: ['127.0.0.1:8443', 'http://localhost:8080'] })
    await ask('https://127.0.0.1:8443/list', REQUEST)
    await ask('http://localhost:8080/list', REQUEST)
    expect(browser).toHaveBeenCalledTimes(2)
  })

  it.each(['https://localhost/', 'https://localhost./', 'https://a.localhost/', 'https://[2606:4700::1111]/'])(
    'asks nobody about %s',
    async (address) => {
      await expect(createGuardedFetch()(address, REQUEST)).rejects.toMatchObject({ code: 'fetch.blocked' })
      expect(browser).not.toHaveBeenCalled()
    },
  )
})
