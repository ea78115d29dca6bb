import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { didJwk } from '../../src/dids/did-jwk.js'
import { didKey } from '../../src/dids/did-key.js'
import type { ReadInput } from '../../src/formats/input.js'
import { signJwtVcJson, signJwtVpJson } from '../../src/formats/jwt-vc-json/sign.js'
import { readInput } from '../../src/formats/read.js'
import type { SignatureAlgorithm, Signer } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'

const V1 = 'https://www.w3.org/2018/credentials/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const OURS = 'https://w3id.org/staff-passport/v1'
const STATUS_2021 = 'https://w3id.org/vc/status-list/2021/v1'
const HOLDER = 'did:example:holder'
const ID = 'urn:pic:0a52'
const FROM = '2026-03-02T09:00:00Z'
const UNTIL = '2027-03-02T09:00:00Z'
const [NBF, EXP] = [FROM, UNTIL].map((text) => Date.parse(text) / 1000) as [number, number]

let signer: Signer
let did: string
beforeAll(async () => {
  const key = await generateKey('EdDSA')
  did = didKey(key).did
  signer = await createLocalSigner(key, didKey(key).keyId)
})

/** A credential as the claims alone tell it, and as the document alone does. */
const byClaims = (vc: JsonObject = {}, claims: JsonObject = {}): JsonObject => ({
  ...{ iss: did, sub: HOLDER, jti: ID, nbf: NBF, exp: EXP, ...claims },
  vc: { '@context': [V1], type: ['VerifiableCredential'], credentialSubject: { jobTitle: 'Nurse' }, ...vc },
})
const byDocument = (vc: JsonObject = {}): JsonObject => ({
  vc: {
    '@context': [V1],
    id: ID,
    type: ['VerifiableCredential'],
    issuer: did,
    issuanceDate: FROM,
    expirationDate: UNTIL,
    credentialSubject: { id: HOLDER, jobTitle: 'Nurse' },
    ...vc,
  },
})
const mapped = (): JsonObject => ({
  '@context': [V2],
  id: ID,
  type: ['VerifiableCredential'],
  issuer: did,
  validFrom: FROM,
  validUntil: UNTIL,
  credentialSubject: { id: HOLDER, jobTitle: 'Nurse' },
})

const sign = (payload: Json, header: JsonObject = { typ: 'JWT' }, by: Signer = signer): Promise<string> =>
  signCompactJws({ header, payload: JSON.stringify(payload), signer: by })

const read = async (payload: Json, header?: JsonObject, by?: Signer): Promise<ReadInput> => {
  const result = readInput(await sign(payload, header, by))
  if (!result.ok) throw new Error(`${result.code} ${result.faults.map(({ path }) => path).join(' ')}`)
  return result.input
}

/** `ok`, or the code and the place of what is wrong. */
const answer = async (payload: Json, header?: JsonObject, by?: Signer): Promise<string> =>
  read(payload, header, by).then(
    () => 'ok',
    (error: Error) => error.message,
  )

describe('a credential of VCDM 1.1', () => {
  it.each<readonly [string, () => JsonObject]>([
    ['told by the claims', () => byClaims()],
    ['told by the document', () => byDocument()],
    ['told by both', () => ({ ...byClaims(), ...byDocument() })],
    ['in other zones', () => ({ ...byDocument({ issuanceDate: '2026-03-02T10:00:00+01:00' }), nbf: NBF })],
    ['with its subject in a list', () => byClaims({ credentialSubject: [{ jobTitle: 'Nurse' }] })],
    ['with the context alone', () => byClaims({ '@context': V1 })],
    ['with a context of status lists', () => byClaims({ '@context': [V1, STATUS_2021] })],
    ['with an issuer that is an object', () => byClaims({ issuer: { id: did } })],
    [
      'with claims of its own beside',
      () => byClaims({}, { aud: 'https://v.example', cnf: { kid: 'k' }, colour: 'red' }),
    ],
  ])('%s, is one of VCDM 2.0', async (title, payload) => {
    const { document, format, kind } = await read(payload())
    const asList = title.includes('list') && Array.isArray(document.credentialSubject)
    const issuer = title.includes('object') ? { id: did } : did
    expect(document).toEqual({
      ...mapped(),
      issuer,
      ...(asList ? { credentialSubject: [mapped().credentialSubject as Json] } : {}),
    })
    expect({ format, kind }).toEqual({ format: 'jwt_vc_json', kind: 'credential' })
  })

  it('of ours has the very contexts that ours have', async () => {
    expect((await read(byClaims({ '@context': [V1, OURS] }))).document['@context']).toEqual([V2, OURS])
  })

  it('keeps what the claims do not speak of', async () => {
    const credentialStatus = { id: 'urn:uuid:1?bit-index=31', type: 'RevocationList2021Status', statusListIndex: 31 }
    const issuer = { name: 'Northfield NHS Trust (fictional)' }
    const { document } = await read(byClaims({ credentialStatus, issuer, evidence: { type: 'Seen' } }))
    expect(document).toEqual({
      ...mapped(),
      credentialStatus: [credentialStatus],
      issuer: { id: did, ...issuer },
      evidence: { type: 'Seen' },
    })
  })

  it.each<readonly [JsonObject, JsonObject, string | undefined]>([
    [{ issuanceDate: '2026-03-02T09:00:00.500Z' }, { nbf: NBF }, '2026-03-02T09:00:00.500Z'],
    [{}, { nbf: NBF, iat: NBF + 60 }, FROM],
    [{ issuanceDate: FROM }, { iat: NBF + 60 }, FROM],
    // As Microsoft Entra Verified ID writes it.
    [{}, { iat: NBF }, FROM],
    [{}, {}, undefined],
  ])('begins as %j and %j say', async (vc, times, expected) => {
    const { nbf: _, ...claims } = byClaims(vc)
    expect((await read({ ...claims, ...times })).document.validFrom).toBe(expected)
  })
})

describe('the header of a token of VCDM 1.1', () => {
  it.each<readonly [JsonObject, string]>([
    [{}, 'ok'],
    [{ typ: 'JWT' }, 'ok'],
    [{ typ: 'jwt' }, 'ok'],
    [{ typ: 'application/jwt' }, 'ok'],
    [{ typ: 'JWT', cty: 'vc' }, 'format.typeMismatch /header/typ'],
    [{ typ: 'JWT', cty: 'JWT' }, 'format.typeMismatch /header/typ'],
    [{ typ: 'vc+jwt' }, 'format.malformed /vc'],
    [{ typ: null }, 'format.typeMismatch /header/typ'],
    [{ typ: ['JWT'] }, 'format.typeMismatch /header/typ'],
    [{ typ: 'kb+jwt' }, 'format.typeMismatch /header/typ'],
    [{ jwk: {} }, 'format.keyInHeader /header/jwk'],
  ])('%j: %s', async (header, expected) => {
    expect(await answer(byClaims(), header)).toBe(expected)
  })

  it.each<readonly [SignatureAlgorithm, string]>([
    ['EdDSA', 'ok'],
    ['ES256', 'ok'],
    ['ES384', 'format.algorithmNotAllowed /header/alg'],
    ['ES512', 'format.algorithmNotAllowed /header/alg'],
  ])('%s: %s', async (algorithm, expected) => {
    const by = await createLocalSigner(await generateKey(algorithm), `${did}#key`)
    expect(await answer(byClaims(), undefined, by)).toBe(expected)
  })

  it('may leave out the key where the issuer has but one', async () => {
    const unnamed = { ...signer, keyId: undefined as unknown as string }
    const jwk = didJwk(signer.publicKeyJwk)
    expect((await read(byClaims(), {}, unnamed)).jws?.keyId).toBe(signer.keyId)
    expect((await read(byClaims({}, { iss: jwk.did }), {}, unnamed)).jws?.keyId).toBe(jwk.keyId)
    expect((await read(byClaims({}, { iss: 'did:web:trust.example' }), {}, unnamed)).jws?.keyId).toBeUndefined()
    expect((await read(byDocument(), {}, unnamed)).jws?.keyId).toBeUndefined()
  })
})

describe('the payload of a token of VCDM 1.1', () => {
  const both = (claims: JsonObject, vc: JsonObject = {}): (() => JsonObject) => {
    return () => ({ ...byDocument(vc), ...claims })
  }
  it.each<readonly [string, () => Json, string]>([
    ['some other token', () => ({ iss: did, sub: HOLDER }), 'format.typeMismatch /header/typ'],
    ['a list', () => [], 'format.malformed '],
    ['a credential and a presentation', both({ vp: {} }), 'format.malformed /vp'],
    ['vc is a token', () => ({ vc: 'ey.ey.ey' }), 'format.malformed /vc'],
    ['vc is a list', () => ({ vc: [] }), 'format.malformed /vc'],
    ['vc is null', () => ({ vc: null }), 'format.malformed /vc'],
    ['another issuer', both({ iss: `${HOLDER}2` }), 'format.claimConflict /iss'],
    [
      'another issuer, in an object',
      both({ iss: HOLDER }, { issuer: { id: `${HOLDER}2` } }),
      'format.claimConflict /iss',
    ],
    ['no issuer', () => ({ ...byClaims(), iss: undefined as never }), 'format.malformed /issuer'],
    ['another subject', both({ sub: `${HOLDER}2` }), 'format.claimConflict /sub'],
    [
      'one subject of two',
      both({ sub: HOLDER }, { credentialSubject: [{ id: HOLDER }, { id: `${HOLDER}2` }] }),
      'format.claimConflict /sub',
    ],
    ['another id', both({ jti: 'urn:pic:1' }), 'format.claimConflict /jti'],
    ['an id that is no URL', () => byClaims({}, { jti: '1234' }), 'format.invalidIdentifier /id'],
    ['another beginning', both({ nbf: NBF + 1 }), 'format.claimConflict /nbf'],
    ['another end', both({ exp: EXP - 1 }), 'format.claimConflict /exp'],
    ['a number as issuer', both({ iss: 5 }), 'format.malformed /iss'],
    ['a list as subject', both({ sub: [HOLDER] }), 'format.malformed /sub'],
    ['null as id', both({ jti: null }), 'format.malformed /jti'],
    ['a text as beginning', both({ nbf: String(NBF) }), 'format.invalidDateTime /nbf'],
    ['a text as moment of issue', both({ iat: FROM }), 'format.invalidDateTime /iat'],
    ['no end in sight', both({ exp: 1e15 }), 'format.invalidDateTime /exp'],
    [
      'a day that is none',
      both({}, { issuanceDate: '2026-02-30T00:00:00Z' }),
      'format.invalidDateTime /vc/issuanceDate',
    ],
    ['an end without a zone', both({}, { expirationDate: '2027-03-02' }), 'format.invalidDateTime /vc/expirationDate'],
    ['a number as an end', both({}, { expirationDate: EXP }), 'format.invalidDateTime /vc/expirationDate'],
    ['a beginning of the later model', both({}, { validFrom: FROM }), 'format.malformed /vc/validFrom'],
    ['an end of the later model', both({}, { validUntil: UNTIL }), 'format.malformed /vc/validUntil'],
    ['a proof inside', both({}, { proof: {} }), 'format.malformed /vc/proof'],
    ['a second document beside', both({ credentialSubject: { id: HOLDER } }), 'format.malformed /credentialSubject'],
    ['a second type beside', both({ type: ['VerifiablePresentation'] }), 'format.malformed /type'],
    ['the context of VCDM 2.0', both({}, { '@context': [V2] }), 'format.contextNotAllowed /vc/@context'],
    ['the context in second place', both({}, { '@context': [OURS, V1] }), 'format.contextNotAllowed /vc/@context'],
    ['no context', () => byClaims({ '@context': [] }), 'format.contextNotAllowed /vc/@context'],
    [
      'an unknown context',
      both({}, { '@context': [V1, 'https://evil.example/'] }),
      'format.contextNotAllowed /@context',
    ],
    ['a context of its own', both({}, { '@context': [V1, { a: 'b:c' }] }), 'format.contextNotAllowed /@context'],
    [
      'a context in the subject',
      both({}, { credentialSubject: { '@context': {} } }),
      'format.contextNotAllowed /credentialSubject/@context',
    ],
    ['no type', both({}, { type: ['Nurse'] }), 'format.typeMismatch /type'],
    ['no subject', both({}, { credentialSubject: null }), 'format.malformed /credentialSubject'],
    ['a text as subject', () => byClaims({ credentialSubject: HOLDER }), 'format.malformed /credentialSubject'],
  ])('%s', async (_title, payload, expected) => {
    expect(await answer(JSON.parse(JSON.stringify(payload())))).toBe(expected)
  })

  it('its own times count, wherever they stand', async () => {
    const at = async (payload: JsonObject) => {
      const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: { now: () => new Date(UNTIL) } })
      const { checks } = (await verifier.verifyCredential(await sign(payload))).report
      return 'code' in checks.validityPeriod ? checks.validityPeriod.code : checks.validityPeriod.outcome
    }
    expect(await at(byClaims({}, { exp: EXP + 120 }))).toBe('passed')
    expect(await at(byClaims({}, { exp: EXP - 120 }))).toBe('validityPeriod.expired')
    expect(await at(byDocument({ expirationDate: '2027-03-02T08:00:00Z' }))).toBe('validityPeriod.expired')
    expect(await at(byClaims({}, { nbf: EXP + 120, exp: EXP + 240 }))).toBe('validityPeriod.notYetValid')
  })
})

const ASKED = { expectedChallenge: 'c', expectedAudience: 'did:web:verifier.example' }
const PRESENTING = { challenge: 'c', audience: 'did:web:verifier.example', created: new Date() }

describe('a presentation of VCDM 1.1', () => {
  const vp = (more: JsonObject = {}, claims: JsonObject = {}): JsonObject => ({
    iss: did,
    ...claims,
    vp: { '@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: ['ey.ey.ey'], ...more },
  })

  it('gives its tokens and its documents, in their order', async () => {
    const inside = { '@context': [V2], type: ['VerifiableCredential'] }
    const input = await read(vp({ id: ID, verifiableCredential: ['ey.ey.ey', inside, 'ey.ey.ez'] }, { jti: ID }))
    expect(input).toMatchObject({
      kind: 'presentation',
      format: 'jwt_vp_json',
      holder: did,
      credentials: ['ey.ey.ey', inside, 'ey.ey.ez'],
      document: { '@context': [V2], id: ID, holder: did, type: ['VerifiablePresentation'] },
    })
  })

  it.each<readonly [string, JsonObject, JsonObject, string]>([
    ['another holder', { holder: HOLDER }, {}, 'format.claimConflict /iss'],
    ['another id', { id: ID }, { jti: 'urn:pic:1' }, 'format.claimConflict /jti'],
    [
      'a number among its credentials',
      { verifiableCredential: ['ey.ey.ey', 5] },
      {},
      'format.malformed /vp/verifiableCredential/1',
    ],
    ['a list among its credentials', { verifiableCredential: [[]] }, {}, 'format.malformed /vp/verifiableCredential/0'],
    ['a proof inside', { proof: {} }, {}, 'format.malformed /vp/proof'],
    ['credentials beside it', {}, { verifiableCredential: [] }, 'format.malformed /verifiableCredential'],
    ['a credential by its type', { type: ['VerifiableCredential'] }, {}, 'format.typeMismatch /type'],
    ['the context of VCDM 2.0', { '@context': [V2] }, {}, 'format.contextNotAllowed /vp/@context'],
    ['an audience that is none', {}, { aud: [] }, 'format.malformed /aud'],
    ['a nonce that is none', {}, { nonce: 5 }, 'format.malformed /nonce'],
    ['more credentials than the limit', { verifiableCredential: Array(201).fill('ey.ey.ey') }, {}, 'format.tooDeep '],
  ])('%s', async (_title, more, claims, expected) => {
    expect(await answer(vp(more, claims))).toBe(expected)
  })

  it.each<readonly [string, JsonObject, string | undefined]>([
    ['as it was made', {}, undefined],
    ['before its beginning', { nbf: Math.floor(Date.now() / 1000) + 3600 }, 'holderBinding.stale'],
    ['after its end', { exp: Math.floor(Date.now() / 1000) - 3600 }, 'holderBinding.stale'],
    ['for another verifier', { aud: 'did:web:another.example' }, 'holderBinding.audienceMismatch'],
    [
      'for two verifiers',
      { aud: [ASKED.expectedAudience, 'did:web:another.example'] },
      'holderBinding.audienceMismatch',
    ],
    ['in answer to nothing', { nonce: undefined as never }, 'holderBinding.challengeMismatch'],
    ['of a holder who did not sign', { iss: HOLDER }, 'holderBinding.signatureInvalid'],
  ])('%s', async (_title, claims, code) => {
    const credential = await sign(byClaims())
    const token = await signJwtVpJson(
      { '@context': [V2], type: ['VerifiablePresentation'], holder: did, verifiableCredential: [credential] },
      signer,
      PRESENTING,
    )
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const { holder: _, ...inner } = payload.vp
    const again = await sign(JSON.parse(JSON.stringify({ ...payload, ...claims, vp: inner })))
    const { report } = await createVerifier({ policy: POLICIES['w3c-proof-only'] }).verify(again, ASKED)
    const reasons = report.reasons.filter(({ check }) => check === 'holderBinding').map((reason) => reason.code)
    expect(reasons).toEqual(code === undefined ? [] : [code])
  })
})

describe('signing', () => {
  it('an envelope of VCDM 2.0 becomes the token in it', async () => {
    const credential = await sign(byClaims())
    const envelope = { '@context': V2, type: 'EnvelopedVerifiableCredential', id: `data:application/jwt,${credential}` }
    const document = { '@context': [V2], type: 'VerifiablePresentation', holder: did, verifiableCredential: [envelope] }
    expect(readInput(await signJwtVpJson(document, signer, PRESENTING))).toMatchObject({
      ok: true,
      input: { credentials: [credential] },
    })
  })

  it('a document of another model is a misuse', async () => {
    const document = { ...mapped(), '@context': [V1] }
    await expect(signJwtVcJson(document, signer, { created: new Date(FROM) })).rejects.toThrow(TypeError)
    await expect(signJwtVpJson(document, signer, PRESENTING)).rejects.toThrow(TypeError)
  })

  it('what is signed is read back as it was, whatever its members', async () => {
    const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    const second = moment.map((date) => `${date.toISOString().slice(0, 19)}Z`)
    const url = fc.constantFrom('urn:uuid:1', 'did:example:a', 'https://trust.example/x?y#z')
    const named = fc.record({ id: url, name: fc.string() }, { requiredKeys: ['id'] })
    const subject = fc.record({ id: url, claims: fc.jsonValue({ maxDepth: 3 }) }, { requiredKeys: ['claims'] })
    const documents = fc.record(
      {
        '@context': fc.constantFrom([V2], [V2, OURS]),
        id: url,
        type: fc.constantFrom(['VerifiableCredential'], ['VerifiableCredential', 'Identity']),
        issuer: fc.oneof(url, named),
        validFrom: second,
        validUntil: second,
        credentialSubject: fc.oneof(subject, fc.array(subject, { minLength: 1, maxLength: 3 })),
        name: fc.string(),
      },
      { requiredKeys: ['@context', 'type', 'issuer', 'validFrom', 'credentialSubject'] },
    )
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(documents, async (random) => {
        const document = JSON.parse(JSON.stringify(random)) as JsonObject
        const result = readInput(await signJwtVcJson(document, signer, { created: new Date(FROM) }))
        // What JSON cannot say without doubt, the front door refuses.
        if (!result.ok) {
          expect(result.code).toMatch(/^format\.(loneSurrogate|unsafeNumber|forbiddenMember)$/)
          return
        }
        accepted++
        expect(result.input.document).toEqual(document)
      }),
      { numRuns: 300 },
    )
    expect(accepted).toBeGreaterThan(50)
  })
})

// What the adversarial catalogue says of tokens holds of these too.
describe('attacks on tokens of VCDM 1.1', () => {
  const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: { now: () => new Date(FROM) } })
  const json = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const codeOf = async (token: string): Promise<string> => {
    const { report } = await verifier.verifyCredential(token)
    expect(report.verdict).not.toBe('accepted')
    return report.reasons[0]?.code ?? ''
  }
  const partsOf = (token: string): [string, string, string] => token.split('.') as [string, string, string]
  const raw = (text: string): string => Buffer.from(text).toString('base64url')

  it('the golden one is accepted', async () => {
    expect((await verifier.verifyCredential(await sign(byClaims()))).verdict).toBe('accepted')
  })

  it.each<readonly [string, (parts: [string, string, string]) => string, string]>([
    ['JOSE-01 unsigned', ([, body]) => `${json({ alg: 'none' })}.${body}.`, 'format.algorithmNotAllowed'],
    ['JOSE-03 HS256', ([, body, sig]) => `${json({ alg: 'HS256' })}.${body}.${sig}`, 'format.algorithmNotAllowed'],
    ['JOSE-04 zeros', ([head, body]) => `${head}.${body}.${'A'.repeat(86)}`, 'signature.invalid'],
    [
      'JOSE-13 two algorithms',
      ([, body, sig]) => `${raw('{"alg":"none","alg":"EdDSA"}')}.${body}.${sig}`,
      'format.duplicateMember',
    ],
    [
      'JOSE-14 two documents',
      ([head, , sig]) => `${head}.${raw('{"vc":{},"vc":{}}')}.${sig}`,
      'format.duplicateMember',
    ],
    ['JOSE-22 junk', ([head, , sig]) => `${head}.${raw('[]')}.${sig}`, 'format.malformed'],
    ['JOSE-26 oversize', (parts) => parts.join('.') + 'A'.repeat(4_000_001), 'format.tooLarge'],
    ['TXT-01 nested', ([head, , sig]) => `${head}.${raw(`{"vc":${'['.repeat(1e5)}`)}.${sig}`, 'format.tooDeep'],
    [
      'TXT-02 a prototype',
      ([head, , sig]) => `${head}.${raw('{"vc":{"__proto__":{}}}')}.${sig}`,
      'format.forbiddenMember',
    ],
  ])('%s', async (_title, change, code) => {
    expect(await codeOf(change(partsOf(await sign(byClaims()))))).toBe(code)
  })

  it('JOSE-16 the same token in another spelling', async () => {
    const token = await sign(byClaims())
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = letters.indexOf(token.slice(-1))
    expect(await codeOf(token.slice(0, -1) + letters[last + 1])).toBe('format.notCanonical')
  })

  it('JOSE-19 a presentation as a credential, and the other way round', async () => {
    const vp = { '@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: [] }
    expect(await codeOf(await sign({ iss: did, vp }))).toBe('format.typeMismatch')
    const { report } = await verifier.verifyPresentation(await sign(byClaims()), ASKED)
    expect(report).toMatchObject({ verdict: 'rejected', holderBinding: { faults: [{ code: 'format.typeMismatch' }] } })
  })

  it('KEY-09 a key of another algorithm than the header says', async () => {
    const key = await generateKey('ES256')
    const local = await createLocalSigner(key, didKey(key).keyId)
    const claims = { iss: didKey(key).did }
    expect(await codeOf(await sign(byClaims({}, claims), {}, { ...local, algorithm: 'ES256K' }))).toBe(
      'signature.keyMismatch',
    )
  })

  it('KEY-09 secp256k1 signs nothing but these', async () => {
    const by: Signer = { ...signer, algorithm: 'ES256K' }
    expect(await answer(byClaims(), { typ: 'JWT' }, by)).toBe('ok')
    const { vc: _, ...rest } = byClaims()
    expect(await answer({ ...rest, ...mapped() }, { typ: 'vc+jwt' }, by)).toBe('format.algorithmNotAllowed /header/alg')
  })
})
