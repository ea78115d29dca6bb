import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { importPublicKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import type { ContextRules, FindKey, ReadResult } from '../../src/formats/input.js'
import { readInput } from '../../src/formats/read.js'
import { signJwtCredential, signJwtPresentation } from '../../src/formats/vc-jwt/sign.js'
import { verifySignature } from '../../src/formats/verify-signature.js'
import { exampleContexts } from '../support/contexts.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorFile, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-jose-cose'
const CREATED = new Date('2024-06-01T00:00:00Z')

interface PublishedCase {
  readonly number: number
  readonly input_file: string
  readonly key_file: string
  readonly fn: 'issue' | 'verify'
  readonly feature: 'credential_jose' | 'presentation_jose'
  readonly expected_result: 'success' | 'failure'
}

const cases: readonly PublishedCase[] = hasVectors ? Object.values(vectorJson(`${FOLDER}/cases.json`).jose) : []
const caseNumber = (number: number): PublishedCase => cases.find((one) => one.number === number) as PublishedCase

const keyFile = (name: string) => vectorJson(`${FOLDER}/input/${name}`)
const inputFile = (name: string): string => vectorFile(`${FOLDER}/input/${name}`).trim()
const rules: ContextRules = { contexts: 'anyKnown', extraContexts: hasVectors ? exampleContexts() : [] }

// Their key ids are thumbprints: the one key of the case is the answer to all of them.
const findKeyOf =
  (name: string): FindKey =>
  async () => ({ ok: true, key: await importPublicKey(keyFile(name).publicKeyJwk) })

const read = ({ input_file }: PublishedCase): ReadResult => readInput(inputFile(input_file), rules)

const signerOf = (name: string) => {
  const { id, secretKeyJwk } = keyFile(name)
  const { alg: _alg, kid: _kid, ...jwk } = secretKeyJwk
  return createLocalSigner(jwk, id)
}

const payloadOf = (token: string): JsonObject => jose.decodeJwt(token) as unknown as JsonObject

const signatureOn = async (token: string, key: string): Promise<string> => {
  const result = readInput(token, rules)
  if (!result.ok) return result.code
  const finding = await verifySignature(result.input, { findKey: findKeyOf(key), now: CREATED.getTime() })
  return 'code' in finding.result ? finding.result.code : finding.result.outcome
}

/** What must fail, and why it does. */
const REFUSED: readonly (readonly [number, string])[] = [
  [9, 'format.algorithmNotAllowed'],
  [10, 'format.proofMissing'],
  [11, 'format.proofMissing'],
  [12, 'format.invalidDateTime'],
  [13, 'format.typeMismatch'],
  [14, 'format.typeMismatch'],
  [15, 'format.malformed'],
]

/** What the suite accepts and we refuse: `iat` that is no number (RFC 7519, 4.1.6), and curves that we do not offer. */
const STRICTER: readonly (readonly [number, string])[] = [
  [6, 'format.invalidDateTime'],
  [7, 'format.algorithmNotAllowed'],
  [8, 'format.invalidDateTime'],
]

describe.runIf(hasVectors)('Securing Verifiable Credentials using JOSE and COSE: published cases', () => {
  const mustFail = cases.filter((one) => one.fn === 'verify' && one.expected_result === 'failure').length
  const score = keepScore('w3c-vc-jose-cose (JOSE)', {
    refusals: mustFail,
    issued: 2,
    'verified but for their textual iat': 2,
  })

  it.each(REFUSED)('case %i must fail: %s', (number, code) => {
    expect(caseNumber(number).expected_result).toBe('failure')
    expect(read(caseNumber(number))).toMatchObject({ ok: false, code })
    score.held('refusals')
  })

  it('case 12 fails by its signature alone, too', async () => {
    const { input_file, key_file } = caseNumber(12)
    const key = await jose.importJWK(keyFile(key_file).publicKeyJwk)
    await expect(jose.compactVerify(inputFile(input_file), key)).rejects.toThrow()
  })

  it('case 16 must fail: what it envelopes is no credential', async () => {
    const result = read(caseNumber(16))
    if (!result.ok || result.input.kind !== 'presentation') throw new Error('the presentation itself is readable')
    expect(result.input.credentials.map((credential) => readInput(credential, rules).ok)).toEqual([false])
    score.held('refusals')
  })

  it.each(STRICTER)('case %i is refused, and said to be: %s', (number, code) => {
    expect(caseNumber(number).expected_result).toBe('success')
    expect(read(caseNumber(number))).toMatchObject({ ok: false, code })
  })

  it.each([6, 8])('case %i verifies once its iat is a number', async (number) => {
    const { input_file, key_file } = caseNumber(number)
    const token = inputFile(input_file)
    const signer = await signerOf(key_file)
    const { kid, typ, cty } = jose.decodeProtectedHeader(token) as { kid: string; typ: string; cty: string }
    const payload = { ...payloadOf(token), iat: Date.parse(String(payloadOf(token).iat)) / 1000 }
    const again = await signCompactJws({
      header: { typ, cty },
      payload: JSON.stringify(payload),
      signer: { ...signer, keyId: kid },
    })
    expect(await signatureOn(again, key_file)).toBe('passed')
    expect(await signatureOn(again, number === 6 ? 'vm-ed25519.json' : 'vm-p256.json')).toBe('signature.keyMismatch')
    score.held('verified but for their textual iat')
  })

  it.each([1, 3])('case %i is issued, and jose verifies it', async (number) => {
    const { input_file, key_file, feature } = caseNumber(number)
    const signer = await signerOf(key_file)
    const document = vectorJson(`${FOLDER}/input/${input_file}`)
    const asked = { challenge: 'c', audience: 'https://verifier.example', created: CREATED, expires: CREATED }
    const token =
      feature === 'credential_jose'
        ? await signJwtCredential(document, signer, { created: CREATED })
        : await signJwtPresentation(document, signer, asked)
    const key = await jose.importJWK(keyFile(key_file).publicKeyJwk)
    const { payload } = await jose.compactVerify(token, key)
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject(document)
    expect(await signatureOn(token, key_file)).toBe('passed')
    score.held('issued')
  })

  it('every case is one of these; issuing with P-384 and P-521 (2, 4, 5) is not offered', () => {
    expect([...REFUSED, ...STRICTER].length + 1 + 2 + 3).toBe(cases.length)
  })
})
