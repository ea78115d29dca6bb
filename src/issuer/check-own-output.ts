import { canonicalizeJson } from '../codec/jcs.js'
import type { JsonObject } from '../core/json.js'
import { importPublicKey } from '../crypto/keys.js'
import { readInput } from '../formats/read.js'
import { verifySignature } from '../formats/verify-signature.js'
import type { Signer } from '../ports/signer.js'

/**
 * Whether a credential, read through the front door as any verifier would, verifies under the signer's public key and
 * says exactly what was to be said.
 */
export const isOwnOutput = async (
  credential: JsonObject | string,
  document: JsonObject,
  signer: Signer,
  now: Date,
): Promise<boolean> => {
  const read = readInput(credential)
  if (!read.ok || read.input.kind !== 'credential') return false
  if (canonicalizeJson(read.input.document) !== canonicalizeJson(document)) return false
  const key = await importPublicKey(signer.publicKeyJwk)
  const finding = await verifySignature(read.input, {
    findKey: async (keyId) =>
      keyId === signer.keyId ? { ok: true, key } : { ok: false, outcome: 'failed', code: 'signature.keyNotFound' },
    now: now.getTime(),
  })
  return finding.result.outcome === 'passed'
}
