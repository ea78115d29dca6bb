import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { importPublicKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import type { ContextRules, FindKey, ReadResult } from '../../src/formats/input.js'
import { readInput } from '../../src/formats/read.js'
import { signW3cSdJwt } from '../../src/formats/sd-jwt/sign.js'
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
  readonly feature: 'credential_jose' | 'presentation_jose' | 'credential_sdjwt' | 'presentation_sdjwt'
  readonly disclosure_paths?: readonly string[]
  readonly expected_result: 'success' | 'failure'
}

const published = hasVectors ? vectorJson(`${FOLDER}/cases.json`) : { jose: {}, sdjwt: {}, cose: {} }
const cases: readonly PublishedCase[] = [...Object.values(published.jose), ...Object.values(published.sdjwt)] as never
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
  [9, 'format.invalidDateTime'],
  [10, 'format.proofMissing'],
  [11, 'format.proofMissing'],
  [12, 'format.invalidDateTime'],
  [13, 'format.typeMismatch'],
  [14, 'format.typeMismatch'],
  [15, 'format.malformed'],
  [23, 'format.invalidDateTime'],
  [24, 'format.typeMismatch'],
  [25, 'format.typeMismatch'],
]

/** What the suite accepts and we refuse: an `iat` that is no number (RFC 7519, 4.1.6). */
const TEXTUAL_IAT = [6, 8, 20, 21] as const

/** What it accepts, and so do we. */
const VERIFIED = [7, 22] as const

/** What holds an enveloped credential that is none. */
const BAD_CREDENTIAL = [16, 26] as const

const ISSUED = [1, 2, 3, 4, 17, 18, 19] as const

const isTokenOfParts = (text: string): boolean => text.includes('~')

/** `credentialSubject.phoneNumbers[0]` as a JSON pointer. */
const pointerOf = (path: string): string => `/${path.replaceAll('[', '.').replaceAll(']', '').split('.').join('/')}`

const COUNTS = {
  refusals: REFUSED.length + BAD_CREDENTIAL.length + 1,
  verified: VERIFIED.length,
  'verified but for their textual iat': TEXTUAL_IAT.length,
  issued: ISSUED.length,
}

/** A published token with its `iat` as a number, signed again with its own key. */
const mended = async ({ input_file, key_file }: PublishedCase): Promise<string> => {
  const text = inputFile(input_file)
  const [token = '', ...rest] = text.split('~')
  const signer = await signerOf(key_file)
  const { kid, typ, cty } = jose.decodeProtectedHeader(token) as { kid: string; typ: string; cty: string }
  const payload = { ...payloadOf(token), iat: Date.parse(String(payloadOf(token).iat)) / 1000 }
  const again = await signCompactJws({
    header: { typ, cty },
    payload: JSON.stringify(payload),
    signer: { ...signer, keyId: kid },
  })
  return isTokenOfParts(text) ? [again, ...rest].join('~') : again
}

describe.runIf(hasVectors)('Securing Verifiable Credentials using JOSE and COSE: published cases', () => {
  const score = keepScore('w3c-vc-jose-cose (JOSE and SD-JWT; COSE out of scope)', COUNTS)

  it.each(REFUSED)('case %i must fail: %s', (number, code) => {
    expect(caseNumber(number).expected_result).toBe('failure')
    expect(read(caseNumber(number))).toMatchObject({ ok: false, code })
    score.held('refusals')
  })

  it('case 9 must fail for what it adds, too, once its iat is a number: our contexts are exact', async () => {
    expect(readInput(await mended(caseNumber(9)))).toMatchObject({ ok: false, code: 'format.contextNotAllowed' })
  })

  it.each([12, 23])('case %i fails by its signature alone, too', async (number) => {
    const { input_file, key_file } = caseNumber(number)
    const key = await jose.importJWK(keyFile(key_file).publicKeyJwk)
    await expect(jose.compactVerify(inputFile(input_file).split('~')[0] ?? '', key)).rejects.toThrow()
  })

  it.each(BAD_CREDENTIAL)('case %i must fail: what it envelopes is no credential', (number) => {
    const result = read(caseNumber(number))
    if (result.ok) {
      if (result.input.kind !== 'presentation') throw new Error('it is a presentation')
      expect(result.input.credentials.map((credential) => readInput(credential, rules).ok)).toContain(false)
    } else expect(result.code).toMatch(/^format\./)
    score.held('refusals')
  })

  it('case 5 must fail: what it says is in a context that is not at hand', async () => {
    const { input_file, key_file, expected_result } = caseNumber(5)
    expect(expected_result).toBe('failure')
    const document = vectorJson(`${FOLDER}/input/${input_file}`)
    const token = await signJwtCredential(document, await signerOf(key_file), { created: CREATED })
    expect(readInput(token)).toMatchObject({ ok: false, code: 'format.contextNotAllowed' })
    score.held('refusals')
  })

  it.each(VERIFIED)('case %i verifies', async (number) => {
    const { input_file, key_file } = caseNumber(number)
    expect(await signatureOn(inputFile(input_file), key_file)).toBe('passed')
    score.held('verified')
  })

  it.each(TEXTUAL_IAT)('case %i is refused for its textual iat, and verifies once it is a number', async (number) => {
    const one = caseNumber(number)
    expect(one.expected_result).toBe('success')
    expect(read(one)).toMatchObject({ ok: false, code: 'format.invalidDateTime' })
    const again = await mended(one)
    expect(await signatureOn(again, one.key_file)).toBe('passed')
    const other = one.key_file === 'vm-ed25519.json' ? 'vm-p256.json' : 'vm-ed25519.json'
    expect(await signatureOn(again, other)).toBe('signature.keyMismatch')
    score.held('verified but for their textual iat')
  })

  it.each(ISSUED)('case %i is issued, and jose verifies it', async (number) => {
    const { input_file, key_file, feature, disclosure_paths = [] } = caseNumber(number)
    const signer = await signerOf(key_file)
    const document = vectorJson(`${FOLDER}/input/${input_file}`)
    const asked = { challenge: 'c', audience: 'https://verifier.example', created: CREATED, expires: CREATED }
    const makers = {
      credential_jose: () => signJwtCredential(document, signer, { created: CREATED }),
      presentation_jose: () => signJwtPresentation(document, signer, asked),
      credential_sdjwt: () =>
        signW3cSdJwt(document, signer, { created: CREATED, disclosable: disclosure_paths.map(pointerOf) }),
      presentation_sdjwt: () =>
        signW3cSdJwt(document, signer, { created: CREATED, disclosable: disclosure_paths.map(pointerOf) }),
    }
    const text = await makers[feature]()
    const key = await jose.importJWK(keyFile(key_file).publicKeyJwk)
    const { payload } = await jose.compactVerify(text.split('~')[0] ?? '', key)
    if (disclosure_paths.length === 0) expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject(document)
    else {
      expect(text.split('~').length).toBe(disclosure_paths.length + 2)
      const result = readInput(text, rules)
      expect(result.ok && result.input.document).toEqual(document)
    }
    expect(await signatureOn(text, key_file)).toBe('passed')
    score.held('issued')
  })

  it('every case is one of these', () => {
    expect(Object.values(COUNTS).reduce((sum, count) => sum + count, 0)).toBe(cases.length)
  })
})
