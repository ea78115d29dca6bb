import { exportJWK, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { readCredentialRequest, readDeferredRequest } from '../../src/exchange/openid4vci/messages.js'
import { routeRequests } from '../../src/http/route-requests.js'

const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
const jwk = { ...(await exportJWK(publicKey)), alg: 'ECDH-ES' }

const READERS = [
  ['a credential', (more: object) => readCredentialRequest({ credential_configuration_id: 'Identity', ...more })],
  ['a deferred credential', (more: object) => readDeferredRequest({ transaction_id: 'one', ...more })],
] as const

it.each(
  READERS.flatMap(([name, read]) =>
    [{}, { jwk }, { enc: 'A128GCM' }, { jwk: 'key', enc: 'A128GCM' }, { jwk, enc: 7 }, [], 'A128GCM', null].map(
      (encryption) => [name, JSON.stringify(encryption).slice(0, 30), encryption, read] as const,
    ),
  ),
)('FMT-6: how to encrypt the answer to a request for %s is missing or malformed: %s', (_, __, encryption, read) => {
  expect(() => read({ credential_response_encryption: encryption })).toThrow(
    expect.objectContaining({ error: 'invalid_encryption_parameters' }),
  )
})

it.each(READERS)('FMT-6: said whole, or not at all, it is taken with a request for %s', (_, read) => {
  expect(read({ credential_response_encryption: { jwk, enc: 'A128GCM' } }).encryption).toMatchObject({ jwk })
  expect(read({}).encryption).toBeUndefined()
})

const handle = routeRequests(
  [
    {
      method: 'GET',
      path: '/broken',
      guarded: false,
      answer: async () => {
        throw new Error('inside')
      },
    },
    { method: 'GET', path: '/good', guarded: false, answer: async () => ({ status: 200, body: { a: 1 } }) },
  ],
  { guard: () => undefined },
)

it.each([
  ['GET', '/nothing', 404],
  ['POST', '/good', 405],
  ['GET', '/broken', 500],
])('FMT-6: %s %s is answered %i as application/problem+json (RFC 9457, 3)', async (method, path, status) => {
  const response = await handle(new Request(`https://server.example${path}`, { method }))
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ status, type: 'about:blank' })
})

it('FMT-6: what is no problem is application/json', async () => {
  const response = await handle(new Request('https://server.example/good'))
  expect(response.headers.get('content-type')).toBe('application/json')
})
