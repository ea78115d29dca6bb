import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCredential, type Draft, startTestServer, type TestServer } from './support/server.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ conformance: true })
})
afterAll(() => server.close())

const CURVES = ['Ed25519', 'P-256', 'P-384']

const issue = async (curve: string) => {
  const credential = aCredential('did:example:issuer')
  const { status, body } = await server.post(`/issuers/status/${curve}/credentials/issue`, { credential, options: {} })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.verifiableCredential
}

const entryOf = (credential: Draft, purpose: string) =>
  credential.credentialStatus.find(({ statusPurpose }: Draft) => statusPurpose === purpose)

const listOf = async (url: string) => {
  expect(url.startsWith(`${server.origin}/status/`)).toBe(true)
  return server.get(new URL(url).pathname)
}

/** The bit of an entry, most significant first, as the specification counts. */
const bitOf = (list: Draft, index: number): number => {
  const bytes = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'))
  return ((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1
}

const change = (credentialId: string, statusPurpose: string, status: boolean, more: object = {}) =>
  server.post('/issuers/status/credentials/status', {
    credentialId,
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose },
    status,
    ...more,
  })

describe.each(CURVES)('a credential with a status, under a key of %s', (curve) => {
  it('has a place for each purpose, in lists that this server publishes, signed by the same issuer', async () => {
    const issued = await issue(curve)
    expect(issued.credentialStatus.map(({ statusPurpose }: Draft) => statusPurpose)).toEqual([
      'revocation',
      'suspension',
    ])
    for (const { statusListCredential, statusListIndex, type } of issued.credentialStatus) {
      expect(type).toBe('BitstringStatusListEntry')
      const { status, body, headers } = await listOf(statusListCredential)
      expect([status, headers['content-type']]).toEqual([200, 'application/vc'])
      expect(body.id).toBe(statusListCredential)
      expect(body.proof.verificationMethod).toBe(issued.proof.verificationMethod)
      expect(bitOf(body, Number(statusListIndex))).toBe(0)
      const verified = await server.post('/verifiers/w3c-proof-only/credentials/verify', { verifiableCredential: body })
      expect(verified.status).toBe(200)
    }
  })

  it('is revoked for good', async () => {
    const issued = await issue(curve)
    const { statusListCredential, statusListIndex } = entryOf(issued, 'revocation')
    expect((await change(issued.id, 'revocation', true)).status).toBe(200)
    expect(bitOf((await listOf(statusListCredential)).body, Number(statusListIndex))).toBe(1)
    const again = await change(issued.id, 'revocation', false)
    expect([again.status, again.body.code]).toEqual([409, 'store.revocationIsFinal'])
  })

  it('is suspended, and reinstated', async () => {
    const issued = await issue(curve)
    const { statusListCredential, statusListIndex } = entryOf(issued, 'suspension')
    const bit = async () => bitOf((await listOf(statusListCredential)).body, Number(statusListIndex))
    await change(issued.id, 'suspension', true)
    expect(await bit()).toBe(1)
    await change(issued.id, 'suspension', false)
    expect(await bit()).toBe(0)
  })
})

describe('a change of status', () => {
  it.each<readonly [string, object, number]>([
    ['of what was never issued', {}, 404],
    ['for a reason that is none', { reason: 'Spite' }, 400],
    ['with a member that is none', { shred: true }, 400],
    ['that is neither true nor false', { status: 'yes' }, 400],
    ['of no purpose', { credentialStatus: { type: 'BitstringStatusListEntry' } }, 400],
  ])('%s', async (_, more, status) => {
    expect((await change('urn:uuid:00000000-0000-4000-8000-000000000000', 'revocation', true, more)).status).toBe(
      status,
    )
  })
})

describe('a list that is none', () => {
  it.each(['nothing', '__proto__', '..%2f..%2fetc%2fpasswd', '%00'])('%s', async (name) =>
    expect((await server.get(`/status/${name}`)).status).toBe(404),
  )
})
