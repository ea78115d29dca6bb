import { writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyBatch } from '../../src/bulk/verify-batch.js'
import { fixedClock } from '../../src/core/clock.js'
import type { JsonObject } from '../../src/core/json.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import { discloseClaims } from '../../src/doors/index.js'
import { createVcApi } from '../../src/http/vc-api/create-vc-api.js'
import { createVerifier, type Verifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { cli, workspace } from '../cli/support.js'
import { createEveryFormat, type EveryFormat, WAYS } from '../verifier/support/every-format.js'
import { presentationOf } from '../verifier/support/presentation-cases.js'
import { AUDIENCE, CHALLENGE, createWorld, NOW, type World } from '../verifier/support/world.js'

const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }

let every: EveryFormat
let world: World

beforeAll(async () => {
  every = await createEveryFormat()
  world = await createWorld()
})

// With the status lists of this moment.
const verifiers = async (): Promise<readonly (readonly [string, Verifier])[]> => [
  ['nhs', await every.verifier()],
  ['w3c-proof-only', await every.verifier({ policy: POLICIES['w3c-proof-only'] })],
  ['entra', await every.verifier({ policy: POLICIES.entra })],
]

describe('ASK-1: who states a challenge or an audience asks for a presentation', () => {
  it.each(WAYS)(
    'a bare %s signed with %s is rejected, and accepted when nothing is asked',
    async (format, algorithm) => {
      const { credential } = await every.issue([format, algorithm], 'Identity')
      const acceptedBy: string[] = []
      for (const [policy, verifier] of await verifiers()) {
        for (const verify of [verifier.verify, verifier.verifyCredential]) {
          const asked = await verify(credential, ASK)
          const plain = await verify(credential)
          expect(asked.verdict, policy).toBe('rejected')
          if (plain.verdict !== 'accepted') continue
          acceptedBy.push(policy)
          expect(asked.report.reasons, policy).toEqual([
            { check: 'holderBinding', code: 'holderBinding.presentationMissing' },
          ])
        }
        expect((await verifier.verifyPresentation(credential, ASK)).verdict).toBe('rejected')
      }
      expect(acceptedBy).toContain(format === 'jwt_vc_json' ? 'entra' : 'nhs')
    },
  )

  it('half a question is a question too, where a policy lets it be asked', async () => {
    const { credential } = await every.issue(['vc+jwt', 'ES256'], 'Identity')
    const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'] })
    for (const half of [{ expectedChallenge: CHALLENGE }, { expectedAudience: AUDIENCE }])
      expect((await verifier.verify(credential, half)).verdict).toBe('rejected')
    const strict = await every.verifier()
    for (const half of [{ expectedChallenge: CHALLENGE }, { expectedAudience: AUDIENCE }])
      await expect(strict.verify(credential, half)).rejects.toThrow(TypeError)
  })

  it.each(['dc+sd-jwt', 'vc+sd-jwt'] as const)('an SD-JWT (%s) whose key binding was cut off', async (format) => {
    const { signer } = every.world.authority.holder
    const { credential } = await every.issue([format, 'ES256'], 'Identity')
    const presentTo = { signer, challenge: CHALLENGE, audience: AUDIENCE, clock: fixedClock(NOW) }
    const bound = String(await discloseClaims(credential, { show: [], presentTo }))
    const verifier = await every.verifier()
    const whole = await verifier.verify(bound, ASK)
    expect(JSON.stringify(whole.report.kind === 'presentation' && whole.report.holderBinding)).toMatch(/"passed"/)
    const cut = bound.slice(0, bound.lastIndexOf('~') + 1)
    expect((await verifier.verify(cut, ASK)).report.reasons).toContainEqual({
      check: 'holderBinding',
      code: 'holderBinding.presentationMissing',
    })
  })

  it('in bulk as well', async () => {
    const { credential } = await every.issue(['vc+jwt', 'ES256'], 'Identity')
    const inputs = [String(credential), String(await presentationOf(world, 'vp+jwt'))]
    const verdicts: string[] = []
    const { clock, ...verifier } = { ...world.options, fetch: false }
    for await (const { verdict } of verifyBatch({ ...verifier, ...(clock ? { clock } : {}) }, inputs, ASK))
      verdicts.push(verdict)
    expect(verdicts).toEqual(['rejected', 'accepted'])
  })
})

describe('ASK-1: at the other ways in as well', () => {
  const envelope = (token: JsonObject | string): JsonObject => ({
    '@context': 'https://www.w3.org/ns/credentials/v2',
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${token}`,
  })

  it.each<readonly [string, (token: JsonObject | string) => JsonObject | string]>([
    ['a token', (token) => token],
    ['a token in an envelope', envelope],
    ['a Data Integrity credential', () => world.golden['data-integrity'].credential],
  ])('over HTTP, %s that answers no challenge', async (_title, inputOf) => {
    const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: fixedClock(NOW) })
    const api = createVcApi({ verifiers: new Map([['proof', verifier]]), resolver: createDidResolver() })
    const verifiableCredential = inputOf(world.golden['vc+jwt'].credential)
    const post = async (options: JsonObject): Promise<number> => {
      const body = JSON.stringify({ verifiableCredential, options })
      const headers = { 'content-type': 'application/json' }
      const url = 'https://southmere.example/verifiers/proof/credentials/verify'
      return (await api(new Request(url, { method: 'POST', headers, body }))).status
    }
    expect(await post({ challenge: CHALLENGE, domain: AUDIENCE })).toBe(400)
    expect(await post({ challenge: CHALLENGE })).toBe(400)
    expect(await post({ domain: AUDIENCE })).toBe(400)
  })

  it.each(WAYS)('on the command line, a bare %s signed with %s', async (format, algorithm) => {
    const { credential } = await every.issue([format, algorithm], 'Identity')
    const { path, remove } = await workspace()
    const file = path('credential')
    await writeFile(file, typeof credential === 'string' ? credential : JSON.stringify(credential))
    const ran = await cli([
      'verify',
      file,
      '--policy',
      'w3c-proof-only',
      '--offline',
      '--challenge',
      CHALLENGE,
      '--audience',
      AUDIENCE,
    ])
    expect({ exitCode: ran.exitCode, out: ran.out }).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('holderBinding.presentationMissing'),
    })
    await remove()
  })
})

describe('ASK-5: verify of what somebody sent never throws for what it is', () => {
  it.each(['vp+jwt', 'data-integrity'] as const)(
    'a presentation (%s) nobody asked for is rejected, and says why',
    async (format) => {
      const input = await presentationOf(world, format)
      const verifier = createVerifier(world.options)
      const { report } = await verifier.verify(input)
      expect(report).toMatchObject({
        kind: 'presentation',
        verdict: 'rejected',
        reasons: [{ check: 'holderBinding', code: 'holderBinding.challengeNotStated' }],
        credentials: [],
      })
      expect((await verifier.verify(input, ASK)).verdict).toBe('accepted')
      await expect(verifier.verifyPresentation(input)).rejects.toThrow(TypeError)
    },
  )

  it.each(['', 'x', '~', '{}', '[]', 'null', new Uint8Array([0xff]), undefined, null, 7, [] as JsonObject[]])(
    '%j is a report',
    async (input) => expect((await createVerifier(world.options).verify(input)).verdict).toBe('rejected'),
  )
})
