import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { readCompactJws } from '../../src/crypto/compact-jws.js'
import { importPublicKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { fromJsonSerialization } from '../../src/formats/sd-jwt/from-json.js'
import { type OpenedSdJwt, openSdJwt } from '../../src/formats/sd-jwt/open.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorJson } from '../support/vectors.js'

const FOLDER = 'sd-jwt-reference'

interface Case {
  readonly set: string
  readonly name: string
  readonly issuer_jwk: PublicKeyJwk & { readonly d: string }
  readonly holder_jwk: PublicKeyJwk & { readonly d: string }
  readonly key_binding: { readonly nonce: string; readonly aud: string } | null
  readonly issuance: string | JsonObject
  readonly presentation: string | JsonObject
  readonly user_claims: JsonObject
  readonly sd_jwt_payload: JsonObject
  readonly verified_contents: JsonObject
}
const cases: readonly Case[] = hasVectors ? vectorJson(`${FOLDER}/cases.json`).cases : []
// Its kid is a number, and must be a text (RFC 7515, section 4.1.4).
const BROKEN = 'header_mod'
const ROWS = cases.filter(({ name }) => name !== BROKEN).map((one) => [one.set, one.name, one] as const)

/** Text, or JSON in a text or not. */
const compactOf = (given: string | JsonObject): string | undefined => {
  if (typeof given === 'string' && !given.trim().startsWith('{')) return given.trim()
  const read = fromJsonSerialization(typeof given === 'string' ? JSON.parse(given) : given)
  return read?.ok ? read.token : undefined
}

const opened = (given: string | JsonObject): OpenedSdJwt => {
  const compact = compactOf(given)
  const result = openSdJwt(compact ?? '')
  if (!result.ok) throw new Error(`${result.code} ${result.path}`)
  return result
}

const keyOf = ({ d: _, ...jwk }: Case['issuer_jwk']) => importPublicKey(jwk)

const payloadOf = ({ jws }: OpenedSdJwt): JsonObject => JSON.parse(new TextDecoder().decode(jws.payload))

describe.runIf(hasVectors)('RFC 9901 and SD-JWT VC: examples of the reference implementation', () => {
  const score = keepScore(FOLDER, { issued: cases.length, presented: cases.length })

  it.each(ROWS)('%s %s, as issued', async (_set, _name, one) => {
    const whole = opened(one.issuance)
    expect(await (await keyOf(one.issuer_jwk)).verify(whole.jws.signingInput, whole.jws.signature)).toBe(true)
    expect(payloadOf(whole)).toEqual(one.sd_jwt_payload)
    expect(whole.keyBinding).toBeUndefined()
    expect(whole.claims).toMatchObject(one.user_claims)
    score.held('issued')
  })

  it.each(ROWS)('%s %s, as presented', async (_set, _name, one) => {
    const shown = opened(one.presentation)
    expect(await (await keyOf(one.issuer_jwk)).verify(shown.jws.signingInput, shown.jws.signature)).toBe(true)
    expect(shown.claims).toEqual(one.verified_contents)
    expect(shown.keyBinding === undefined).toBe(one.key_binding === null)
    if (one.key_binding) {
      const binding = readCompactJws(shown.keyBinding ?? '')
      if (!binding.ok) throw new Error(binding.code)
      expect(await (await keyOf(one.holder_jwk)).verify(binding.signingInput, binding.signature)).toBe(true)
      const claims = JSON.parse(new TextDecoder().decode(binding.payload))
      expect(claims).toMatchObject({ ...one.key_binding, sd_hash: shown.sdHash })
    }
    score.held('presented')
  })

  it(`${BROKEN} is refused for a kid that is no text, and read once it is one`, async () => {
    const one = cases.find(({ name }) => name === BROKEN) as Case
    const signer = await createLocalSigner(one.issuer_jwk, 'did:example:issuer#42')
    for (const [group, given] of [
      ['issued', one.issuance],
      ['presented', one.presentation],
    ] as const) {
      expect(openSdJwt(String(given))).toEqual({ ok: false, code: 'format.malformed', path: '/header/kid' })
      const [token = '', ...rest] = String(given).split('~')
      const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
      const again = await signCompactJws({ header: { typ: 'example+sd-jwt' }, payload, signer })
      const { claims } = opened([again, ...rest].join('~'))
      expect(claims).toMatchObject(group === 'issued' ? one.user_claims : one.verified_contents)
      score.held(group)
    }
  })
})
