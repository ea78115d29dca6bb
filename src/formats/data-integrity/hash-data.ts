import { digestText } from '#runtime'
import { canonicalizeJson } from '../../codec/jcs.js'
import type { JsonObject } from '../../core/json.js'
import type { SignatureAlgorithm } from '../../ports/signer.js'
import type { MaybePromise } from '../../runtime/runtime.js'
import type { ContextDocument } from '../input.js'
import { cryptosuiteNamed } from './suites.js'

/**
 * The canonical forms of a document: of the statements it makes (RDFC-1.0), its nodes told apart by SHA-256 or, for
 * P-384, by SHA-384; and of its text (RFC 8785).
 */
export type Canonicalization = 'rdfc' | 'rdfc-384' | 'jcs'

/** What canonical forms depend on besides the document. */
export interface FormOptions {
  readonly extraContexts?: readonly ContextDocument[]
  readonly canonicalizer?: 'compiled' | 'reference'
}

/** Gives the canonical form of a document, made once however often it is asked for. */
export type FormOf = (document: JsonObject, canonicalization: Canonicalization) => MaybePromise<string>

type Linked = typeof import('./canonicalize.js')

// Heavy, and of no use to who never meets linked data.
let linked: Linked | undefined
const loadLinked = async (): Promise<Linked> => {
  linked = await import('./canonicalize.js')
  return linked
}

type MakeForm = (document: JsonObject, options: FormOptions) => MaybePromise<string>

const linkedForm =
  (digest: 'SHA-256' | 'SHA-384'): MakeForm =>
  (document, options) => {
    const canonicalizeWith = ({ canonicalize }: Linked) => canonicalize(document, { ...options, digest })
    return linked ? canonicalizeWith(linked) : loadLinked().then(canonicalizeWith)
  }

const MAKE: Readonly<Record<Canonicalization, MakeForm>> = {
  rdfc: linkedForm('SHA-256'),
  'rdfc-384': linkedForm('SHA-384'),
  jcs: (document) => canonicalizeJson(document),
}

/**
 * Canonical forms of the documents of one verification. Remembers them by identity: throw it away afterwards.
 * The forms throw, or reject with, an Error of the JSON-LD processor.
 */
export const createForms = ({ extraContexts, canonicalizer }: FormOptions = {}): FormOf => {
  const options = { ...(extraContexts ? { extraContexts } : {}), ...(canonicalizer ? { canonicalizer } : {}) }
  const forms = new Map<JsonObject, Map<Canonicalization, MaybePromise<string>>>()
  return (document, canonicalization) => {
    const known = forms.get(document) ?? new Map<Canonicalization, MaybePromise<string>>()
    const form = known.get(canonicalization) ?? MAKE[canonicalization](document, options)
    forms.set(document, known.set(canonicalization, form))
    return form
  }
}

/** The intermediate values of signing and verifying, as the specifications name them. */
export interface HashData {
  readonly canonicalDocument: string
  readonly canonicalProof: string
  /** The proof's hash followed by the document's: what is signed. */
  readonly hashData: Uint8Array
}

/** Byte strings, one after the other. */
export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let position = 0
  for (const part of parts) {
    bytes.set(part, position)
    position += part.length
  }
  return bytes
}

/**
 * What a proof says of itself, as it is signed. Linked data reads it by the contexts of the document; JCS suites sign
 * the contexts that the proof itself states.
 */
const configurationOf = (document: JsonObject, proof: JsonObject, canonicalization: Canonicalization): JsonObject => {
  const { proofValue: _, ...options } = proof
  const context = document['@context']
  return canonicalization === 'jcs' || context === undefined ? options : { ...options, '@context': context }
}

/** The canonical form of what a proof says of itself. */
export const proofForm = (
  document: JsonObject,
  proof: JsonObject,
  canonicalization: Canonicalization,
  formOf: FormOf,
): MaybePromise<string> => formOf(configurationOf(document, proof, canonicalization), canonicalization)

/** The hash that goes with a key (Data Integrity ECDSA Cryptosuites 1.0, section 3.2). */
const hashFor = (algorithm: SignatureAlgorithm) => (algorithm === 'ES384' ? 'SHA-384' : 'SHA-256')

const canonicalizationOf = ({ cryptosuite }: JsonObject, algorithm: SignatureAlgorithm): Canonicalization => {
  if (cryptosuiteNamed(cryptosuite)?.transformation === 'jcs') return 'jcs'
  return algorithm === 'ES384' ? 'rdfc-384' : 'rdfc'
}

/** Who signs, and with what memory of canonical forms. */
export interface HashOptions {
  readonly algorithm?: SignatureAlgorithm
  readonly formOf?: FormOf
}

const hashForms = (hash: 'SHA-256' | 'SHA-384', canonicalDocument: string, canonicalProof: string): HashData => ({
  canonicalDocument,
  canonicalProof,
  hashData: concat(digestText(hash, canonicalProof), digestText(hash, canonicalDocument)),
})

/**
 * Computes what a proof of a suite that signs whole documents signs; the proof's `cryptosuite` says which.
 * @param document the document without proofs, or with those that this one builds on
 * @param options the algorithm of the key, by default EdDSA
 * @throws Error of the JSON-LD processor
 * @see Data Integrity EdDSA Cryptosuites 1.0, section 3; Data Integrity ECDSA Cryptosuites 1.0, section 3
 */
export const computeHashData = (
  document: JsonObject,
  proof: JsonObject,
  { algorithm = 'EdDSA', formOf = createForms() }: HashOptions = {},
): MaybePromise<HashData> => {
  const canonicalization = canonicalizationOf(proof, algorithm)
  const hash = hashFor(algorithm)
  const ofDocument = formOf(document, canonicalization)
  // One after the other: what one throws must not leave the other's promise with nobody to hear of it.
  if (typeof ofDocument !== 'string')
    return ofDocument.then(async (form) =>
      hashForms(hash, form, await proofForm(document, proof, canonicalization, formOf)),
    )
  const ofProof = proofForm(document, proof, canonicalization, formOf)
  if (typeof ofProof !== 'string') return ofProof.then((form) => hashForms(hash, ofDocument, form))
  return hashForms(hash, ofDocument, ofProof)
}
