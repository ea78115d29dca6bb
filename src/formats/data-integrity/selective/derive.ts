import { decodeMultibase } from '../../../codec/multibase.js'
import { asArray, isJsonObject, type JsonObject } from '../../../core/json.js'
import type { ContextDocument } from '../../input.js'
import { createForms } from '../hash-data.js'
import { type Group, type Groups, openGroups } from './group.js'
import { type BaseValue, readProofValue, writeDerivedValue } from './proof-value.js'
import { selectByPointers } from './select.js'

/** What a holder shows of a credential. */
export interface DeriveOptions {
  /** JSON pointers into the credential. What the issuer made mandatory is shown in any case. */
  readonly selectivePointers: readonly string[]
  readonly extraContexts?: readonly ContextDocument[]
}

interface BaseProof {
  readonly proof: JsonObject
  readonly value: BaseValue
}

const baseProofOf = (credential: JsonObject): BaseProof => {
  const found = asArray(credential.proof).flatMap((proof) => {
    if (!isJsonObject(proof) || proof.cryptosuite !== 'ecdsa-sd-2023') return []
    const bytes = typeof proof.proofValue === 'string' ? decodeMultibase(proof.proofValue) : undefined
    const value = bytes && readProofValue(bytes)
    return value?.kind === 'base' ? [{ proof, value }] : []
  })
  const [base, ...others] = found
  if (!base || others.length > 0) throw new TypeError('The credential must have one base proof of ecdsa-sd-2023')
  return base
}

const shown = async (groups: Groups, pointers: readonly string[]): Promise<Group> => {
  const group = await groups.select(pointers)
  if (!group) throw new TypeError('selectivePointers must be JSON pointers to members of the credential')
  return group
}

const inOrder = (indexes: ReadonlySet<number>): readonly number[] => [...indexes].sort((a, b) => a - b)

/** The signatures of the statements that are shown; those that the base signature covers have none. */
const keptSignatures = (groups: Groups, value: BaseValue, mandatory: Group, all: Group): readonly Uint8Array[] => {
  const signed = groups.lines.flatMap((_, index) => (mandatory.indexes.has(index) ? [] : [index]))
  if (signed.length !== value.signatures.length) throw new TypeError('The base proof is not of this credential')
  return value.signatures.filter((_, place) => all.indexes.has(signed[place] ?? -1))
}

const compressed = (labels: ReadonlyMap<string, string>): ReadonlyMap<string, Uint8Array> =>
  new Map([...labels].map(([canonical, label]) => [canonical, decodeMultibase(label) ?? new Uint8Array()]))

/** Whether a credential lets its holder withhold claims of it by deriving another. */
export const isDerivable = (credential: JsonObject): boolean =>
  asArray(credential.proof).some((proof) => isJsonObject(proof) && proof.cryptosuite === 'ecdsa-sd-2023')

/**
 * Derives a credential that shows some of the claims of another, with a proof that the issuer signed them. Verifies
 * nothing: do that before you keep a credential.
 * @throws TypeError when the credential has no single base proof of `ecdsa-sd-2023`, or a pointer leads to nothing
 * @throws Error of the JSON-LD processor
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.6.6 (Add Derived Proof)
 */
export const deriveSelective = async (
  credential: JsonObject,
  { selectivePointers, extraContexts }: DeriveOptions,
): Promise<JsonObject> => {
  const { proof, value } = baseProofOf(credential)
  const { proof: _, ...document } = credential
  const pointers = [...value.mandatoryPointers, ...selectivePointers]
  if (pointers.length === 0) throw new TypeError('There is nothing to show: neither the issuer nor you chose anything')
  const contexts = extraContexts ? { extraContexts } : {}
  const groups = await openGroups(document, value.hmacKey, { formOf: createForms(contexts), ...contexts })
  const mandatory = await shown(groups, value.mandatoryPointers)
  const all = await shown(groups, pointers)
  const { baseSignature, publicKey } = value
  const proofValue = writeDerivedValue({
    baseSignature,
    publicKey,
    signatures: keptSignatures(groups, value, mandatory, all),
    labels: compressed(await all.labels()),
    mandatoryIndexes: inOrder(all.indexes).flatMap((index, place) => (mandatory.indexes.has(index) ? [place] : [])),
  })
  return { ...selectByPointers(document, pointers), proof: { ...proof, proofValue } }
}
