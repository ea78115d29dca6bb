import type { JsonObject } from '../../src/core/json.js'
import { generateKey, importPublicKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import type { CryptosuiteName, WholeCryptosuiteName } from '../../src/formats/data-integrity/suites.js'
import type { ContextDocument, FindKey } from '../../src/formats/input.js'
import { readInput } from '../../src/formats/read.js'
import { verifySignature } from '../../src/formats/verify-signature.js'
import type { SignatureAlgorithm, Signer } from '../../src/ports/signer.js'

/** A cryptosuite and a key for it. */
export type SuiteAndKey = readonly [suite: CryptosuiteName, algorithm: SignatureAlgorithm]

/** Every suite with every kind of key that can sign it. */
export const SUITES: readonly SuiteAndKey[] = [
  ['eddsa-rdfc-2022', 'EdDSA'],
  ['eddsa-jcs-2022', 'EdDSA'],
  ['ecdsa-rdfc-2019', 'ES256'],
  ['ecdsa-rdfc-2019', 'ES384'],
  ['ecdsa-jcs-2019', 'ES256'],
  ['ecdsa-jcs-2019', 'ES384'],
  ['ecdsa-sd-2023', 'ES256'],
]

/** The suites that sign whole documents, and so presentations. */
export const WHOLE_SUITES = SUITES.filter(
  (one): one is readonly [WholeCryptosuiteName, SignatureAlgorithm] => one[0] !== 'ecdsa-sd-2023',
)

/** Somebody with a fresh key under a did:key of its own. */
export interface Somebody {
  readonly did: string
  readonly signer: Signer
}

/** Makes somebody. */
export const somebody = async (algorithm: SignatureAlgorithm): Promise<Somebody> => {
  const key = await generateKey(algorithm)
  const { did, keyId } = didKey(key)
  return { did, signer: await createLocalSigner(key, keyId) }
}

/** A key under any name at all: whose it is does not matter to a signature. */
export const keyOf = (signer: Signer): FindKey => {
  const key = importPublicKey(signer.publicKeyJwk)
  return async () => ({ ok: true, key: await key })
}

/** What reading and checking the signature come to: a code, or `passed`. */
export const signatureOutcome = async (
  input: unknown,
  findKey: FindKey,
  extraContexts: readonly ContextDocument[] = [],
): Promise<string> => {
  const read = readInput(input, { contexts: 'anyKnown', extraContexts })
  if (!read.ok) return read.code
  const { result } = await verifySignature(read.input, {
    findKey,
    now: Date.parse('2026-03-02T12:00:00Z'),
    extraContexts,
  })
  return 'code' in result ? result.code : result.outcome
}

/** A document of VCDM 2.0 that uses its context alone, with nodes that have names and nodes that have none. */
export const plainDocument = (issuer: string): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential'],
  issuer,
  name: 'A credential of 😀 and “é”',
  validFrom: '2026-03-02T09:00:00Z',
  validUntil: '2027-03-02T09:00:00Z',
  credentialStatus: [
    {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://trust.example/status/1',
    },
  ],
  credentialSubject: [
    { id: 'did:example:holder', name: 'Somebody', description: 'Somebody who works' },
    { name: 'a passport was seen' },
    { name: 'a face was seen' },
  ],
})
