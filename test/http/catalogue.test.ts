import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { formatOfSuite, SUITES } from '../../src/http/vc-api/suites.js'
import { foundOrganisation, type Organisation, TOKEN } from './support/organisation.js'
import { type Draft, startTestServer, type TestServer } from './support/server.js'

const AUTHORISED = { headers: { authorization: `Bearer ${TOKEN}` } }
const VERIFY = '/verifiers/nhs/credentials/verify'

let northfield: Organisation
let server: TestServer
beforeAll(async () => {
  northfield = await foundOrganisation()
  server = await startTestServer(northfield.options)
})
afterAll(async () => {
  await server?.close()
  await northfield?.remove()
})

const documentOf = (type: CredentialTypeName, change: (draft: Draft) => void = () => undefined): JsonObject => {
  const { claimsKey, schemas, examples } = CREDENTIAL_TYPES[type]
  const { uniqueIdentifier, assurance, claims, evidence } = examples[0] as Draft
  const draft: Draft = structuredClone({
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://w3id.org/staff-passport/v1'],
    type: ['VerifiableCredential', type],
    issuer: northfield.did,
    credentialSubject: { id: northfield.holder, uniqueIdentifier, assurance, [claimsKey]: claims },
    credentialSchema: { id: schemas[0], type: 'JsonSchema' },
    ...(evidence === undefined ? {} : { evidence }),
  })
  change(draft)
  return draft
}

const issue = (suite: string, credential: unknown, options: JsonObject = {}) =>
  server.post(`/issuers/${suite}/credentials/issue`, { credential, options }, AUTHORISED)

const verify = (verifiableCredential: unknown) => server.post(VERIFY, { verifiableCredential })

/** The id of a credential, however it is secured. */
const idOf = (credential: Draft): string => {
  if (typeof credential !== 'string' && credential.type !== 'EnvelopedVerifiableCredential') return credential.id
  const token: string = typeof credential === 'string' ? credential : credential.id.split(',')[1]
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return claims.jti ?? claims.id
}

const suites = SUITES.filter((suite) => formatOfSuite(suite, 'EdDSA'))

describe.each(suites)('a right to work in suite %s', (suite) => {
  it('is issued, and accepted under the nhs policy until it is revoked', async () => {
    const credentialId = `row-${suite}`
    const { status, body } = await issue(suite, documentOf('RightToWork'), { credentialId })
    expect(status, JSON.stringify(body)).toBe(201)
    const { verifiableCredential } = body
    const accepted = await verify(verifiableCredential)
    expect([accepted.status, accepted.body]).toEqual([200, { verified: true, problemDetails: [] }])

    const again = await issue(suite, documentOf('RightToWork'), { credentialId })
    expect([again.status, again.body.code]).toEqual([409, 'store.alreadyIssued'])

    const request = {
      credentialId: idOf(verifiableCredential),
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      status: true,
    }
    const revoked = await server.post(`/issuers/${suite}/credentials/status`, request, AUTHORISED)
    expect(revoked.status, revoked.text).toBe(200)
    const refused = await verify(verifiableCredential)
    expect([refused.status, refused.body.problemDetails[0].code]).toEqual([400, 'status.revoked'])
  })
})

describe('a credential that was issued', () => {
  it('is revoked, and no longer accepted', async () => {
    const { body } = await issue('eddsa-rdfc-2022', documentOf('RightToWork'))
    const { id, credentialStatus } = body.verifiableCredential
    expect((await verify(body.verifiableCredential)).status).toBe(200)
    const [entry] = credentialStatus
    const request = {
      credentialId: id,
      credentialStatus: { type: entry.type, statusPurpose: 'revocation' },
      status: true,
    }
    expect((await server.post('/issuers/status/credentials/status', request)).status).toBe(401)
    expect((await server.post('/issuers/status/credentials/status', request, AUTHORISED)).status).toBe(200)
    const refused = await verify(body.verifiableCredential)
    expect([refused.status, refused.body.problemDetails[0].code]).toEqual([400, 'status.revoked'])
    const list = await server.get(`/status/${entry.statusListCredential.split('/').at(-1)}`)
    expect([list.status, list.body.id]).toEqual([200, entry.statusListCredential])
    const lifted = await server.post('/issuers/status/credentials/status', { ...request, status: false }, AUTHORISED)
    expect(lifted.status).toBe(409)
  })

  it('is presented by its holder, and accepted', async () => {
    const identity = await issue('eddsa-rdfc-2022', documentOf('Identity'))
    expect(identity.status, identity.text).toBe(201)
    const options = { challenge: 'a challenge', domain: 'https://southmere.example' }
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [identity.body.verifiableCredential],
    }
    const made = await server.post('/holders/eddsa-rdfc-2022/presentations', { presentation, options }, AUTHORISED)
    expect(made.status, made.text).toBe(201)
    const { verifiablePresentation } = made.body
    const { status, body } = await server.post('/verifiers/nhs/presentations/verify', {
      verifiablePresentation,
      options,
    })
    expect([status, body]).toEqual([200, { verified: true, problemDetails: [] }])
    const unasked = await server.post('/verifiers/nhs/presentations/verify', { verifiablePresentation })
    expect([unasked.status, unasked.body.pointer]).toEqual([400, '/options'])
  })
})

describe('without the token, nobody', () => {
  const ENDPOINTS: readonly (readonly [string, JsonObject])[] = [
    ['/issuers/eddsa-rdfc-2022/credentials/issue', {}],
    ['/issuers/eddsa-rdfc-2022/Ed25519/credentials/issue', {}],
    ['/issuers/eddsa-rdfc-2022/credentials/status', {}],
    ['/holders/eddsa-rdfc-2022/presentations', {}],
  ]
  const WRONG: readonly (readonly [string, Record<string, string>])[] = [
    ['none', {}],
    ['another', { authorization: `Bearer ${TOKEN.replace('1', '2')}` }],
    ['half', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['more', { authorization: `Bearer ${TOKEN}x` }],
    ['two', { authorization: `Bearer ${TOKEN} ${TOKEN}` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['a bare one', { authorization: TOKEN }],
    ['an empty one', { authorization: 'Bearer ' }],
  ]

  it.each(WRONG)('asks with %s', async (_, headers) => {
    for (const [path, body] of ENDPOINTS) {
      const answer = await server.post(path, body, { headers })
      expect([path, answer.status, answer.headers['www-authenticate']]).toEqual([path, 401, 'Bearer'])
    }
  })

  it('has a did:web fetched', async () => {
    expect((await server.get('/1.0/identifiers/did:web:127.0.0.1')).status).toBe(401)
    expect((await server.get('/1.0/identifiers/did:web:127.0.0.1', AUTHORISED)).status).toBe(404)
  })
})

describe('what the catalogue does not have is not issued', () => {
  const CASES: readonly (readonly [string, (draft: Draft) => void, string])[] = [
    ['no type of ours', (draft) => void Object.assign(draft, { type: ['VerifiableCredential'] }), '/type'],
    ['another type', (draft) => void Object.assign(draft, { type: ['VerifiableCredential', 'Degree'] }), '/type'],
    ['two types', (draft) => void draft.type.push('Identity'), '/type'],
    ['a type that is a text', (draft) => void Object.assign(draft, { type: 'RightToWork' }), '/type'],
    ['another context', (draft) => void draft['@context'].push('https://example.com/v1'), '/@context'],
    ['a context of its own', (draft) => void draft['@context'].push({ x: 'https://example.com/x' }), '/@context'],
    ["somebody else's name", (draft) => void Object.assign(draft, { issuer: 'did:web:other.example' }), '/issuer'],
    ['no issuer', (draft) => void delete draft.issuer, '/issuer'],
    ['an id of its own', (draft) => void Object.assign(draft, { id: 'urn:uuid:1' }), '/id'],
    ['a status of its own', (draft) => void Object.assign(draft, { credentialStatus: [] }), '/credentialStatus'],
    ['a proof', (draft) => void Object.assign(draft, { proof: {} }), '/proof'],
    [
      'another schema',
      (draft) => void Object.assign(draft.credentialSchema, { id: 'https://x.example' }),
      '/credentialSchema',
    ],
    ['a member of its own', (draft) => void Object.assign(draft, { shoeSize: 43 }), '/*'],
    ['no subject', (draft) => void delete draft.credentialSubject, '/credentialSubject'],
    ['several subjects', (draft) => void Object.assign(draft, { credentialSubject: [] }), '/credentialSubject'],
    [
      'a member of its own in the subject',
      (draft) => void Object.assign(draft.credentialSubject, { x: 1 }),
      '/credentialSubject/*',
    ],
    [
      'a subject that is no DID',
      (draft) => void Object.assign(draft.credentialSubject, { id: 'x' }),
      '/credentialSubject/id',
    ],
    ['no claims', (draft) => void delete draft.credentialSubject.rightToWork, '/credentialSubject/rightToWork'],
    [
      'a claim that is none',
      (draft) => void Object.assign(draft.credentialSubject.rightToWork, { shoeSize: 43 }),
      '/credentialSubject/rightToWork',
    ],
    [
      'an assurance that is none',
      (draft) => void Object.assign(draft.credentialSubject, { assurance: 4 }),
      '/credentialSubject/assurance',
    ],
    ['a beginning that is no time', (draft) => void Object.assign(draft, { validFrom: 'today' }), '/validFrom'],
    [
      'an end before its beginning',
      (draft) => void Object.assign(draft, { validUntil: '2001-01-01T00:00:00Z' }),
      '/validUntil',
    ],
  ]

  it.each(CASES)('%s', async (_, change, pointer) => {
    const { status, body } = await issue('eddsa-rdfc-2022', documentOf('RightToWork', change))
    expect(status, JSON.stringify(body)).toBe(400)
    const pointers = body.problemDetails.map((one: Draft) => one.pointer)
    expect(
      pointers.some((one: string) => one.startsWith(`/credential${pointer}`)),
      pointers.join(),
    ).toBe(true)
  })

  it('what a type always discloses, said by somebody else', async () => {
    const { status, body } = await issue('eddsa-rdfc-2022', documentOf('RightToWork'), {
      mandatoryPointers: ['/issuer'],
    })
    expect([status, body.title]).toEqual([400, 'UNKNOWN_OPTION_PROVIDED'])
  })

  it('a suite that this key cannot sign, or that is none', async () => {
    for (const suite of ['ecdsa-rdfc-2019', 'eddsa-rdfc-2022/P-256', 'nothing', '__proto__', 'constructor'])
      expect([suite, (await issue(suite, documentOf('RightToWork'))).status]).toEqual([suite, 404])
  })
})

describe('personal data', () => {
  it('is in no log, no problem, and no answer to anybody but who sent it', async () => {
    const CANARY = 'Zzyzx'
    const draft = documentOf('RightToWork', ({ credentialSubject }) => {
      credentialSubject.rightToWork.documentNumber = CANARY
      credentialSubject[CANARY] = CANARY
    })
    const answers = [
      await issue('eddsa-rdfc-2022', draft),
      await issue(CANARY, draft),
      await issue(
        'eddsa-rdfc-2022',
        documentOf('Identity', (one) => void Object.assign(one, { validFrom: CANARY })),
      ),
      await verify({ ...draft, proof: { type: CANARY } }),
      await server.post(`/verifiers/${CANARY}/credentials/verify`, { verifiableCredential: draft }),
      await server.get(`/1.0/identifiers/did:key:${CANARY}`),
      await server.get(`/status/${CANARY}?name=${CANARY}`),
      await server.post('/verifiers/nhs/credentials/verify', `{"name": "${CANARY}" `),
    ]
    for (const { status, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).not.toContain(CANARY)
    }
    expect(server.said.length).toBeGreaterThan(8)
    expect(server.said.join('\n')).not.toContain(CANARY)
    expect(server.said.join('\n')).not.toContain('did:key')
    expect(server.said.join('\n')).not.toContain(TOKEN)
  })
})
