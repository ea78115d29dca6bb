import { beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { createPresentation } from '../../src/wallet/present.js'
import { type Draft, edited, withProof } from '../verifier/support/sign.js'
import { AUDIENCE, CHALLENGE, createWorld, northfieldSecuring, type World } from '../verifier/support/world.js'
import type { Token } from './codes.js'
import { expectAccepted, expectRefused, spyFetch } from './harness.js'

const OURS = 'https://w3id.org/staff-passport/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'

let world: World
let golden: JsonObject
beforeAll(async () => {
  world = await createWorld()
  golden = world.golden['data-integrity'].credential as JsonObject
})

const verify = (input: unknown, fetch = spyFetch()) =>
  createVerifier({ ...world.options, fetch: fetch.fetch }).verifyCredential(input)

const swap = { jobRole: 'https://evil.example/#areaOfWork', areaOfWork: 'https://evil.example/#jobRole' }

type Row = readonly [title: string, token: Token, change: (draft: Draft) => void]

const ROWS: readonly Row[] = [
  [
    'DI-01 an inline context that swaps two terms',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'] = [V2, swap]
    },
  ],
  [
    'DI-01 an inline context after ours',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'].push(swap)
    },
  ],
  [
    'DI-01 the contexts in another order',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'].reverse()
    },
  ],
  [
    'DI-01 a context twice',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'].push(OURS)
    },
  ],
  [
    'DI-02 a context in the subject',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft.credentialSubject['@context'] = swap
    },
  ],
  [
    'DI-02 a context in the claims',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft.credentialSubject.employmentAssignment['@context'] = swap
    },
  ],
  [
    'DI-03 @vocab',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'].push({ '@vocab': 'https://evil.example/#' })
      draft.credentialSubject.isConsultant = true
    },
  ],
  [
    'DI-04 an undefined term',
    'DATA_LOSS_DETECTION_ERROR',
    (draft) => {
      draft.credentialSubject.isConsultant = true
    },
  ],
  [
    'DI-04 an undefined term in the claims',
    'DATA_LOSS_DETECTION_ERROR',
    (draft) => {
      draft.credentialSubject.employmentAssignment.isConsultant = true
    },
  ],
  [
    'DI-05 a term mapped to null',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'].push({ isConsultant: null })
      draft.credentialSubject.isConsultant = true
    },
  ],
  [
    'DI-06 a remote context',
    'SP_CONTEXT_NOT_ALLOWED',
    (draft) => {
      draft['@context'].push('https://attacker.example/context')
    },
  ],
  [
    'DI-10 a text as a list of one',
    'SP_SCHEMA',
    (draft) => {
      draft.credentialSubject.employmentAssignment.jobRole = [draft.credentialSubject.employmentAssignment.jobRole]
    },
  ],
  [
    'DI-10 a text as a list of two',
    'SP_SCHEMA',
    (draft) => {
      const { jobRole } = draft.credentialSubject.employmentAssignment
      draft.credentialSubject.employmentAssignment.jobRole = [jobRole, jobRole]
    },
  ],
  [
    'DI-11 no proof',
    'PARSING_ERROR',
    (draft) => {
      delete draft.proof
    },
  ],
  [
    'DI-11 an empty list of proofs',
    'PARSING_ERROR',
    (draft) => {
      draft.proof = []
    },
  ],
  [
    'DI-11 null as proof',
    'PARSING_ERROR',
    (draft) => {
      draft.proof = null
    },
  ],
  [
    'DI-11 an empty proof',
    'PARSING_ERROR',
    (draft) => {
      draft.proof = {}
    },
  ],
  [
    'DI-11 a text as proof',
    'PARSING_ERROR',
    (draft) => {
      draft.proof = 'proof'
    },
  ],
  [
    'DI-12 a garbage second proof',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof = [draft.proof, { ...draft.proof, proofValue: `z${'2'.repeat(87)}` }]
    },
  ],
  [
    'DI-12 a garbage first proof',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof = [{ ...draft.proof, proofValue: `z${'3'.repeat(86)}` }, draft.proof]
    },
  ],
  [
    'DI-14 a proof for authentication on a credential',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof.proofPurpose = 'authentication'
    },
  ],
  [
    'DI-15 no proof value',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      delete draft.proof.proofValue
    },
  ],
  [
    'DI-15 null as proof value',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof.proofValue = null
    },
  ],
  [
    'DI-15 another multibase header',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof.proofValue = `u${draft.proof.proofValue.slice(1)}`
    },
  ],
  [
    'DI-15 white space in the proof value',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof.proofValue += ' '
    },
  ],
  [
    'DI-15 letters that base58 does not have',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof.proofValue = `${draft.proof.proofValue.slice(0, -4)}0OIl`
    },
  ],
  [
    'DI-15 a proof value cut short',
    'PROOF_VERIFICATION_ERROR',
    (draft) => {
      draft.proof.proofValue = draft.proof.proofValue.slice(0, 40)
    },
  ],
]

// One mechanism: what linked data reads and plain JSON does not. `test/formats/hidden-members.test.ts` has the family.
const HIDDEN: readonly (readonly [title: string, change: (draft: Draft) => void])[] = [
  [
    'DI-10 the status moved under @nest',
    (draft) => {
      draft['@nest'] = { credentialStatus: draft.credentialStatus }
      delete draft.credentialStatus
    },
  ],
  [
    'DI-10 the status by its full address',
    (draft) => {
      draft['https://www.w3.org/2018/credentials#credentialStatus'] = draft.credentialStatus
      delete draft.credentialStatus
    },
  ],
  [
    'DI-10 the time of the proof moved under @nest',
    (draft) => {
      draft.proof['@nest'] = { created: draft.proof.created }
      delete draft.proof.created
    },
  ],
]

describe('group D: linked data and Data Integrity', () => {
  it.each(ROWS)('%s', async (_title, token, change) => {
    const fetch = spyFetch()
    await expectRefused(token, () => verify(edited(golden as Json, change), fetch), { fetch })
  })

  it.each(HIDDEN)('%s', async (_title, change) => {
    const input = edited(golden as Json, change)
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(input), { code: 'format.forbiddenMember' })
  })

  it('DI-01 the golden credential itself is accepted', async () => {
    await expectAccepted(() => verify(golden))
  })

  it('DI-10 a signed credential of another shape is refused after its proof holds', async () => {
    const reshaped = edited(world.golden['data-integrity'].document as Json, (draft) => {
      draft.credentialSubject.employmentAssignment.jobRole = [draft.credentialSubject.employmentAssignment.jobRole]
    }) as JsonObject
    const signed = await withProof(reshaped, northfieldSecuring(world))
    const result = (await expectRefused('SP_SCHEMA', () => verify(signed))) as {
      report: { checks: { signature: { outcome: string } } }
    }
    expect(result.report.checks.signature.outcome).toBe('passed')
  })

  const present = (challenge = CHALLENGE, audience = AUDIENCE) => {
    const { did, signer } = world.authority.holder
    const credentials = [world.identity.credential, golden]
    return createPresentation({
      credentials,
      holder: did,
      signer,
      challenge,
      audience,
      clock: { now: () => new Date('2026-03-02T11:59:00Z') },
    })
  }

  const verifyPresentation = (input: unknown, expectedChallenge = CHALLENGE, expectedAudience = AUDIENCE) =>
    createVerifier(world.options).verifyPresentation(input, { expectedChallenge, expectedAudience })

  it('DI-14 a proof for assertion on a presentation', async () => {
    const presentation = (await present()) as JsonObject
    const wrong = edited(presentation as Json, (draft) => {
      draft.proof.proofPurpose = 'assertionMethod'
    })
    await expectRefused('PROOF_VERIFICATION_ERROR', () => verifyPresentation(wrong), {
      code: 'holderBinding.signatureInvalid',
      within: 3_000,
    })
  })

  it('DI-16 the right challenge and audience are accepted', async () => {
    await expectAccepted(async () => verifyPresentation(await present()), { within: 3_000 })
  })

  it.each([
    ['another challenge', 'INVALID_CHALLENGE_ERROR', () => present('another')],
    ['a challenge in other letters', 'INVALID_CHALLENGE_ERROR', () => present(CHALLENGE.toUpperCase())],
    ['another audience', 'INVALID_DOMAIN_ERROR', () => present(CHALLENGE, 'https://elsewhere.example')],
    ['an audience in other letters', 'INVALID_DOMAIN_ERROR', () => present(CHALLENGE, AUDIENCE.toUpperCase())],
    ['an audience with a slash behind it', 'INVALID_DOMAIN_ERROR', () => present(CHALLENGE, `${AUDIENCE}/`)],
  ] as const)('DI-16 %s', async (_title, token, make) => {
    await expectRefused(token, async () => verifyPresentation(await make()), { within: 3_000 })
  })

  it.each([
    [
      'no challenge',
      (draft: Draft) => {
        delete draft.proof.challenge
      },
    ],
    [
      'no domain',
      (draft: Draft) => {
        delete draft.proof.domain
      },
    ],
    [
      'more audiences than one',
      (draft: Draft) => {
        draft.proof.domain = [AUDIENCE, 'https://elsewhere.example']
      },
    ],
  ] as const)('DI-16 %s, put there after signing', async (_title, change) => {
    const changed = edited((await present()) as Json, change)
    await expectRefused('PROOF_VERIFICATION_ERROR', () => verifyPresentation(changed), {
      code: 'holderBinding.signatureInvalid',
      within: 3_000,
    })
  })
})
