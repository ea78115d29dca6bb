import { importPublicKey, verify } from '#runtime'
import { encodeMultibase } from '../../../codec/multibase.js'
import { encodeUtf8 } from '../../../codec/utf8.js'
import type { JsonObject } from '../../../core/json.js'
import type { PublicKey } from '../../../crypto/keys.js'
import { decodeMultikey } from '../../../crypto/multikey.js'
import { baseData, type Statements, splitAt } from './base-data.js'
import { type GroupOptions, openGroups } from './group.js'
import { labelsIn, linesOf, relabel } from './labels.js'
import { type BaseValue, type DerivedValue, readProofValue } from './proof-value.js'

/** The statements of a derived document, as they were signed; `undefined` when the proof is not of this document. */
const derivedStatements = async (
  document: JsonObject,
  { labels, mandatoryIndexes }: DerivedValue,
  { formOf }: GroupOptions,
): Promise<Statements | undefined> => {
  const canonical = linesOf(await formOf(document, 'rdfc'))
  if (labelsIn(canonical).size !== labels.size) return undefined
  const lines = relabel(canonical, (label) => labels.get(label))
  if (!lines || (mandatoryIndexes.at(-1) ?? -1) >= lines.length) return undefined
  return splitAt(lines, new Set(mandatoryIndexes))
}

const baseStatements = async (
  document: JsonObject,
  { hmacKey, mandatoryPointers }: BaseValue,
  options: GroupOptions,
): Promise<Statements | undefined> => {
  const groups = await openGroups(document, hmacKey, options)
  const group = await groups.select(mandatoryPointers)
  return group && splitAt(groups.lines, group.indexes)
}

const statementsHold = async (
  { publicKey, signatures }: BaseValue | DerivedValue,
  lines: readonly string[],
): Promise<boolean> => {
  const jwk = decodeMultikey(encodeMultibase('z', publicKey))
  if (!jwk || signatures.length !== lines.length) return false
  const key = await importPublicKey('ES256', jwk)
  for (const [index, signature] of signatures.entries())
    if (!(await verify(key, encodeUtf8(lines[index] ?? ''), signature))) return false
  return true
}

/** Whether a proof holds over a document, under the issuer's key. */
export type Holds = (document: JsonObject, key: PublicKey) => Promise<boolean>

/**
 * Opens the value of an `ecdsa-sd-2023` proof, base or derived; `undefined` when it is malformed.
 * What it answers rejects with an Error of the JSON-LD processor, or a TypeError where nodes cannot be told apart.
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.6.8 (Verify Derived Proof)
 */
export const openSelectiveProof = (proof: JsonObject, bytes: Uint8Array, options: GroupOptions): Holds | undefined => {
  const value = readProofValue(bytes)
  if (!value) return undefined
  return async (document, key) => {
    const statements =
      value.kind === 'base'
        ? await baseStatements(document, value, options)
        : await derivedStatements(document, value, options)
    if (!statements) return false
    const { mandatory, others } = statements
    const { baseSignature, publicKey } = value
    const data = await baseData({ document, proof, publicKey, mandatory, formOf: options.formOf })
    return (await key.verify(data, baseSignature)) && (await statementsHold(value, others))
  }
}
