import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/core/clock.js'
import { LIMITS } from '../../src/core/limits.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { LogLine } from '../../src/http/route-requests.js'
import { createVcApi } from '../../src/http/vc-api/create-vc-api.js'
import type { VcApiIssuing } from '../../src/http/vc-api/issuing.js'
import { aCredential, startTestServer, type TestServer } from './support/server.js'

const ISSUE = '/issuers/eddsa-rdfc-2022/credentials/issue'
const VERIFY = '/verifiers/w3c-proof-only/credentials/verify'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ conformance: true })
})
afterAll(() => server.close())

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
const wrapped = (text: string): string => `{"verifiableCredential":${text}}`

describe('bodies that are not read', () => {
  const CASES: readonly (readonly [string, string | Uint8Array, number])[] = [
    ['nothing', '', 400],
    ['no JSON', 'verifiableCredential=1', 400],
    ['a list', '[]', 400],
    ['a text', '"x"', 400],
    ['null', 'null', 400],
    ['JSON that stops', '{"verifiableCredential":', 400],
    ['JSON and more', '{"verifiableCredential":{}}{}', 400],
    ['a comment', '{/**/"verifiableCredential":{}}', 400],
    ['a member twice', '{"verifiableCredential":{},"verifiableCredential":{}}', 400],
    ['a member twice, far inside', wrapped('{"a":{"b":1,"b":2}}'), 400],
    ['__proto__', wrapped('{"__proto__":{"verified":true}}'), 400],
    ['a number that nobody can hold', wrapped('{"a":1e400}'), 400],
    ['half a character', wrapped('{"a":"\\ud800"}'), 400],
    ['no UTF-8', bytes(0x7b, 0xff, 0x7d), 400],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d), 400],
    ['UTF-16', bytes(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00), 400],
    ['great depth', wrapped('['.repeat(100_000) + ']'.repeat(100_000)), 400],
    ['many values', wrapped(`[${'1,'.repeat(300_000)}1]`), 400],
    ['too much', ' '.repeat(LIMITS.inputBytes + 70_000), 413],
  ]

  it.each(CASES)('%s', async (_, body, status) => {
    const answer = await server.post(VERIFY, body)
    expect([answer.status, answer.body?.status]).toEqual([status, status])
    expect(answer.headers['content-type']).toBe('application/problem+json')
  })

  it('that break off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('cut off')) })
    const errors: unknown[] = []
    const handle = createVcApi({
      verifiers: new Map(),
      resolver: createDidResolver(),
      onError: (error) => errors.push(error),
    })
    const headers = { 'content-type': 'application/json' }
    const path = 'http://x/holders/ecdsa-sd-2023/credentials/derive'
    const { status } = await handle(new Request(path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit))
    expect([status, errors]).toEqual([408, []])
  })

  it('without an end, and are left before long', async () => {
    let sent = 0
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const handle = createVcApi({ verifiers: new Map(), resolver: createDidResolver() })
    const headers = { 'content-type': 'application/json' }
    const path = 'http://x/holders/ecdsa-sd-2023/credentials/derive'
    const { status } = await handle(new Request(path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit))
    expect(status).toBe(413)
    expect(sent).toBeLessThan(LIMITS.inputBytes + 300_000)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    '',
  ])('of media type "%s"', async (type) => {
    const { status } = await server.post(VERIFY, wrapped('{}'), { headers: { 'content-type': type } })
    expect(status).toBe(415)
  })

  it.each(['application/json', 'application/json; charset=UTF-8', 'application/ld+json', 'APPLICATION/JSON'])(
    'but %s is',
    async (type) => {
      const { body } = await server.post(VERIFY, wrapped('{}'), { headers: { 'content-type': type } })
      expect(body.verified).toBe(false)
    },
  )
})

describe('members and options that are not what they must be', () => {
  const CASES: readonly (readonly [string, string, unknown, string])[] = [
    ['a member that is none', VERIFY, { verifiableCredential: {}, trustMe: true }, '/*'],
    ['no credential', VERIFY, {}, '/verifiableCredential'],
    ['a credential that is a number', VERIFY, { verifiableCredential: 4 }, '/verifiableCredential'],
    ['a credential that is null', VERIFY, { verifiableCredential: null }, '/verifiableCredential'],
    ['a credential that is a list', VERIFY, { verifiableCredential: [] }, '/verifiableCredential'],
    ['options that are a list', VERIFY, { verifiableCredential: {}, options: [] }, '/options'],
    [
      'an option that is of another type',
      VERIFY,
      { verifiableCredential: {}, options: { returnReport: 'yes' } },
      '/options/returnReport',
    ],
    [
      'an option with the name of a method',
      VERIFY,
      { verifiableCredential: {}, options: { constructor: 1 } },
      '/options/*',
    ],
    [
      'an issuing option that is none',
      ISSUE,
      { credential: aCredential('did:example:a'), options: { key: 'x' } },
      '/options/*',
    ],
    [
      'a pointer that is none',
      ISSUE,
      { credential: aCredential('did:example:a'), options: { mandatoryPointers: ['x'] } },
      '/options/mandatoryPointers/0',
    ],
  ]

  it.each(CASES)('%s', async (_, path, body, pointer) => {
    const answer = await server.post(path, body)
    expect([answer.status, answer.body.pointer]).toEqual([400, pointer])
  })
})

describe('addresses', () => {
  const NOWHERE = [
    '/nowhere',
    '/verifiers',
    '/issuers//credentials/issue',
    '/1.0/identifiers/',
    '/status/',
    '/status/a/b',
    '//',
    '/%00',
  ]

  it.each(NOWHERE)('%s is nowhere', async (path) => expect((await server.get(path)).status).toBe(404))

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'nhs', '..%2fnhs', '%E0%A4%A'])(
    'there is no verifier named %s here',
    async (name) => {
      const { status } = await server.post(`/verifiers/${name}/credentials/verify`, { verifiableCredential: {} })
      expect(status).toBe(404)
    },
  )

  it.each([
    ['GET', VERIFY, 'POST'],
    ['PUT', VERIFY, 'POST'],
    ['DELETE', '/status/a', 'GET'],
    ['POST', '/', 'GET'],
    ['OPTIONS', ISSUE, 'POST'],
  ])('%s %s is answered with what is allowed', async (method, path, allow) => {
    const { status, headers } = await server.get(path, { method })
    expect([status, headers.allow]).toEqual([405, allow])
  })

  it('nothing is shared with pages from elsewhere', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const method of ['OPTIONS', 'POST', 'GET']) {
      const answer = await server.get(VERIFY, { method, headers })
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost', '127.0.0.1:1'])(
    'this server does not answer to the name of %s',
    async (host) => expect((await server.get('/', { headers: { host } })).status).toBe(421),
  )

  it('answers in a form that nothing can take for a page', async () => {
    const { headers } = await server.get('/<script>alert(1)</script>')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-type']).toBe('application/problem+json')
    expect(headers['x-powered-by']).toBeUndefined()
  })
})

describe('DIDs', () => {
  const KEY = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
  const get = (did: string, accept?: string) =>
    server.get(`/1.0/identifiers/${did}`, accept === undefined ? {} : { headers: { accept } })

  it('are resolved, as they are or encoded', async () => {
    for (const did of [KEY, encodeURIComponent(KEY)]) {
      const { status, body, headers } = await get(did)
      expect([status, headers['content-type'], body.didDocument.id]).toEqual([200, 'application/did-resolution', KEY])
      expect(body.didResolutionMetadata.contentType).toBe('application/did')
    }
  })

  it('give the document alone to whoever wants that', async () => {
    const { body, headers } = await get(KEY, 'application/did+ld+json')
    expect([headers['content-type'], body.id]).toEqual(['application/did', KEY])
  })

  it.each([
    ['did:key:zNothing', 400, 'INVALID_DID'],
    ['nothing', 400, 'INVALID_DID'],
    ['did:ion:abc', 501, 'METHOD_NOT_SUPPORTED'],
    ['did:constructor:abc', 501, 'METHOD_NOT_SUPPORTED'],
    [`did:key:${'z'.repeat(8_000)}`, 400, 'INVALID_DID'],
  ])('%s', async (did, status, title) => {
    const answer = await get(did)
    expect([answer.status, answer.body.didResolutionMetadata.error.title]).toEqual([status, title])
  })

  it('are fetched for nobody without the token', async () =>
    expect((await get('did:web:localhost%253A1')).status).toBe(401))
})

describe('what should not happen', () => {
  const LINES: LogLine[] = []
  const secret = 'a secret of the inside'
  const failing: VcApiIssuing = {
    conformance: true,
    endpoints: [{ suite: 'eddsa-rdfc-2022', curve: 'Ed25519', id: 'did:example:a' }],
    issue: async () => {
      throw new Error(secret)
    },
    changeStatus: async () => undefined,
    statusList: () => {
      throw new Error(secret)
    },
  }
  const errors: unknown[] = []
  const handle = createVcApi({
    verifiers: new Map(),
    resolver: createDidResolver(),
    issuing: failing,
    log: (line) => LINES.push(line),
    onError: (error) => errors.push(error),
  })

  it('is answered without a word of it, and told to the operator', async () => {
    const body = JSON.stringify({ credential: aCredential('did:example:a') })
    const headers = { 'content-type': 'application/json' }
    const issued = await handle(new Request(`http://x${ISSUE}`, { method: 'POST', headers, body }))
    const listed = await handle(new Request('http://x/status/a'))
    for (const answer of [issued, listed]) {
      expect(answer.status).toBe(500)
      const text = await answer.text()
      expect(text).not.toContain(secret)
      expect(text).not.toMatch(/\bat .*:\d+/)
    }
    expect(errors).toHaveLength(2)
    expect(LINES.map(({ route, status }) => [route, status])).toEqual([
      ['/issuers/:suite/credentials/issue', 500],
      ['/status/:list', 500],
    ])
  })

  it('would be to sign for whoever asks', () => {
    const parts = { verifiers: new Map(), resolver: createDidResolver() }
    const issuing = { ...failing, conformance: false }
    expect(() => createVcApi({ ...parts, issuing })).toThrow(TypeError)
    expect(() => createVcApi({ ...parts, holding: { holders: [], contexts: [], clock: systemClock } })).toThrow(
      TypeError,
    )
    for (const token of ['', 'short', 'x'.repeat(31), `${'x'.repeat(40)}\n`, 'with a space in it'.repeat(4)])
      expect(() => createVcApi({ ...parts, issuing, token })).toThrow(TypeError)
    expect(() => createVcApi({ ...parts, issuing, token: 'x'.repeat(32) })).not.toThrow()
  })
})

describe('connections', () => {
  it('with a header that has no end are closed', async () => {
    const { port } = new URL(server.origin)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}`),
      )
      let text = ''
      socket.on('data', (piece) => {
        text += piece
      })
      socket.on('close', () => resolve(text))
      socket.on('error', () => resolve(text))
    })
    expect(answer).toMatch(/^(?:HTTP\/1\.1 431|$)/)
  })

  it('reach this machine alone', async () => {
    const { port } = new URL(server.origin)
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), '::1', () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })
})
