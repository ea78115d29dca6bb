import { equalJson, type JsonObject } from '../core/json.js'
import { importPublicKey } from '../crypto/keys.js'
import { readInput } from '../formats/read.js'
import type { CredentialSigning } from '../formats/sign.js'
import { verifySignature } from '../formats/verify-signature.js'
import type { Signer } from '../ports/signer.js'

interface Intended {
  readonly document: JsonObject
  readonly signer: Signer
  readonly signing: CredentialSigning
}

/**
 * Whether a credential, read through the front door as any verifier would, verifies under the signer's public key and
 * says exactly what was to be said.
 */
export const isOwnOutput = async (
  credential: JsonObject | string,
  { document, signer, signing }: Intended,
): Promise<boolean> => {
  const text = typeof credential === 'string' ? credential : JSON.stringify(credential)
  const read = readInput(text, { certificateChain: true })
  if (!read.ok || read.input.kind !== 'credential') return false
  if (!equalJson(read.input.document, document) || !equalJson(read.input.status, signing.status)) return false
  const key = await importPublicKey(signer.publicKeyJwk)
  const finding = await verifySignature(read.input, {
    findKey: async (keyId) =>
      keyId === signer.keyId ? { ok: true, key } : { ok: false, outcome: 'failed', code: 'signature.keyNotFound' },
    now: signing.created.getTime(),
  })
  return finding.result.outcome === 'passed'
}
