import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { didKey } from '../../src/dids/did-key.js'
import { readInput } from '../../src/formats/read.js'
import type { Signer } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'

const CONTEXT = 'https://www.w3.org/ns/credentials/v2'
const SUBJECT = 'did:example:holder'
const ID = 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33'

let signer: Signer
let did: string
beforeAll(async () => {
  const key = await generateKey('EdDSA')
  did = didKey(key).did
  signer = await createLocalSigner(key, didKey(key).keyId)
})

const credential = (): JsonObject => ({
  '@context': [CONTEXT],
  id: ID,
  type: ['VerifiableCredential'],
  issuer: { id: did },
  credentialSubject: { id: SUBJECT },
})

const presentation = (): JsonObject => ({ '@context': [CONTEXT], type: ['VerifiablePresentation'], holder: did })

const sign = (payload: Json, header: JsonObject = { typ: 'vc+jwt' }): Promise<string> =>
  signCompactJws({ header, payload: JSON.stringify(payload), signer })

/** `ok`, or the code and the place of what is wrong. */
const readToken = async (payload: Json, header?: JsonObject): Promise<string> => {
  const read = readInput(await sign(payload, header))
  return read.ok ? 'ok' : `${read.code} ${read.faults.map(({ path }) => path).join(' ')}`
}

describe('the header of a token', () => {
  it.each<readonly [JsonObject, string]>([
    [{ typ: 'vc+jwt' }, 'ok'],
    [{ typ: 'application/vc+jwt' }, 'ok'],
    [{ typ: 'VC+JWT', cty: 'VC' }, 'ok'],
    [{ typ: 'vc+jwt', cty: 'application/vc' }, 'ok'],
    [{ typ: 'vc+jwt', cty: 'vp' }, 'format.typeMismatch /header/typ'],
    [{ typ: 'vc+jwt', cty: null }, 'format.typeMismatch /header/typ'],
    [{}, 'format.typeMismatch /header/typ'],
    [{ typ: 'JWT' }, 'format.typeMismatch /header/typ'],
    [{ typ: 'vc+ld+jwt' }, 'format.typeMismatch /header/typ'],
    [{ typ: 'application/application/vc+jwt' }, 'format.typeMismatch /header/typ'],
    [{ typ: ' vc+jwt' }, 'format.typeMismatch /header/typ'],
    [{ typ: ['vc+jwt'] }, 'format.typeMismatch /header/typ'],
    [{ typ: 'constructor' }, 'format.typeMismatch /header/typ'],
    [{ typ: 'vp+jwt' }, 'format.typeMismatch /type'],
  ])('%j: %s', async (header, expected) => {
    expect(await readToken(credential(), header)).toBe(expected)
  })
})

describe('the claims of a token', () => {
  it.each<readonly [JsonObject, string]>([
    [{ iss: SUBJECT }, 'format.claimConflict /iss'],
    [{ iss: 5 }, 'format.claimConflict /iss'],
    [{ iss: null }, 'format.claimConflict /iss'],
    [{ jti: ID }, 'ok'],
    [{ jti: `${ID}0` }, 'format.claimConflict /jti'],
    [{ sub: SUBJECT }, 'ok'],
    [{ sub: SUBJECT.toUpperCase() }, 'format.claimConflict /sub'],
    [{ iat: 1_772_441_200, nbf: 0, exp: 253_402_300_799 }, 'ok'],
    [{ iat: 1_772_441_200.5 }, 'ok'],
    // As some published tokens have it, though RFC 7519 forbids it.
    [{ iat: '2010-01-01T19:23:24Z' }, 'format.invalidDateTime /iat'],
    [{ iat: '1772441200' }, 'format.invalidDateTime /iat'],
    [{ nbf: -1 }, 'format.invalidDateTime /nbf'],
    [{ nbf: true }, 'format.invalidDateTime /nbf'],
    [{ exp: null }, 'format.invalidDateTime /exp'],
    [{ exp: 253_402_300_800 }, 'format.invalidDateTime /exp'],
    [{ exp: Number.MAX_SAFE_INTEGER }, 'format.invalidDateTime /exp'],
    [{ exp: [1_772_441_200] }, 'format.invalidDateTime /exp'],
    // A claim of GOV.UK Wallet's, beside the document.
    [{ expectedUpdate: '2026-03-09T22:59:00Z' }, 'ok'],
    [{ expectedUpdate: 1_772_441_200 }, 'format.invalidDateTime /expectedUpdate'],
    [{ expectedUpdate: 'soon' }, 'format.invalidDateTime /expectedUpdate'],
    [{ aud: ['a', 'b'] }, 'ok'],
    [{ aud: [] }, 'format.malformed /aud'],
    [{ aud: ['a', 5] }, 'format.malformed /aud'],
    [{ nonce: 5 }, 'format.malformed /nonce'],
    [{ vc: {} }, 'format.malformed /vc'],
    [{ vp: null }, 'format.malformed /vp'],
    [{ proof: {} }, 'format.malformed /proof'],
  ])('%j: %s', async (claims, expected) => {
    expect(await readToken({ ...credential(), ...claims })).toBe(expected)
  })

  it('an issuer by its name is the issuer that the document names', async () => {
    expect(await readToken({ ...credential(), iss: did })).toBe('ok')
    expect(await readToken({ ...credential(), issuer: did, iss: did })).toBe('ok')
  })

  it('of a presentation, the holder is who issued it', async () => {
    const typ = 'vp+jwt'
    expect(await readToken({ ...presentation(), iss: did, aud: 'https://v.example', nonce: 'c' }, { typ })).toBe('ok')
    expect(await readToken({ ...presentation(), iss: SUBJECT }, { typ })).toBe('format.claimConflict /iss')
    expect(await readToken({ ...presentation(), sub: did }, { typ })).toBe('format.claimConflict /sub')
  })

  it('are no part of the document, and are told apart', async () => {
    const claims = { iss: did, sub: SUBJECT, jti: ID, iat: 1, nbf: 2, exp: 3, aud: 'a', nonce: 'n' }
    const read = readInput(await sign({ ...credential(), ...claims }))
    if (!read.ok) throw new Error(read.code)
    expect(read.input.document).toEqual(credential())
    expect(read.input.token).toEqual({ issuedAt: 1, notBefore: 2, expires: 3, nonce: 'n', audience: ['a'] })
  })
})

describe('enveloped documents', () => {
  const envelope = (id: Json, type: Json = 'EnvelopedVerifiableCredential'): JsonObject => ({
    '@context': CONTEXT,
    id,
    type,
  })

  it('are read as the token in them, alone or in a presentation', async () => {
    const token = await sign(credential())
    expect(readInput(envelope(`data:application/vc+jwt,${token}`))).toMatchObject({ input: { format: 'vc+jwt' } })
    const document = { ...presentation(), verifiableCredential: [envelope(`data:application/vc+jwt,${token}`)] }
    const read = readInput(await sign(document, { typ: 'vp+jwt' }))
    expect(read).toMatchObject({ ok: true, input: { kind: 'presentation', credentials: [token] } })
  })

  it.each<readonly [string, (token: string) => Json]>([
    ['no token', () => 'data:application/vc+jwt,'],
    ['another media type', (token) => `data:application/jwt,${token}`],
    ['base64', (token) => `data:application/vc+jwt;base64,${token}`],
    ['an address', () => 'https://example.org/credential'],
    ['a presentation’s type', (token) => `data:application/vp+jwt,${token}`],
    ['no text', () => 5],
  ])('are refused with %s', async (_title, idOf) => {
    expect(readInput(envelope(idOf(await sign(credential()))))).toMatchObject({ ok: false })
  })

  it('are not nested', async () => {
    const inner = envelope(`data:application/vc+jwt,${await sign(credential())}`)
    expect(await readToken(inner)).toMatch(/^format\./)
  })
})

describe('whatever its claims say', () => {
  const odd = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    fc.constantFrom<Json>(null, '', [], {}, 'did:', 'data:', '_:b', '2026-02-30T00:00:00Z', 253_402_300_799),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  )
  const claims = fc.dictionary(
    fc.constantFrom(
      ...['iss', 'sub', 'jti', 'iat', 'nbf', 'exp', 'aud', 'nonce', 'cnf', 'id', 'type', 'issuer', 'validFrom'],
      ...['validUntil', 'credentialSubject', 'credentialStatus', 'credentialSchema', 'evidence', 'name', 'holder'],
    ),
    odd,
    { maxKeys: 4 },
  )

  it('a signed token gives a report', async () => {
    const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'] })
    const kinds = fc.constantFrom<readonly [() => JsonObject, string]>([credential, 'vc+jwt'], [presentation, 'vp+jwt'])
    await fc.assert(
      fc.asyncProperty(kinds, claims, async ([document, typ], more) => {
        const token = await sign({ ...document(), ...more }, { typ })
        const asked = { expectedChallenge: 'c', expectedAudience: 'a' }
        expect((await verifier.verify(token, asked)).report.verdict).toMatch(/^(accepted|rejected|undecided)$/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('ONE-5: an id is written in characters that everybody sees alike', () => {
  it.each([
    'urn:x:\u202eb',
    'urn:x:\u0000',
    'https://a.example/\u200b',
    'did:example:a#\u2066',
    'urn:x:\ufeff',
    'urn:x:a\u0007',
  ])('%j is none', async (id) => {
    expect(await readToken({ ...credential(), id })).toBe('format.invalidIdentifier /id')
    const subject = { credentialSubject: { id } }
    expect(await readToken({ ...credential(), ...subject })).toBe('format.invalidIdentifier /credentialSubject/id')
  })

  it.each(['urn:x:é', 'https://a.example/caf\u00e9', ID])('%j is one', async (id) => {
    expect(await readToken({ ...credential(), id })).toBe('ok')
  })
})
