import { fixedClock } from '../../../src/core/clock.js'
import type { JsonObject } from '../../../src/core/json.js'
import type { Fault } from '../../../src/core/outcome.js'
import { CREDENTIAL_FORMATS, PRESENTATION_FORMATS } from '../../../src/formats/sign.js'
import type { DemoHolder } from '../../../src/testing/demo-authority.js'
import type { VerifierOptions } from '../../../src/verifier/create-verifier.js'
import type { VerifyOptions } from '../../../src/verifier/verify-options.js'
import { createPresentation, type PresentationOptions } from '../../../src/wallet/present.js'
import { type Draft, edited, withProof, withToken } from './sign.js'
import { AUDIENCE, CHALLENGE, NOW, renamed, requestFor, type World } from './world.js'

/** The two ways in which a presentation is secured. */
export type PresentationFormat = 'data-integrity' | 'vp+jwt'
export const PRESENTATION_FORMAT_NAMES: readonly PresentationFormat[] = ['data-integrity', 'vp+jwt']

/** A presentation with one thing changed. */
export interface PresentationScenario {
  readonly input: unknown
  readonly verifier?: Partial<VerifierOptions>
  readonly ask?: VerifyOptions
}

/** Golden presentation plus one mutation. */
export interface PresentationCase {
  readonly title: string
  readonly check: 'holderBinding' | 'samePerson' | 'credential'
  readonly code: string
  readonly outcome?: 'failed' | 'inconclusive'
  readonly formats?: readonly PresentationFormat[]
  readonly faults?: readonly Fault[]
  readonly make: (world: World, format: PresentationFormat) => Promise<PresentationScenario>
}

/** The holder's presentation of identity and employment. */
export const presentationOf = (
  { authority, golden, identity }: World,
  format: PresentationFormat,
  more: Partial<PresentationOptions> = {},
): Promise<JsonObject | string> =>
  createPresentation({
    credentials: [identity.credential, golden['data-integrity'].credential, golden['vc+jwt'].credential],
    holder: authority.holder.did,
    signer: authority.holder.signer,
    challenge: CHALLENGE,
    audience: AUDIENCE,
    clock: fixedClock(NOW),
    format,
    ...more,
  })

const presented = (
  title: string,
  check: PresentationCase['check'],
  code: string,
  more: (world: World) => Partial<PresentationOptions> | Promise<Partial<PresentationOptions>>,
  rest: Partial<PresentationCase> = {},
): PresentationCase => ({
  title,
  check,
  code,
  make: async (world, format) => ({ input: await presentationOf(world, format, await more(world)) }),
  ...rest,
})

const asked = (title: string, code: string, ask: VerifyOptions): PresentationCase => ({
  title,
  check: 'holderBinding',
  code,
  make: async (world, format) => ({ input: await presentationOf(world, format), ask }),
})

const bare = ({ authority, golden, identity }: World): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiablePresentation'],
  holder: authority.holder.did,
  verifiableCredential: [identity, golden['data-integrity']].flatMap(({ credential }) =>
    typeof credential === 'string'
      ? [
          {
            '@context': 'https://www.w3.org/ns/credentials/v2',
            id: `data:application/vc+jwt,${credential}`,
            type: 'EnvelopedVerifiableCredential',
          },
        ]
      : [credential],
  ),
})

const SIGNING = {
  challenge: CHALLENGE,
  audience: AUDIENCE,
  created: new Date(NOW),
  expires: new Date('2026-03-02T12:10:00Z'),
}

/** Any presentation at all, signed by the holder (or another), as no wallet of ours would. */
const signedRaw = (
  { authority }: World,
  format: PresentationFormat,
  document: JsonObject,
  holder: DemoHolder = authority.holder,
): Promise<JsonObject | string> => PRESENTATION_FORMATS[format](document, holder.signer, SIGNING)

const issuedTo = async (world: World, holder: DemoHolder, change?: (draft: Draft) => void) => {
  const { northfield } = world.authority.organisations
  const request = requestFor(world.authority, 'EmploymentAssignment', (draft) => {
    draft.claims.employingOrganisation = 'Northfield NHS Trust (fictional)'
    draft.claims.employingOrganisationOds = 'RZ1'
    draft.subject = holder.did
    change?.(draft)
  })
  return northfield.issuer.issue('EmploymentAssignment', request)
}

const listsNow = async ({ authority }: World): Promise<Partial<VerifierOptions>> => ({
  statusLists: await authority.statusLists(),
})

const OTHER_PERSON = '0b8f2a9e-5c34-4f0a-8d21-1b6f9c2e7a44'

/** One case for every way in which a presentation does not hold. */
export const PRESENTATION_CASES: readonly PresentationCase[] = [
  asked('another challenge', 'holderBinding.challengeMismatch', { expectedChallenge: 'another' }),
  asked('a challenge in another case', 'holderBinding.challengeMismatch', {
    expectedChallenge: CHALLENGE.toUpperCase(),
  }),
  asked('another audience', 'holderBinding.audienceMismatch', { expectedAudience: 'https://evil.example' }),
  asked('an audience with a slash at its end', 'holderBinding.audienceMismatch', { expectedAudience: `${AUDIENCE}/` }),
  {
    title: 'an audience among others',
    check: 'holderBinding',
    code: 'holderBinding.audienceMismatch',
    make: async (world, format) => ({
      input:
        format === 'data-integrity'
          ? await withProof(bare(world), {
              signer: world.authority.holder.signer,
              created: NOW,
              proof: {
                proofPurpose: 'authentication',
                challenge: CHALLENGE,
                domain: [AUDIENCE, 'https://evil.example'],
              },
            })
          : await withToken(
              {
                ...bare(world),
                iss: world.authority.holder.did,
                nonce: CHALLENGE,
                aud: [AUDIENCE, 'https://evil.example'],
                iat: Date.parse(NOW) / 1000,
              },
              { signer: world.authority.holder.signer, created: NOW, header: { typ: 'vp+jwt' } },
            ),
    }),
  },
  presented('a presentation from the future', 'holderBinding', 'holderBinding.stale', () => ({
    clock: fixedClock('2026-03-02T12:05:00Z'),
  })),
  presented(
    'a presentation that has expired',
    'holderBinding',
    'holderBinding.stale',
    () => ({ clock: fixedClock('2026-03-02T11:00:00Z') }),
    { formats: ['vp+jwt'] },
  ),
  {
    title: 'a presentation with no credentials',
    check: 'holderBinding',
    code: 'holderBinding.presentationMalformed',
    make: async (world, format) => {
      const { verifiableCredential: _, ...empty } = bare(world)
      return { input: await signedRaw(world, format, empty) }
    },
  },
  {
    title: 'more credentials than anybody has',
    check: 'holderBinding',
    code: 'holderBinding.presentationMalformed',
    faults: [{ path: '', code: 'format.tooDeep' }],
    make: async (world) => {
      const { credential } = world.golden['data-integrity']
      const document = {
        ...bare(world),
        verifiableCredential: Array(180).fill({
          ...(credential as JsonObject),
          evidence: Array(60).fill({ type: 'X' }),
        }),
      }
      return {
        input: await withToken(document, {
          signer: world.authority.holder.signer,
          created: NOW,
          header: { typ: 'vp+jwt' },
        }),
      }
    },
  },
  {
    title: 'a credential where a presentation is asked for',
    check: 'holderBinding',
    code: 'holderBinding.presentationMalformed',
    make: async ({ golden }, format) => ({
      input: golden[format === 'vp+jwt' ? 'vc+jwt' : format].credential,
    }),
  },
  {
    title: 'a changed word',
    check: 'holderBinding',
    code: 'holderBinding.signatureInvalid',
    make: async (world, format) => {
      const input = await presentationOf(world, format)
      return {
        input:
          typeof input === 'string'
            ? input.replace(/\.([^.]{4})([^.]*)$/, (_, a, b) => `.${a === 'AAAA' ? 'BBBB' : 'AAAA'}${b}`)
            : edited(input, (draft) => {
                draft.verifiableCredential.pop()
              }),
      }
    },
  },
  {
    title: 'a holder other than the signer',
    check: 'holderBinding',
    code: 'holderBinding.signatureInvalid',
    make: async (world, format) => {
      const thief = await world.authority.newHolder()
      return { input: await signedRaw(world, format, bare(world), thief) }
    },
  },
  {
    title: 'a presenter whose key would have to be fetched',
    check: 'holderBinding',
    code: 'holderBinding.keyUnavailable',
    outcome: 'inconclusive',
    make: async (world, format) => {
      const did = 'did:web:holder.example'
      const signer = renamed(world.authority.holder.signer, `${did}#key-1`)
      const document = { ...bare(world), holder: did }
      return { input: await signedRaw(world, format, document, { did, signer }) }
    },
  },
  {
    title: 'a thief with a key of their own',
    check: 'credential',
    code: 'holderBinding.notTheSubject',
    make: async (world, format) => {
      const thief = await world.authority.newHolder()
      return { input: await presentationOf(world, format, { holder: thief.did, signer: thief.signer }) }
    },
  },
  {
    title: 'a credential whose subject has no id',
    check: 'credential',
    code: 'holderBinding.subjectMissing',
    make: async (world, format) => {
      const { northfield } = world.authority.organisations
      const document = edited(world.golden['data-integrity'].document, (draft) => {
        delete draft.credentialSubject.id
      })
      const credential = await CREDENTIAL_FORMATS['vc+jwt'].sign(document, northfield.signer, {
        created: new Date(NOW),
      })
      return { input: await presentationOf(world, format, { credentials: [world.identity.credential, credential] }) }
    },
  },
  presented('no identity credential', 'samePerson', 'holderBinding.identityMissing', ({ golden }) => ({
    credentials: [golden['data-integrity'].credential],
  })),
  {
    title: 'a credential of another person slipped in',
    check: 'samePerson',
    code: 'holderBinding.identityMismatch',
    faults: [{ path: '/credentials/1', code: 'holderBinding.identityMismatch' }],
    make: async (world, format) => {
      const other = await issuedTo(world, world.authority.holder, (draft) => {
        draft.uniqueIdentifier = OTHER_PERSON
      })
      const credentials = [world.identity.credential, other.credential]
      return { input: await presentationOf(world, format, { credentials }), verifier: await listsNow(world) }
    },
  },
  {
    title: 'an identity credential that is not accepted',
    check: 'samePerson',
    code: 'holderBinding.identityNotAccepted',
    make: async (world, format) => ({
      input: await presentationOf(world, format),
      verifier: {
        trustList: await world.authority.signTrustList(
          edited(world.authority.list as unknown as JsonObject, (draft) => {
            for (const entry of draft.organisations)
              entry.mayIssue = entry.mayIssue.filter(({ type }: Draft) => type !== 'Identity')
          }) as unknown as World['authority']['list'],
        ),
      },
    }),
  },
]
