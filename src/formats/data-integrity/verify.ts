import { parseDateTime } from '../../codec/date-time.js'
import type { CheckCode } from '../../core/codes.js'
import { asArray, type Json, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { type CheckResult, failed, inconclusive, passed } from '../../core/outcome.js'
import type { PublicKey } from '../../crypto/keys.js'
import type { MaybePromise } from '../../runtime/runtime.js'
import type { Presented, ReadInput, SignatureFinding, SignatureOptions } from '../input.js'
import { computeHashData, createForms, type FormOf } from './hash-data.js'
import { type ReadyProof, readyProof } from './read.js'
import type { Transformation } from './suites.js'

const PURPOSES = { credential: 'assertionMethod', presentation: 'authentication' } as const

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

interface ProofContext {
  readonly options: SignatureOptions
  readonly input: ReadInput
  readonly formOf: FormOf
}

/** Whether a proof holds over a document, under a key that fits its suite. */
type Holds = (document: JsonObject, key: PublicKey) => MaybePromise<boolean>

/** Opens the value of a proof; `undefined` when it is malformed. */
type OpenProof = (context: ProofContext, proof: JsonObject, value: Uint8Array) => MaybePromise<Holds | undefined>

const openWhole: OpenProof =
  ({ formOf }, proof, signature) =>
  (document, key) => {
    const computed = computeHashData(document, proof, { algorithm: key.algorithm, formOf })
    if (computed instanceof Promise) return computed.then(({ hashData }) => key.verify(hashData, signature))
    return key.verify(computed.hashData, signature)
  }

const openSelective: OpenProof = async (context, proof, value) => {
  const { openSelectiveProof } = await import('./selective/verify.js')
  return openSelectiveProof(proof, value, { ...context.options, formOf: context.formOf })
}

const OPEN: Readonly<Record<Transformation, OpenProof>> = {
  rdfc: openWhole,
  jcs: openWhole,
  selective: openSelective,
}

/** Whether a proof holds, or why that cannot be said. */
const tryProof = async (holds: Holds, document: JsonObject, key: PublicKey) => {
  try {
    return await holds(document, key)
  } catch (error) {
    return codeOf(error)
  }
}

const verifyWithKey = async (
  { input }: ProofContext,
  one: Proof,
  { keyId, suite, holds }: Omit<ReadyProof, 'value'> & { readonly holds: Holds },
  key: PublicKey,
): Promise<CheckResult> => {
  const evidence = evidenceOf(one.proof, keyId)
  const fail = (code: CheckCode) => failed(code, evidence, at(one.index, code))
  if (!suite.algorithms.includes(key.algorithm)) return fail('signature.keyMismatch')
  const document = coveredBy(input, one)
  if (!document) return fail('signature.chainBroken')
  const held = await tryProof(holds, document, key)
  if (typeof held === 'string') return fail(held)
  return held ? passed(evidence) : fail('signature.invalid')
}

const verifyProof = async (context: ProofContext, one: Proof): Promise<CheckResult> => {
  const refuse = (code: CheckCode) => failed(code, {}, at(one.index, code))
  const purpose = PURPOSES[context.input.kind]
  const ready = readyProof(one.proof, purpose)
  const holds = ready && (await OPEN[ready.suite.transformation](context, one.proof, ready.value))
  if (!holds) return refuse('signature.proofMalformed')
  if (isStale(one.proof, context.options)) return refuse('signature.proofExpired')
  const found = await context.options.findKey(ready.keyId, purpose)
  if (found.ok) return verifyWithKey(context, one, { keyId: ready.keyId, suite: ready.suite, holds }, found.key)
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
  const context: ProofContext = { options, input, formOf: createForms(options) }
  const results: CheckResult[] = []
  for (const [index, proof] of input.proofs.entries()) results.push(await verifyProof(context, { proof, index }))
  const result = conclude(results)
  return { result, presented: result.outcome === 'passed' ? input.proofs.map(presentedBy) : [] }
}
