import { parseDateTime } from '../../codec/date-time.js'
import { decodeMultibase } from '../../codec/multibase.js'
import type { CheckCode } from '../../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { Fault } from '../../core/outcome.js'
import { ALGORITHMS } from '../../crypto/algorithms.js'
import { proofContextAgrees } from '../contexts.js'
import { isUrl } from '../shape.js'
import { findHiddenMember } from './member-names.js'
import { type CryptosuiteRow, cryptosuiteNamed } from './suites.js'

/** Proofs as they stand on a document, or why they cannot be read. */
export type ProofsResult =
  | { readonly ok: true; readonly proofs: readonly JsonObject[] }
  | { readonly ok: false; readonly code: CheckCode; readonly faults: readonly Fault[] }

const refuse = (code: CheckCode, path: string): ProofsResult => ({ ok: false, code, faults: [{ path, code }] })

const isMoment = (value: Json | undefined): boolean =>
  value === undefined || (typeof value === 'string' && parseDateTime(value) !== undefined)

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value.length > 0

const checkMembers = ({ '@context': _, ...proof }: JsonObject, path: string): ProofsResult | undefined => {
  if (findHiddenMember(proof, path) !== undefined) return refuse('format.forbiddenMember', path)
  if (proof.id !== undefined && !isUrl(proof.id)) return refuse('format.invalidIdentifier', `${path}/id`)
  return undefined
}

const checkProof = (proof: JsonObject, document: JsonObject, path: string): ProofsResult | undefined => {
  if (!isText(proof.type)) return refuse('format.malformed', `${path}/type`)
  // The proof types that came before it, Ed25519Signature2020 among them, name their algorithm by their type.
  if (proof.type !== 'DataIntegrityProof') return refuse('format.algorithmNotAllowed', `${path}/type`)
  if (!cryptosuiteNamed(proof.cryptosuite)) return refuse('format.algorithmNotAllowed', `${path}/cryptosuite`)
  if (!proofContextAgrees(proof, document)) return refuse('format.contextNotAllowed', `${path}/@context`)
  const unclear = checkMembers(proof, path)
  if (unclear) return unclear
  if (!isMoment(proof.created)) return refuse('format.invalidDateTime', `${path}/created`)
  if (!isMoment(proof.expires)) return refuse('format.invalidDateTime', `${path}/expires`)
  return undefined
}

// A chain refers to proofs by id, so that an id must mean one of them.
const repeatedId = (proofs: readonly Json[]): number | undefined => {
  const ids = proofs.map((proof) => (isJsonObject(proof) ? proof.id : undefined))
  const index = ids.findIndex((id, place) => id !== undefined && ids.indexOf(id) < place)
  return index < 0 ? undefined : index
}

const checkOne = (proof: Json, document: JsonObject, path: string): ProofsResult | undefined => {
  if (!isJsonObject(proof)) return refuse('format.malformed', path)
  return Object.keys(proof).length === 0 ? refuse('format.proofMissing', path) : checkProof(proof, document, path)
}

/**
 * Reads the proofs of a document: at least one, all of a suite on the allow-list.
 * @see Data Integrity 1.0, section 2.1
 */
export const readProofs = (value: Json | undefined, document: JsonObject): ProofsResult => {
  const proofs = asArray(value === null ? undefined : value)
  if (proofs.length === 0) return refuse('format.proofMissing', '/proof')
  if (proofs.length > LIMITS.proofs) return refuse('format.tooDeep', '/proof')
  for (const [index, proof] of proofs.entries()) {
    const refused = checkOne(proof, document, Array.isArray(value) ? `/proof/${index}` : '/proof')
    if (refused) return refused
  }
  const repeated = repeatedId(proofs)
  if (repeated !== undefined) return refuse('format.malformed', `/proof/${repeated}/id`)
  return { ok: true, proofs: proofs as readonly JsonObject[] }
}

/** A proof whose members are what its suite needs, made for the expected purpose. */
export interface ReadyProof {
  readonly keyId: string
  readonly suite: CryptosuiteRow
  /** The proof value, decoded. */
  readonly value: Uint8Array
}

const isTexts = (value: Json): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))

// Every member of a proof that we understand is a text or some texts; linked data could make more of anything else.
const notTexts = (proof: JsonObject): boolean =>
  Object.entries(proof).some(([name, value]) => name !== '@context' && !isTexts(value))

// Of a suite that signs whole documents the value is one signature; the selective suite's is read by itself.
const isOfSuite = ({ transformation, algorithms }: CryptosuiteRow, { length }: Uint8Array): boolean =>
  transformation === 'selective' || algorithms.some((name) => ALGORITHMS[name].signatureBytes === length)

// What a holder presents is presented whole: nobody on the way may leave a credential out of it.
const isForPurpose = ({ transformation }: CryptosuiteRow, purpose: string): boolean =>
  transformation !== 'selective' || purpose === 'assertionMethod'

/** The parts of a proof that are needed to verify it; `undefined` when any is missing, wrongly encoded, or for another purpose. */
export const readyProof = (proof: JsonObject, purpose: string): ReadyProof | undefined => {
  const { verificationMethod, proofPurpose, proofValue } = proof
  const suite = cryptosuiteNamed(proof.cryptosuite)
  if (!suite || !isForPurpose(suite, purpose) || notTexts(proof)) return undefined
  if (proofPurpose !== purpose || !isText(verificationMethod) || !isText(proofValue)) return undefined
  // EdDSA cryptosuites 1.0, 3.3.1: the one base of the suite with its multibase header, nothing else.
  const value = proofValue.startsWith(suite.base) ? decodeMultibase(proofValue) : undefined
  return value && isOfSuite(suite, value) ? { keyId: verificationMethod, suite, value } : undefined
}

// The three bytes that a derived proof value begins with, D9 5D 01, and the multibase header.
const DERIVED = 'u2V0B'

/** Whether a proof is the one that an issuer made for the holder to derive others from. */
export const isBase = (proof: JsonObject): boolean => proof.cryptosuite === 'ecdsa-sd-2023' && !isDerived(proof)

/** Whether a proof is of a document that a holder derived: claims that the issuer signed may have been withheld. */
export const isDerived = ({ cryptosuite, proofValue }: JsonObject): boolean =>
  cryptosuite === 'ecdsa-sd-2023' && typeof proofValue === 'string' && proofValue.startsWith(DERIVED)
