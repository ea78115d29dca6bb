import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeMultibase } from '../../src/codec/multibase.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { checkRelatedResources } from '../../src/formats/related-resources.js'
import { checkShape } from '../../src/formats/shape.js'

const ID = 'https://trust.example/photo.png'
const BYTES = encodeUtf8('a photograph')
const OTHER = encodeUtf8('another photograph')

type Hash = 'sha256' | 'sha384' | 'sha512'
const CODES: Readonly<Record<Hash, number>> = { sha256: 0x12, sha384: 0x20, sha512: 0x13 }

const digest = (hash: Hash, bytes: Uint8Array = BYTES): Buffer => createHash(hash).update(bytes).digest()
const sri = (hash: Hash, bytes?: Uint8Array): string => `${hash}-${digest(hash, bytes).toString('base64')}`
const multi = (hash: Hash, base: 'z' | 'u' = 'z', bytes?: Uint8Array): string => {
  const hashed = digest(hash, bytes)
  return encodeMultibase(base, Uint8Array.from([CODES[hash], hashed.length, ...hashed]))
}

const credential = (more: JsonObject): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: 'did:web:trust.example',
  credentialSubject: { id: 'did:example:somebody' },
  ...more,
})

const related = (more: JsonObject): JsonObject => credential({ relatedResource: { id: ID, ...more } })

describe('digests of related resources', () => {
  it.each<readonly [string, JsonObject, boolean]>([
    ['sha256', { digestSRI: sri('sha256') }, true],
    ['sha384', { digestSRI: sri('sha384') }, true],
    ['sha512', { digestSRI: sri('sha512') }, true],
    ['an option that nobody defined', { digestSRI: `${sri('sha384')}?ct=image/png` }, true],
    ['no padding', { digestSRI: sri('sha256').replace('=', '') }, true],
    ['of something else', { digestSRI: sri('sha384', OTHER) }, false],
    ['one of two alternatives', { digestSRI: `${sri('sha256', OTHER)} ${sri('sha256')}` }, true],
    // Subresource Integrity, 3.3.4: the strongest counts.
    ['a weaker one that fits', { digestSRI: `${sri('sha256')} ${sri('sha512', OTHER)}` }, false],
    ['a weaker one that does not', { digestSRI: `${sri('sha256', OTHER)} ${sri('sha512')}` }, true],
    ['two values, one of which fits', { digestSRI: [sri('sha256'), sri('sha256', OTHER)] }, false],
    ['a multihash in base58', { digestMultibase: multi('sha256') }, true],
    ['a multihash in base64url', { digestMultibase: multi('sha512', 'u') }, true],
    ['a multihash of something else', { digestMultibase: multi('sha384', 'z', OTHER) }, false],
    ['both, alike', { digestSRI: sri('sha256'), digestMultibase: multi('sha384') }, true],
    ['both, one of something else', { digestSRI: sri('sha256'), digestMultibase: multi('sha256', 'z', OTHER) }, false],
  ])('%s', (_title, digests, holds) => {
    const document = related(digests)
    expect(checkShape(document, 'credential')).toEqual([])
    const faults = holds ? [] : [{ path: '/relatedResource', code: 'signature.resourceMismatch' }]
    const resources = [{ id: ID, bytes: BYTES }]
    expect(checkRelatedResources(document, resources)).toEqual({ faults, compared: 1, notAtHand: 0 })
  })

  it('what is not at hand is counted, and not believed', () => {
    const document = related({ digestSRI: sri('sha256') })
    const elsewhere = [{ id: `${ID}/`, bytes: BYTES }]
    expect(checkRelatedResources(document, elsewhere)).toEqual({ faults: [], compared: 0, notAtHand: 1 })
  })

  it('other objects with an id may state one too', () => {
    const schema = { id: 'https://trust.example/schema', type: 'JsonSchema', digestSRI: sri('sha384', OTHER) }
    const evidence = [{ type: 'Seen' }, { id: ID, type: 'Seen', digestMultibase: multi('sha256', 'u', OTHER) }]
    const document = credential({ credentialSchema: schema, evidence })
    const resources = [
      { id: ID, bytes: BYTES },
      { id: schema.id, bytes: OTHER },
    ]
    expect(checkShape(document, 'credential')).toEqual([])
    expect(checkRelatedResources(document, resources)).toEqual({
      faults: [{ path: '/evidence/1', code: 'signature.resourceMismatch' }],
      compared: 2,
      notAtHand: 0,
    })
  })

  it('a credential that states none has nothing to compare', () => {
    expect(checkRelatedResources(credential({}), [{ id: ID, bytes: BYTES }])).toEqual({
      faults: [],
      compared: 0,
      notAtHand: 0,
    })
  })
})

const PLACE = '/relatedResource'
const good = { id: ID, digestSRI: sri('sha384') }

describe('the shape of', () => {
  it.each<readonly [string, Json, readonly string[]]>([
    ['two resources', [good, { ...good, id: `${ID}?2`, mediaType: 'image/png' }], []],
    ['the same resource twice', [good, good], [PLACE]],
    ['no resources', [], [PLACE]],
    ['a resource that is its address', ID, [PLACE]],
    ['a resource without an address', { digestSRI: sri('sha384') }, [`${PLACE}/id`]],
    ['a resource whose address is none', { ...good, id: 'photo.png' }, [`${PLACE}/id`]],
    ['a resource without a digest', { id: ID, mediaType: 'image/png' }, [PLACE]],
    ['a media type that is no text', { ...good, mediaType: 5 }, [`${PLACE}/mediaType`]],
    ['a digest that is no text', { id: ID, digestSRI: 5 }, [`${PLACE}/digestSRI`]],
    ['a digest that is empty', { id: ID, digestSRI: '' }, [`${PLACE}/digestSRI`]],
    ['an empty list of digests', { id: ID, digestSRI: [] }, [`${PLACE}/digestSRI`]],
    ['a digest by a broken hash', { id: ID, digestSRI: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, [`${PLACE}/digestSRI`]],
    ['a digest that is cut short', { id: ID, digestSRI: sri('sha256').slice(0, -4) }, [`${PLACE}/digestSRI`]],
    ['a hash by an inherited name', { id: ID, digestSRI: 'constructor-AAAA' }, [`${PLACE}/digestSRI`]],
    [
      'a multihash that is cut short',
      { id: ID, digestMultibase: multi('sha256', 'u').slice(0, -4) },
      [`${PLACE}/digestMultibase`],
    ],
    [
      'a multihash in another base',
      { id: ID, digestMultibase: `f${digest('sha256').toString('hex')}` },
      [`${PLACE}/digestMultibase`],
    ],
    [
      'a multihash by another hash',
      { id: ID, digestMultibase: encodeMultibase('z', Uint8Array.from([0x11, 1, 1])) },
      [`${PLACE}/digestMultibase`],
    ],
    ['a good and a bad digest', { ...good, digestMultibase: null }, [`${PLACE}/digestMultibase`]],
  ])('relatedResource: %s', (_title, relatedResource, paths) => {
    const faults = checkShape(credential({ relatedResource }), 'credential')
    expect(faults.map(({ path }) => path)).toEqual(paths)
  })

  const TYPED = ['credentialSchema', 'evidence', 'termsOfUse', 'refreshService', 'credentialStatus'] as const

  it.each(TYPED)('%s: objects of a type, whose ids are URLs and whose digests can be compared', (name) => {
    const whole = { id: 'https://trust.example/x', type: 'Example2026', note: 'any member' }
    const pathsOf = (value: Json) => checkShape(credential({ [name]: value }), 'credential').map(({ path }) => path)
    expect(pathsOf(whole)).toEqual([])
    expect(pathsOf([whole, { ...whole, type: ['A', 'B'] }])).toEqual([])
    expect(pathsOf({ ...whole, type: [] })).toEqual([`/${name}/type`])
    expect(pathsOf({ id: whole.id })).toEqual([`/${name}/type`])
    expect(pathsOf([whole, { ...whole, id: 'no url' }])).toEqual([`/${name}/1/id`])
    expect(pathsOf('https://trust.example/x')).toEqual([`/${name}`])
    expect(pathsOf([])).toEqual([`/${name}`])
    expect(pathsOf(null)).toEqual([`/${name}`])
    expect(pathsOf({ ...whole, digestSRI: sri('sha512') })).toEqual([])
    expect(pathsOf({ ...whole, digestSRI: 'sha512-short' })).toEqual([`/${name}/digestSRI`])
    const nameless = name === 'credentialSchema' ? [`/${name}/id`] : []
    expect(pathsOf({ type: 'Example2026' })).toEqual(nameless)
  })
})
