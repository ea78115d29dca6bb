import { beforeAll, describe, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { signDataIntegrityPresentation } from '../../src/formats/data-integrity/sign.js'
import type { DemoHolder } from '../../src/testing/demo-authority.js'
import { WHOLE_SUITES } from '../support/suites.js'
import { createEveryFormat, type EveryFormat } from '../verifier/support/every-format.js'
import { type Draft, edited } from '../verifier/support/sign.js'
import { AUDIENCE, CHALLENGE } from '../verifier/support/world.js'
import { expectAccepted, expectRefused } from './harness.js'

let every: EveryFormat
beforeAll(async () => {
  every = await createEveryFormat()
})

const WITHIN = { within: 3_000 }

describe.each(WHOLE_SUITES)('group D: presentations by %s, %s', (name, algorithm) => {
  let holder: DemoHolder
  let credentials: readonly Json[]
  beforeAll(async () => {
    holder = await every.world.authority.newHolder(algorithm)
    const issue = (type: 'Identity' | 'EmploymentAssignment') =>
      every.issue([name, algorithm], type, (draft) => {
        draft.subject = holder.did
        if (type === 'Identity') return
        draft.claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
        draft.claims.employingOrganisationOds = 'RZ2'
      })
    credentials = [(await issue('Identity')).credential, (await issue('EmploymentAssignment')).credential]
  })

  const present = (challenge = CHALLENGE, audience = AUDIENCE): Promise<JsonObject> => {
    const document: JsonObject = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: holder.did,
      verifiableCredential: credentials,
    }
    const created = new Date('2026-03-02T11:59:00Z')
    return signDataIntegrityPresentation(document, holder.signer, { challenge, audience, created }, name)
  }

  const verify = async (input: unknown) =>
    (await every.verifier()).verifyPresentation(input, { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE })

  it('DI-16 the right challenge and audience are accepted', async () => {
    await expectAccepted(async () => verify(await present()), WITHIN)
  })

  it.each([
    ['another challenge', 'INVALID_CHALLENGE_ERROR', 'another', AUDIENCE],
    ['a challenge in other letters', 'INVALID_CHALLENGE_ERROR', CHALLENGE.toUpperCase(), AUDIENCE],
    ['another audience', 'INVALID_DOMAIN_ERROR', CHALLENGE, 'https://elsewhere.example'],
    ['an audience in other letters', 'INVALID_DOMAIN_ERROR', CHALLENGE, AUDIENCE.toUpperCase()],
    ['an audience with a slash behind it', 'INVALID_DOMAIN_ERROR', CHALLENGE, `${AUDIENCE}/`],
  ] as const)('DI-16 %s', async (_title, token, challenge, audience) => {
    await expectRefused(token, async () => verify(await present(challenge, audience)), WITHIN)
  })

  const CHANGES: readonly (readonly [string, (draft: Draft) => void])[] = [
    [
      'DI-14 a proof for assertion on a presentation',
      (draft) => {
        draft.proof.proofPurpose = 'assertionMethod'
      },
    ],
    [
      'DI-16 no challenge, put there after signing',
      (draft) => {
        delete draft.proof.challenge
      },
    ],
    [
      'DI-16 no domain, put there after signing',
      (draft) => {
        delete draft.proof.domain
      },
    ],
    [
      'DI-16 more audiences than one, put there after signing',
      (draft) => {
        draft.proof.domain = [AUDIENCE, 'https://elsewhere.example']
      },
    ],
  ]
  it.each(CHANGES)('%s', async (_title, change) => {
    const changed = edited((await present()) as Json, change)
    await expectRefused('PROOF_VERIFICATION_ERROR', () => verify(changed), {
      ...WITHIN,
      code: 'holderBinding.signatureInvalid',
    })
  })
})
