import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCredential, startTestServer, type TestServer } from '../http/support/server.js'

const PUBLIC = 'https://passport.northfield.example'

let server: TestServer
let list: string
beforeAll(async () => {
  server = await startTestServer({ conformance: true, publicUrl: `${PUBLIC}/` })
  const credential = aCredential('did:example:issuer')
  const { body } = await server.post('/issuers/status/Ed25519/credentials/issue', { credential, options: {} })
  list = body.verifiableCredential.credentialStatus[0].statusListCredential
})
afterAll(() => server.close())

describe('FMT-3: a status list is called what its reader asked for', () => {
  it.each([
    ['application/json', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/ld+json, application/json', 'application/ld+json'],
    ['application/ld+json;q=0.2, application/json;q=0.9', 'application/json'],
    ['application/vc, application/json', 'application/vc'],
    ['application/*', 'application/vc'],
    ['*/*', 'application/vc'],
    ['application/vc;q=0, */*', 'application/ld+json'],
    ['APPLICATION/JSON ; Q=1', 'application/json'],
    ['text/html', 'application/vc'],
    ['', 'application/vc'],
    [';;,q=,', 'application/vc'],
  ])('accept %j: %s', async (accept, contentType) => {
    const { status, headers, body } = await server.get(new URL(list).pathname, { headers: { accept } })
    expect([status, headers['content-type'], headers.vary]).toEqual([200, contentType, 'accept'])
    expect(body.id).toBe(list)
  })

  it('and application/vc to whoever asks for nothing in particular', async () => {
    expect((await server.get(new URL(list).pathname)).headers['content-type']).toBe('application/vc')
  })

  it('FMT-3: names its lists by the public address', () => {
    expect(list.startsWith(`${PUBLIC}/status/`)).toBe(true)
  })

  it('FMT-3: has a manifest with the tags that the suites look for', async () => {
    const { issuers, verifiers, vpVerifiers } = (await server.get('/')).body
    const tagsOf = (endpoints: { tags: string[] }[]) => endpoints.flatMap(({ tags }) => tags)
    for (const tag of ['vc2.0', 'vc-api', 'EnvelopedCredential', 'BitstringStatusList', 'eddsa-rdfc-2022'])
      for (const endpoints of [issuers, verifiers, vpVerifiers])
        expect(tagsOf(endpoints).filter((name) => name === tag).length, tag).toBe(1)
  })
})
