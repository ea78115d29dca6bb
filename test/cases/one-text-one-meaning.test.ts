import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { discloseClaims } from '../../src/doors/index.js'
import { readInput } from '../../src/formats/read.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createEveryFormat, type EveryFormat } from '../verifier/support/every-format.js'
import { presentationOf } from '../verifier/support/presentation-cases.js'
import { edited, payloadOf, withToken } from '../verifier/support/sign.js'
import { AUDIENCE, CHALLENGE, createWorld, NOW, northfieldSecuring, type World } from '../verifier/support/world.js'

const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
const VC2 = 'https://www.w3.org/ns/credentials/v2'

let every: EveryFormat
let world: World
const tokens: Record<string, string> = {}
beforeAll(async () => {
  every = await createEveryFormat()
  world = await createWorld()
  for (const format of ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'jwt_vc_json'] as const)
    tokens[format] = String((await every.issue([format, 'ES256'], 'Identity')).credential)
})

const envelope = (token: string, mediaType: string, more: JsonObject = {}): JsonObject => ({
  '@context': VC2,
  id: `data:application/${mediaType},${token}`,
  type: 'EnvelopedVerifiableCredential',
  ...more,
})
const codeOf = (input: unknown): string | undefined => {
  const read = readInput(input)
  return read.ok ? undefined : read.code
}

describe('ONE-1: an envelope has the members of its kind and no others', () => {
  it.each([
    [
      'a second type',
      { type: ['VerifiableCredential', 'DisclosureAndBarringService', 'EnvelopedVerifiableCredential'] },
    ],
    ['a type beside it', { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }],
    ['claims', { credentialSubject: { id: 'did:example:thief' } }],
    ['an issuer', { issuer: 'did:example:thief' }],
    ['a proof', { proof: {} }],
    ['a name', { name: 'Disclosure and Barring Service' }],
    ['no context', { '@context': [] }],
  ])('%s makes it none', async (_, more) => {
    const forged = envelope(tokens['vc+jwt'] ?? '', 'vc+jwt', more as JsonObject)
    expect((await (await every.verifier()).verify(forged)).verdict).toBe('rejected')
    expect(codeOf(forged)).toBe('format.malformed')
  })

  it('an honest one is accepted, as text or as a list of one type', async () => {
    for (const type of ['EnvelopedVerifiableCredential', ['EnvelopedVerifiableCredential']]) {
      const honest = envelope(tokens['vc+jwt'] ?? '', 'vc+jwt', { type })
      expect((await (await every.verifier()).verify(honest)).verdict).toBe('accepted')
    }
  })
})

describe('ONE-2: the media type of an envelope is its token’s', () => {
  const TYPES = ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt'] as const
  it.each(TYPES.flatMap((stated) => ['jwt_vc_json', ...TYPES].map((real) => [stated, real] as const)))(
    'data:application/%s with a %s',
    (stated, real) => {
      const code = codeOf(envelope(tokens[real] ?? '', stated))
      expect(code).toBe(stated === real ? undefined : 'format.malformed')
    },
  )
})

const digestOf = (disclosure: string): string => createHash('sha256').update(disclosure).digest('base64url')
const disclose = (...parts: readonly Json[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

describe('ONE-3: no digest beneath what may never be withheld', () => {
  const signed = async (payload: JsonObject, disclosures: readonly string[]): Promise<string> => {
    const { signer } = world.authority.organisations.northfield
    const header = { typ: 'vc+sd-jwt' }
    const token = await signCompactJws({ header, payload: JSON.stringify({ _sd_alg: 'sha-256', ...payload }), signer })
    return [token, ...disclosures, ''].join('~')
  }
  const permit = (): JsonObject => ({
    '@context': [VC2],
    type: ['VerifiableCredential', 'ParkingPermit'],
    issuer: world.authority.organisations.northfield.did,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:somebody' },
  })
  const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '1' }
  const item = disclose('salt-1', { ...entry, statusListCredential: 'https://status.example/1' })
  const name = disclose('salt-2', 'name', 'General Medical Council')

  it.each<[string, (sent: boolean) => Promise<string>]>([
    [
      'an entry of credentialStatus',
      (sent) => signed({ ...permit(), credentialStatus: [{ '...': digestOf(item) }] }, sent ? [item] : []),
    ],
    [
      'a member of the issuer',
      (sent) =>
        signed({ ...permit(), issuer: { id: permit().issuer ?? '', _sd: [digestOf(name)] } }, sent ? [name] : []),
    ],
    [
      'a type',
      (sent) =>
        signed(
          { ...permit(), type: ['VerifiableCredential', { '...': digestOf(disclose('s', 'Permit')) }] },
          sent ? [disclose('s', 'Permit')] : [],
        ),
    ],
    [
      'a context',
      (sent) =>
        signed(
          { ...permit(), '@context': [VC2, { '...': digestOf(disclose('s', 'https://x.example')) }] },
          sent ? [disclose('s', 'https://x.example')] : [],
        ),
    ],
    [
      'a member of cnf',
      (sent) => signed({ ...permit(), cnf: { kid: 'did:example:a#1', _sd: [digestOf(name)] } }, sent ? [name] : []),
    ],
  ])('%s behind one is refused, shown or withheld', async (_, make) => {
    for (const sent of [true, false]) expect(codeOf(await make(sent))).toBe('format.malformed')
  })

  it('what may be withheld may be', async () => {
    const payload = { ...permit(), credentialSubject: { id: 'did:example:somebody', _sd: [digestOf(name)] } }
    for (const sent of [true, false]) expect(codeOf(await signed(payload, sent ? [name] : []))).toBeUndefined()
  })
})

describe('ONE-4: one form, to the letter', () => {
  const inJson = (change: (value: Record<string, unknown>) => void): JsonObject => {
    const [jwt = '', ...disclosures] = (tokens['dc+sd-jwt'] ?? '').split('~')
    const [header, payload, signature] = jwt.split('.')
    const value = { payload, protected: header, signature, header: { disclosures: disclosures.filter(Boolean) } }
    change(value)
    return JSON.parse(JSON.stringify(value))
  }

  it('an honest SD-JWT in JSON is read', () => expect(codeOf(inJson(() => {}))).toBeUndefined())

  it.each<[string, (value: Record<string, unknown>) => void]>([
    ['a member in both headers', (value) => Object.assign(value.header as object, { typ: 'dc+sd-jwt' })],
    ['flattened and general at once', (value) => Object.assign(value, { signatures: [{ ...value }] })],
    ['a tilde within the signature', (value) => Object.assign(value, { signature: `${value.signature}~x` })],
    ['a tilde within the key binding', (value) => Object.assign(value.header as object, { kb_jwt: 'a~b' })],
    ['a tilde within the payload', (value) => Object.assign(value, { payload: `${value.payload}~` })],
  ])('%s is refused', (_, change) => expect(codeOf(inJson(change))).toBe('format.malformed'))

  it.each([' ', '\n', '\t', '\r\n\r\n', '\u00a0'])('white space %j around a token is refused', (space) => {
    for (const format of ['vc+jwt', 'dc+sd-jwt']) {
      const token = tokens[format] ?? ''
      expect(codeOf(`${space}${token}`)).toBeDefined()
      if (space !== '\n') expect(codeOf(`${token}${space}`)).toBeDefined()
      expect(codeOf(`${token}\n\n`)).toBeDefined()
    }
  })

  it.each(['\n', '\r\n'])('one final line break %j is a file’s', (end) => {
    for (const format of ['vc+jwt', 'dc+sd-jwt']) expect(codeOf(`${tokens[format]}${end}`)).toBeUndefined()
  })

  it('a presentation that is a credential too is neither', async () => {
    const token = String(await presentationOf(world, 'vp+jwt'))
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const both = { ...payload, type: ['VerifiablePresentation', 'VerifiableCredential'] }
    const { signer } = world.authority.holder
    const forged = await withToken(both, { signer, created: NOW, header: { typ: 'vp+jwt' } })
    expect(codeOf(forged)).toBe('format.malformed')
    const honest = await withToken(payload, { signer, created: NOW, header: { typ: 'vp+jwt' } })
    expect(codeOf(honest)).toBeUndefined()
  })
})

describe('ASK-2: the holder is who was proven', () => {
  it('a confirmation by key and by name at once is refused', async () => {
    const { signer, did } = world.authority.holder
    for (const cnf of [
      { jwk: signer.publicKeyJwk, kid: 'did:example:victim#1' },
      { jwk: signer.publicKeyJwk, kid: `${did}#1` },
    ]) {
      const payload = {
        ...payloadOf(world.golden['vc+jwt'].document, northfieldSecuring(world)),
        cnf: cnf as unknown as Json,
      }
      const header = { typ: 'vc+sd-jwt' }
      const token = await withToken(payload, { ...northfieldSecuring(world), header })
      expect(codeOf(`${token}~`)).toBe('format.malformed')
    }
  })

  it('the holder reported is the key’s', async () => {
    const { signer, did } = every.world.authority.holder
    const presentTo = { signer, challenge: CHALLENGE, audience: AUDIENCE, clock: fixedClock(NOW) }
    const bound = await discloseClaims(tokens['dc+sd-jwt'] ?? '', { show: [], presentTo })
    const result = await (await every.verifier()).verify(bound, ASK)
    expect(result.report.kind === 'presentation' && result.report.holderBinding.outcome).toBe('passed')
    expect(JSON.stringify(result)).not.toContain('victim')
    if (result.verdict === 'accepted' && 'presentation' in result)
      expect([did, expect.stringContaining('jwk-thumbprint')]).toContainEqual(result.presentation.holder)
  })
})

describe('ASK-3: a token for somebody else is not for us', () => {
  const withAudience = (aud: Json) =>
    withToken(
      {
        ...payloadOf(
          edited(world.golden['vc+jwt'].document, () => {}),
          northfieldSecuring(world),
        ),
        aud,
      },
      northfieldSecuring(world),
    )

  it.each<[Json]>([
    ['https://elsewhere.example'],
    [['https://elsewhere.example']],
    [[AUDIENCE, 'https://elsewhere.example']],
  ])('aud %j on a credential on its own is refused', async (aud) => {
    for (const options of [world.options, { policy: POLICIES['w3c-proof-only'] }]) {
      const { report } = await createVerifier(options).verify(await withAudience(aud))
      expect(report.reasons).toContainEqual({ check: 'format', code: 'format.otherAudience' })
    }
  })

  it.each([
    [AUDIENCE, 'accepted'],
    ['https://elsewhere.example', 'rejected'],
  ])('within a presentation to us, aud %s is %s', async (aud, verdict) => {
    const credentials = [world.identity.credential, await withAudience(aud)]
    const presented = await presentationOf(world, 'vp+jwt', { credentials })
    expect((await createVerifier(world.options).verify(presented, ASK)).verdict).toBe(verdict)
  })
})
