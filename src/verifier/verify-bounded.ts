import type { Json, JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { failed } from '../core/outcome.js'
import type { ReadInput, SignatureFinding, SignatureOptions } from '../formats/input.js'
import { verifySignature } from '../formats/verify-signature.js'

/** Whether a document holds more than so many values; stops counting there. */
export const holdsMoreThan = (document: JsonObject, most: number): boolean => {
  const waiting: Json[] = [document]
  let seen = 0
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    seen++
    if (seen + waiting.length > most) return true
    if (typeof value !== 'object' || value === null) continue
    for (const inner of Object.values(value)) waiting.push(inner)
  }
  return false
}

const MOST = { credential: LIMITS.credentialValues, presentation: LIMITS.presentationValues } as const

// Every proof has the whole document canonicalised again.
const isBounded = ({ kind, document, proofs }: ReadInput): boolean =>
  !holdsMoreThan({ ...document, proof: proofs }, MOST[kind] / Math.max(1, proofs.length))

/**
 * Checks a signature in bounded time: what linked data costs grows faster than the document, and anybody may send one.
 * The front door bounds bytes; this bounds work.
 */
export const verifyBounded = async (input: ReadInput, options: SignatureOptions): Promise<SignatureFinding> =>
  input.format !== 'data-integrity' || isBounded(input)
    ? verifySignature(input, options)
    : { result: failed('signature.tooComplex'), presented: [] }
