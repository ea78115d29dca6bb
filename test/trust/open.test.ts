import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import type { JsonObject } from '../../src/core/json.js'
import { publicJwk } from '../../src/crypto/keys.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { didJwk } from '../../src/dids/did-jwk.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'
import { type Anchor, openTrustList } from '../../src/trust/open.js'
import { signTrustList } from '../../src/trust/sign.js'
import { TRUST_LIST_TYPE, type TrustList, trustListJson } from '../../src/trust/trust-list.js'
import { goldenList, type Keeper, newKeeper } from './support/golden.js'

let keeper: Keeper
let stranger: Keeper
let list: TrustList
let signed: string
beforeAll(async () => {
  keeper = await newKeeper()
  stranger = await newKeeper()
  list = await goldenList()
  signed = await signTrustList(list, keeper.signer)
})

const signAs = (header: JsonObject, payload: string | Uint8Array, by: Keeper = keeper): Promise<string> =>
  signCompactJws({ header, payload, signer: by.signer })

const flip = (token: string, part: number): string => {
  const parts = token.split('.')
  const text = parts[part] ?? ''
  parts[part] = (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
  return parts.join('.')
}

describe('a signed trust list', () => {
  it.each([
    ['a did:key', () => keeper.did],
    ['a did:jwk', () => didJwk(keeper.signer.publicKeyJwk).did],
    ['a JWK', () => keeper.signer.publicKeyJwk],
  ])('opens under its anchor as %s', async (_what, anchor) => {
    const opened = await openTrustList(signed, anchor())
    if (!opened.ok) throw new Error(opened.code)
    expect(opened.list).toEqual(list)
    expect(opened.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(opened.anchorThumbprint).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('opens from bytes, and with a line break after it, to the same digest', async () => {
    const digests = await Promise.all(
      [signed, `${signed}\n`, new TextEncoder().encode(signed)].map((text) => openTrustList(text, keeper.did)),
    )
    expect(new Set(digests.map((opened) => opened.ok && opened.digest)).size).toBe(1)
  })

  it('opens when its keeper signs with P-256', async () => {
    const other = await newKeeper('ES256')
    expect(await openTrustList(await signTrustList(list, other.signer), other.did)).toMatchObject({ ok: true })
  })

  const NOT_OPENED: readonly [string, () => string | Uint8Array | Promise<string>, string][] = [
    ['signed by somebody else', () => signTrustList(list, stranger.signer), 'listNotSignedByAnchor'],
    ['with a byte of the signature changed', () => flip(signed, 2), 'listNotSignedByAnchor'],
    ['with a byte of the list changed', () => flip(signed, 1), 'listNotSignedByAnchor'],
    [
      'that brings its own key',
      () => signAs({ typ: TRUST_LIST_TYPE, jwk: { ...stranger.signer.publicKeyJwk } }, '{}', stranger),
      'listMalformed',
    ],
    ['of another media type', () => signAs({ typ: 'vc+jwt' }, JSON.stringify(list)), 'listMalformed'],
    ['of no media type', () => signAs({}, JSON.stringify(list)), 'listMalformed'],
    ['that is not a token', () => JSON.stringify(list), 'listMalformed'],
    ['that is nothing', () => '', 'listMalformed'],
    ['that is not UTF-8', () => new Uint8Array([0xff, 0xfe]), 'listMalformed'],
    ['larger than the limit', () => 'A'.repeat(20_000_000), 'listMalformed'],
    ['that holds no JSON', () => signAs({ typ: TRUST_LIST_TYPE }, 'no'), 'listMalformed'],
    [
      'that says its version twice',
      () => signAs({ typ: TRUST_LIST_TYPE }, JSON.stringify(list).replace('{', '{"version":9,')),
      'listMalformed',
    ],
    [
      'that contradicts itself',
      () => signAs({ typ: TRUST_LIST_TYPE }, JSON.stringify({ ...list, expiresAt: list.issuedAt })),
      'listMalformed',
    ],
  ]
  it.each(NOT_OPENED)('%s is not opened', async (_what, make, code) => {
    expect(await openTrustList(await make(), keeper.did)).toEqual({ ok: false, code: `issuerTrust.${code}` })
  })

  it('is not opened under a P-256 anchor when Ed25519 signed it', async () => {
    const other = await newKeeper('ES256')
    expect(await openTrustList(signed, other.did)).toEqual({ ok: false, code: 'issuerTrust.listNotSignedByAnchor' })
  })

  it('is not opened when its header names another algorithm than its key has', async () => {
    const { did, signer } = await newKeeper('ES256')
    const renamed = { did, signer: { ...signer, algorithm: 'EdDSA' as const } }
    const lying = await signAs({ typ: TRUST_LIST_TYPE }, JSON.stringify(list), renamed)
    expect(await openTrustList(lying, did)).toEqual({ ok: false, code: 'issuerTrust.listNotSignedByAnchor' })
  })

  it.each([
    ['a did:web, which would have to be asked', 'did:web:national.example'],
    ['no DID', 'national.example'],
    ['nothing', ''],
    ['an empty object', {} as PublicKeyJwk],
    ['null', null as unknown as Anchor],
    ['a key of another kind', { kty: 'RSA', n: 'AQ', e: 'AQAB' } as unknown as PublicKeyJwk],
  ])('has no anchor that is %s', async (_what, anchor) => {
    await expect(openTrustList(signed, anchor)).rejects.toThrow(TypeError)
  })

  it.each(ED25519_TORSION_SUBGROUP)('has no anchor of small order (%s)', async (hex) => {
    const anchor = { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(Buffer.from(hex, 'hex')) } as const
    await expect(openTrustList(signed, anchor)).rejects.toMatchObject({ code: 'key.rejected' })
  })
})

describe('signTrustList', () => {
  const withKey = (publicKeyJwk: object): TrustList => {
    const draft = structuredClone(trustListJson(list)) as unknown as {
      organisations: { keys: { publicKeyJwk: object }[] }[]
    }
    const key = draft.organisations[1]?.keys[0]
    if (key) key.publicKeyJwk = publicKeyJwk
    return draft as unknown as TrustList
  }

  it.each([
    ['a malformed list', () => ({ ...list, version: 0 }), '/version'],
    [
      'a key of small order',
      () =>
        withKey({
          kty: 'OKP',
          crv: 'Ed25519',
          x: encodeBase64url(Buffer.from(ED25519_TORSION_SUBGROUP[0] ?? '', 'hex')),
        }),
      '/organisations/1/keys/0/publicKeyJwk',
    ],
    [
      'a key off its curve',
      () => withKey({ kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }),
      '/organisations/1/keys/0/publicKeyJwk',
    ],
    [
      'a key whose hint contradicts it',
      () => withKey({ ...list.organisations[1]?.keys?.[0]?.publicKeyJwk, alg: 'ES256' }),
      '/organisations/1/keys/0/publicKeyJwk',
    ],
    ['a list that no reader would open', () => ({ ...list, organisations: many(9_000) }), 'too large'],
  ])('refuses %s, and says where', async (_what, bad, where) => {
    const failure = signTrustList(bad(), keeper.signer)
    await expect(failure).rejects.toThrow(TypeError)
    await expect(failure).rejects.toThrow(where)
  })

  const many = (count: number): TrustList['organisations'] =>
    Array.from({ length: count }, (_none, index) => ({
      id: `o${index}`,
      name: `${index} ${'x'.repeat(290)}`,
      roles: ['employer'],
      issuers: [`did:web:o${index}.example`],
      mayIssue: [],
    }))

  it('takes a national list of a thousand organisations', async () => {
    const large = { ...list, organisations: many(1_000) }
    expect(await openTrustList(await signTrustList(large, keeper.signer), keeper.did)).toMatchObject({ ok: true })
  })

  it('is not fooled by a signer that signs with another key than it names', async () => {
    const signer = { ...keeper.signer, publicKeyJwk: publicJwk({ ...stranger.signer.publicKeyJwk, d: '' }) }
    await expect(signTrustList(list, signer)).rejects.toMatchObject({ code: 'key.signingFailed' })
  })
})
