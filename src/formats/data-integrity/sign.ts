import { formatDateTime } from '../../codec/date-time.js'
import { encodeMultibase } from '../../codec/multibase.js'
import { PassportError } from '../../core/errors.js'
import { asArray, copyJson, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { ALGORITHMS } from '../../crypto/algorithms.js'
import type { Signer } from '../../ports/signer.js'
import type { ContextDocument } from '../input.js'
import { computeHashData, createForms, type FormOf } from './hash-data.js'
import { mandatoryPointers } from './mandatory.js'
import {
  CRYPTOSUITES,
  type CryptosuiteName,
  type CryptosuiteRow,
  linkedDataSuite,
  type Transformation,
  type WholeCryptosuiteName,
} from './suites.js'

/** What a proof says, and what it covers. */
export interface ProofOptions {
  /** By default the linked-data suite of the key. */
  readonly cryptosuite?: CryptosuiteName
  readonly created: Date
  readonly expires?: Date
  /** By default `assertionMethod`, which is what credentials are signed for. */
  readonly proofPurpose?: 'assertionMethod' | 'authentication'
  readonly challenge?: string
  readonly domain?: string
  /** A URL, so that later proofs can build on this one. */
  readonly id?: string
  /** Identifiers of proofs already there, which this one covers too. */
  readonly previousProof?: string | readonly string[]
  /** Of `ecdsa-sd-2023` alone: JSON pointers to what a holder can never withhold. */
  readonly mandatoryPointers?: readonly string[]
  readonly extraContexts?: readonly ContextDocument[]
}

const suiteFor = (signer: Signer, wanted: CryptosuiteName | undefined): CryptosuiteName => {
  const name = wanted ?? linkedDataSuite(signer.algorithm)
  const suite: CryptosuiteRow | undefined = name && CRYPTOSUITES[name]
  if (!name || !suite?.algorithms.includes(signer.algorithm))
    throw new TypeError(`A key of ${signer.algorithm} cannot sign with ${name ?? 'Data Integrity'}`)
  return name
}

const sameContext = (document: JsonObject): JsonObject =>
  document['@context'] === undefined ? {} : { '@context': document['@context'] }

/** What the proof says of itself. A JCS suite repeats the contexts of the document, which it could not sign otherwise. */
const configurationOf = (
  document: JsonObject,
  cryptosuite: CryptosuiteName,
  { keyId }: Signer,
  options: ProofOptions,
): JsonObject => ({
  ...(CRYPTOSUITES[cryptosuite].transformation === 'jcs' ? sameContext(document) : {}),
  ...(options.id === undefined ? {} : { id: options.id }),
  type: 'DataIntegrityProof',
  cryptosuite,
  created: formatDateTime(options.created.getTime()),
  ...(options.expires === undefined ? {} : { expires: formatDateTime(options.expires.getTime()) }),
  verificationMethod: keyId,
  proofPurpose: options.proofPurpose ?? 'assertionMethod',
  ...(options.challenge === undefined ? {} : { challenge: options.challenge }),
  ...(options.domain === undefined ? {} : { domain: options.domain }),
  ...(options.previousProof === undefined ? {} : { previousProof: options.previousProof }),
})

/** The document that a proof is made over: with the proofs that it builds on (Data Integrity 1.0, section 4.3). */
const coveredDocument = (document: JsonObject, earlier: readonly Json[], previous: readonly Json[]): JsonObject => {
  if (previous.length === 0) return document
  const matching = earlier.filter(
    (proof) => isJsonObject(proof) && proof.id !== undefined && previous.includes(proof.id),
  )
  if (matching.length !== previous.length)
    throw new TypeError('previousProof must name proofs of the document, each once')
  return { ...document, proof: matching }
}

interface ValueInput {
  readonly document: JsonObject
  readonly proof: JsonObject
  readonly signer: Signer
  readonly options: ProofOptions
  readonly formOf: FormOf
}

const signBytes = async ({ algorithm, sign }: Signer, data: Uint8Array): Promise<Uint8Array> => {
  const signature = await sign(data)
  if (signature.length !== ALGORITHMS[algorithm].signatureBytes)
    throw new PassportError('key.signingFailed', 'The signer gave a signature of the wrong length')
  return signature
}

const wholeValue = async ({ document, proof, signer, formOf }: ValueInput): Promise<string> => {
  const { hashData } = await computeHashData(document, proof, { algorithm: signer.algorithm, formOf })
  return encodeMultibase('z', await signBytes(signer, hashData))
}

const selectiveValue = async ({ signer, options, ...input }: ValueInput): Promise<string> => {
  const { createBaseValue } = await import('./selective/sign.js')
  const { extraContexts, mandatoryPointers = [] } = options
  const contexts = extraContexts ? { extraContexts } : {}
  return createBaseValue({ ...input, ...contexts, mandatoryPointers, signBase: (data) => signBytes(signer, data) })
}

const VALUES: Readonly<Record<Transformation, (input: ValueInput) => Promise<string>>> = {
  rdfc: wholeValue,
  jcs: wholeValue,
  selective: selectiveValue,
}

/**
 * Adds a proof to a document, after those that it has: alone it is the proof, with others it makes a set, and with
 * `previousProof` a chain. The document must carry a context that defines the terms of Data Integrity, as that of VCDM
 * 2.0 does.
 * @throws TypeError when the key cannot sign with the suite, `previousProof` names no proof of the document, or a
 * mandatory pointer leads to nothing
 * @throws PassportError `key.signingFailed` when the signer's answer is not a signature
 * @throws Error of the JSON-LD processor for a term that no context defines, or for too much work
 * @see Data Integrity 1.0, sections 4.2 and 4.3
 */
export const addProof = async (document: JsonObject, signer: Signer, options: ProofOptions): Promise<JsonObject> => {
  const cryptosuite = suiteFor(signer, options.cryptosuite)
  const { proof: present, ...bare } = copyJson(document)
  const earlier = asArray(present)
  const covered = coveredDocument(bare, earlier, asArray(options.previousProof))
  const proof = configurationOf(bare, cryptosuite, signer, options)
  const formOf = createForms(options.extraContexts ? { extraContexts: options.extraContexts } : {})
  const makeValue = VALUES[CRYPTOSUITES[cryptosuite].transformation]
  const made = { ...proof, proofValue: await makeValue({ document: covered, proof, signer, options, formOf }) }
  return { ...bare, proof: earlier.length === 0 ? made : [...earlier, made] }
}

/** What a credential is signed with. */
export interface CredentialProofOptions {
  readonly created: Date
  /** JSON pointers to what the holder may withhold, in a suite that can. */
  readonly disclosable?: readonly string[]
  readonly extraContexts?: readonly ContextDocument[]
}

/** What a presentation's proof is made for. */
export interface PresentationProofOptions extends Omit<CredentialProofOptions, 'disclosable'> {
  readonly challenge: string
  readonly audience: string
}

/**
 * Secures a credential with a proof, by default of the linked-data suite of the key.
 * @throws what {@link addProof} throws
 */
export const signDataIntegrity = (
  document: JsonObject,
  signer: Signer,
  { disclosable = [], ...options }: CredentialProofOptions,
  cryptosuite?: CryptosuiteName,
): Promise<JsonObject> =>
  addProof(document, signer, {
    ...options,
    ...(cryptosuite ? { cryptosuite } : {}),
    ...(cryptosuite === 'ecdsa-sd-2023' ? { mandatoryPointers: mandatoryPointers(document, disclosable) } : {}),
  })

/** How to secure a credential in one suite. */
export const signWithSuite =
  (cryptosuite: CryptosuiteName) =>
  (document: JsonObject, signer: Signer, options: CredentialProofOptions): Promise<JsonObject> =>
    signDataIntegrity(document, signer, options, cryptosuite)

/**
 * Secures a presentation with a proof for authentication, by default of the linked-data suite of the key.
 * @throws what {@link addProof} throws
 */
export const signDataIntegrityPresentation = (
  document: JsonObject,
  signer: Signer,
  { audience, challenge, created, extraContexts }: PresentationProofOptions,
  cryptosuite?: WholeCryptosuiteName,
): Promise<JsonObject> =>
  addProof(document, signer, {
    created,
    challenge,
    domain: audience,
    proofPurpose: 'authentication',
    ...(extraContexts ? { extraContexts } : {}),
    ...(cryptosuite ? { cryptosuite } : {}),
  })
