import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { explain } from '../../src/verifier/explain.js'
import { SCHEMA_CASES, STATUS_CASES, VALIDITY_CASES } from './support/content-cases.js'
import { FORMAT_CASES, resecured } from './support/format-cases.js'
import { PRESENTATION_CASES, PRESENTATION_FORMAT_NAMES } from './support/presentation-cases.js'
import { type Draft, edited, FORMATS } from './support/sign.js'
import { SIGNATURE_CASES, TRUST_CASES } from './support/signature-cases.js'
import { AUDIENCE, CHALLENGE, createWorld, requestFor, type World } from './support/world.js'

const CANARY = 'Zzyzx'
const UNIQUE = '22222222-2222-4222-8222-222222222222'
const BIRTH_DATE = '1961-12-31'

let world: World
beforeAll(async () => {
  const plain = await createWorld()
  const { northfield } = plain.authority.organisations
  const employment = requestFor(plain.authority, 'EmploymentAssignment', (draft) => {
    draft.uniqueIdentifier = UNIQUE
    Object.assign(draft.claims, {
      employingOrganisation: 'Northfield NHS Trust (fictional)',
      employingOrganisationOds: 'RZ1',
      jobTitle: `${CANARY} Registrar`,
      department: `${CANARY} Ward`,
    })
  })
  const identity = requestFor(plain.authority, 'Identity', (draft) => {
    draft.uniqueIdentifier = UNIQUE
    Object.assign(draft.claims, { legalFirstName: CANARY, legalSurname: CANARY, birthDate: BIRTH_DATE })
  })
  const issue = (format: 'data-integrity' | 'vc+jwt') =>
    northfield.issuer.issue('EmploymentAssignment', employment, { format })
  const golden = { 'data-integrity': await issue('data-integrity'), 'vc+jwt': await issue('vc+jwt') }
  const issued = await plain.authority.organisations.identityProvider.issuer.issue('Identity', identity as never)
  const statusLists = await plain.authority.statusLists()
  world = { ...plain, golden, identity: issued, statusLists, options: { ...plain.options, statusLists } }
})

const secrets = (): readonly string[] => [
  CANARY,
  UNIQUE,
  BIRTH_DATE,
  world.authority.holder.did,
  String(world.golden['data-integrity'].document.id),
  String(world.golden['vc+jwt'].document.id),
  String(world.identity.document.id),
]

const expectSilence = (said: string): void => {
  for (const secret of secrets()) expect(said.toLowerCase().includes(secret.toLowerCase()), secret).toBe(false)
}

const said = async (attempt: () => Promise<{ readonly report: Parameters<typeof explain>[0] }>): Promise<string> => {
  try {
    const { report } = await attempt()
    return JSON.stringify(report) + explain(report)
  } catch (error) {
    return error instanceof Error ? `${error.message} ${error.stack} ${String(error.cause)}` : String(error)
  }
}

const CREDENTIAL_CASES = [
  ...FORMAT_CASES,
  ...SIGNATURE_CASES,
  ...TRUST_CASES,
  ...SCHEMA_CASES,
  ...VALIDITY_CASES,
  ...STATUS_CASES,
]

describe.each(FORMATS)('no report on a credential as %s holds a person', (format) => {
  it('when it is accepted', async () => {
    const result = await createVerifier(world.options).verify(world.golden[format].credential)
    expect(result.verdict).toBe('accepted')
    expectSilence(JSON.stringify(result.report) + explain(result.report))
    expect(JSON.stringify(result.credential)).toContain(CANARY)
  })

  it.each(
    CREDENTIAL_CASES.filter(({ formats }) => formats === undefined || formats.includes(format)).map(
      (one) => [one.title, one] as const,
    ),
  )('%s', async (_title, one) => {
    const { input = world.golden[format].credential, verifier, ask } = await one.make(world, format)
    expectSilence(await said(() => createVerifier({ ...world.options, ...verifier }).verifyCredential(input, ask)))
  })

  const PLACES: readonly [string, (draft: Draft) => void][] = [
    [
      'as the name of a property',
      (draft) => {
        draft.credentialSubject[CANARY] = CANARY
      },
    ],
    [
      'as the name of a claim',
      (draft) => {
        draft.credentialSubject.employmentAssignment[`${CANARY}/~1 ${CANARY}`] = { [CANARY]: 1 }
      },
    ],
    [
      'as a type',
      (draft) => {
        draft.type = ['VerifiableCredential', CANARY]
      },
    ],
    [
      'as a date',
      (draft) => {
        draft.validFrom = CANARY
      },
    ],
    [
      'as a schema',
      (draft) => {
        draft.credentialSchema = { id: `https://${CANARY}.example/`, type: CANARY }
      },
    ],
    [
      'as an index',
      (draft) => {
        draft.credentialStatus[0].statusListIndex = CANARY
      },
    ],
    [
      'as a purpose',
      (draft) => {
        draft.credentialStatus[0].statusPurpose = CANARY
      },
    ],
    [
      'in the shape of everything',
      (draft) => {
        draft.credentialSubject = { [CANARY]: [CANARY, { [CANARY]: CANARY }] }
      },
    ],
  ]

  it.each(PLACES)('with the person %s', async (_title, change) => {
    const input =
      format === 'data-integrity'
        ? edited(world.golden[format].credential as JsonObject, change)
        : await resecured(world, format, change)
    expectSilence(await said(() => createVerifier(world.options).verify(input)))
    const text = JSON.stringify(input)
    expectSilence(
      await said(() => createVerifier(world.options).verify(text.replace('{', `{"${CANARY}":1,"${CANARY}":2,`))),
    )
  })
})

describe.each(PRESENTATION_FORMAT_NAMES)('no report on a presentation as %s holds a person', (format) => {
  it.each(
    PRESENTATION_CASES.filter(({ formats }) => formats === undefined || formats.includes(format)).map(
      (one) => [one.title, one] as const,
    ),
  )('%s', async (_title, one) => {
    const { input, verifier, ask } = await one.make(world, format)
    const options = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE, ...ask }
    expectSilence(
      await said(() => createVerifier({ ...world.options, ...verifier }).verifyPresentation(input, options)),
    )
  })
})

describe('no error holds a person', () => {
  it.each<
    [string, (verifier: ReturnType<typeof createVerifier>) => Promise<{ report: Parameters<typeof explain>[0] }>]
  >([
    ['a moment', (verifier) => verifier.verify('x', { at: CANARY })],
    ['a registration', (verifier) => verifier.verify('x', { registeredAt: { time: CANARY, how: CANARY } })],
    ['a status list', (verifier) => verifier.verify('x', { statusLists: [{ [CANARY]: CANARY }] })],
  ])('%s', async (_title, attempt) => {
    expectSilence(await said(() => attempt(createVerifier(world.options))))
  })
})
