import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { openSdJwt } from '../../src/formats/sd-jwt/open.js'
import { signSdJwtVc } from '../../src/formats/sd-jwt/sign.js'
import type { Signer } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import { discloseClaims } from '../../src/wallet/disclose.js'
import { type Draft, edited } from '../verifier/support/sign.js'
import { AUDIENCE, CHALLENGE, createWorld, ISSUED, NOW, strangerSigner, type World } from '../verifier/support/world.js'
import { expectAccepted, expectRefused } from './harness.js'

const ALONE: Policy = {
  ...POLICIES.nhs,
  name: 'one credential',
  identityCredential: 'waived',
  skip: { status: 'Status is not what is attacked here.' },
}
const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
const KEY = 'employmentAssignment'

let world: World
let golden: JsonObject
const northfield = () => world.authority.organisations.northfield.signer
const holder = () => world.authority.holder.signer

beforeAll(async () => {
  world = await createWorld()
  const { credentialStatus: _, ...document } = world.golden['vc+jwt'].document
  const opened = openSdJwt(await signSdJwtVc(document, northfield(), { created: new Date(ISSUED) }))
  if (!opened.ok) throw new Error(opened.code)
  golden = opened.claims
})

const verifier = () => createVerifier({ ...world.options, policy: ALONE })
const verify = (text: string) => verifier().verifyCredential(text)
const present = (text: string) => verifier().verifyPresentation(text, ASK)

const disclosure = (...parts: readonly Json[]): string => encodeBase64url(encodeUtf8(JSON.stringify(parts)))
const digest = (text: string, hash = 'sha256'): string => createHash(hash).update(text).digest('base64url')

/** Signs any payload at all, with any disclosures after it. */
const sdJwt = async (
  change: (claims: Draft, payload: Draft) => void,
  disclosures: readonly string[] = [],
  header: JsonObject = {},
): Promise<string> => {
  const payload = edited(golden, (draft) => change(draft[KEY], draft))
  const token = await signCompactJws({
    header: { typ: 'dc+sd-jwt', ...header },
    payload: JSON.stringify(payload),
    signer: northfield(),
  })
  return [token, ...disclosures, ''].join('~')
}

/** A key binding token as its holder would make it, or not quite. */
const bound = async (
  change: (claims: Draft, header: Draft) => void = () => {},
  signer: Signer = holder(),
): Promise<string> => {
  const text = await sdJwt(() => {})
  const claims: Draft = { iat: Date.parse(NOW) / 1000, aud: AUDIENCE, nonce: CHALLENGE, sd_hash: digest(text) }
  const header: Draft = { typ: 'kb+jwt' }
  change(claims, header)
  // A number that JSON can say and JavaScript cannot.
  const payload = JSON.stringify(claims).replace('"1e400"', '1e400')
  return text + (await signCompactJws({ header, payload, signer }))
}

const ONE = disclosure('salt-1', 'payBandOrPayScale', 'Band 8a')
const OTHER = disclosure('salt-2', 'payBandOrPayScale', 'Band 2')

describe('group C: SD-JWT, SD-JWT VC and key binding', () => {
  it('what is in order is accepted, with and without key binding', async () => {
    await expectAccepted(async () => verify(await sdJwt(() => {})))
    const shown = await sdJwt(
      (claims) => {
        delete claims.payBandOrPayScale
        claims._sd = [digest(ONE)]
      },
      [ONE],
    )
    const accepted = (await expectAccepted(() => verify(shown))) as { credential: { claims: JsonObject } }
    expect(accepted.credential.claims.payBandOrPayScale).toBe('Band 8a')
    await expectAccepted(async () => present(await bound()))
    const { credential } = { credential: await sdJwt(() => {}) }
    const presentTo = { signer: holder(), challenge: CHALLENGE, audience: AUDIENCE, clock: fixedClock(NOW) }
    await expectAccepted(async () => present((await discloseClaims(credential, { show: [], presentTo })) as string))
  })

  it('SDJ-01 a disclosure that overrides a plain claim', async () => {
    const consultant = disclosure('salt', 'jobRole', 'Consultant')
    const text = await sdJwt(
      (claims) => {
        claims.jobRole = 'Porter'
        claims._sd = [digest(consultant)]
      },
      [consultant],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text), { secrets: ['Consultant', 'Porter'] })
  })

  it('SDJ-02 two disclosures of one name', async () => {
    const text = await sdJwt(
      (claims) => {
        delete claims.payBandOrPayScale
        claims._sd = [digest(ONE), digest(OTHER)]
      },
      [ONE, OTHER],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it.each(['_sd', '...'])('SDJ-03 a disclosure named %s', async (name) => {
    const reserved = disclosure('salt', name, [digest(ONE)])
    const text = await sdJwt(
      (claims) => {
        claims._sd = [digest(reserved)]
      },
      [reserved],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it('SDJ-05 a disclosure that no digest refers to', async () => {
    await expectRefused('MALFORMED_VALUE_ERROR', async () => verify(await sdJwt(() => {}, [ONE])))
  })

  it.each<[string, (claims: Draft, payload: Draft) => void]>([
    [
      'twice in one list',
      (claims) => {
        claims._sd = [digest(ONE), digest(ONE)]
      },
    ],
    [
      'in two places',
      (claims, payload) => {
        claims._sd = [digest(ONE)]
        payload.assurance._sd = [digest(ONE)]
      },
    ],
    [
      'of a disclosure that is not there',
      (claims) => {
        claims._sd = ['x', 'x']
      },
    ],
  ])('SDJ-06 a digest %s', async (_, change) => {
    const text = await sdJwt(
      (claims, payload) => {
        delete claims.payBandOrPayScale
        change(claims, payload)
      },
      [ONE],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it('SDJ-08 two elements where a member is disclosed', async () => {
    const item = disclosure('salt', 'Band 8a')
    const text = await sdJwt(
      (claims) => {
        claims._sd = [digest(item)]
      },
      [item],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it('SDJ-08 three elements where an item is disclosed', async () => {
    const text = await sdJwt(
      (claims) => {
        claims.payBandOrPayScale = [{ '...': digest(ONE) }]
      },
      [ONE],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it.each<[string, Json]>([
    ['one, four or no elements', ['salt']],
    ['four elements', ['salt', 'a', 'b', 'c']],
    ['no list', { salt: 'a' }],
    ['a salt that is no text', [1, 'payBandOrPayScale', 'x']],
    ['a name that is no text', ['salt', 1, 'x']],
  ])('SDJ-08 a disclosure of %s', async (_, parts) => {
    const text = encodeBase64url(encodeUtf8(JSON.stringify(parts)))
    const token = await sdJwt(
      (claims) => {
        claims._sd = [digest(text)]
      },
      [text],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(token))
  })

  it.each<[string, Json]>([
    ['md5', 'md5'],
    ['SHA-256', 'SHA-256'],
    ['sha-256-64', 'sha-256-64'],
    ['a list', ['sha-256']],
    ['constructor', 'constructor'],
  ])('SDJ-10 the hash %s', async (_, name) => {
    const text = await sdJwt((_claims, payload) => {
      payload._sd_alg = name
    })
    await expectRefused('SP_ALG_NOT_ALLOWED', () => verify(text))
  })

  it('SDJ-10 a hash named inside', async () => {
    const text = await sdJwt((claims) => {
      claims._sd_alg = 'md5'
    })
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it.each(['sha-384', 'sha-512'])('SDJ-10 the hash %s is as good as the usual one', async (name) => {
    const text = await sdJwt(
      (claims, payload) => {
        payload._sd_alg = name
        delete claims.payBandOrPayScale
        claims._sd = [digest(ONE, name.replace('-', ''))]
      },
      [ONE],
    )
    await expectAccepted(() => verify(text))
  })

  const REGISTERED: readonly (readonly [string, Json])[] = [
    ['exp', 4_000_000_000],
    ['nbf', 1],
    ['status', { status_list: { idx: 1, uri: 'https://status.example/1' } }],
    ['iss', 'did:web:trusted.example'],
    ['vct', 'https://w3id.org/staff-passport/vct/identity/v1'],
    ['cnf', { jwk: {} }],
  ]
  it.each(REGISTERED)('SDJ-11 %s disclosed', async (name, value) => {
    const hidden = disclosure('salt', name, value)
    const text = await sdJwt(
      (_claims, payload) => {
        delete payload[name]
        payload._sd = [digest(hidden)]
      },
      [hidden],
    )
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })
  it.each(REGISTERED)('SDJ-11 %s withheld', async (name, value) => {
    const text = await sdJwt((_claims, payload) => {
      delete payload[name]
      payload._sd = [digest(disclosure('salt', name, value))]
    })
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(text))
  })

  it('SDJ-12 an end in the past, disclosed: refused for being disclosed at all', async () => {
    const ended = disclosure('salt', 'exp', 1_000_000_000)
    const text = await sdJwt(
      (_claims, payload) => {
        payload._sd = [digest(ended)]
      },
      [ended],
    )
    await expectRefused('SP_EXPIRED', () => verify(text), { code: 'format.malformed' })
    const plain = await sdJwt((_claims, payload) => {
      payload.exp = Date.parse(NOW) / 1000 - 600
    })
    await expectRefused('SP_EXPIRED', () => verify(plain))
  })

  it('SDJ-14 a bare token', async () => {
    const [bare = ''] = (await sdJwt(() => {})).split('~')
    await expectRefused('PARSING_ERROR', () => verify(bare))
    await expectRefused('SP_HOLDER_BINDING', () => present(bare))
  })

  it('SDJ-15 key binding stripped', async () => {
    const text = await bound()
    await expectRefused('SP_HOLDER_BINDING', () => present(text.slice(0, text.lastIndexOf('~') + 1)))
  })

  it('SDJ-16 nobody can forget the nonce', async () => {
    const forged = await bound(() => {}, { ...(await strangerSigner()), keyId: holder().keyId })
    await expect(verifier().verifyPresentation(forged)).rejects.toThrow(TypeError)
    expect((await verifier().verify(forged)).report).toMatchObject({
      verdict: 'rejected',
      reasons: [{ code: 'holderBinding.challengeNotStated' }],
    })
    await expectRefused('SP_TYP_MISMATCH', () => verify(forged))
    await expectRefused('SP_HOLDER_BINDING', () => present(forged))
  })

  it.each<[string, Json]>([
    ['another verifier', 'https://elsewhere.example/verifier'],
    ['a list', [AUDIENCE]],
    ['without its prefix', AUDIENCE.replace('https://', '')],
    ['with a slash more', `${AUDIENCE}/`],
    ['nobody', ''],
  ])('SDJ-17 for %s', async (_, aud) => {
    const text = await bound((claims) => {
      claims.aud = aud
    })
    await expectRefused('SP_HOLDER_BINDING', () => present(text))
  })

  it.each<[string, (claims: Draft, header: Draft) => void]>([
    [
      'nonce',
      (claims) => {
        claims.nonce = 'another'
      },
    ],
    [
      'nonce, missing',
      (claims) => {
        delete claims.nonce
      },
    ],
    [
      'sd_hash',
      (claims) => {
        claims.sd_hash = digest('another')
      },
    ],
    [
      'sd_hash, missing',
      (claims) => {
        delete claims.sd_hash
      },
    ],
    [
      'typ',
      (_claims, header) => {
        header.typ = 'JWT'
      },
    ],
    [
      'typ in capitals',
      (_claims, header) => {
        header.typ = 'KB+JWT'
      },
    ],
  ])('SDJ-18 a wrong %s', async (_, change) => {
    await expectRefused('SP_HOLDER_BINDING', async () => present(await bound(change)))
  })

  it('SDJ-18 a wrong signature', async () => {
    const text = await bound()
    const broken = `${text.slice(0, -8)}AAAAAAAA`
    await expectRefused('SP_HOLDER_BINDING', () => present(broken))
    await expectRefused('SP_HOLDER_BINDING', async () => present(await bound(() => {}, await strangerSigner())))
  })

  it('SDJ-18 a binding made for other disclosures', async () => {
    const shown = await sdJwt(
      (claims) => {
        delete claims.payBandOrPayScale
        claims._sd = [digest(ONE)]
      },
      [ONE],
    )
    const presentTo = { signer: holder(), challenge: CHALLENGE, audience: AUDIENCE, clock: fixedClock(NOW) }
    const withClaim = (await discloseClaims(shown, { show: ['payBandOrPayScale'], presentTo })) as string
    const [token = '', , binding = ''] = withClaim.split('~')
    await expectAccepted(() => present(withClaim))
    await expectRefused('SP_HOLDER_BINDING', () => present([token, binding].join('~')))
  })

  const YEARS = 10 * 365 * 86_400
  it.each<[string, (now: number) => Json | undefined]>([
    ['ten years ago', (now) => now - YEARS],
    ['an hour ago', (now) => now - 3_600],
    ['in ten years', (now) => now + YEARS],
    ['never', () => undefined],
    ['in words', (now) => String(now)],
    ['beyond numbers', () => '1e400'],
  ])('SDJ-19 made %s', async (_, iat) => {
    const text = await bound((claims) => {
      claims.iat = iat(claims.iat)
    })
    await expectRefused('SP_HOLDER_BINDING', () => present(text))
  })

  it('SDJ-23 a payload of 20,000 levels', async () => {
    const payload = `{"iss":"x","a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`
    const token = await signCompactJws({ header: { typ: 'dc+sd-jwt' }, payload, signer: northfield() })
    await expectRefused('SP_LIMIT_EXCEEDED', () => verify(`${token}~`), { within: 100 })
  })

  it.each([60, 400, 3_000])('SDJ-23 a chain of %i disclosures', async (depth) => {
    const chain: string[] = []
    let inner: Json = 'end'
    for (let level = 0; level < depth; level++) {
      const link = disclosure(`salt-${level}`, 'next', inner)
      chain.push(link)
      inner = { _sd: [digest(link)] }
    }
    const text = await sdJwt((claims) => {
      claims._sd = (inner as JsonObject)._sd
    }, chain)
    const token = depth > 60 ? 'SP_LIMIT_EXCEEDED' : 'MALFORMED_VALUE_ERROR'
    await expectRefused(token, () => verify(text), { within: 100 })
  })
})
