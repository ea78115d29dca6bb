import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../src/core/json.js'
import { mandatoryPointers } from '../../src/formats/data-integrity/mandatory.js'
import { isDerived } from '../../src/formats/data-integrity/read.js'
import { deriveSelective } from '../../src/formats/data-integrity/selective/derive.js'
import {
  type BaseValue,
  type DerivedValue,
  readProofValue,
  writeBaseValue,
  writeDerivedValue,
} from '../../src/formats/data-integrity/selective/proof-value.js'
import { selectByPointers } from '../../src/formats/data-integrity/selective/select.js'
import { addProof } from '../../src/formats/data-integrity/sign.js'
import type { ContextDocument } from '../../src/formats/input.js'
import type { Signer } from '../../src/ports/signer.js'
import { keyOf, plainDocument, signatureOutcome, somebody } from '../support/suites.js'
import { CHANGES, changedAt, places } from '../verifier/support/mutations.js'
import { type Draft, edited } from '../verifier/support/sign.js'

const CREATED = new Date('2026-03-02T09:00:00Z')
const MANDATORY = ['/issuer', '/validFrom', '/validUntil', '/credentialStatus', '/credentialSubject/0/name']

let signer: Signer
let base: JsonObject
let derived: JsonObject
beforeAll(async () => {
  signer = (await somebody('ES256')).signer
  base = await sign(hostile())
  derived = await deriveSelective(base, {
    selectivePointers: ['/name', '/credentialSubject/1', '/credentialSubject/2'],
  })
})

// Texts that look like statements, and like names of nodes, on either side of one.
const hostile = (): JsonObject =>
  edited(plainDocument('did:example:issuer') as Json, (draft) => {
    draft.name = 'A _:c14n0 and a <urn:bnid:b0> "_:c14n1 .\n _:b0 .'
    draft.credentialSubject[1].name = ' _:c14n0 .'
    draft.credentialSubject[2].name = '\uff5e 😀'
  }) as JsonObject

const sign = (document: JsonObject, pointers: readonly string[] = MANDATORY, by: Signer = signer) =>
  addProof(document, by, { cryptosuite: 'ecdsa-sd-2023', created: CREATED, mandatoryPointers: pointers })

const outcome = (input: unknown) => signatureOutcome(input, keyOf(signer))

const proofValueOf = (signed: JsonObject): BaseValue | DerivedValue => {
  const value = readProofValue(decodeMultibase(String((signed.proof as JsonObject).proofValue)) ?? new Uint8Array())
  if (!value) throw new Error('no proof value')
  return value
}

const derivedValue = (signed = derived): DerivedValue => {
  const value = proofValueOf(signed)
  if (value.kind !== 'derived') throw new Error('not derived')
  return value
}

const withProofValue = (signed: JsonObject, proofValue: string): JsonObject => ({
  ...signed,
  proof: { ...(signed.proof as JsonObject), proofValue },
})

const bytesIn = (labels: ReadonlyMap<string, string>) =>
  new Map([...labels].map(([name, label]) => [name, decodeMultibase(label) ?? new Uint8Array()]))

/** The derived credential with parts of its proof exchanged. */
const forged = (change: (value: DerivedValue) => Partial<DerivedValue>, of = derived): JsonObject => {
  const value = derivedValue(of)
  const next = { ...value, ...change(value) }
  return withProofValue(of, writeDerivedValue({ ...next, labels: bytesIn(next.labels) }))
}

describe('base proofs', () => {
  it('hold, and are not derived', async () => {
    expect(await outcome(base)).toBe('passed')
    expect(isDerived(base.proof as JsonObject)).toBe(false)
  })

  it('name their nodes anew every time', async () => {
    const again = proofValueOf(await sign(hostile())) as BaseValue
    const value = proofValueOf(base) as BaseValue
    expect(again.hmacKey).not.toEqual(value.hmacKey)
    expect(again.publicKey).not.toEqual(value.publicKey)
  })

  const FORGED: readonly (readonly [string, (value: BaseValue) => Partial<BaseValue>])[] = [
    ['fewer mandatory pointers', () => ({ mandatoryPointers: MANDATORY.slice(1) })],
    ['more mandatory pointers', () => ({ mandatoryPointers: [...MANDATORY, '/name'] })],
    ['a pointer to nothing', () => ({ mandatoryPointers: ['/isConsultant'] })],
    ['a pointer that is none', () => ({ mandatoryPointers: ['issuer'] })],
    ['a pointer to what every object has', () => ({ mandatoryPointers: ['/constructor/name'] })],
    ['another secret', () => ({ hmacKey: new Uint8Array(32) })],
    ['a signature fewer', ({ signatures }) => ({ signatures: signatures.slice(1) })],
    ['the signatures in another order', ({ signatures }) => ({ signatures: [...signatures].reverse() })],
    ['another base signature', ({ signatures }) => ({ baseSignature: signatures[0] ?? new Uint8Array() })],
  ]
  it.each(FORGED)('%s: refused', async (_title, change) => {
    const value = proofValueOf(base) as BaseValue
    expect(await outcome(withProofValue(base, writeBaseValue({ ...value, ...change(value) })))).toBe(
      'signature.invalid',
    )
  })
})

describe('derived proofs', () => {
  it('hold, say that they are derived, and show what was chosen and what is mandatory', async () => {
    expect(await outcome(derived)).toBe('passed')
    expect(isDerived(derived.proof as JsonObject)).toBe(true)
    const { proof: _, ...shown } = derived
    const expected = edited(hostile() as Json, (draft) => {
      delete draft.credentialSubject[0].description
    })
    expect(shown).toEqual(expected)
  })

  it('with nothing chosen, what is mandatory is shown', async () => {
    const { proof: _, ...shown } = await deriveSelective(base, { selectivePointers: [] })
    const { name: _name, credentialSubject, ...rest } = hostile()
    expect(shown).toEqual({ ...rest, credentialSubject: [{ id: 'did:example:holder', name: 'Somebody' }] })
    expect((credentialSubject as readonly Json[]).length).toBe(3)
  })

  it('with everything chosen, everything is shown', async () => {
    const all = await deriveSelective(base, { selectivePointers: [''] })
    const { proof: _, ...shown } = all
    expect(shown).toEqual(hostile())
    expect(await outcome(all)).toBe('passed')
  })

  it('the holder cannot read more than it was shown into what it derives again', async () => {
    await expect(deriveSelective(derived, { selectivePointers: ['/name'] })).rejects.toThrow(TypeError)
  })

  it.each([['/isConsultant'], ['name'], ['/credentialSubject/9'], ['/credentialSubject/01'], ['/credentialSubject/-']])(
    'there is nothing to choose at %s',
    async (pointer) => {
      await expect(deriveSelective(base, { selectivePointers: [pointer] })).rejects.toThrow(TypeError)
    },
  )

  it('the issuer is not told: one derived credential does not say what another withheld', async () => {
    const [one, two] = await Promise.all(
      ['/name', '/credentialSubject/0/description'].map((pointer) =>
        deriveSelective(base, { selectivePointers: [pointer] }),
      ),
    )
    expect(derivedValue(one).signatures).not.toEqual(derivedValue(two).signatures)
    expect(JSON.stringify(one)).not.toContain('Somebody who works')
  })

  const CHANGED: readonly (readonly [string, (draft: Draft) => void])[] = [
    [
      'a mandatory member withheld after all',
      (draft) => {
        delete draft.validUntil
      },
    ],
    [
      'a mandatory member changed',
      (draft) => {
        draft.validUntil = '2099-01-01T00:00:00Z'
      },
    ],
    [
      'a chosen member changed',
      (draft) => {
        draft.name = 'Another'
      },
    ],
    [
      'a member added that was not signed',
      (draft) => {
        draft.description = 'Consultant'
      },
    ],
    [
      'two nodes exchanged for each other',
      (draft) => {
        draft.credentialSubject[1].name = hostile().name
      },
    ],
    [
      'one node made two',
      (draft) => {
        draft.credentialSubject.push({ name: draft.credentialSubject[1].name })
      },
    ],
    [
      'a node made one with another',
      (draft) => {
        draft.credentialSubject[1].name = [draft.credentialSubject[1].name, draft.credentialSubject[2].name]
        draft.credentialSubject.pop()
      },
    ],
    [
      'a node given a name',
      (draft) => {
        draft.credentialSubject[1].id = 'did:example:holder'
      },
    ],
  ]
  it.each(CHANGED)('%s: refused', async (_title, change) => {
    expect(await outcome(edited(derived as Json, change))).toBe('signature.invalid')
  })

  const swapped = (labels: ReadonlyMap<string, string>) => {
    const names = [...labels.keys()]
    return new Map([...labels.values()].reverse().map((label, index) => [names[index] ?? '', label]))
  }
  const FORGED: readonly (readonly [string, string, (value: DerivedValue) => Partial<DerivedValue>])[] = [
    ['names exchanged', 'signature.invalid', ({ labels }) => ({ labels: swapped(labels) })],
    ['a name too few', 'signature.invalid', ({ labels }) => ({ labels: new Map([...labels].slice(1)) })],
    [
      'a name too many',
      'signature.invalid',
      ({ labels }) => ({ labels: new Map([...labels, ['c14n9', encodeMultibase('u', new Uint8Array(32))]]) }),
    ],
    [
      'one name for two nodes',
      'signature.proofMalformed',
      ({ labels }) => ({ labels: new Map([...labels.keys()].map((name) => [name, [...labels.values()][0] ?? ''])) }),
    ],
    ['a signature fewer', 'signature.invalid', ({ signatures }) => ({ signatures: signatures.slice(1) })],
    [
      'a signature twice',
      'signature.invalid',
      ({ signatures }) => ({ signatures: [...signatures, ...signatures.slice(-1)] }),
    ],
    [
      'signatures in another order',
      'signature.invalid',
      ({ signatures }) => ({ signatures: [...signatures].reverse() }),
    ],
    [
      'a signed statement said to be mandatory',
      'signature.invalid',
      ({ mandatoryIndexes, signatures }) => ({
        mandatoryIndexes: [...new Set([0, 1, 2, ...mandatoryIndexes])].sort((a, b) => a - b),
        signatures: signatures.slice(0, -1),
      }),
    ],
    [
      'a mandatory statement said to be signed',
      'signature.invalid',
      ({ mandatoryIndexes }) => ({ mandatoryIndexes: mandatoryIndexes.slice(1) }),
    ],
    [
      'a place beyond the last',
      'signature.invalid',
      ({ mandatoryIndexes }) => ({ mandatoryIndexes: [...mandatoryIndexes, 999] }),
    ],
    [
      'a place twice',
      'signature.proofMalformed',
      ({ mandatoryIndexes }) => ({ mandatoryIndexes: mandatoryIndexes.flatMap((at) => [at, at]) }),
    ],
    [
      'places out of order',
      'signature.proofMalformed',
      ({ mandatoryIndexes }) => ({ mandatoryIndexes: [...mandatoryIndexes].reverse() }),
    ],
    ['no statements mandatory', 'signature.invalid', () => ({ mandatoryIndexes: [] })],
  ]
  it.each(FORGED)('%s: %s', async (_title, code, change) => {
    expect(await outcome(forged(change))).toBe(code)
  })

  it('statements of one credential do not pass in another of the same issuer', async () => {
    const other = await deriveSelective(
      await sign(
        edited(hostile() as Json, (draft) => {
          draft.name = 'Another'
        }) as JsonObject,
      ),
      { selectivePointers: ['/name', '/credentialSubject/1', '/credentialSubject/2'] },
    )
    const { signatures, publicKey, labels } = derivedValue(other)
    const mixed = { ...derived, name: 'Another' }
    expect(await outcome(forged(() => ({ signatures }), mixed))).toBe('signature.invalid')
    expect(await outcome(forged(() => ({ signatures, publicKey }), mixed))).toBe('signature.invalid')
    expect(await outcome(forged(() => ({ signatures, publicKey, labels }), mixed))).toBe('signature.invalid')
  })

  it('a key of the holder’s own for the statements does not pass', async () => {
    const { publicKey, signatures } = proofValueOf(await sign(hostile(), MANDATORY, (await somebody('ES256')).signer))
    const count = derivedValue().signatures.length
    expect(await outcome(forged(() => ({ publicKey, signatures: signatures.slice(0, count) })))).toBe(
      'signature.invalid',
    )
  })

  it('an accepted mutation says nothing that was not signed', async () => {
    const said = new Set(facts(hostile()))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places(derived)), fc.constantFrom(...CHANGES), async (path, change) => {
        const mutant = changedAt(derived, path, change)
        if ((await outcome(mutant)) !== 'passed') return
        const { proof: _, ...document } = mutant as JsonObject
        expect(facts(document as JsonObject).filter((fact) => !said.has(fact))).toEqual([])
        expect((document as JsonObject).validUntil ?? 'missing').not.toBe('missing')
      }),
      { numRuns: 150 },
    )
  })
})

/** Every member and its value, wherever it stands. */
const facts = (value: Json, name = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => facts(item as Json, name))
  if (!isJsonObject(value)) return [`${name}=${JSON.stringify(value)}`]
  return Object.entries(value).flatMap(([member, inner]) => facts(inner, member === '@value' ? name : member))
}

describe('presentations', () => {
  it('are presented whole: a selective proof does not hold for one, base or derived', async () => {
    const { '@context': context, issuer: holder } = hostile()
    const presentation = { '@context': context, type: ['VerifiablePresentation'], holder } as JsonObject
    const signed = await addProof(presentation, signer, {
      cryptosuite: 'ecdsa-sd-2023',
      created: CREATED,
      proofPurpose: 'authentication',
      mandatoryPointers: ['/holder'],
    })
    expect(await outcome(signed)).toBe('signature.proofMalformed')
    const derived = await deriveSelective(signed, { selectivePointers: [] })
    expect(await outcome(derived)).toBe('signature.proofMalformed')
  })
})

describe('what is mandatory', () => {
  const document = edited(plainDocument('did:example:issuer') as Json, (draft) => {
    draft.credentialSubject = { id: 'did:example:holder', a: 1, claims: { 'b/c': 2, d: [3, { e: 4, f: 5 }] } }
  }) as JsonObject
  const always = ['/issuer', '/name', '/validFrom', '/validUntil', '/credentialStatus']

  it.each<[readonly string[], readonly string[]]>([
    [[], [...always, '/credentialSubject']],
    [
      ['/credentialSubject/claims/b~1c'],
      [...always, '/credentialSubject/id', '/credentialSubject/a', '/credentialSubject/claims/d'],
    ],
    [
      ['/credentialSubject/claims/d/1/e'],
      [
        ...always,
        '/credentialSubject/id',
        '/credentialSubject/a',
        '/credentialSubject/claims/b~1c',
        '/credentialSubject/claims/d/0',
        '/credentialSubject/claims/d/1/f',
      ],
    ],
    [['/credentialSubject'], always],
    [
      ['/credentialSubjects', '/credentialSubject/absent'],
      [...always, '/credentialSubject/id', '/credentialSubject/a', '/credentialSubject/claims'],
    ],
  ])('may be withheld: %j', (disclosable, expected) => {
    expect(mandatoryPointers(document, disclosable)).toEqual(expected)
    expect(selectByPointers(document, mandatoryPointers(document, disclosable))).toBeDefined()
  })
})

describe('documents whose parts cannot be told apart', () => {
  const context: ContextDocument = {
    url: 'https://contexts.example/v1',
    document: {
      '@context': {
        ordered: { '@id': 'https://contexts.example/#ordered', '@container': '@list' },
        raw: { '@id': 'https://contexts.example/#raw', '@type': '@json' },
        graph: { '@id': 'https://contexts.example/#graph', '@container': '@graph' },
      },
    },
  }
  const contexts = [...asArray(plainDocument('')['@context']), context.url]

  it.each<[string, JsonObject]>([
    ['lists', { ordered: ['a', 'b'] }],
    ['JSON literals', { raw: { any: { thing: 1 } } }],
    ['graphs', { graph: { name: 'x' } }],
    ['named blank nodes', { id: '_:b0', name: 'x' }],
  ])('%s are not signed selectively', async (_title, member) => {
    const document = { ...plainDocument('did:example:issuer'), '@context': contexts, credentialSubject: member }
    const signing = addProof(document as JsonObject, signer, {
      cryptosuite: 'ecdsa-sd-2023',
      created: CREATED,
      mandatoryPointers: ['/issuer'],
      extraContexts: [context],
    })
    await expect(signing).rejects.toThrow(TypeError)
  })

  it('a mandatory pointer to nothing is a mistake', async () => {
    await expect(sign(hostile(), ['/isConsultant'])).rejects.toThrow(TypeError)
  })
})
