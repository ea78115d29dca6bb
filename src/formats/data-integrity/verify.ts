import { sha256 } from '#runtime'
import { parseDateTime } from '../../codec/date-time.js'
import { encodeUtf8 } from '../../codec/utf8.js'
import type { CheckCode } from '../../core/codes.js'
import { asArray, type Json, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { type CheckResult, failed, inconclusive, passed } from '../../core/outcome.js'
import type { PublicKey } from '../../crypto/keys.js'
import type { Presented, ReadInput, SignatureFinding, SignatureOptions } from '../input.js'
import type { DocumentLoader } from './canonicalize.js'
import { type ReadyProof, readyProof } from './read.js'

const PURPOSES = { credential: 'assertionMethod', presentation: 'authentication' } as const

/** The intermediate values of verification, as the specification names them. */
export interface HashData {
  readonly canonicalDocument: string
  readonly canonicalProof: string
  /** The proof's hash followed by the document's: what is signed. */
  readonly hashData: Uint8Array
}

const concat = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(a.length + b.length)
  bytes.set(a)
  bytes.set(b, a.length)
  return bytes
}

/**
 * Computes what an `eddsa-rdfc-2022` proof signs.
 * @param document the document without proofs, or with those that this one builds on
 * @throws Error of the JSON-LD processor
 * @see Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.3 to 3.2.5
 */
export const computeHashData = async (
  document: JsonObject,
  proof: JsonObject,
  documentLoader: DocumentLoader,
): Promise<HashData> => {
  const { canonicalize } = await import('./canonicalize.js')
  const { proofValue: _, ...options } = proof
  const configuration = { ...options, '@context': document['@context'] as Json }
  const [canonicalDocument, canonicalProof] = await Promise.all([
    canonicalize(document, documentLoader),
    canonicalize(configuration, documentLoader),
  ])
  const hashData = concat(sha256(encodeUtf8(canonicalProof)), sha256(encodeUtf8(canonicalDocument)))
  return { canonicalDocument, canonicalProof, hashData }
}

// What the processor says in prose is not looked at; only what kind of error it was.
const codeOf = (error: unknown): 'signature.undefinedTerm' | 'signature.tooComplex' => {
  const name = error instanceof Error ? error.name : ''
  if (name.startsWith('jsonld.') || error instanceof TypeError) return 'signature.undefinedTerm'
  return 'signature.tooComplex'
}

interface Proof {
  readonly proof: JsonObject
  readonly index: number
}

/** The document that a proof covers: with the proofs it builds on (Data Integrity 1.0, 4.3); `undefined` when one is not there. */
const coveredBy = (input: ReadInput, { proof }: Proof): JsonObject | undefined => {
  const previous = asArray(proof.previousProof)
  if (previous.length === 0) return input.document
  const matching = previous.map((id) =>
    input.proofs.find((other) => other !== proof && other.id !== undefined && other.id === id),
  )
  return matching.includes(undefined) ? undefined : { ...input.document, proof: matching as JsonObject[] }
}

const momentOf = (value: Json | undefined): number | undefined =>
  typeof value === 'string' ? parseDateTime(value) : undefined

const isStale = (proof: JsonObject, { now, skew = LIMITS.clockSkew }: SignatureOptions): boolean => {
  const created = momentOf(proof.created)
  const expires = momentOf(proof.expires)
  return (created !== undefined && created > now + skew) || (expires !== undefined && now >= expires + skew)
}

const evidenceOf = (proof: JsonObject, keyId: string) => ({
  cryptosuite: String(proof.cryptosuite),
  keyId,
  ...(typeof proof.created === 'string' ? { created: proof.created } : {}),
})

const at = (index: number, code: CheckCode) => [{ path: `/proof/${index}`, code }]

interface ProofContext extends SignatureOptions {
  readonly input: ReadInput
  readonly documentLoader: DocumentLoader
}

const verifyWithKey = async (
  context: ProofContext,
  one: Proof,
  ready: ReadyProof,
  key: PublicKey,
): Promise<CheckResult> => {
  const evidence = evidenceOf(one.proof, ready.keyId)
  const fail = (code: CheckCode) => failed(code, evidence, at(one.index, code))
  if (key.algorithm !== 'EdDSA') return fail('signature.keyMismatch')
  const document = coveredBy(context.input, one)
  if (!document) return fail('signature.chainBroken')
  const signed = await computeHashData(document, one.proof, context.documentLoader).catch(codeOf)
  if (typeof signed === 'string') return fail(signed)
  return (await key.verify(signed.hashData, ready.signature)) ? passed(evidence) : fail('signature.invalid')
}

const verifyProof = async (context: ProofContext, one: Proof): Promise<CheckResult> => {
  const purpose = PURPOSES[context.input.kind]
  const ready = readyProof(one.proof, purpose)
  if (!ready) return failed('signature.proofMalformed', {}, at(one.index, 'signature.proofMalformed'))
  if (isStale(one.proof, context)) return failed('signature.proofExpired', {}, at(one.index, 'signature.proofExpired'))
  const found = await context.findKey(ready.keyId, purpose)
  if (found.ok) return verifyWithKey(context, one, ready, found.key)
  const outcome = found.outcome === 'failed' ? failed : inconclusive
  return outcome(found.code, evidenceOf(one.proof, ready.keyId), at(one.index, found.code))
}

const presentedBy = (proof: JsonObject): Presented => {
  const created = momentOf(proof.created)
  const expires = momentOf(proof.expires)
  return {
    keyId: String(proof.verificationMethod),
    ...(typeof proof.challenge === 'string' ? { challenge: proof.challenge } : {}),
    audience: asArray(proof.domain).filter((domain) => typeof domain === 'string'),
    ...(created === undefined ? {} : { created }),
    ...(expires === undefined ? {} : { expires }),
  }
}

/** Every proof has to hold; the first that does not decides, failures before doubts. */
const conclude = (results: readonly CheckResult[]): CheckResult => {
  const bad = results.find(({ outcome }) => outcome === 'failed') ?? results.find(({ outcome }) => outcome !== 'passed')
  return bad ?? passed({ proofs: results.map((result) => ('evidence' in result ? result.evidence : {})) })
}

/** Verifies every proof of a Data Integrity document, in order. */
export const verifyDataIntegrity = async (input: ReadInput, options: SignatureOptions): Promise<SignatureFinding> => {
  const { createDocumentLoader } = await import('./canonicalize.js')
  const context: ProofContext = { ...options, input, documentLoader: createDocumentLoader(options.extraContexts) }
  const results: CheckResult[] = []
  for (const [index, proof] of input.proofs.entries()) results.push(await verifyProof(context, { proof, index }))
  const result = conclude(results)
  return { result, presented: result.outcome === 'passed' ? input.proofs.map(presentedBy) : [] }
}
