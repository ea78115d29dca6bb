import { beforeAll, describe, expect, it } from 'vitest'
import { toDisplayText } from '../../src/codec/display-text.js'
import { parseStrictJson } from '../../src/codec/strict-json.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { folded } from '../../src/credentials/rules/read.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES, parsePolicy } from '../../src/verifier/policy.js'
import { edited, payloadOf, withProof, withToken } from '../verifier/support/sign.js'
import { createWorld, northfieldSecuring, requestFor, type World } from '../verifier/support/world.js'
import { expectAccepted, expectRefused } from './harness.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const verify = (input: unknown) => createVerifier(world.options).verifyCredential(input)

describe('group E: JSON and text', () => {
  it('TXT-01 a hundred thousand nested arrays', async () => {
    await expectRefused('SP_LIMIT_EXCEEDED', () => verify('['.repeat(100_000)))
    await expectRefused('SP_LIMIT_EXCEEDED', () => verify(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`))
    await expectRefused('SP_LIMIT_EXCEEDED', () =>
      verify(`{"proof":${'{"proof":'.repeat(50_000)}1${'}'.repeat(50_000)}}`),
    )
  })

  it('TXT-01 an object that holds itself', async () => {
    const loop: { self?: unknown } = {}
    loop.self = loop
    await expectRefused('PARSING_ERROR', () => verify(loop))
  })

  it.each([
    [
      'in a document',
      () => JSON.stringify(world.golden['data-integrity'].credential).replace('{', '{"__proto__":{"isAdmin":true},'),
    ],
    [
      'deep in the claims',
      () =>
        JSON.stringify(world.golden['data-integrity'].credential).replace(
          '"jobRole"',
          '"__proto__":{"isAdmin":true},"jobRole"',
        ),
    ],
  ])('TXT-02 __proto__ %s', async (_, make) => {
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(make()))
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('TXT-02 __proto__ in a token', async () => {
    const payload = JSON.stringify(payloadOf(world.golden['vc+jwt'].document, northfieldSecuring(world))).replace(
      '{',
      '{"__proto__":{"isAdmin":true},',
    )
    await expectRefused('MALFORMED_VALUE_ERROR', async () =>
      verify(await withToken(payload, northfieldSecuring(world))),
    )
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('TXT-02 constructor and prototype stay plain members', async () => {
    const parsed = parseStrictJson('{"constructor":{"prototype":{"isAdmin":true}}}')
    expect(parsed.ok && Object.hasOwn(parsed.value as object, 'constructor')).toBe(true)
    const named = edited(world.golden['vc+jwt'].document as Json, (draft) => {
      draft.credentialSubject.constructor = { prototype: { isAdmin: true } }
    }) as JsonObject
    await expectRefused(
      'SP_SCHEMA',
      async () => verify(await withToken(payloadOf(named, northfieldSecuring(world)), northfieldSecuring(world))),
      { code: 'schema.unknownProperty' },
    )
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('TXT-02 a policy with a member named __proto__', () => {
    const hostile = JSON.parse(JSON.stringify(POLICIES.nhs).replace('{', '{"__proto__":{"skip":{}},'))
    expect(() => parsePolicy(hostile)).toThrow(TypeError)
  })

  it.each([
    ['a Cyrillic letter', 'did:web:trus\u0442.nhs.example', 'INVALID_DID'],
    ['a soft hyphen', 'did:web:tru\u00adst.nhs.example', 'INVALID_DID'],
    ['its punycode', 'did:web:xn--trus-q8d.nhs.example', 'SP_ISSUER_UNTRUSTED'],
  ] as const)('TXT-03 an issuer with %s', async (_title, issuer, token) => {
    const document = { ...world.golden['vc+jwt'].document, issuer }
    const input = await withToken(payloadOf(document, northfieldSecuring(world)), northfieldSecuring(world))
    const code = token === 'INVALID_DID' ? { code: 'format.invalidIdentifier' } : {}
    await expectRefused(token, () => verify(input), code)
  })

  it.each([
    ['right-to-left override', 'Consultant\u202etnatlusnoc'],
    ['isolates', '\u2066a\u2069\u2067b\u2068'],
    ['zero-width characters', 'a\u200bb\u200cc\u200dd\ufeff'],
    ['a terminal escape', '\u001b[2Jgone\u0007'],
    ['a hyperlink escape', '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007'],
  ])('TXT-04 %s is shown as a mark, never obeyed', (_, text) => {
    const shown = toDisplayText(text)
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/)
    expect(shown).toContain('⟨U+')
  })

  it('TXT-04 heaps of marks are cut, and what was signed stays as it is', async () => {
    const zalgo = `r${'\u0301'.repeat(200)}ole`
    expect(toDisplayText(zalgo).length).toBeLessThan(20)
    const document = edited(world.golden['data-integrity'].document as Json, (draft) => {
      draft.credentialSubject.employmentAssignment.jobTitle = zalgo
    }) as JsonObject
    const result = (await expectAccepted(async () => verify(await withProof(document, northfieldSecuring(world))))) as {
      credential: { claims: { jobTitle: string } }
    }
    expect(result.credential.claims.jobTitle).toBe(zalgo)
  })

  const NAMES = [
    'Ŵyn',
    'Łukasz',
    'O’Brien',
    "O'Brien",
    'D’Souza-Ní',
    'Ng',
    '李',
    'محمد',
    'Zoë'.normalize('NFD'),
    'X'.repeat(80),
    'María José de la Cruz',
    'Sukarno',
  ]

  it.each(NAMES)('TXT-05 a real name is no attack (%#)', async (name) => {
    const { northfield } = world.authority.organisations
    const request = requestFor(world.authority, 'Identity', (draft) => {
      draft.claims.legalFirstName = name
      draft.claims.legalSurname = name
    })
    for (const format of ['data-integrity', 'vc+jwt'] as const) {
      const issued = await northfield.issuer.issue('Identity', request, { format })
      const verifier = createVerifier({ ...world.options, statusLists: await world.authority.statusLists() })
      await expectAccepted(() => verifier.verifyCredential(issued.credential))
    }
  })

  it('TXT-05 composed and decomposed forms, and either apostrophe, match each other', () => {
    expect(folded('Zoë'.normalize('NFC'))).toBe(folded('Zoë'.normalize('NFD')))
    expect(folded('O’Brien')).toBe(folded("O'Brien"))
  })
})
