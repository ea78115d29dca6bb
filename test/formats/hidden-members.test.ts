import { beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { computeHashData } from '../../src/formats/data-integrity/hash-data.js'
import { readInput } from '../../src/formats/read.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { presentationOf } from '../verifier/support/presentation-cases.js'
import { type Draft, edited, withProof } from '../verifier/support/sign.js'
import { createWorld, northfieldSecuring, type World } from '../verifier/support/world.js'

const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
const DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime'

let world: World
let golden: JsonObject
let presentation: JsonObject
beforeAll(async () => {
  world = await createWorld()
  const { document } = world.golden['data-integrity']
  const proof = { expires: '2026-03-02T10:00:00Z' }
  golden = await withProof({ validUntil: '2026-12-31T00:00:00Z', ...document }, northfieldSecuring(world, { proof }))
  presentation = (await presentationOf(world, 'data-integrity')) as JsonObject
})

const nest = (object: Draft, name: string): void => {
  object['@nest'] = { [name]: object[name] }
  delete object[name]
}

const rename = (object: Draft, name: string, to: string, value: Draft = object[name]): void => {
  object[to] = value
  delete object[name]
}

type Row = readonly [title: string, path: string, change: (draft: Draft) => void]

/** Each says the same to linked data, so that the signature holds, and another thing to a reader of JSON. */
const CREDENTIAL_ROWS: readonly Row[] = [
  ['the end of validity under @nest', '', (draft) => nest(draft, 'validUntil')],
  ['the status under @nest', '', (draft) => nest(draft, 'credentialStatus')],
  [
    'the status by its full address',
    '',
    (draft) => rename(draft, 'credentialStatus', `${CREDENTIALS}credentialStatus`),
  ],
  [
    'the end of validity by its full address',
    '',
    (draft) =>
      rename(draft, 'validUntil', `${CREDENTIALS}validUntil`, { '@value': draft.validUntil, '@type': DATE_TIME }),
  ],
  ['the subject under @id', '/*', (draft) => rename(draft.credentialSubject, 'id', '@id')],
  ['the claims under @nest', '/*', (draft) => nest(draft.credentialSubject, 'employmentAssignment')],
  ['a claim under @nest', '/*/*', (draft) => nest(draft.credentialSubject.employmentAssignment, 'jobRole')],
  ['the id of a status entry under @id', '/*/0', (draft) => rename(draft.credentialStatus[0], 'id', '@id')],
  [
    'an empty @included',
    '',
    (draft) => {
      draft['@included'] = []
    },
  ],
  [
    'a typed value',
    '/*',
    (draft) => {
      draft.validFrom = { '@value': draft.validFrom, '@type': DATE_TIME }
    },
  ],
  ['the end of the proof under @nest', '/proof', (draft) => nest(draft.proof, 'expires')],
  ['the time of the proof under @nest', '/proof', (draft) => nest(draft.proof, 'created')],
  [
    'the end of the proof by its full address',
    '/proof',
    (draft) =>
      rename(draft.proof, 'expires', 'https://w3id.org/security#expiration', {
        '@value': draft.proof.expires,
        '@type': DATE_TIME,
      }),
  ],
]

const PRESENTATION_ROWS: readonly Row[] = [
  ['the holder under @nest', '', (draft) => nest(draft, 'holder')],
  [
    'the holder by its full address',
    '',
    (draft) => rename(draft, 'holder', `${CREDENTIALS}holder`, { id: draft.holder }),
  ],
  ['the end of the proof under @nest', '/proof', (draft) => nest(draft.proof, 'expires')],
  ['the time of the proof under @nest', '/proof', (draft) => nest(draft.proof, 'created')],
]

const hashOf = async ({ proof, ...document }: JsonObject): Promise<Uint8Array> =>
  (await computeHashData(document, proof as JsonObject)).hashData

const refusesWhatIsSigned = async (original: JsonObject, path: string, change: (draft: Draft) => void) => {
  const changed = edited(original as Json, change) as JsonObject
  const read = readInput(changed)
  // The shape is looked at first, and knows no typed values.
  const codes = ['format.forbiddenMember', 'format.invalidDateTime']
  expect(read).toMatchObject({ ok: false, code: expect.toSatisfy((code: string) => codes.includes(code)) })
  if (!read.ok && read.code === 'format.forbiddenMember') expect(read.faults[0]?.path).toBe(path)
  expect(JSON.stringify(changed)).not.toBe(JSON.stringify(original))
  expect(await hashOf(changed)).toEqual(await hashOf(original))
}

describe('what linked data reads and plain JSON does not is refused, though its signature holds', () => {
  it('the originals pass the front door', () => {
    expect(readInput(golden).ok).toBe(true)
    expect(readInput(presentation).ok).toBe(true)
  })

  it.each(CREDENTIAL_ROWS)('%s', (_title, path, change) => refusesWhatIsSigned(golden, path, change))
  it.each(PRESENTATION_ROWS)('of a presentation, %s', (_title, path, change) =>
    refusesWhatIsSigned(presentation, path, change),
  )

  it.each([
    ['nhs', () => world.options],
    ['w3c-proof-only', () => ({ policy: POLICIES['w3c-proof-only'], clock: world.options.clock })],
  ] as const)('under policy %s an expired proof stays expired', async (_name, options) => {
    const verifier = createVerifier(options() as never)
    const codeFor = async (change: (draft: Draft) => void) =>
      (await verifier.verify(edited(golden as Json, change))).report.reasons.map(({ code }) => code)
    expect(await codeFor(() => {})).toEqual(['signature.proofExpired'])
    expect(await codeFor((draft) => nest(draft.proof, 'expires'))).toEqual(['format.forbiddenMember'])
  })

  it('a name in a language is no such thing', async () => {
    const { document } = world.golden['data-integrity']
    const name = { '@value': 'Swydd', '@language': 'cy', '@direction': 'ltr' }
    const signed = await withProof({ ...document, name }, northfieldSecuring(world))
    expect(readInput(signed).ok).toBe(true)
  })

  it('an audience that only linked data sees makes the proof malformed', async () => {
    const changed = edited(presentation as Json, (draft) => {
      draft.proof.domain = [draft.proof.domain, { '@value': 'https://elsewhere.example' }]
    })
    const { report } = await createVerifier(world.options).verify(changed, {
      expectedChallenge: 'c6e1f2b4-one-time',
      expectedAudience: 'https://southmere.example/verifier',
    })
    expect(JSON.stringify(report)).toContain('signature.proofMalformed')
  })
})
