import { sha256 } from '#runtime'
import { encodeUtf8 } from '../../../codec/utf8.js'
import type { JsonObject } from '../../../core/json.js'
import { concat, type FormOf, proofForm } from '../hash-data.js'

/** Statements, told apart by whether the base signature covers them. */
export interface Statements {
  readonly mandatory: readonly string[]
  readonly others: readonly string[]
}

/** Statements, those at some places first. */
export const splitAt = (lines: readonly string[], places: ReadonlySet<number>): Statements => ({
  mandatory: lines.filter((_, index) => places.has(index)),
  others: lines.filter((_, index) => !places.has(index)),
})

/** What a base signature is made over. */
export interface BaseDataInput {
  readonly document: JsonObject
  readonly proof: JsonObject
  readonly publicKey: Uint8Array
  readonly mandatory: readonly string[]
  readonly formOf: FormOf
}

/**
 * What the issuer signs with its own key: what the proof says of itself, the key of the single statements, and the
 * statements that a holder cannot withhold.
 * @throws Error of the JSON-LD processor
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.5.1 (serializeSignData)
 */
export const baseData = async (input: BaseDataInput): Promise<Uint8Array> => {
  const form = await proofForm(input.document, input.proof, 'rdfc', input.formOf)
  return concat(sha256(encodeUtf8(form)), input.publicKey, sha256(encodeUtf8(input.mandatory.join(''))))
}
