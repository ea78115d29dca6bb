import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { discloseClaims } from '../../src/doors/index.js'
import { readInput } from '../../src/formats/read.js'
import { digestNamed } from '../../src/formats/sd-jwt/disclosure.js'
import { readListToken } from '../../src/verifier/list-token.js'
import { createEveryFormat, type EveryFormat } from '../verifier/support/every-format.js'
import { presentationOf } from '../verifier/support/presentation-cases.js'
import { edited, withToken } from '../verifier/support/sign.js'
import { AUDIENCE, CHALLENGE, createWorld, NOW, northfieldSecuring, type World } from '../verifier/support/world.js'

const VCDM_2 = 'https://www.w3.org/ns/credentials/v2'

let every: EveryFormat
let world: World
const tokens: Record<string, string> = {}
beforeAll(async () => {
  every = await createEveryFormat()
  world = await createWorld()
  for (const format of ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'jwt_vc_json'] as const)
    tokens[format] = String((await every.issue([format, 'ES256'], 'Identity')).credential)
  tokens['vp+jwt'] = String(await presentationOf(world, 'vp+jwt'))
  const presentTo = { signer: every.world.authority.holder.signer, challenge: CHALLENGE, audience: AUDIENCE }
  const shown = await discloseClaims(tokens['dc+sd-jwt'] ?? '', {
    show: [],
    presentTo: { ...presentTo, clock: fixedClock(NOW) },
  })
  tokens['dc+sd-jwt+kb'] = String(shown)
})

const envelope = (media: string, token: string, more: JsonObject = {}): JsonObject => ({
  '@context': VCDM_2,
  type: media.startsWith('vp') ? 'EnvelopedVerifiablePresentation' : 'EnvelopedVerifiableCredential',
  id: `data:application/${media},${tokens[token]}`,
  ...more,
})

const outcome = (input: unknown): string => {
  const read = readInput(input)
  return read.ok ? `ok ${read.input.format}` : `${read.code} ${read.faults.map(({ path }) => path).join(' ')}`
}

describe('ONE-1: an envelope has the members of its kind and no others', () => {
  it.each(['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'vp+jwt'])('a bare envelope of %s is read', (format) => {
    expect(outcome(envelope(format, format))).toBe(`ok ${format}`)
    expect(outcome(envelope(format, format, { type: [String(envelope(format, format).type)] }))).toBe(`ok ${format}`)
  })

  const FORGED = ['VerifiableCredential', 'DisclosureAndBarringService', 'EnvelopedVerifiableCredential']
  it.each<readonly [string, JsonObject, string]>([
    ['other types', { type: FORGED }, 'format.malformed /type'],
    ['its type twice', { type: Array(2).fill('EnvelopedVerifiableCredential') }, 'format.malformed /type'],
    ['a subject', { credentialSubject: { id: 'did:example:thief' } }, 'format.malformed '],
    ['an issuer', { issuer: 'did:web:localhost' }, 'format.malformed '],
    ['a proof', { proof: { type: 'DataIntegrityProof' } }, 'format.malformed '],
    ['an unknown member', { note: 'Accept me' }, 'format.malformed '],
    ['a context of its own', { '@context': [VCDM_2, { id: 'urn:x' }] }, 'format.contextNotAllowed /@context'],
    ['a context that nobody knows', { '@context': [VCDM_2, 'urn:x'] }, 'format.contextNotAllowed /@context'],
    ['no context', { '@context': [] }, 'format.contextNotAllowed /@context'],
  ])('with %s it is refused, alone and in a presentation', async (_title, more, expected) => {
    const forged = envelope('vc+jwt', 'vc+jwt', more)
    expect(outcome(forged)).toBe(expected)
    const verifier = await every.verifier()
    expect((await verifier.verify(forged)).verdict).toBe('rejected')
    const presented = await presentationOf(world, 'vp+jwt', { credentials: [world.identity.credential, forged] })
    const asked = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
    const result = await (await every.verifier()).verify(presented, asked)
    expect(result.verdict).toBe('rejected')
    const [, second] = result.report.kind === 'presentation' ? result.report.credentials : []
    expect(second?.reasons.map(({ code }) => code)).toEqual([expected.split(' ')[0]])
  })

  it('a token whose document is an envelope besides is refused', async () => {
    const document = edited(world.golden['vc+jwt'].document, (draft) => {
      draft.type = [...draft.type, 'EnvelopedVerifiableCredential']
    })
    expect(outcome(await withToken(document, northfieldSecuring(world)))).toBe('format.typeMismatch /type')
  })
})

describe('ONE-2: the media type of an envelope is that of the token in it', () => {
  const MEDIA = ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'vp+jwt', 'vp+sd-jwt']
  const rows = MEDIA.flatMap((media) =>
    ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'jwt_vc_json', 'vp+jwt', 'dc+sd-jwt+kb'].map(
      (token) => [media, token] as const,
    ),
  )
  it.each(rows)('data:application/%s with a %s', (media, token) => {
    expect(outcome(envelope(media, token))).toBe(media === token ? `ok ${media}` : 'format.typeMismatch /id')
  })
})

// In a new array at each call: what a row changes, no other row sees.
const inJson = (): JsonObject => {
  const [jws = '', ...disclosures] = (tokens['dc+sd-jwt'] ?? '').split('~').slice(0, -1)
  const [header = '', payload = '', signature = ''] = jws.split('.')
  return { payload, protected: header, signature, header: { disclosures } }
}

const general = ({ payload, ...signature }: JsonObject): JsonObject =>
  ({ payload, signatures: [signature] }) as JsonObject

describe('ONE-1, ONE-4: an SD-JWT in JSON has the members of its kind and no others', () => {
  it('flattened or general, it is read', () => {
    expect(outcome(inJson())).toBe('ok dc+sd-jwt')
    expect(outcome(general(inJson()))).toBe('ok dc+sd-jwt')
    const { header, ...rest } = inJson()
    expect(outcome({ ...rest, header: { ...(header as JsonObject), kid: 'issuer-key' } })).not.toBe('ok dc+sd-jwt')
  })

  const header = (change: (header: JsonObject) => JsonObject) => (draft: JsonObject) => ({
    ...draft,
    header: change(draft.header as JsonObject),
  })

  it.each<readonly [string, (draft: JsonObject) => JsonObject]>([
    ['a credential beside it', (draft) => ({ ...draft, type: ['VerifiableCredential'], '@context': [VCDM_2] })],
    ['a subject beside it', (draft) => ({ ...draft, credentialSubject: { id: 'did:example:thief' } })],
    ['flattened and general at once', (draft) => ({ ...draft, ...general(draft) })],
    ['a general one with a second header', (draft) => ({ ...general(draft), header: {} })],
    ['two signatures', (draft) => ({ payload: draft.payload, signatures: [draft, draft] }) as JsonObject],
    ['a member in both headers', header((one) => ({ ...one, alg: 'ES256' }))],
    ['a critical extension that nobody signed', header((one) => ({ ...one, crit: ['x'], x: 1 }))],
    ['disclosures that are no list', header(() => ({ disclosures: 'x' }))],
    ['a tilde in a disclosure', header(() => ({ disclosures: ['a~b'] }))],
    ['a tilde in the signature', (draft) => ({ ...draft, signature: `${draft.signature}~WyJzIiwibiIsMV0` })],
    ['a full stop in the payload', (draft) => ({ ...draft, payload: `${draft.payload}.x` })],
    ['a tilde in the key binding', header((one) => ({ ...one, kb_jwt: 'a.b~c.d' }))],
    ['an empty key binding', header((one) => ({ ...one, kb_jwt: '' }))],
  ])('with %s it is refused', (_title, change) => {
    expect(outcome(change(inJson()))).toMatch(/^format\.malformed/)
  })
})

describe('ONE-4: a token is written in one way', () => {
  it.each(['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'jwt_vc_json', 'vp+jwt'])('%s', (format) => {
    const token = tokens[format] ?? ''
    for (const same of [token, `${token}\n`, `${token}\r\n`, encodeUtf8(`${token}\n`)])
      expect(outcome(same)).toBe(`ok ${format === 'jwt_vc_json' ? 'jwt_vc_json' : format}`)
    for (const other of [` ${token}`, `\n${token}`, `${token} `, `${token}\t`, `${token}\n\n`, `${token}\u00a0`])
      expect(outcome(other), JSON.stringify(other.slice(-3))).toMatch(/^format\./)
    expect(outcome(token.replace('.', '. '))).toMatch(/^format\./)
  })

  it('a status list token as well, which is for everybody', async () => {
    const { signer } = every.world.authority.organisations.northfield
    const claims = { iss: signer.keyId.split('#')[0] ?? '', sub: 'https://status.example/1', iat: 1 }
    const made = (more: JsonObject) =>
      signCompactJws({ header: { typ: 'statuslist+jwt' }, payload: JSON.stringify({ ...claims, ...more }), signer })
    const token = await made({})
    expect(readListToken(token)).toBeDefined()
    expect(readListToken(`${token}\n`)).toBeDefined()
    for (const other of [` ${token}`, `${token} `, `${token}\n\n`]) expect(readListToken(other)).toBeUndefined()
    expect(readListToken(await made({ aud: 'https://elsewhere.example' }))).toBeUndefined()
  })

  it.each<readonly ['vp+jwt' | 'vc+jwt', readonly string[]]>([
    ['vp+jwt', ['VerifiablePresentation', 'VerifiableCredential']],
    ['vc+jwt', ['VerifiableCredential', 'VerifiablePresentation']],
  ])('a %s of the types %j is neither', async (typ, type) => {
    const document = { ...world.golden['vc+jwt'].document, type: [...type] }
    const token = await withToken(document, northfieldSecuring(world, { header: { typ } }))
    expect(outcome(token)).toBe('format.typeMismatch /type')
  })
})

const sha256 = digestNamed('sha-256')
const hide = (...parts: readonly Json[]): { readonly text: string; readonly digest: string } => {
  const text = encodeBase64url(encodeUtf8(JSON.stringify(['salt', ...parts])))
  return { text, digest: sha256?.(text) ?? '' }
}

describe('ONE-3: no digest stands anywhere under what may never be withheld', () => {
  const ENTRY = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '1' }
  const W3C = (): JsonObject => ({
    '@context': [VCDM_2],
    type: ['VerifiableCredential', 'LibraryCard'],
    issuer: { id: 'did:web:northfield.example' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:holder', card: { number: 1 } },
  })
  const VCT = (): JsonObject => ({ iss: 'did:web:northfield.example', vct: 'https://x.example/card', card: {} })

  type Row = readonly [title: string, typ: string, make: (digest: string) => JsonObject, hidden: readonly Json[]]
  const rows: readonly Row[] = [
    ['an item of the status', 'vc+sd-jwt', (d) => ({ ...W3C(), credentialStatus: [{ '...': d }] }), [ENTRY]],
    [
      'the purpose of a status',
      'vc+sd-jwt',
      (d) => ({ ...W3C(), credentialStatus: { type: 'X', _sd: [d] } }),
      ['id', 1],
    ],
    ['the issuer', 'vc+sd-jwt', (d) => ({ ...W3C(), issuer: { id: 'did:web:a.example', _sd: [d] } }), ['name', 'NHS']],
    ['a type', 'vc+sd-jwt', (d) => ({ ...W3C(), type: ['VerifiableCredential', 'A', { '...': d }] }), ['B']],
    ['a context', 'vc+sd-jwt', (d) => ({ ...W3C(), '@context': [VCDM_2, { '...': d }] }), ['urn:x']],
    [
      'a schema',
      'vc+sd-jwt',
      (d) => ({ ...W3C(), credentialSchema: [{ '...': d }] }),
      [{ id: 'urn:x', type: 'JsonSchema' }],
    ],
    ['the status, whole', 'vc+sd-jwt', (d) => ({ ...W3C(), _sd: [d] }), ['credentialStatus', ENTRY]],
    ['the end', 'vc+sd-jwt', (d) => ({ ...W3C(), _sd: [d] }), ['validUntil', '2020-01-01T00:00:00Z']],
    [
      'the place in a list',
      'dc+sd-jwt',
      (d) => ({ ...VCT(), status: { status_list: { idx: 1, _sd: [d] } } }),
      ['uri', 'x'],
    ],
    [
      'a member of the key',
      'dc+sd-jwt',
      (d) => ({ ...VCT(), cnf: { jwk: { kty: 'EC', _sd: [d] } } }),
      ['crv', 'P-256'],
    ],
    ['an audience', 'dc+sd-jwt', (d) => ({ ...VCT(), aud: ['a', { '...': d }] }), ['b']],
    ['a credential of a presentation', 'vp+sd-jwt', (d) => ({ ...VP(), verifiableCredential: [{ '...': d }] }), [{}]],
    ['the holder of a presentation', 'vp+sd-jwt', (d) => ({ ...VP(), _sd: [d] }), ['holder', 'did:example:holder']],
  ]
  const VP = (): JsonObject => ({ '@context': [VCDM_2], type: ['VerifiablePresentation'] })

  const signed = async (typ: string, payload: JsonObject, disclosures: readonly string[]): Promise<string> => {
    const { signer } = every.world.authority.organisations.northfield
    const jws = await signCompactJws({ header: { typ }, payload: JSON.stringify(payload), signer })
    return `${[jws, ...disclosures].join('~')}~`
  }

  it.each(rows)('%s, withheld, of a %s', async (_title, typ, make, hidden) => {
    const { digest } = hide(...hidden)
    expect(outcome(await signed(typ, make(digest), []))).toMatch(/^format\./)
  })

  it.each(rows.filter(([, typ]) => typ !== 'vp+sd-jwt'))('%s, shown, of a %s', async (_title, typ, make, hidden) => {
    const { text, digest } = hide(...hidden)
    expect(outcome(await signed(typ, make(digest), [text]))).toMatch(/^format\./)
  })

  it.each<readonly [string, string, (digest: string) => JsonObject, readonly Json[]]>([
    [
      'a claim',
      'vc+sd-jwt',
      (d) => ({ ...W3C(), credentialSubject: { id: 'did:example:h', _sd: [d] } }),
      ['number', 1],
    ],
    ['a claim', 'dc+sd-jwt', (d) => ({ ...VCT(), _sd: [d] }), ['number', 1]],
    ['a claim within', 'dc+sd-jwt', (d) => ({ ...VCT(), card: { _sd: [d] } }), ['number', 1]],
  ])('%s of a %s may be withheld, or shown', async (_title, typ, make, hidden) => {
    const { text, digest } = hide(...hidden)
    expect(outcome(await signed(typ, make(digest), []))).toBe(`ok ${typ}`)
    expect(outcome(await signed(typ, make(digest), [text]))).toBe(`ok ${typ}`)
  })
})
