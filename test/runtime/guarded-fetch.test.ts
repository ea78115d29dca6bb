import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshness } from '../../src/runtime/fetch-rules.js'
import { createGuardedFetch as createInBrowser } from '../../src/runtime/guarded-fetch-browser.js'
import { createGuardedFetch, isPrivateAddress } from '../../src/runtime/guarded-fetch-node.js'
import { type Loopback, serveHttp, serveHttps } from '../support/loopback.js'

const REQUEST = { maximumBytes: 1_000, accept: 'application/json' }
const BODY = '{"ok":true}'

let server: Loopback
let plain: Loopback
beforeAll(async () => {
  server = await serveHttps((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://x.example')
    if (pathname === '/headers') {
      response.setHeader('content-type', 'application/json')
      response.setHeader('cache-control', searchParams.get('cache') ?? '')
      response.end(JSON.stringify(request.headers))
    } else if (pathname === '/gzip') {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(BODY))
    } else if (pathname === '/status') {
      response.writeHead(Number(searchParams.get('code'))).end(BODY)
    } else if (pathname === '/hop') {
      response.writeHead(302, { location: searchParams.get('to') ?? '/body' }).end()
    } else if (pathname === '/circle') {
      response.writeHead(307, { location: '/circle' }).end()
    } else if (pathname === '/cut') {
      response.setHeader('content-length', '100').write(BODY)
      setTimeout(() => response.destroy(), 20)
    } else if (pathname === '/encoding') {
      response.setHeader('content-encoding', searchParams.get('as') ?? '').end(BODY)
    } else if (pathname === '/cut-gzip') {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(BODY).subarray(0, 15))
    } else response.end(BODY)
  }, 'trust.example')
  plain = await serveHttp((_request, response) => response.end(BODY))
})
afterAll(async () => {
  await server.close()
  await plain.close()
})

const fetcher = (more: Parameters<typeof createGuardedFetch>[0] = {}) =>
  createGuardedFetch({ allowHosts: [server.host], certificateAuthorities: [server.cert], ...more })

const get = (path: string) => fetcher()(server.origin + path, REQUEST)

const textOf = (body: Uint8Array): string => Buffer.from(body).toString()

describe('the guarded fetcher on Node', () => {
  it('asks for little and says little of itself', async () => {
    const { url, contentType, body, freshFor } = await get('/headers?cache=max-age%3D60')
    const { host: _host, connection: _connection, ...headers } = JSON.parse(textOf(body))
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'gzip, identity',
      'user-agent': 'staff-passport',
    })
    expect([url, contentType, freshFor]).toEqual([
      `${server.origin}/headers?cache=max-age%3D60`,
      'application/json',
      60_000,
    ])
  })

  it.each([
    ['as it is', '/body'],
    ['compressed', '/gzip'],
    ['in the encoding that is none', '/encoding?as=identity'],
    ['after a redirect on the same host', '/hop'],
    ['after three', '/hop?to=%2Fhop%3Fto%3D%252Fhop'],
  ])('takes a body %s', async (_what, path) => {
    expect(textOf((await get(path)).body)).toBe(BODY)
  })

  it('says where the answer came from', async () => {
    expect((await get('/hop')).url).toBe(`${server.origin}/body`)
  })

  it.each([
    ['nothing found', '/status?code=404', 'fetch.failed', false],
    ['too many requests', '/status?code=429', 'fetch.failed', true],
    ['a server that is not itself', '/status?code=503', 'fetch.failed', true],
    ['part of it', '/status?code=206', 'fetch.failed', false],
    ['nothing new', '/status?code=304', 'fetch.failed', false],
    ['a redirect to nowhere', '/status?code=302', 'fetch.failed', false],
    ['a redirect to what is no address', '/hop?to=https%3A%2F%2F%5Bx', 'fetch.blocked', false],
    ['a body that is cut short', '/cut', 'fetch.failed', true],
    ['a compressed body that is cut short', '/cut-gzip', 'fetch.failed', true],
    ['an encoding that was not asked for', '/encoding?as=br', 'fetch.failed', false],
    ['two encodings', '/encoding?as=gzip%2C%20gzip', 'fetch.failed', false],
    ['a redirect in a circle', '/circle', 'fetch.failed', false],
  ])('refuses %s', async (_what, path, code, retryable) => {
    await expect(get(path)).rejects.toMatchObject({ name: 'PassportError', code, retryable })
  })

  it('gives up on redirects after three', async () => {
    const hop = (depth: number): string => (depth === 0 ? '/body' : `/hop?to=${encodeURIComponent(hop(depth - 1))}`)
    await expect(get(hop(4))).rejects.toMatchObject({ code: 'fetch.failed', message: 'Too many redirects' })
  })

  it('takes exactly as much as is allowed, and no byte more', async () => {
    const ask = (maximumBytes: number) => fetcher()(`${server.origin}/body`, { ...REQUEST, maximumBytes })
    expect((await ask(BODY.length)).body).toHaveLength(BODY.length)
    await expect(ask(BODY.length - 1)).rejects.toMatchObject({ code: 'fetch.tooLarge', retryable: false })
  })

  it('believes no certificate that it was not told to believe, whatever the environment says', async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      const ask = createGuardedFetch({ allowHosts: [server.host] })
      await expect(ask(`${server.origin}/body`, REQUEST)).rejects.toMatchObject({ code: 'fetch.failed' })
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    }
  })

  it('reaches a name that is allowed, wherever it leads', async () => {
    const host = `trust.example:${server.port}`
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }]
    const named = fetcher({ allowHosts: [host], lookup })
    expect(textOf((await named(`https://${host}/body`, REQUEST)).body)).toBe(BODY)
    await expect(fetcher({ allowHosts: [], lookup })(`https://${host}/body`, REQUEST)).rejects.toMatchObject({
      code: 'fetch.blocked',
    })
  })

  it('speaks plain http only where that is said', async () => {
    const said = createGuardedFetch({ allowHosts: [plain.origin] })
    expect(textOf((await said(plain.origin, REQUEST)).body)).toBe(BODY)
    const unsaid = createGuardedFetch({ allowHosts: [plain.host] })
    await expect(unsaid(plain.origin, REQUEST)).rejects.toMatchObject({ code: 'fetch.blocked' })
  })

  it('stops when its caller does', async () => {
    const signal = AbortSignal.abort()
    await expect(fetcher()(`${server.origin}/body`, { ...REQUEST, signal })).rejects.toMatchObject({
      code: 'fetch.failed',
    })
  })

  it('says that a name leads nowhere', async () => {
    const nowhere = fetcher({ lookup: async () => [] })
    await expect(nowhere('https://trust.example/', REQUEST)).rejects.toMatchObject({
      code: 'fetch.failed',
      retryable: true,
    })
  })
})

describe.each([
  ['Node', createGuardedFetch],
  ['a browser', createInBrowser],
] as const)('options on %s', (_where, create) => {
  it.each([
    ['a pattern', { allowHosts: ['*.example'] }],
    ['a path', { allowHosts: ['trust.example/x'] }],
    ['a slash', { allowHosts: ['https://trust.example/'] }],
    ['a port that every address leaves out', { allowHosts: ['trust.example:443'] }],
    ['capitals', { allowHosts: ['Trust.example'] }],
    ['another scheme', { allowHosts: ['ftp://trust.example'] }],
    ['a user name', { allowHosts: ['a@trust.example'] }],
    ['nothing', { allowHosts: [''] }],
    ['no time at all', { timeout: 0 }],
    ['half a millisecond', { timeout: 0.5 }],
  ])('refuse %s', (_what, options) => {
    expect(() => create(options)).toThrow(TypeError)
  })

  it.each(['trust.example', 'trust.example:8443', '127.0.0.1:8443', '[::1]:8443', 'http://127.0.0.1:8080'])(
    'take %s',
    (host) => {
      expect(create({ allowHosts: [host] })).toBeTypeOf('function')
    },
  )
})

describe('a private address', () => {
  const PRIVATE = [
    ['this network', '0.0.0.0', '0.255.255.255'],
    ['private use', '10.0.0.0', '10.255.255.255'],
    ['shared by carriers', '100.64.0.0', '100.127.255.255'],
    ['loopback', '127.0.0.0', '127.255.255.255'],
    ['link-local, and cloud metadata', '169.254.0.0', '169.254.255.255'],
    ['private use', '172.16.0.0', '172.31.255.255'],
    ['protocol assignments', '192.0.0.0', '192.0.0.255'],
    ['documentation', '192.0.2.0', '192.0.2.255'],
    ['6to4 relays', '192.88.99.0', '192.88.99.255'],
    ['private use', '192.168.0.0', '192.168.255.255'],
    ['benchmarks', '198.18.0.0', '198.19.255.255'],
    ['documentation', '198.51.100.0', '198.51.100.255'],
    ['documentation', '203.0.113.0', '203.0.113.255'],
    ['multicast', '224.0.0.0', '239.255.255.255'],
    ['reserved, and broadcast', '240.0.0.0', '255.255.255.255'],
    ['unspecified and loopback', '::', '::1'],
    ['IPv4 dressed as IPv6', '::ffff:0.0.0.0', '::ffff:ffff:ffff'],
    ['IPv4 in the old dress', '::7f00:1', '::8.8.8.8'],
    ['translation', '64:ff9b::', '64:ff9b:1:ffff::1'],
    ['discard', '100::', '100::ffff'],
    ['Teredo and benchmarks', '2001::', '2001:1ff:ffff::1'],
    ['documentation', '2001:db8::', '3fff:fff::1'],
    ['6to4', '2002::', '2002:ffff::1'],
    ['unique local', 'fc00::', 'fdff::1'],
    ['link-local', 'fe80::1', 'febf::1'],
    ['site-local', 'fec0::1', 'feff::1'],
    ['multicast', 'ff00::', 'ffff::1'],
    ['no address', 'trust.example', ''],
  ] as const
  it.each(PRIVATE)('%s: %s to %s', (_what, first, last) => {
    expect([isPrivateAddress(first), isPrivateAddress(last)]).toEqual([true, true])
  })

  it.each([
    '1.0.0.0',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:200::1',
    '2001:4860:4860::8888',
    '2a00:1450::1',
    '2606:4700::1111',
    '3ffe::1',
  ])('is not %s', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })
})

describe('how long an answer may be kept', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['max-age=60', 60_000],
    ['public, Max-Age=60, immutable', 60_000],
    ['s-maxage=60', 0],
    ['max-age=60, no-store', 0],
    ['no-cache', 0],
    ['max-age=abc', 0],
    ['max-age=-1', 0],
    ['max-age=99999999999', 0],
  ])('%s', (header, expected) => {
    expect(freshness(header)).toBe(expected)
  })
})
