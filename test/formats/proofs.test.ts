import { beforeAll, describe, expect, it } from 'vitest'
import { encodeMultibase } from '../../src/codec/multibase.js'
import { asArray, type Json, type JsonObject } from '../../src/core/json.js'
import { generateKey, importPublicKey, type PublicKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { computeHashData } from '../../src/formats/data-integrity/hash-data.js'
import { signDataIntegrity, signDataIntegrityPresentation } from '../../src/formats/data-integrity/sign.js'
import type { FindKey, FoundKey } from '../../src/formats/input.js'
import { readInput } from '../../src/formats/read.js'
import { signJwtCredential } from '../../src/formats/vc-jwt/sign.js'
import { verifySignature } from '../../src/formats/verify-signature.js'
import type { Signer } from '../../src/ports/signer.js'
import { type Draft, edited } from '../verifier/support/sign.js'

const NOW = Date.parse('2026-03-02T12:00:00Z')
const CREATED = new Date('2026-03-02T09:00:00Z')
const ISSUER = 'did:web:trust.example'
const KEY = `${ISSUER}#key-1`

const DOCUMENT: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential'],
  issuer: ISSUER,
  validFrom: '2026-03-02T09:00:00Z',
  credentialSubject: { id: 'did:example:holder' },
}

let signer: Signer
let edKey: PublicKey
let ecKey: PublicKey
let signed: JsonObject
beforeAll(async () => {
  signer = await createLocalSigner(await generateKey('EdDSA'), KEY)
  edKey = await importPublicKey(signer.publicKeyJwk)
  const { d: _, ...ec } = await generateKey('ES256')
  ecKey = await importPublicKey(ec)
  signed = await signDataIntegrity(DOCUMENT, signer, { created: CREATED })
})

const proof = (draft: Draft): Draft => draft.proof

/** What came of it, and what was asked for on the way. */
const verify = async (input: unknown, answer: FoundKey = { ok: true, key: edKey }) => {
  const asked: string[] = []
  const findKey: FindKey = async (keyId, purpose) => {
    asked.push(`${keyId} for ${purpose}`)
    return answer
  }
  const read = readInput(input)
  if (!read.ok) return { outcome: 'refused', code: read.code, asked }
  const { result } = await verifySignature(read.input, { findKey, now: NOW })
  return { outcome: result.outcome, code: 'code' in result ? result.code : undefined, asked }
}

describe('one proof', () => {
  it('holds, and its key was asked for by id and purpose', async () => {
    expect(await verify(signed)).toEqual({
      outcome: 'passed',
      code: undefined,
      asked: [`${KEY} for assertionMethod`],
    })
  })

  it('a presentation is signed for authentication', async () => {
    const { '@context': context } = DOCUMENT
    const document: JsonObject = { '@context': context as Json, type: ['VerifiablePresentation'], holder: ISSUER }
    const asked = { challenge: 'c', audience: 'https://v.example', created: CREATED }
    const presentation = await signDataIntegrityPresentation(document, signer, asked)
    expect(await verify(presentation)).toMatchObject({ outcome: 'passed', asked: [`${KEY} for authentication`] })
  })

  const MALFORMED: readonly (readonly [string, (value: string) => Json | undefined])[] = [
    ['missing', () => undefined],
    ['null', () => null],
    ['a number', () => 5],
    ['empty', () => ''],
    ['a header alone', () => 'z'],
    ['no header', (value) => value.slice(1)],
    ['base64url', () => encodeMultibase('u', new Uint8Array(64))],
    ['the header of hexadecimal', (value) => `f${value.slice(1)}`],
    ['a capital header', (value) => `Z${value.slice(1)}`],
    ['white space before', (value) => ` ${value}`],
    ['white space after', (value) => `${value}\n`],
    ['white space within', (value) => `${value.slice(0, 9)} ${value.slice(9)}`],
    ...['0', 'O', 'I', 'l', 'é'].map(
      (letter) => [`the letter ${letter}`, (value: string) => value.slice(0, -1) + letter] as const,
    ),
    ['63 bytes', () => encodeMultibase('z', new Uint8Array(63).fill(7))],
    ['65 bytes', () => encodeMultibase('z', new Uint8Array(65).fill(7))],
    ['in a list', (value) => [value]],
  ]
  it.each(MALFORMED)(
    'a proofValue that is malformed (%s) is refused before a key is asked for',
    async (_title, change) => {
      const changed = edited(signed as Json, (draft) => {
        const value = change(proof(draft).proofValue)
        if (value === undefined) delete proof(draft).proofValue
        else proof(draft).proofValue = value
      })
      expect(await verify(changed)).toEqual({ outcome: 'failed', code: 'signature.proofMalformed', asked: [] })
    },
  )

  it.each([
    ['proofPurpose', 'authentication'],
    ['proofPurpose', 'https://w3id.org/security#assertionMethod'],
    ['proofPurpose', ['assertionMethod']],
    ['verificationMethod', undefined],
    ['verificationMethod', { id: KEY }],
    ['nonce', { '@value': 'x' }],
    ['domain', ['a', null]],
  ])('a proof whose %s is %j is malformed', async (name, value) => {
    const changed = edited(signed as Json, (draft) => {
      if (value === undefined) delete proof(draft)[name]
      else proof(draft)[name] = value
    })
    expect(await verify(changed)).toEqual({ outcome: 'failed', code: 'signature.proofMalformed', asked: [] })
  })

  it.each([
    'bbs-2023',
    'ecdsa-2019',
    'ecdsa-xi-2023',
    'eddsa-rdfc-2023',
    'constructor',
    'eddsa-2022',
    'EdDSA-RDFC-2022',
    '',
    null,
  ])('cryptosuite %j is not on the list', async (cryptosuite) => {
    const changed = edited(signed as Json, (draft) => {
      proof(draft).cryptosuite = cryptosuite
    })
    expect(await verify(changed)).toMatchObject({ outcome: 'refused', code: 'format.algorithmNotAllowed' })
  })

  it.each([
    ['Ed25519Signature2020', 'format.algorithmNotAllowed'],
    ['https://w3id.org/security#DataIntegrityProof', 'format.algorithmNotAllowed'],
    [['DataIntegrityProof'], 'format.malformed'],
  ])('proof type %j is not read', async (type, code) => {
    const changed = edited(signed as Json, (draft) => {
      proof(draft).type = type
    })
    expect(await verify(changed)).toMatchObject({ outcome: 'refused', code })
  })

  it.each([
    ['_:b0', 'format.invalidIdentifier'],
    ['x', 'format.invalidIdentifier'],
    [5, 'format.invalidIdentifier'],
  ])('a proof id of %j is no identifier', async (id, code) => {
    const changed = edited(signed as Json, (draft) => {
      proof(draft).id = id
    })
    expect(await verify(changed)).toMatchObject({ outcome: 'refused', code })
  })

  it('contexts of its own are allowed if they are the document’s, and no others', async () => {
    const withContext = (context: Json) =>
      edited(signed as Json, (draft) => {
        proof(draft)['@context'] = context
      })
    expect(await verify(withContext(['https://www.w3.org/ns/credentials/v2']))).toMatchObject({ outcome: 'passed' })
    expect(await verify(withContext('https://www.w3.org/ns/credentials/v2'))).toMatchObject({ outcome: 'passed' })
    for (const other of ['https://w3id.org/security/data-integrity/v2', {}, [], null])
      expect(await verify(withContext(other))).toMatchObject({ code: 'format.contextNotAllowed' })
  })

  it('a key that is not there ends the matter before linked data is looked at', async () => {
    const undefinedTerm = edited(signed as Json, (draft) => {
      draft.isConsultant = true
    })
    const unavailable = { ok: false, outcome: 'inconclusive', code: 'signature.keyUnavailable' } as const
    expect(await verify(undefinedTerm, unavailable)).toMatchObject({ outcome: 'inconclusive', code: unavailable.code })
    expect(await verify(undefinedTerm)).toMatchObject({ outcome: 'failed', code: 'signature.undefinedTerm' })
  })

  it('a key of another algorithm does not fit', async () => {
    expect(await verify(signed, { ok: true, key: ecKey })).toMatchObject({ code: 'signature.keyMismatch' })
    const token = await signJwtCredential(DOCUMENT, signer, { created: CREATED })
    expect(await verify(token, { ok: true, key: ecKey })).toMatchObject({ code: 'signature.keyMismatch' })
  })
})

describe('the time of a proof', () => {
  const MINUTE = 60_000
  const MOMENT = '2026-03-02T09:00:00Z'
  it.each([
    ['created', -MINUTE, undefined, 'passed'],
    ['created', -MINUTE - 1, undefined, 'signature.proofExpired'],
    ['created', 0, 0, 'passed'],
    ['created', -1, 0, 'signature.proofExpired'],
    ['expires', MINUTE - 1, undefined, 'passed'],
    ['expires', MINUTE, undefined, 'signature.proofExpired'],
    ['expires', -1, 0, 'passed'],
    ['expires', 0, 0, 'signature.proofExpired'],
  ] as const)('%s, seen %i ms after, with skew %s: %s', async (name, after, skew, expected) => {
    const signedNow = await andSigned(DOCUMENT, { created: '2026-03-01T09:00:00Z', [name]: MOMENT })
    const read = readInput(signedNow)
    if (!read.ok) throw new Error(read.code)
    const options = { findKey: async () => ({ ok: true, key: edKey }) as const, now: Date.parse(MOMENT) + after }
    const { result } = await verifySignature(read.input, skew === undefined ? options : { ...options, skew })
    expect('code' in result ? result.code : result.outcome).toBe(expected)
  })
})

/** Adds a proof with these members, over the document and the proofs it builds on. */
const andSigned = async (document: JsonObject, members: JsonObject): Promise<JsonObject> => {
  const { proof: earlier, ...bare } = document
  const previous = asArray(members.previousProof)
  const before = asArray(earlier).filter((one) => previous.includes((one as JsonObject).id as Json))
  const configuration: JsonObject = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-03-02T09:00:00Z',
    verificationMethod: KEY,
    proofPurpose: 'assertionMethod',
    ...members,
  }
  const over = before.length === 0 ? bare : { ...bare, proof: before }
  const { hashData } = await computeHashData(over, configuration)
  const made = { ...configuration, proofValue: encodeMultibase('z', await signer.sign(hashData)) }
  return { ...bare, proof: [...asArray(earlier), made] }
}

describe('proof sets and chains', () => {
  const [A, B, C] = ['urn:uuid:a', 'urn:uuid:b', 'urn:uuid:c'] as const
  let chain: JsonObject
  beforeAll(async () => {
    const set = await andSigned(await andSigned(DOCUMENT, { id: A }), { id: B })
    chain = await andSigned(set, { id: C, previousProof: [A, B] })
  })

  it('every proof holds', async () => {
    expect(await verify(chain)).toMatchObject({ outcome: 'passed', asked: Array(3).fill(`${KEY} for assertionMethod`) })
  })

  const CASES: readonly (readonly [string, string, (draft: Draft) => void])[] = [
    ['a first link taken out', 'signature.chainBroken', (draft) => draft.proof.shift()],
    [
      'a link exchanged for another',
      'signature.invalid',
      (draft) => {
        draft.proof[2].previousProof = [A]
      },
    ],
    [
      'a chain made a set',
      'signature.invalid',
      (draft) => {
        delete draft.proof[2].previousProof
      },
    ],
    [
      'a set made a chain',
      'signature.invalid',
      (draft) => {
        draft.proof[1].previousProof = A
      },
    ],
    [
      'a proof that builds on itself',
      'signature.chainBroken',
      (draft) => {
        draft.proof[2].previousProof = C
      },
    ],
    [
      'two proofs that build on each other',
      'signature.invalid',
      (draft) => {
        draft.proof[0].previousProof = C
      },
    ],
    [
      'an earlier proof changed',
      'signature.invalid',
      (draft) => {
        draft.proof[0].created = '2026-03-02T09:00:01Z'
      },
    ],
    [
      'an id that means two proofs',
      'format.malformed',
      (draft) => {
        draft.proof[1].id = A
      },
    ],
    [
      'a garbage proof beside',
      'signature.proofMalformed',
      (draft) => draft.proof.push({ ...draft.proof[0], id: 'urn:uuid:d', proofValue: 'zzz' }),
    ],
    [
      'more proofs than anybody needs',
      'format.tooDeep',
      (draft) => {
        draft.proof = Array.from({ length: 17 }, (_, index) => ({ ...draft.proof[0], id: `urn:uuid:${index}` }))
      },
    ],
  ]
  it.each(CASES)('%s is refused', async (_title, code, change) => {
    expect((await verify(edited(chain as Json, change))).code).toBe(code)
  })

  it('a failure counts before a doubt', async () => {
    let first = true
    const findKey: FindKey = async () => {
      const answer: FoundKey = first
        ? { ok: false, outcome: 'inconclusive', code: 'signature.keyUnavailable' }
        : { ok: false, outcome: 'failed', code: 'signature.keyNotFound' }
      first = false
      return answer
    }
    const read = readInput(chain)
    if (!read.ok) throw new Error(read.code)
    const { result } = await verifySignature(read.input, { findKey, now: NOW })
    expect(result).toMatchObject({ outcome: 'failed', code: 'signature.keyNotFound' })
  })
})
