import { beforeAll, describe, expect, it } from 'vitest'
import { verifyBatch } from '../../src/bulk/verify-batch.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { readInput } from '../../src/formats/read.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createEveryFormat, type EveryFormat } from '../verifier/support/every-format.js'
import { presentationOf } from '../verifier/support/presentation-cases.js'
import { payloadOf, withToken } from '../verifier/support/sign.js'
import { AUDIENCE, CHALLENGE, createWorld, northfieldSecuring, type World } from '../verifier/support/world.js'

const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }

let every: EveryFormat
let world: World
beforeAll(async () => {
  every = await createEveryFormat()
  world = await createWorld()
})

/** A token of the format, signed again with other claims by the same key. */
const withClaims = async (format: 'vc+jwt' | 'vc+sd-jwt' | 'dc+sd-jwt' | 'jwt_vc_json', claims: JsonObject) => {
  const { credential } = await every.issue([format, 'ES256'], 'Identity')
  const [jws = '', ...disclosures] = String(credential).split('~')
  const [header = '', payload = ''] = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  const signer = every.signers.find(({ algorithm }) => algorithm === 'ES256')
  if (!signer) throw new Error('no signer')
  const again = await signCompactJws({
    header: JSON.parse(header),
    payload: JSON.stringify({ ...JSON.parse(payload), ...claims }),
    signer,
  })
  return [again, ...disclosures].join('~')
}

describe('ASK-3: a token that is addressed is for whoever finds itself in its audience', () => {
  const FORMATS = ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'jwt_vc_json'] as const
  it.each(FORMATS)('a %s with an audience is rejected on its own', async (format) => {
    const honest = await withClaims(format, {})
    const verifier = await every.verifier({ policy: POLICIES[format === 'jwt_vc_json' ? 'entra' : 'nhs'] })
    expect((await verifier.verify(honest)).verdict).toBe('accepted')
    for (const aud of ['https://elsewhere.example', [AUDIENCE, 'https://elsewhere.example']] as Json[]) {
      const { report } = await verifier.verify(await withClaims(format, { aud }))
      expect(report.reasons).toEqual([{ check: 'format', code: 'format.audienceMismatch' }])
    }
  })

  it.each([
    [AUDIENCE, 'accepted'],
    [[AUDIENCE, 'https://elsewhere.example'], 'accepted'],
    ['https://elsewhere.example', 'rejected'],
    [`${AUDIENCE}/`, 'rejected'],
  ] as const)('in a presentation to us, a credential for %j is %s', async (aud, verdict) => {
    const securing = northfieldSecuring(world)
    const { document } = world.golden['vc+jwt']
    const credential = await withToken(payloadOf(document, { ...securing, claims: { aud: aud as Json } }), securing)
    const input = await presentationOf(world, 'vp+jwt', { credentials: [world.identity.credential, credential] })
    expect((await createVerifier(world.options).verify(input, ASK)).verdict).toBe(verdict)
  })

  it('in bulk as well', async () => {
    const securing = northfieldSecuring(world)
    const payload = payloadOf(world.golden['vc+jwt'].document, { ...securing, claims: { aud: 'https://a.example' } })
    const inputs = [await withToken(payload, securing), String(world.golden['vc+jwt'].credential)]
    const { clock, ...options } = { ...world.options, fetch: false }
    const verdicts: string[] = []
    for await (const { verdict } of verifyBatch({ ...options, ...(clock ? { clock } : {}) }, inputs))
      verdicts.push(verdict)
    expect(verdicts).toEqual(['rejected', 'accepted'])
  })
})

describe('ASK-2: a token names the key of one holder', () => {
  const FORMATS = ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt', 'jwt_vc_json'] as const
  const THIEF = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
  const VICTIM = 'did:web:victim.example#key'

  it.each(
    FORMATS.flatMap((format) =>
      (
        [
          ['a key and a key’s name', { jwk: THIEF, kid: VICTIM }, false],
          ['a key and an encrypted key', { jwk: THIEF, jwe: 'x' }, false],
          ['a key and where to fetch one', { kid: VICTIM, jku: 'https://thief.example/keys' }, false],
          ['no key', {}, false],
          ['no text', { kid: 7 }, false],
          ['an empty name', { kid: '' }, false],
          ['a text', 'victim', false],
          ['one key', { jwk: THIEF }, true],
          ['one key’s name', { kid: VICTIM }, true],
        ] as const
      ).map(([title, cnf, isRead]) => [format, title, cnf, isRead] as const),
    ),
  )('a %s with %s', async (format, _title, cnf, isRead) => {
    const read = readInput(await withClaims(format, { cnf: cnf as Json }))
    if (isRead) expect(read.ok).toBe(true)
    else expect(read).toMatchObject({ ok: false, code: 'format.malformed', faults: [{ path: '/cnf' }] })
  })
})
