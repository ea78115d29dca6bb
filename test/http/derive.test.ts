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
