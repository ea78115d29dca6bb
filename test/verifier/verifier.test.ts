import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { createDidDocument } from '../../src/dids/publish.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import type { CredentialSchema } from '../../src/verifier/credential-schema.js'
import { explain } from '../../src/verifier/explain.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import { SOFTWARE } from '../../src/verifier/software.js'
import { resecured } from './support/format-cases.js'
import { expectReportShape } from './support/report-schema.js'
import { type Draft, FORMATS, secure } from './support/sign.js'
import { serving } from './support/signature-cases.js'
import {
  createWorld,
  northfieldSecuring,
  renamed,
  requestFor,
  strangerSigner,
  trustListWith,
  type World,
} from './support/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const verify = async (input: unknown, options: Partial<VerifierOptions> = {}) => {
  const result = await createVerifier({ ...world.options, ...options }).verifyCredential(input)
  expectReportShape(result.report)
  return result
}

const BAD_OPTIONS: readonly [string, (options: VerifierOptions) => unknown, RegExp][] = [
  ['no trust list', ({ trustList: _, ...rest }) => rest, /no default/],
  ['no anchor', ({ anchor: _, ...rest }) => rest, /no default/],
  ['neither', ({ trustList: _list, anchor: _anchor, ...rest }) => rest, /no default/],
  ['an anchor that carries no key', (options) => ({ ...options, anchor: 'did:web:national-body.example' }), /anchor/],
  ['a trust list that is an object', (options) => ({ ...options, trustList: {} }), /trustList/],
  ['no policy', ({ policy: _, ...rest }) => rest, /policy/],
  ['a policy by name', (options) => ({ ...options, policy: 'nhs' }), /policy/],
  ['a status list that is none', (options) => ({ ...options, statusLists: ['list'] }), /statusLists/],
  ['a credential as a status list', (options) => ({ ...options, statusLists: [world.identity.credential] }), /at 0/],
  ['a schema that is none', (options) => ({ ...options, schemas: [{ type: 'X' }] }), /schemas/],
]

describe('createVerifier', () => {
  it.each(BAD_OPTIONS)('refuses %s', (_title, change, message) => {
    const options = change(world.options) as VerifierOptions
    expect(() => createVerifier(options)).toThrow(TypeError)
    expect(() => createVerifier(options)).toThrow(message)
  })

  it('takes the list as bytes, and the anchor as a JWK', async () => {
    const { authority } = world
    const trustList = new TextEncoder().encode(authority.trustList)
    expect((await verify(world.golden['vc+jwt'].credential, { trustList })).verdict).toBe('accepted')
  })

  it('needs no trust where the policy skips it', () => {
    expect(() => createVerifier({ policy: POLICIES['w3c-proof-only'] })).not.toThrow()
  })

  it('names the software that the package is', () => {
    const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(SOFTWARE).toEqual({ name, version })
  })
})

describe('every type of the catalogue', () => {
  // The host of the example placement is Southmere, whose key writes tokens only.
  const issuerOf = (type: CredentialTypeName) => {
    const { northfield, southmere, trainingBody } = world.authority.organisations
    if (type === 'TemporaryPlacement') return southmere
    const roles: readonly string[] = CREDENTIAL_TYPES[type].issuedBy
    return roles.includes('employer') || roles.includes('hostEmployer') ? northfield : trainingBody
  }

  it.each(Object.keys(CREDENTIAL_TYPES) as CredentialTypeName[])(
    '%s is issued and accepted in every format of its issuer',
    async (type) => {
      const request = requestFor(world.authority, type)
      const { issuer, signer } = issuerOf(type)
      for (const format of signer.algorithm === 'EdDSA' ? FORMATS : (['vc+jwt'] as const)) {
        const { credential } = await issuer.issue(type, request as never, { format })
        const {
          verdict,
          report,
          credential: accepted,
        } = await verify(credential, {
          statusLists: await world.authority.statusLists(),
        })
        expect(report.reasons).toEqual([])
        expect(verdict).toBe('accepted')
        expect(accepted).toMatchObject({ type, format, claims: request.claims })
        const text = explain(report)
        for (const sentence of CREDENTIAL_TYPES[type].doesNotProve) expect(text).toContain(sentence)
      }
    },
  )
})

describe('rules that warn', () => {
  it('are reported in the evidence and with the credential, and change nothing', async () => {
    const input = await resecured(world, 'vc+jwt', (draft) => {
      draft.credentialSubject.employmentAssignment.assignmentCategory = 'Fixed Term'
    })
    const { verdict, report, credential } = await verify(input)
    const warning = {
      path: '/credentialSubject/employmentAssignment/fixedTermContractEndDate',
      code: 'schema.fixedTermWithoutEnd',
    }
    expect(verdict).toBe('accepted')
    expect(report.checks.schema).toMatchObject({ outcome: 'passed', evidence: { warnings: [warning] } })
    expect(credential?.warnings).toEqual([warning])
    expect(explain(report)).toContain('warning at /credentialSubject/employmentAssignment/fixedTermContractEndDate')
  })
})

const suitability = (
  type: string,
  requirements: Policy['suitability'] extends infer S ? NonNullable<S>[keyof S] : never,
) => ({ ...POLICIES.nhs, name: 'suitable', suitability: { [type]: requirements } }) as Policy

const SUITABLE: readonly [string, CredentialTypeName, (draft: Draft) => void, Draft, string][] = [
  [
    'a young enough fact',
    'Identity',
    (d) => {
      d.claims.issuedOn = '2026-02-01'
    },
    { maximumAge: 30 },
    'meets',
  ],
  [
    'too old a fact',
    'Identity',
    (d) => {
      d.claims.issuedOn = '2026-01-01'
    },
    { maximumAge: 30 },
    'fallsShort',
  ],
  ['a fact without a date', 'EmploymentAssignment', () => {}, { maximumAge: 30 }, 'cannotSay'],
  [
    'a level at least as high',
    'CoreSkill',
    (d) => {
      Object.assign(d.claims, { statMandSubject: 'Safeguarding adults (Level 2)', level: '2' })
    },
    { requiredLevel: '1' },
    'meets',
  ],
  [
    'too low a level',
    'CoreSkill',
    (d) => {
      Object.assign(d.claims, { statMandSubject: 'Safeguarding adults (Level 2)', level: '2' })
    },
    { requiredLevel: '3' },
    'fallsShort',
  ],
  ['a type without levels', 'EmploymentAssignment', () => {}, { requiredLevel: '3' }, 'cannotSay'],
  [
    'a workforce among those covered',
    'DisclosureAndBarringService',
    (d) => {
      d.claims.workforce = 'childAndAdult'
    },
    { requiredWorkforce: 'child' },
    'meets',
  ],
  [
    'another workforce',
    'DisclosureAndBarringService',
    (d) => {
      d.claims.workforce = 'other'
    },
    { requiredWorkforce: 'adult' },
    'fallsShort',
  ],
  ['a type without a workforce', 'EmploymentAssignment', () => {}, { requiredWorkforce: 'adult' }, 'cannotSay'],
]

describe('suitability', () => {
  it.each(SUITABLE)('%s', async (_title, type, change, requirements, outcome) => {
    const { northfield } = world.authority.organisations
    const issued = await northfield.issuer.issue(type, requestFor(world.authority, type, change) as never)
    const policy = suitability(type, requirements)
    const { verdict, report } = await verify(issued.credential, {
      policy,
      statusLists: await world.authority.statusLists(),
    })
    expect(report.reasons).toEqual([])
    expect(report.suitability).toEqual([{ requirement: Object.keys(requirements)[0], outcome }])
    expect(verdict).toBe('accepted')
    expect(explain(report)).toContain('no part of the verdict')
  })

  it('asks whether training is recent enough for this employer', async () => {
    const { northfield } = world.authority.organisations
    const request = requestFor(world.authority, 'CoreSkill')
    const { credential } = await northfield.issuer.issue('CoreSkill', request as never)
    const subject = String((request as Draft).claims.statMandSubject)
    const statusLists = await world.authority.statusLists()
    for (const [months, outcome] of [
      [1_000, 'meets'],
      [1, 'fallsShort'],
    ] as const) {
      const policy = suitability('CoreSkill', { refreshPeriods: { [subject]: months } })
      const { report } = await verify(credential, { policy, statusLists })
      expect(report.suitability).toEqual([{ requirement: 'refreshPeriods', outcome }])
    }
    const other = suitability('CoreSkill', { refreshPeriods: { 'Another subject': 12 } })
    const { report } = await verify(credential, { policy: other, statusLists })
    expect(report.suitability).toEqual([{ requirement: 'refreshPeriods', outcome: 'cannotSay' }])
  })

  it('is not asked of what was not accepted, or of other types', async () => {
    const policy = suitability('EmploymentAssignment', { maximumAge: 1 })
    const { report } = await verify(world.golden['vc+jwt'].credential, { policy, statusLists: [] })
    expect(report.suitability).toBeUndefined()
    const other = await verify(world.identity.credential, { policy })
    expect(other.report.suitability).toBeUndefined()
  })
})

describe('keys', () => {
  it('of a listed did:web without listed keys are fetched, and of nobody else', async () => {
    const did = 'did:web:northfield.example'
    const signer = renamed(world.authority.organisations.northfield.signer, `${did}#key-1`)
    const requests: string[] = []
    const document = createDidDocument({ did, keys: [{ keyId: signer.keyId, publicKeyJwk: signer.publicKeyJwk }] })
    const input = await resecured(
      world,
      'vc+jwt',
      (draft) => {
        draft.issuer.id = did
      },
      { signer },
    )
    const fetch: VerifierOptions['fetch'] = async (url, request) => {
      requests.push(url)
      return serving(document)(url, request)
    }
    const listed = await trustListWith(world, 'northfield', (entry) => {
      entry.issuers.push(did)
      delete entry.keys
    })
    expect((await verify(input, { fetch, trustList: listed })).report.reasons).toEqual([])
    expect(requests).toEqual(['https://northfield.example/.well-known/did.json'])
    const unlisted = await verify(input, { fetch })
    expect(unlisted.report.checks.signature).toMatchObject({
      outcome: 'inconclusive',
      code: 'signature.keyUnavailable',
    })
    expect(unlisted.report.checks.issuerTrust).toMatchObject({ code: 'issuerTrust.unknownIssuer' })
    expect(requests).toHaveLength(1)
  })

  it('of a self-made issuer verify, and prove nothing', async () => {
    const signer = await strangerSigner()
    for (const format of FORMATS) {
      const input = await resecured(
        world,
        format,
        (draft) => {
          draft.issuer = signer.keyId.split('#')[0]
        },
        { signer },
      )
      const { report } = await verify(input)
      expect(report.checks.signature.outcome).toBe('passed')
      expect(report.checks.issuerTrust).toMatchObject({ code: 'issuerTrust.unknownIssuer' })
      expect(report.checks.status).toEqual({ outcome: 'notRun', blockedBy: ['issuerTrust'] })
      expect([report.checks.schema.outcome, report.checks.validityPeriod.outcome]).toContain('passed')
    }
  })

  it('of a successor let it speak for what its predecessor issued', async () => {
    const { southmere } = world.authority.organisations
    const { documentOf } = await import('./support/world.js')
    const lists = await Promise.all(
      world.statusLists.map((list) => {
        const document = documentOf(list)
        if ((document.issuer as Draft) !== world.authority.organisations.northfield.did) return list
        return secure(
          'vc+jwt',
          { ...document, issuer: southmere.did },
          northfieldSecuring(world, { signer: southmere.signer }),
        )
      }),
    )
    const merged = await trustListWith(world, 'northfield', (entry) => {
      entry.closed = '2026-04-01'
      entry.successors = ['southmere']
    })
    const input = world.golden['data-integrity'].credential
    expect((await verify(input, { statusLists: lists, trustList: merged })).report.reasons).toEqual([])
    const { report } = await verify(input, { statusLists: lists })
    expect(report.checks.status).toMatchObject({ code: 'status.listIssuerNotAllowed' })
  })
})

describe('schemas of your own', () => {
  const schema: CredentialSchema = {
    type: 'ParkingPermit',
    id: 'https://northfield.example/schemas/parking-permit',
    validate: (document) =>
      (document.credentialSubject as Draft).bay === 7 ? [] : [{ path: '/credentialSubject/bay', code: 'schema.const' }],
  }
  const permit = (bay: number) =>
    resecured(world, 'vc+jwt', (draft) => {
      draft.type = ['VerifiableCredential', 'ParkingPermit']
      draft.credentialSchema.id = schema.id
      draft.credentialSubject = { id: draft.credentialSubject.id, bay }
    })
  const listed = () => trustListWith(world, 'northfield', (entry) => entry.mayIssue.push({ type: 'ParkingPermit' }))

  it('are used for their type', async () => {
    const good = await verify(await permit(7), { schemas: [schema], trustList: await listed() })
    expect(good.report.reasons).toEqual([])
    expect(good.report.input.type).toBe('ParkingPermit')
    const bad = await verify(await permit(8), { schemas: [schema], trustList: await listed() })
    expect(bad.report.checks.schema).toMatchObject({
      code: 'schema.invalid',
      faults: [{ path: '/credentialSubject/bay', code: 'schema.const' }],
    })
  })

  it('do not make a type trusted, and without them it is unknown', async () => {
    expect((await verify(await permit(7), { schemas: [schema] })).report.checks.issuerTrust).toMatchObject({
      code: 'issuerTrust.typeNotAllowed',
    })
    expect((await verify(await permit(7))).report.checks.schema).toMatchObject({ code: 'schema.unknownType' })
  })
})

describe('w3c-proof-only', () => {
  it('asks for the proof and says aloud what it did not ask', async () => {
    const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: world.options.clock! })
    for (const format of FORMATS) {
      const result = await verifier.verifyCredential(world.golden[format].credential)
      expectReportShape(result.report)
      expect(result.verdict).toBe('accepted')
      const { checks } = result.report
      for (const name of ['issuerTrust', 'schema', 'status', 'holderBinding'] as const)
        expect(checks[name]).toMatchObject({
          outcome: 'notRun',
          skipped: expect.stringMatching(/was not (asked|compared)/),
        })
      expect(explain(result.report)).toContain('skipped by the policy')
    }
  })

  it('takes any key that the proof names, yet no false signature', async () => {
    const verifier = createVerifier({ policy: POLICIES['w3c-proof-only'], clock: world.options.clock! })
    const stranger = await resecured(world, 'data-integrity', () => {}, { signer: await strangerSigner() })
    expect((await verifier.verify(stranger)).verdict).toBe('accepted')
    const forged = { ...(stranger as Draft), issuer: 'did:example:other' }
    expect((await verifier.verify(forged)).report.reasons).toEqual([{ check: 'signature', code: 'signature.invalid' }])
  })
})
