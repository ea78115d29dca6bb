import { importPrivateKey, randomBytes, sign } from '#runtime'
import { decodeMultibase } from '../../../codec/multibase.js'
import { encodeUtf8 } from '../../../codec/utf8.js'
import type { JsonObject } from '../../../core/json.js'
import { generateKey } from '../../../crypto/keys.js'
import { encodeMultikey } from '../../../crypto/multikey.js'
import { baseData, splitAt } from './base-data.js'
import { type GroupOptions, openGroups } from './group.js'
import { writeBaseValue } from './proof-value.js'

/** What a base proof is made of. */
export interface BaseProofInput extends GroupOptions {
  readonly document: JsonObject
  /** The proof but for its value. */
  readonly proof: JsonObject
  readonly mandatoryPointers: readonly string[]
  /** Signs with the issuer's key. */
  readonly signBase: (data: Uint8Array) => Promise<Uint8Array>
}

const HMAC_BYTES = 32

/** A key that lives for one proof, and signs its statements one by one. */
const statementKey = async () => {
  const jwk = await generateKey('ES256')
  const key = await importPrivateKey('ES256', jwk)
  const publicKey = decodeMultibase(encodeMultikey(jwk)) ?? new Uint8Array()
  return { publicKey, sign: async (line: string) => sign(key, encodeUtf8(line)) }
}

/**
 * Makes the value of an `ecdsa-sd-2023` base proof, from which a holder derives.
 * @throws TypeError when a mandatory pointer leads to nothing, or nodes of the document cannot be told apart
 * @throws Error of the JSON-LD processor
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.6.1 to 3.6.5
 */
export const createBaseValue = async (input: BaseProofInput): Promise<string> => {
  const { document, proof, mandatoryPointers, formOf } = input
  const hmacKey = randomBytes(HMAC_BYTES)
  const groups = await openGroups(document, hmacKey, input)
  const group = await groups.select(mandatoryPointers)
  if (!group) throw new TypeError('mandatoryPointers must be JSON pointers to members of the document')
  const { mandatory, others } = splitAt(groups.lines, group.indexes)
  const key = await statementKey()
  const signatures = await Promise.all(others.map(key.sign))
  const data = await baseData({ document, proof, publicKey: key.publicKey, mandatory, formOf })
  const baseSignature = await input.signBase(data)
  return writeBaseValue({ baseSignature, publicKey: key.publicKey, hmacKey, signatures, mandatoryPointers })
}
