import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCredential, startTestServer, type TestServer } from './support/server.js'

const ISSUE = '/issuers/ecdsa-sd-2023/P-256/credentials/issue'
const DERIVE = '/holders/ecdsa-sd-2023/credentials/derive'
const VERIFY = '/verifiers/w3c-proof-only/credentials/verify'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ conformance: true })
})
afterAll(() => server.close())

const CREDENTIAL = aCredential('did:example:issuer', {
  name: 'A degree',
  description: 'Of a fictional university',
  validFrom: '2024-01-01T00:00:00Z',
  credentialSubject: [{ id: 'did:example:alice', name: 'Alice', description: 'The subject' }],
})

const issue = async (mandatoryPointers?: readonly string[]) => {
  const options = mandatoryPointers === undefined ? {} : { mandatoryPointers }
  const { status, body } = await server.post(ISSUE, { credential: CREDENTIAL, options })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.verifiableCredential
}

const derive = (verifiableCredential: unknown, selectivePointers: readonly string[]) =>
  server.post(DERIVE, { verifiableCredential, options: { selectivePointers } })

const verify = (verifiableCredential: unknown) => server.post(VERIFY, { verifiableCredential })

describe('a credential with a base proof', () => {
  it.each([[undefined], [[]], [['/issuer']], [['/issuer', '/validFrom', '/credentialSubject/0/name']]])(
    'is issued with these always shown: %j',
    async (pointers) => {
      const issued = await issue(pointers)
      // 0xd9 0x5d 0x00: the header of a base proof (Data Integrity ECDSA, section 3.4.2).
      expect(Buffer.from(issued.proof.proofValue.slice(1), 'base64url').subarray(0, 3).toString('hex')).toBe('d95d00')
      expect((await verify(issued)).status).toBe(200)
    },
  )

  it.each([['/credentialSubject/0/nothing'], ['issuer'], ['/credentialSubject/~2']])(
    'is not issued with a pointer that leads nowhere: %s',
    async (pointer) => {
      const options = { mandatoryPointers: [pointer] }
      expect((await server.post(ISSUE, { credential: CREDENTIAL, options })).status).toBe(400)
    },
  )
})

describe('what is derived (201)', () => {
  it('shows what the issuer and the holder chose, and nothing else', async () => {
    const { status, body } = await derive(await issue(['/issuer', '/validFrom']), ['/credentialSubject/0/name'])
    expect(status, JSON.stringify(body)).toBe(201)
    const { proof, ...document } = body
    const { '@context': contexts, id, type, issuer, validFrom } = CREDENTIAL
    const subject = [{ id: 'did:example:alice', name: 'Alice' }]
    expect(document).toEqual({ '@context': contexts, id, type, issuer, validFrom, credentialSubject: subject })
    // 0xd9 0x5d 0x01: the header of a derived proof (section 3.4.7).
    expect(Buffer.from(proof.proofValue.slice(1), 'base64url').subarray(0, 3).toString('hex')).toBe('d95d01')
    expect((await verify(body)).body).toEqual({ verified: true, problemDetails: [] })
  })

  it('does not verify with another name, without its header, or with what was withheld', async () => {
    const { body } = await derive(await issue(['/issuer']), ['/credentialSubject/0/name'])
    const changed = [
      { ...body, credentialSubject: [{ ...body.credentialSubject[0], name: 'Mallory' }] },
      { ...body, description: CREDENTIAL.description },
      { ...body, proof: { ...body.proof, proofValue: body.proof.proofValue.slice(1) } },
      { ...body, proof: { ...body.proof, proofValue: `u${body.proof.proofValue.slice(5)}` } },
    ]
    for (const one of changed) expect((await verify(one)).status).toBe(400)
  })
})

describe('nothing is derived (400)', () => {
  it('from what is derived already', async () => {
    const { body } = await derive(await issue(['/issuer']), ['/credentialSubject/0/name'])
    expect((await derive(body, ['/credentialSubject/0/name'])).status).toBe(400)
  })

  it('by a pointer that leads nowhere, or is none', async () => {
    const issued = await issue(['/issuer'])
    for (const pointer of ['/nothing', 'issuer', '/credentialSubject/9'])
      expect([pointer, (await derive(issued, [pointer])).status]).toEqual([pointer, 400])
  })

  it('where nothing at all would be shown', async () => expect((await derive(await issue([]), [])).status).toBe(400))

  it('from anything else', async () => {
    const { body } = await server.post('/issuers/eddsa-rdfc-2022/credentials/issue', { credential: CREDENTIAL })
    for (const other of [body.verifiableCredential, CREDENTIAL, {}, 'a.b.c'])
      expect((await derive(other, ['/issuer'])).status).toBe(400)
  })

  it('in a suite that withholds nothing (404)', async () => {
    const answer = await server.post('/holders/eddsa-rdfc-2022/credentials/derive', { verifiableCredential: {} })
    expect(answer.status).toBe(404)
  })
})

describe.each(['vc+sd-jwt', 'dc+sd-jwt'])('a credential of suite %s', (suite) => {
  const KEPT = ['/credentialSubject/name']
  const credential = aCredential('did:example:issuer', {
    credentialSubject: { id: 'did:example:alice', name: 'Alice', description: 'The subject' },
  })
  const disclosures = (token: string): readonly string[] =>
    token
      .split('~')
      .slice(1, -1)
      .map((text) => JSON.parse(Buffer.from(text, 'base64url').toString())[1])

  const issueIn = async (mandatoryPointers: readonly string[], subject = 'did:example:alice'): Promise<string> => {
    const about = { ...credential, credentialSubject: { ...(credential.credentialSubject as object), id: subject } }
    const { body } = await server.post(`/issuers/${suite}/credentials/issue`, {
      credential: about,
      options: { mandatoryPointers },
    })
    return body.verifiableCredential
  }
  const deriveIn = (verifiableCredential: unknown, selectivePointers: readonly string[]) =>
    server.post(`/holders/${suite}/credentials/derive`, { verifiableCredential, options: { selectivePointers } })

  it('is issued with what its holder may withhold as disclosures', async () => {
    expect(disclosures(await issueIn([]))).toEqual(expect.arrayContaining(['name', 'description']))
    expect(disclosures(await issueIn(KEPT))).toEqual(['description'])
  })

  it.each([
    [['/credentialSubject/name'], ['name']],
    [
      ['/credentialSubject/name', '/credentialSubject/description'],
      ['name', 'description'],
    ],
    [[], []],
  ])('shows %j', async (pointers, shown) => {
    const { status, body } = await deriveIn(await issueIn([]), pointers)
    expect(status, JSON.stringify(body)).toBe(201)
    expect([...disclosures(body.verifiableCredential)].sort()).toEqual([...shown].sort())
    expect((await verify(body.verifiableCredential)).body).toEqual({ verified: true, problemDetails: [] })
  })

  it('shows nothing that is not there', async () => {
    for (const pointers of [['/credentialSubject/nothing'], ['/issuer'], ['name']])
      expect((await deriveIn(await issueIn([]), pointers)).status).toBe(400)
    for (const other of ['a.b.c', 'a.b.c~', {}, '~']) expect((await deriveIn(other, [])).status).toBe(400)
  })

  it('is presented with a proof of its holder’s key, to one verifier, once', async () => {
    const { body: manifest } = await server.get('/')
    const token = await issueIn([], manifest.holders[0].id)
    const options = { challenge: 'a challenge', domain: 'https://verifier.example' }
    const url = `data:application/${suite},${token}`
    const inside = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      type: 'EnvelopedVerifiableCredential',
      id: url,
    }
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [inside],
    }
    const made = await server.post('/holders/sd-jwt+kb/presentations', {
      presentation,
      options: { ...options, selectivePointers: ['/credentialSubject/name'] },
    })
    expect(made.status, made.text).toBe(201)
    const { verifiablePresentation } = made.body
    expect(disclosures(verifiablePresentation)).toEqual(['name'])
    const ask = (asked: object) =>
      server.post('/verifiers/w3c-proof-only/presentations/verify', { verifiablePresentation, options: asked })
    expect((await ask(options)).body).toEqual({ verified: true, problemDetails: [] })
    expect((await ask({ ...options, challenge: 'another' })).status).toBe(400)
    expect((await ask({ ...options, domain: 'https://other.example' })).status).toBe(400)
    const two = { ...presentation, verifiableCredential: [inside, inside] }
    expect((await server.post('/holders/sd-jwt+kb/presentations', { presentation: two, options })).status).toBe(400)
  })
})
