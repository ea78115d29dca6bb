import type { JsonObject } from '../src/core/json.js'
import type { FindKey } from '../src/formats/input.js'
import { readInput } from '../src/formats/read.js'
import { verifySignature } from '../src/formats/verify-signature.js'
import type { BenchKey } from './keys.js'

/** Our own signature check: the front door and the signature, under a key at hand. Nothing is asked about trust. */
export const checkSignature = (key: BenchKey): ((input: string) => Promise<boolean>) => {
  const found = { ok: true, key: key.publicKey } as const
  const findKey: FindKey = () => Promise.resolve(found)
  const options = { findKey, now: Date.now() }
  return async (input) => {
    const read = readInput(input)
    if (!read.ok) return false
    return (await verifySignature(read.input, options)).result.outcome === 'passed'
  }
}

/** The text of a document with one of its values changed. */
export const forgeDocument = (document: JsonObject): string =>
  JSON.stringify({ ...document, validFrom: '2026-03-02T09:00:01Z' })
