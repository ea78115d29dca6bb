import { createServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { fetchDidWeb } from '../../src/dids/did-web.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import { createGuardedFetch as createInBrowser } from '../../src/runtime/guarded-fetch-browser.js'
import { createGuardedFetch, type NodeFetchOptions } from '../../src/runtime/guarded-fetch-node.js'
import { type Loopback, serveHttp, serveHttps } from '../support/loopback.js'
import { expectRefused } from './harness.js'

const REQUEST = { maximumBytes: 100_000, accept: 'application/json' }
const MEGABYTE = 1_000_000

// Nobody may get as far as connecting: a plain listener on loopback counts who does.
let listener: Server
let connections = 0
let port = 0
beforeAll(async () => {
  listener = createServer((socket: Socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => new Promise((resolve) => listener.close(resolve)))
afterEach(() => {
  connections = 0
  vi.unstubAllGlobals()
})

/** The same question to both platforms; the browser's own fetch must not be reached. */
const onBothPlatforms = async (address: string): Promise<void> => {
  const reached = vi.fn()
  vi.stubGlobal('fetch', reached)
  for (const create of [createGuardedFetch, createInBrowser])
    await expectRefused('SP_FETCH_BLOCKED', () => create()(address, REQUEST), { secrets: [address] })
  expect(reached).not.toHaveBeenCalled()
  expect(connections).toBe(0)
}

describe('NET-01: loopback did:web', () => {
  it.each(['127.0.0.1', 'localhost'])('NET-01 %s', async (host) => {
    const did = `did:web:${host}%3A${port}`
    const fetch = createGuardedFetch()
    await expectRefused('SP_FETCH_BLOCKED', () => fetchDidWeb(did, fetch))
    const answer = await createDidResolver({ fetch }).findKey(`${did}#key-1`, 'assertionMethod')
    expect(answer).toEqual({ ok: false, code: 'signature.keyUnavailable', retryable: false })
    expect(connections).toBe(0)
  })

  it('NET-01 the listener does count', async () => {
    const allowed = createGuardedFetch({ allowHosts: [`http://127.0.0.1:${port}`] })
    await expect(allowed(`http://127.0.0.1:${port}/`, REQUEST)).rejects.toMatchObject({ code: 'fetch.failed' })
    expect(connections).toBe(1)
  })
})

describe('NET-02: IPv4 spellings', () => {
  it.each([
    '0x7f.1',
    '2130706433',
    '017700000001',
    '127.1',
    '127.0.0.1.',
    '0',
    '127\u30020\u30020\u30021',
    '\u2460\u2461\u2466.0.0.1',
    '%31%32%37.0.0.1',
    '0xa9fea9fe',
  ])('NET-02 %s', async (host) => {
    await onBothPlatforms(`https://${host}:${port}/list`)
  })
})

describe('NET-03: IPv4-mapped IPv6', () => {
  it.each([
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[::1]',
    '[::]',
  ])('NET-03 %s', async (host) => {
    await onBothPlatforms(`https://${host}:${port}/list`)
  })
})

describe('NET-05: DNS says private', () => {
  const answers = (...addresses: readonly string[]): NodeFetchOptions => ({
    lookup: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  })
  it.each([
    ['NET-05 private use', ['10.0.0.5']],
    ['NET-05 loopback', ['127.0.0.1']],
    ['NET-05 IPv6 loopback', ['::1']],
    ['NET-05 cloud metadata', ['169.254.169.254']],
    ['NET-05 mapped', ['::ffff:127.0.0.1']],
    ['NET-05 a link-local address with a zone', ['fe80::1%lo']],
    ['NET-05 private beside public', ['93.184.215.14', '127.0.0.1']],
  ])('%s', async (_title, addresses) => {
    const fetch = createGuardedFetch(answers(...addresses))
    await expectRefused('SP_FETCH_BLOCKED', () => fetch(`https://trust.example:${port}/`, REQUEST))
    await expectRefused('SP_FETCH_BLOCKED', () => fetchDidWeb(`did:web:trust.example%3A${port}`, fetch))
    expect(connections).toBe(0)
  })

  it('NET-05 what was judged is what is connected to: one question, even when the answer changes', async () => {
    const given = [['127.0.0.1'], ['93.184.215.14']]
    let asked = 0
    const fetch = createGuardedFetch({
      lookup: async () => (given[asked++] ?? []).map((address) => ({ address, family: 4 })),
    })
    await expectRefused('SP_FETCH_BLOCKED', () => fetch(`https://trust.example:${port}/`, REQUEST))
    expect([asked, connections]).toEqual([1, 0])
  })
})

describe('NET-07: redirects', () => {
  let server: Loopback
  let target: string
  beforeAll(async () => {
    server = await serveHttps((request, response) => {
      const status = Number(request.url?.slice(1)) || 302
      response.writeHead(status, { location: target, 'content-type': 'application/json' }).end('{"a":"body"}')
    })
  })
  afterAll(() => server.close())

  it.each([
    ['NET-07 to cloud metadata', 302, () => 'https://169.254.169.254/latest'],
    ['NET-07 from https to http', 302, () => server.origin.replace('https:', 'http:')],
    ['NET-07 with a body', 307, () => `https://127.0.0.1:${port}/`],
    ['NET-07 for good', 308, () => `https://localhost:${port}/`],
    ['NET-07 to another port of the same host', 301, () => `https://127.0.0.1:${port}/`],
    ['NET-07 to another host, without a scheme', 303, () => `//169.254.169.254:${port}/`],
    ['NET-07 to a file', 302, () => 'file:///etc/passwd'],
    ['NET-07 to a user name', 302, () => `https://a@127.0.0.1:${server.port}/`],
  ])('%s', async (_title, status, location) => {
    target = location()
    const fetch = createGuardedFetch({ allowHosts: [server.host], certificateAuthorities: [server.cert] })
    server.forget()
    await expectRefused('SP_FETCH_BLOCKED', () => fetch(`${server.origin}/${status}`, REQUEST))
    expect([server.requests(), connections]).toEqual([[`/${status}`], 0])
  })

  it('NET-07 an allowed host is no stepping stone to another allowed host', async () => {
    const other = await serveHttp((_request, response) => response.end('{}'))
    target = `${other.origin}/`
    const fetch = createGuardedFetch({
      allowHosts: [server.host, other.origin],
      certificateAuthorities: [server.cert],
    })
    await expectRefused('SP_FETCH_BLOCKED', () => fetch(`${server.origin}/302`, REQUEST))
    expect(other.connections()).toBe(0)
    await other.close()
  })
})

describe('NET-08: schemes', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://trust.example/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'ftp://127.0.0.1:PORT/',
    'gopher://127.0.0.1:PORT/',
    'blob:https://trust.example/1',
    'javascript:fetch("https://trust.example")',
    '//trust.example/',
    'trust.example',
  ])('NET-08 %s', async (address) => {
    await onBothPlatforms(address.replace('PORT', String(port)))
  })
})

describe('NET-09: credential confusion', () => {
  it.each(['https://trust.nhs.uk@evil.com/', 'https://trust.nhs.uk:x@evil.com/', 'https://:x@evil.com/'])(
    'NET-09 %s is refused',
    async (address) => {
      await onBothPlatforms(address)
    },
  )

  it.each(['https://trust.nhs.uk\\@evil.com/', 'https://trust.nhs.uk#@evil.com/', 'https://trust.nhs.uk/?@evil.com/'])(
    'NET-09 %s asks trust.nhs.uk and nobody else',
    async (address) => {
      const asked: string[] = []
      const fetch = createGuardedFetch({
        lookup: async (host) => {
          asked.push(host)
          return [{ address: '127.0.0.1', family: 4 }]
        },
      })
      await expectRefused('SP_FETCH_BLOCKED', () => fetch(address, REQUEST))
      expect(asked).toEqual(['trust.nhs.uk'])
      const inBrowser = vi.fn<typeof globalThis.fetch>(async () => new Response('{}'))
      vi.stubGlobal('fetch', inBrowser)
      await createInBrowser()(address, REQUEST)
      expect(inBrowser.mock.calls.map(([url]) => new URL(String(url)).host)).toEqual(['trust.nhs.uk'])
    },
  )
})

describe('NET-10: oversize, slow and endless bodies', () => {
  let server: Loopback
  let fetch: GuardedFetch
  const timers: NodeJS.Timeout[] = []
  const every = (milliseconds: number, work: () => void): void => {
    timers.push(setInterval(work, milliseconds))
  }
  beforeAll(async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MEGABYTE))
    server = await serveHttps((request, response) => {
      if (request.url === '/huge') response.setHeader('content-length', 1_000 * MEGABYTE).write(Buffer.alloc(MEGABYTE))
      if (request.url === '/slow') every(50, () => response.write('x'))
      if (request.url === '/endless') every(1, () => response.write(Buffer.alloc(10_000)))
      if (request.url === '/bomb') response.setHeader('content-encoding', 'gzip').end(bomb)
      if (request.url === '/headers') every(50, () => response.writeProcessing())
      if (request.url === '/hops') setTimeout(() => response.writeHead(302, { location: '/hops' }).end(), 200)
    })
    fetch = createGuardedFetch({
      allowHosts: [server.host],
      certificateAuthorities: [server.cert],
      timeout: 400,
    })
  })
  afterAll(async () => {
    for (const timer of timers) clearInterval(timer)
    await server.close()
  })

  it.each([
    ['NET-10 a gigabyte', '/huge', 'SP_LIMIT_EXCEEDED', 'fetch.tooLarge'],
    ['NET-10 one byte at a time', '/slow', 'SP_FETCH_FAILED', 'fetch.timeout'],
    ['NET-10 chunks for ever', '/endless', 'SP_LIMIT_EXCEEDED', 'fetch.tooLarge'],
    ['NET-10 a gzip bomb, judged by what comes out', '/bomb', 'SP_LIMIT_EXCEEDED', 'fetch.tooLarge'],
    ['NET-10 no answer at all', '/silent', 'SP_FETCH_FAILED', 'fetch.timeout'],
    ['NET-10 an answer that never begins', '/headers', 'SP_FETCH_FAILED', 'fetch.timeout'],
    ['NET-10 slow redirects, all together', '/hops', 'SP_FETCH_FAILED', 'fetch.timeout'],
  ] as const)('%s', async (_title, path, token, code) => {
    const before = process.memoryUsage().arrayBuffers
    await expectRefused(token, () => fetch(server.origin + path, REQUEST), { code })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * MEGABYTE)
  })

  it('NET-10 in a browser, too', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(50_000)) })
    vi.stubGlobal('fetch', async () => new Response(endless))
    await expectRefused('SP_LIMIT_EXCEEDED', () => createInBrowser()('https://trust.example/', REQUEST))
  })
})
