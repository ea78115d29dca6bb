import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { CompactEncrypt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import type { JsonObject } from '../../src/core/json.js'
import { openKeyFile } from '../../src/crypto/key-file.js'
import { importPublicKey } from '../../src/crypto/keys.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { createPresentation } from '../../src/wallet/present.js'
import { payloadOf, withToken } from '../verifier/support/sign.js'
import {
  AUDIENCE,
  CHALLENGE,
  createWorld,
  northfieldSecuring,
  strangerSigner,
  type World,
} from '../verifier/support/world.js'
import type { Token } from './codes.js'
import { expectRefused, spyFetch } from './harness.js'

let world: World
let golden: string
let payload: string

beforeAll(async () => {
  world = await createWorld()
  golden = world.golden['vc+jwt'].credential as string
  payload = JSON.stringify(payloadOf(world.golden['vc+jwt'].document, northfieldSecuring(world)))
})

const text = (value: string): string => encodeBase64url(encodeUtf8(value))
const json = (value: unknown): string => text(JSON.stringify(value))
const keyId = (): string => world.authority.organisations.northfield.signer.keyId
const verify = (input: unknown, fetch = spyFetch()) =>
  createVerifier({ ...world.options, fetch: fetch.fetch }).verifyCredential(input)

/** Signs exactly this header text and payload text with Northfield's key. */
const signed = async (header: string, body: string | Uint8Array = payload): Promise<string> => {
  const input = `${text(header)}.${typeof body === 'string' ? text(body) : encodeBase64url(body)}`
  const signature = await world.authority.organisations.northfield.signer.sign(encodeUtf8(input))
  return `${input}.${encodeBase64url(signature)}`
}

const header = (more: JsonObject = {}): string => JSON.stringify({ alg: 'EdDSA', typ: 'vc+jwt', kid: keyId(), ...more })

type Row = readonly [title: string, token: Token, make: () => unknown]

const publicJwk = (): JsonWebKey => ({ ...world.authority.organisations.northfield.signer.publicKeyJwk })
const publicKey = () => createPublicKey({ key: publicJwk(), format: 'jwk' })

const hmacKeys: readonly (readonly [name: string, key: () => string | Buffer])[] = [
  ['SPKI in PEM', () => publicKey().export({ type: 'spki', format: 'pem' })],
  ['SPKI in DER', () => publicKey().export({ type: 'spki', format: 'der' })],
  ['JWK', () => JSON.stringify(publicJwk())],
  ['raw point', () => Buffer.from(publicJwk().x ?? '', 'base64url')],
]

const withHmac = (key: string | Buffer): string => {
  const input = `${json({ alg: 'HS256', typ: 'vc+jwt', kid: keyId() })}.${text(payload)}`
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}

const lastLetterFlipped = (token: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(token.at(-1) ?? '')
  return token.slice(0, -1) + alphabet.charAt(last ^ 1)
}

const ROWS: readonly Row[] = [
  [
    'JOSE-01 an unsigned token',
    'SP_ALG_NOT_ALLOWED',
    () => `${json({ alg: 'none', typ: 'vc+jwt' })}.${text(payload)}.`,
  ],
  ['JOSE-01 an unsigned token, in other letters', 'SP_ALG_NOT_ALLOWED', () => signed(header({ alg: 'NonE' }))],
  ...hmacKeys.map(
    ([name, key]): Row => [
      `JOSE-03 HMAC keyed with the public key as ${name}`,
      'SP_ALG_NOT_ALLOWED',
      () => withHmac(key()),
    ],
  ),
  ['JOSE-08 jku', 'SP_KEY_REJECTED', () => signed(header({ jku: 'https://127.0.0.1/keys' }))],
  ['JOSE-08 x5u', 'SP_KEY_REJECTED', () => signed(header({ x5u: 'https://127.0.0.1/chain' }))],
  ['JOSE-08 x5c', 'SP_KEY_REJECTED', () => signed(header({ x5c: ['AAAA'] }))],
  ['JOSE-10 an unknown critical header', 'PARSING_ERROR', () => signed(header({ crit: ['x'], x: 1 }))],
  ['JOSE-10 unencoded payload', 'PARSING_ERROR', () => signed(header({ b64: false, crit: ['b64'] }))],
  ['JOSE-13 a duplicate header member', 'SP_DUPLICATE_MEMBER', () => signed(header().replace('{', '{"alg":"none",'))],
  [
    'JOSE-13 a duplicate header member, spelled with an escape',
    'SP_DUPLICATE_MEMBER',
    () => signed(header().replace('{', '{"\\u0061lg":"none",')),
  ],
  [
    'JOSE-14 a duplicate payload member',
    'SP_DUPLICATE_MEMBER',
    () => signed(header(), payload.replace('{', '{"iss":"did:web:evil.example",')),
  ],
  [
    'JOSE-14 a duplicate member deep in the claims',
    'SP_DUPLICATE_MEMBER',
    () => signed(header(), payload.replace('"jobRole"', '"jobRole":"Consultant","jobRole"')),
  ],
  ['JOSE-16 the same token in other letters', 'SP_NOT_CANONICAL', () => lastLetterFlipped(golden)],
  ['JOSE-16 the same token with padding', 'SP_NOT_CANONICAL', () => `${golden}==`],
  ['JOSE-22 an array as payload', 'PARSING_ERROR', () => signed(header(), '[]')],
  ['JOSE-22 a text as payload', 'PARSING_ERROR', () => signed(header(), '"x"')],
  ['JOSE-22 null as payload', 'PARSING_ERROR', () => signed(header(), 'null')],
  ['JOSE-22 an empty object as payload', 'PARSING_ERROR', () => signed(header(), '{}')],
  ['JOSE-22 invalid UTF-8 as payload', 'PARSING_ERROR', () => signed(header(), new Uint8Array([0x7b, 0xff, 0x7d]))],
  ['JOSE-22 a byte order mark first', 'PARSING_ERROR', () => signed(header(), `\ufeff${payload}`)],
  [
    'JOSE-26 an oversize token',
    'SP_LIMIT_EXCEEDED',
    () => `${json({ alg: 'EdDSA', typ: 'vc+jwt' })}.${'A'.repeat(5_000_000)}.${'A'.repeat(86)}`,
  ],
]

describe('group A: the JOSE envelope', () => {
  it.each(ROWS)('%s', async (_title, token, make) => {
    const fetch = spyFetch()
    const input = await make()
    await expectRefused(token, () => verify(input, fetch), { fetch })
  })

  it('JOSE-04 a psychic signature', async () => {
    const { southmere } = world.authority.organisations
    const body = payloadOf(
      { ...world.golden['vc+jwt'].document, issuer: southmere.did },
      { signer: southmere.signer, created: '2026-03-02T09:00:00Z' },
    )
    const input = `${json({ alg: 'ES256', typ: 'vc+jwt', kid: southmere.signer.keyId })}.${json(body)}`
    const zeros = encodeBase64url(new Uint8Array(64))
    await expectRefused('CRYPTOGRAPHIC_SECURITY_ERROR', () => verify(`${input}.${zeros}`), {
      code: 'signature.invalid',
    })
  })

  // The published vectors are not at hand here; their edge cases are made from a fresh key.
  it('JOSE-05 edge cases of ECDSA', async () => {
    const secret = p256.utils.randomSecretKey()
    const point = p256.getPublicKey(secret, false)
    const key = await importPublicKey({
      kty: 'EC',
      crv: 'P-256',
      x: encodeBase64url(point.slice(1, 33)),
      y: encodeBase64url(point.slice(33)),
    })
    const message = encodeUtf8('message')
    const good = p256.sign(sha256(message), secret, { prehash: false, format: 'compact', lowS: false })
    const n = p256.Point.CURVE().n
    const number = (value: bigint): Uint8Array =>
      Uint8Array.from(value.toString(16).padStart(64, '0').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    const pair = (r: Uint8Array, s: Uint8Array): Uint8Array => Uint8Array.from([...r, ...s])
    const [r, s] = [good.slice(0, 32), good.slice(32)]
    const sValue = BigInt(`0x${Buffer.from(s).toString('hex')}`)
    expect(await key.verify(message, good)).toBe(true)
    // The other s of the same signature is a valid ES256 signature (RFC 7518 asks for no low s).
    expect(await key.verify(message, pair(r, number(n - sValue)))).toBe(true)
    const bad = [
      ['r = 0', pair(number(0n), s)],
      ['s = 0', pair(r, number(0n))],
      ['r = n', pair(number(n), s)],
      ['s = n', pair(r, number(n))],
      ['r = p', pair(number(p256.Point.Fp.ORDER), s)],
      ['s + n', pair(r, number((sValue + n) % 2n ** 256n))],
      ['short', good.slice(0, 63)],
      ['long', pair(good, new Uint8Array(1))],
      ['DER', p256.sign(sha256(message), secret, { prehash: false, format: 'der' })],
    ] as const
    for (const [name, signature] of bad) expect(await key.verify(message, signature), name).toBe(false)
  })

  it('JOSE-07 an attacker’s key in the header', async () => {
    const attacker = await strangerSigner(keyId())
    const input = await withToken(payload, {
      signer: attacker,
      created: '2026-03-02T09:00:00Z',
      header: { jwk: { ...attacker.publicKeyJwk } },
    })
    await expectRefused('CRYPTOGRAPHIC_SECURITY_ERROR', () => verify(input))
  })

  it('JOSE-07 an attacker’s key under the issuer’s key id', async () => {
    const input = await withToken(payload, { signer: await strangerSigner(keyId()), created: '2026-03-02T09:00:00Z' })
    await expectRefused('CRYPTOGRAPHIC_SECURITY_ERROR', () => verify(input), { code: 'signature.invalid' })
  })

  it.each(['JWT', 'kb+jwt', 'openid4vci-proof+jwt', 'at+jwt', 'secevent+jwt'])(
    'JOSE-19 a token of type %s as a credential',
    async (typ) => {
      const input = await signed(header({ typ }))
      await expectRefused('SP_TYP_MISMATCH', () => verify(input))
    },
  )

  it('JOSE-19 a presentation as a credential', async () => {
    const { did, signer } = world.authority.holder
    const input = await createPresentation({
      credentials: [golden],
      holder: did,
      signer,
      challenge: CHALLENGE,
      audience: AUDIENCE,
      format: 'vp+jwt',
    })
    await expectRefused('SP_TYP_MISMATCH', () => verify(input))
  })

  it('JOSE-27 a JWE that would inflate', async () => {
    const bomb = (
      await new CompactEncrypt(encodeUtf8('x'))
        .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', typ: 'staff-passport-key+jwe' })
        .setKeyManagementParameters({ p2c: 1000 })
        .encrypt(encodeUtf8('passphrase'))
    ).split('.')
    const original = JSON.parse(Buffer.from(bomb[0] ?? '', 'base64url').toString())
    const zipped = [json({ ...original, zip: 'DEF' }), ...bomb.slice(1)].join('.')
    await expectRefused('SP_LIMIT_EXCEEDED', () => openKeyFile(zipped, 'passphrase'))
    const iterated = [json({ ...original, p2c: 2_000_000_000 }), ...bomb.slice(1)].join('.')
    await expectRefused('SP_LIMIT_EXCEEDED', () => openKeyFile(iterated, 'passphrase'))
  })
})
