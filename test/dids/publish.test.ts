import { beforeAll, describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createDidDocument, type PublishedKey, parseDidDocument } from '../../src/dids/publish.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'
import type { PrivateKeyJwk } from '../../src/runtime/runtime.js'

const DID = 'did:web:trust.example'
const id = (name: string): string => `${DID}#${name}`

let ed25519: PrivateKeyJwk
let p256: PrivateKeyJwk
let keys: readonly PublishedKey[]
beforeAll(async () => {
  ed25519 = await generateKey('EdDSA')
  p256 = await generateKey('ES256')
  keys = [
    { keyId: id('2024'), publicKeyJwk: p256, retired: true },
    { keyId: id('2025'), publicKeyJwk: ed25519 },
    { keyId: id('2026'), publicKeyJwk: p256 },
  ]
})

const published = (): JsonObject => createDidDocument({ did: DID, keys })

const resolverFor = (document: Json) =>
  createDidResolver({
    fetch: async (url) => ({ url, contentType: '', body: encodeUtf8(JSON.stringify(document)), freshFor: 0 }),
  })

describe('createDidDocument', () => {
  it('lists keys in use first, each in the order given, and retired keys after them', () => {
    expect(published()).toMatchObject({
      id: DID,
      verificationMethod: [{ id: id('2025') }, { id: id('2026') }, { id: id('2024') }],
      assertionMethod: [id('2025'), id('2026'), id('2024')],
      authentication: [id('2025'), id('2026')],
    })
  })

  it('writes Ed25519 as a Multikey and P-256 as a JWK, and never a private part', () => {
    expect(published().verificationMethod).toMatchObject([{ type: 'Multikey' }, { type: 'JsonWebKey' }, {}])
    expect(JSON.stringify(published())).not.toContain(ed25519.d)
    expect(JSON.stringify(published())).not.toContain(p256.d)
  })

  it.each(['Multikey', 'JsonWebKey'] as const)('writes a key as %s where asked to, and reads it back', async (form) => {
    const p384 = await generateKey('ES384')
    const asked = [ed25519, p256, p384].map((publicKeyJwk, index) => ({
      keyId: id(`k${index}`),
      publicKeyJwk,
      writtenAs: form,
    }))
    const document = createDidDocument({ did: DID, keys: asked })
    expect(document.verificationMethod).toMatchObject([{ type: form }, { type: form }, { type: form }])
    const parsed = parseDidDocument(document)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
    expect(createDidDocument(parsed)).toEqual(document)
    const answer = await resolverFor(document).findKey(id('k2'), 'assertionMethod')
    expect(answer).toMatchObject({ ok: true, publicKeyJwk: { crv: 'P-384', x: p384.x, y: p384.y } })
  })

  it.each([
    ['2025', 'assertionMethod', true],
    ['2025', 'authentication', true],
    ['2024', 'assertionMethod', true],
    ['2024', 'authentication', false],
  ] as const)('%s can be found under %s: %s', async (name, relationship, found) => {
    const answer = await resolverFor(published()).findKey(id(name), relationship)
    expect(answer).toMatchObject(found ? { ok: true } : { ok: false, code: 'signature.keyPurpose' })
  })

  const key = (more: Partial<PublishedKey>): readonly PublishedKey[] => [
    { keyId: id('1'), publicKeyJwk: ed25519, ...more },
  ]
  const MISUSES: readonly [string, () => Parameters<typeof createDidDocument>[0]][] = [
    ['no DID', () => ({ did: 'trust.example', keys: key({}) })],
    ['no keys', () => ({ did: DID, keys: [] })],
    ['a key of somebody else', () => ({ did: DID, keys: key({ keyId: 'did:web:other.example#1' }) })],
    ['a key whose id only begins alike', () => ({ did: DID, keys: key({ keyId: `${DID}.evil#1` }) })],
    ['a key without a name', () => ({ did: DID, keys: key({ keyId: `${DID}#` }) })],
    ['a key twice', () => ({ did: DID, keys: [...key({}), ...key({})] })],
    ['a form that is none', () => ({ did: DID, keys: key({ writtenAs: 'Jwk' as 'JsonWebKey' }) })],
    ['half a key', () => ({ did: DID, keys: key({ publicKeyJwk: { kty: 'EC', crv: 'P-256', x: p256.x } }) })],
    [
      'a key of another kind',
      () => ({ did: DID, keys: key({ publicKeyJwk: { ...ed25519, crv: 'X25519' } as unknown as PublicKeyJwk }) }),
    ],
  ]
  it.each(MISUSES)('refuses %s', (_what, options) => {
    expect(() => createDidDocument(options())).toThrow(TypeError)
  })
})

describe('parseDidDocument', () => {
  it('reads back what was published, so that it can be published again', () => {
    const parsed = parseDidDocument(published())
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
    expect(parsed.keys.map(({ keyId, retired }) => [keyId, retired])).toEqual([
      [id('2025'), undefined],
      [id('2026'), undefined],
      [id('2024'), true],
    ])
    expect(createDidDocument({ did: parsed.did, keys: parsed.keys })).toEqual(published())
  })

  const inMethod = (document: JsonObject, change: JsonObject): JsonObject => {
    const [first, ...others] = document.verificationMethod as readonly JsonObject[]
    return { ...document, verificationMethod: [{ ...first, ...change }, ...others] }
  }
  const MUTATIONS: readonly [string, (document: JsonObject) => Json, string][] = [
    ['no object', () => [], ''],
    ['no id', ({ id: _id, ...rest }) => rest, '/id'],
    ['an id that is no DID', (document) => ({ ...document, id: 'https://trust.example' }), '/id'],
    ['a member that would be lost', (document) => ({ ...document, service: [] }), '/*'],
    ['no methods', (document) => ({ ...document, verificationMethod: [] }), '/verificationMethod'],
    ['a method of another type', (document) => inMethod(document, { type: 'Other' }), '/verificationMethod/0'],
    [
      'another controller',
      (document) => inMethod(document, { controller: 'did:web:b.example' }),
      '/verificationMethod/0',
    ],
    [
      'a date that would be lost',
      (document) => inMethod(document, { revoked: '2026-01-01T00:00:00Z' }),
      '/verificationMethod/0',
    ],
    [
      'a key for nothing',
      (document) => ({ ...document, assertionMethod: [id('2026'), id('2024')] }),
      '/verificationMethod/0',
    ],
    [
      'a reference that leads nowhere',
      (document) => ({ ...document, assertionMethod: [...(document.assertionMethod as string[]), id('x')] }),
      '/assertionMethod/3',
    ],
    ['an embedded method', (document) => ({ ...document, authentication: [{}] }), '/authentication/0'],
  ]
  it.each(MUTATIONS)('refuses %s', (_what, change, path) => {
    const parsed = parseDidDocument(change(published()))
    expect(parsed.ok).toBe(false)
    const faults = parsed.ok ? [] : parsed.faults
    expect(faults).toContainEqual({ path, code: 'signature.didDocumentInvalid' })
  })
})
