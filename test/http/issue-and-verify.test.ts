import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../src/core/json.js'
import { curveOf, formatOfSuite, SUITES } from '../../src/http/vc-api/suites.js'
import type { SignatureAlgorithm } from '../../src/ports/signer.js'
import {
  aCredential,
  type Draft,
  issuersOf,
  type ManifestIssuer,
  startTestServer,
  type TestServer,
} from './support/server.js'

const ALGORITHMS: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']
const ISSUERS = SUITES.flatMap((suite) =>
  ALGORITHMS.filter((algorithm) => formatOfSuite(suite, algorithm)).map(
    (algorithm) => [suite, curveOf(algorithm)] as const,
  ),
)

const VERIFY = '/verifiers/w3c-proof-only/credentials/verify'
const PRESENT = '/verifiers/w3c-proof-only/presentations/verify'

let server: TestServer
let issuers: readonly ManifestIssuer[]
beforeAll(async () => {
  server = await startTestServer({ conformance: true })
  issuers = await issuersOf(server)
})
afterAll(() => server.close())

const pathOf = (suite: string, curve: string): string => `/issuers/${suite}/${curve}/credentials/issue`

const issuerOf = (suite: string, curve: string): ManifestIssuer => {
  const found = issuers.find(
    ({ tags, supportedEcdsaKeyTypes }) => tags[0] === suite && supportedEcdsaKeyTypes[0] === curve,
  )
  if (!found) throw new Error(`no ${suite} ${curve} in the manifest`)
  return found
}

const issue = async (suite: string, curve: string, more: JsonObject = {}) => {
  const credential = aCredential(issuerOf(suite, curve).id, more)
  const { status, body } = await server.post(pathOf(suite, curve), { credential, options: {} })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.verifiableCredential
}

const verify = (verifiableCredential: unknown, options: JsonObject = {}) =>
  server.post(VERIFY, { verifiableCredential, options })

/** Turns the last character but a few of a text into another of its alphabet. */
const bent = (text: string): string => {
  const at = text.length - 8
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

const tampered = (issued: Draft): unknown => {
  if (typeof issued === 'string') return bent(issued)
  if (issued.type === 'EnvelopedVerifiableCredential') return { ...issued, id: bent(issued.id) }
  return { ...issued, credentialSubject: { ...issued.credentialSubject, name: 'Mallory' } }
}

describe('the manifest', () => {
  it('lists every suite with every curve that its keys may have, and nothing else', () => {
    const listed = issuers.map(({ tags, supportedEcdsaKeyTypes }) => [tags[0], supportedEcdsaKeyTypes[0]])
    expect(listed.map(String).sort()).toEqual(ISSUERS.map(String).sort())
    expect(listed.length).toBeGreaterThan(7)
  })

  it('says in every answer that nothing here is to be believed', async () => {
    const answers = [await server.get('/'), await server.get('/nowhere'), await verify({}), await server.post('/', '')]
    for (const { headers } of answers) expect(headers['staff-passport-conformance']).toContain('throwaway')
  })
})

describe.each(ISSUERS)('%s with %s', (suite, curve) => {
  it('issues (201), and what it issued verifies (200)', async () => {
    const issued = await issue(suite, curve)
    const { status, body } = await verify(issued)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toEqual({ verified: true, problemDetails: [] })
  })

  it('what was changed since does not verify (400), and the problems say why', async () => {
    const { status, body } = await verify(tampered(await issue(suite, curve)))
    expect(status).toBe(400)
    expect(body.verified).toBe(false)
    expect(body.problemDetails.length).toBeGreaterThan(0)
    for (const { type, title, detail } of body.problemDetails) {
      expect(URL.canParse(type)).toBe(true)
      expect(type.endsWith(title)).toBe(true)
      expect(detail).not.toBe('')
    }
  })

  it('is signed by the issuer that the manifest names', async () => {
    const issued = await issue(suite, curve)
    const { id } = issuerOf(suite, curve)
    const token =
      typeof issued === 'string' ? issued : issued.id.startsWith('data:') ? issued.id.split(',')[1] : undefined
    const keyId: string = token
      ? JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()).kid
      : issued.proof.verificationMethod
    expect(keyId.startsWith(`${id}#`)).toBe(true)
  })

  it('is at the path without a curve, too', async () => {
    const credential = aCredential(issuerOf(suite, curve).id)
    const { status } = await server.post(`/issuers/${suite}/credentials/issue`, { credential })
    expect(status).toBe(201)
  })
})

describe('an embedded proof, as the Data Integrity suites ask for it', () => {
  const EMBEDDED = ISSUERS.filter(([suite]) => /^(?:eddsa|ecdsa)-/.test(suite))

  it.each(EMBEDDED)('%s with %s', async (suite, curve) => {
    const { proof, '@context': contexts } = await issue(suite, curve)
    expect(proof.type).toBe('DataIntegrityProof')
    expect(proof.cryptosuite).toBe(suite)
    expect(proof.proofPurpose).toBe('assertionMethod')
    expect(proof.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/)
    expect(URL.canParse(proof.verificationMethod)).toBe(true)
    expect(contexts[0]).toBe('https://www.w3.org/ns/credentials/v2')
    const alphabet = suite === 'ecdsa-sd-2023' ? /^u[A-Za-z0-9_-]+$/ : /^z[1-9A-HJ-NP-Za-km-z]+$/
    expect(proof.proofValue).toMatch(alphabet)
  })
})

describe('documents that must not be issued', () => {
  const without = (name: string) => (draft: Draft) => void delete draft[name]
  const having = (name: string, value: unknown) => (draft: Draft) => void Object.assign(draft, { [name]: value })

  // The issuer suites of the W3C: title, and what is done to a good document.
  const CASES: readonly (readonly [string, (draft: Draft) => void])[] = [
    ['no @context', without('@context')],
    ['a context that is a number', having('@context', 4)],
    ['contexts in another order', having('@context', ['https://w3id.org/x', 'https://www.w3.org/ns/credentials/v2'])],
    ['a context that is no URL', having('@context', ['https://www.w3.org/ns/credentials/v2', 'https ://not-a-url'])],
    ['a context that is a number in a list', having('@context', ['https://www.w3.org/ns/credentials/v2', 123])],
    [
      'a context that nobody has at hand',
      having('@context', ['https://www.w3.org/ns/credentials/v2', 'https://x.example']),
    ],
    ['no type', without('type')],
    ['a type that is a number', having('type', 4)],
    ['a type that is null', having('type', null)],
    ['a type in a list that is no text', having('type', ['VerifiableCredential', 4])],
    ['a type that no context defines', having('type', ['VerifiableCredential', 'InvalidType'])],
    ['no issuer', without('issuer')],
    ['an issuer that is null', having('issuer', null)],
    ['an issuer that is a list', having('issuer', [])],
    ['an issuer that is true', having('issuer', true)],
    ['an issuer that is no URL', having('issuer', 'not-a-url')],
    ['an issuer whose id is null', having('issuer', { id: null })],
    ['an issuer whose id is no URL', having('issuer', { id: 'not-a-url' })],
    ['no subject', without('credentialSubject')],
    ['a subject that is null', having('credentialSubject', null)],
    ['a subject that is a text', having('credentialSubject', 'did:example:1234')],
    ['a subject that is an empty list', having('credentialSubject', [])],
    ['a subject that claims nothing', having('credentialSubject', {})],
    ['a subject among several that claims nothing', having('credentialSubject', [{ id: 'did:example:a' }, {}])],
    ['a claim that no context defines', having('credentialSubject', { id: 'did:example:a', invalidTerm: 'x' })],
    ['an id that is no URL', having('id', 'not-a-url')],
    ['several ids', having('id', ['urn:a:b', 'urn:c:d'])],
    ['a beginning that is no time', having('validFrom', '2026-02-30')],
    ['an end that is no time', having('validUntil', 'tomorrow')],
    ['a status without a type', having('credentialStatus', { id: 'https://example.com/status/1' })],
    ['a status whose id is no URL', having('credentialStatus', { id: 'not a url', type: 'BitstringStatusListEntry' })],
    ['a schema without an id', having('credentialSchema', { type: 'JsonSchema' })],
    ['a schema without a type', having('credentialSchema', { id: 'https://example.com/schema.json' })],
    ['evidence without a type', having('evidence', [{ id: 'https://example.com/evidence' }])],
    ['terms of use without a type', having('termsOfUse', { id: 'https://example.com/terms' })],
    ['a refresh service without a type', having('refreshService', { id: 'https://example.com/refresh' })],
    ['a related resource that is a text', having('relatedResource', ['https://example.com/resource'])],
  ]

  it.each(CASES)('%s', async (_, change) => {
    const draft: Draft = aCredential(issuers[0]?.id ?? '')
    change(draft)
    const { status, body } = await server.post('/issuers/eddsa-rdfc-2022/credentials/issue', {
      credential: draft,
      options: {},
    })
    expect(status, JSON.stringify(body)).toBe(400)
    expect(body.problemDetails.length).toBeGreaterThan(0)
    for (const { pointer } of body.problemDetails) expect(pointer).toMatch(/^\/credential/)
  })

  it('a request that names its credential otherwise', async () => {
    const { status } = await server.post('/issuers/eddsa-rdfc-2022/credentials/issue', {
      verifiableCredential: aCredential('did:example:a'),
      options: {},
    })
    expect(status).toBe(400)
  })
})

describe('secured documents that must not verify', () => {
  const PROOF_CASES: readonly (readonly [string, (draft: Draft) => void])[] = [
    ['no proof', (draft) => void delete draft.proof],
    ['a proof that is null', (draft) => void Object.assign(draft, { proof: null })],
    ['a proof that is a text', (draft) => void Object.assign(draft, { proof: 'proof' })],
    ['a proof that is an empty list', (draft) => void Object.assign(draft, { proof: [] })],
    ['no proof type', (draft) => void delete draft.proof.type],
    ['another proof type', (draft) => void Object.assign(draft.proof, { type: 'UnknownProofType' })],
    ['no key', (draft) => void delete draft.proof.verificationMethod],
    ['a key that is none', (draft) => void Object.assign(draft.proof, { verificationMethod: 'did:key:invalidVm' })],
    ['no purpose', (draft) => void delete draft.proof.proofPurpose],
    ['another purpose', (draft) => void Object.assign(draft.proof, { proofPurpose: 'authentication' })],
    ['no value', (draft) => void delete draft.proof.proofValue],
    ['a value that is null', (draft) => void Object.assign(draft.proof, { proofValue: null })],
    [
      'a value without its header',
      (draft) => void Object.assign(draft.proof, { proofValue: draft.proof.proofValue.slice(1) }),
    ],
    ['another cryptosuite', (draft) => void Object.assign(draft.proof, { cryptosuite: 'invalid-cryptosuite' })],
    ['no cryptosuite', (draft) => void delete draft.proof.cryptosuite],
    ['a time that is none', (draft) => void Object.assign(draft.proof, { created: 'invalidDate' })],
    ['an end that is no time', (draft) => void Object.assign(draft.proof, { expires: 'invalidDate' })],
    ['an end that is past', (draft) => void Object.assign(draft.proof, { expires: '2020-01-01T00:00:00Z' })],
    [
      'an earlier proof that is not there',
      (draft) => void Object.assign(draft.proof, { previousProof: 'urn:uuid:missing' }),
    ],
    ['a claim that no context defines', (draft) => void Object.assign(draft.credentialSubject, { undefinedTerm: 'x' })],
    ['a type that no context defines', (draft) => void draft.type.push('UndefinedType')],
    ['no contexts', (draft) => void delete draft['@context']],
    ['a context that is not at hand', (draft) => void draft['@context'].push('https://example.com/v1')],
    ['no type', (draft) => void delete draft.type],
    ['no issuer', (draft) => void delete draft.issuer],
    ['no subject', (draft) => void delete draft.credentialSubject],
  ]
  const EMBEDDED = ISSUERS.filter(([suite]) => /^(?:eddsa|ecdsa)-/.test(suite))

  it.each(EMBEDDED)('%s with %s, in every way', async (suite, curve) => {
    const issued = await issue(suite, curve)
    for (const [title, change] of PROOF_CASES) {
      const draft = structuredClone(issued)
      change(draft)
      const { status, body } = await verify(draft)
      expect([title, status, body.verified]).toEqual([title, 400, false])
    }
  })

  it('a credential as a text inside JSON', async () => {
    const { status } = await verify(JSON.stringify(await issue('eddsa-rdfc-2022', 'Ed25519')))
    expect(status).toBe(400)
  })

  it('one whose proof was made for another domain or challenge, when it is asked about', async () => {
    const issued = await issue('eddsa-rdfc-2022', 'Ed25519')
    const { status, body } = await verify(issued, { domain: 'domain.example', challenge: '1235abcd6789' })
    expect(status).toBe(400)
    expect(body.problemDetails.map(({ title }: Draft) => title)).toEqual([
      'INVALID_CHALLENGE_ERROR',
      'INVALID_DOMAIN_ERROR',
    ])
  })
})

describe('envelopes', () => {
  const CHANGES: readonly (readonly [string, (draft: Draft) => void])[] = [
    ['no contexts', (draft) => void Object.assign(draft, { '@context': [] })],
    [
      'another context',
      (draft) => void Object.assign(draft, { '@context': 'https://www.w3.org/ns/credentials/examples/v2' }),
    ],
    ['an id that is no data URL', (draft) => void Object.assign(draft, { id: draft.id.split(',')[1] })],
    ['an id of another media type', (draft) => void Object.assign(draft, { id: draft.id.replace('vc+jwt', 'jwt') })],
    ['no type', (draft) => void delete draft.type],
    ['the type of what is inside', (draft) => void Object.assign(draft, { type: 'VerifiableCredential' })],
  ]

  it('hold what their type says', async () => {
    const issued = await issue('enveloped', 'P-256')
    expect(issued['@context']).toEqual(['https://www.w3.org/ns/credentials/v2'])
    expect(issued.type).toBe('EnvelopedVerifiableCredential')
    expect(issued.id).toMatch(/^data:application\/vc\+jwt,[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it.each(CHANGES)('do not verify with %s', async (_, change) => {
    const draft = structuredClone(await issue('enveloped', 'P-256'))
    change(draft)
    const { status, body } = await verify(draft)
    expect([status, body.verified]).toEqual([400, false])
  })
})

describe('what is asked for besides', () => {
  it('results, the credential and the report', async () => {
    const issued = await issue('eddsa-rdfc-2022', 'Ed25519', { validFrom: '2024-01-01T00:00:00Z' })
    const { body } = await verify(issued, {
      returnResults: true,
      returnCredential: true,
      returnReport: true,
      checks: ['proof'],
    })
    expect(body.credential).toEqual(issued)
    expect(body.report.kind).toBe('credential')
    expect(body.results.validFrom).toEqual({ verified: true, input: '2024-01-01T00:00:00Z' })
    expect(body.results.proof).toEqual([{ verified: true, input: issued.proof }])
  })

  it('no problems, where they are not wanted', async () => {
    const { body } = await verify({}, { returnProblemDetails: false })
    expect(body).toEqual({ verified: false })
  })

  it('nothing that we do not know', async () => {
    const { status, body } = await verify({}, { skipEverything: true })
    expect(status).toBe(400)
    expect(body.type).toBe('https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED')
  })
})

describe('presentations', () => {
  const PRESENTING = [
    'eddsa-rdfc-2022',
    'eddsa-jcs-2022',
    'ecdsa-rdfc-2019',
    'ecdsa-jcs-2019',
    'vp+jwt',
    'jwt_vp_json',
    'enveloped',
  ]
  const options = { challenge: 'a challenge made for this', domain: 'https://verifier.example' }

  const presented = async (suite: string, presentation: JsonObject) =>
    server.post(`/holders/${suite}/presentations`, { presentation, options })

  const aPresentation = async (): Promise<JsonObject> => ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [await issue('eddsa-rdfc-2022', 'Ed25519'), await issue('enveloped', 'P-256')],
  })

  it.each(PRESENTING)('%s: signed (201), and accepted by whoever asked for it', async (suite) => {
    const { status, body } = await presented(suite, await aPresentation())
    expect(status, JSON.stringify(body)).toBe(201)
    const { verifiablePresentation } = body
    const verified = await server.post(PRESENT, { verifiablePresentation, options })
    expect([verified.status, verified.body]).toEqual([200, { verified: true, problemDetails: [] }])
    const replayed = await server.post(PRESENT, {
      verifiablePresentation,
      options: { ...options, challenge: 'another' },
    })
    expect([replayed.status, replayed.body.verified]).toEqual([400, false])
  })

  it('say which credential is at fault', async () => {
    const draft: Draft = await aPresentation()
    draft.verifiableCredential[0].credentialSubject.name = 'Mallory'
    const { body } = await presented('vp+jwt', draft)
    const { status, body: answer } = await server.post(PRESENT, {
      verifiablePresentation: body.verifiablePresentation,
      options,
    })
    expect(status).toBe(400)
    expect(answer.problemDetails).toContainEqual(
      expect.objectContaining({
        code: 'signature.invalid',
        pointer: expect.stringMatching(/^\/verifiablePresentation\/verifiableCredential\/0/),
      }),
    )
  })

  it.each([
    ['no challenge', { domain: 'https://verifier.example' }],
    ['no domain', { challenge: 'a challenge' }],
  ])('are not made with %s', async (_, partial) => {
    const body = { presentation: await aPresentation(), options: partial }
    expect((await server.post('/holders/vp+jwt/presentations', body)).status).toBe(400)
  })

  it("are not made in somebody else's name", async () => {
    const { status } = await presented('vp+jwt', { ...(await aPresentation()), holder: 'did:example:somebody' })
    expect(status).toBe(400)
  })

  it.each([
    ['{}', {}],
    ['a type that is another', { type: ['NonconformingDocument'] }],
    ['a text', 'x.y.z'],
  ])('are not verified when they are %s', async (_, verifiablePresentation) => {
    const { status, body } = await server.post(PRESENT, { verifiablePresentation, options })
    expect([status, isJsonObject(body) && body.verified]).toEqual([400, false])
  })
})
