import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWalletHandler } from '../../src/http/wallet/create-wallet-handler.js'
import { createDemoAuthority, openEmployer, type TestEmployer } from '../exchange/support/world.js'
import { startTestServer, type TestServer } from '../http/support/server.js'

const PAGE = { origin: 'https://wallet.example' }

describe('HR-5: what is public answers pages of any origin', () => {
  let server: TestServer
  let employer: TestEmployer
  beforeAll(async () => {
    server = await startTestServer({ conformance: true })
    employer = await openEmployer(await createDemoAuthority())
  })
  afterAll(async () => {
    await server.close()
    await employer.close()
  })

  it('a status list, and its preflight', async () => {
    const list = await fetch(`${server.origin}/status/none`, { headers: PAGE })
    expect(list.headers.get('access-control-allow-origin')).toBe('*')
    expect(list.headers.get('access-control-allow-credentials')).toBeNull()
    const asked = await fetch(`${server.origin}/status/none`, { method: 'OPTIONS', headers: PAGE })
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET'])
  })

  it.each([
    ['GET', '/.well-known/openid-credential-issuer/issue'],
    ['POST', '/issue/token'],
    ['POST', '/issue/nonce'],
    ['POST', '/issue/credential'],
    ['POST', '/issue/notification'],
    ['POST', '/ask/response/x'],
  ])('%s %s: a wallet that is a page may call it, with its token and without cookies', async (method, path) => {
    const handle = createWalletHandler({ openid4vci: employer.openid4vci, openid4vp: employer.openid4vp })
    const asked = await handle(new Request(employer.origin + path, { method: 'OPTIONS', headers: PAGE }))
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-methods')).toContain(method)
    expect(asked.headers.get('access-control-allow-headers')).toMatch(/authorization.*dpop/)
    const answer = await handle(new Request(employer.origin + path, { method, headers: PAGE }))
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('nothing else: no page may issue, verify or change a status', async () => {
    for (const path of ['/issuers/status/Ed25519/credentials/issue', '/verifiers/w3c-proof-only/credentials/verify']) {
      const asked = await fetch(server.origin + path, { method: 'OPTIONS', headers: PAGE })
      expect(asked.status).toBe(405)
      expect(asked.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})
