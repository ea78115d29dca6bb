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

/** What a key binding token must be made for. */
export interface Asked {
  readonly nonce: string
  readonly audience: string
}

/** Our own check of an SD-JWT with a key binding token: the issuer's signature, every disclosure, the holder's. */
export const checkPresented = (issuer: BenchKey, asked: Asked): ((input: string) => Promise<boolean>) => {
  const found = { ok: true, key: issuer.publicKey } as const
  const options = { findKey: () => Promise.resolve(found), now: Date.now() }
  return async (input) => {
    const read = readInput(input)
    if (!read.ok || read.input.kind !== 'presentation' || !read.input.bound?.ok) return false
    const credential = await verifySignature(read.input.bound.input, options)
    const { result, presented } = await verifySignature(read.input, options)
    const isForUs = presented.every(
      ({ challenge, audience }) => challenge === asked.nonce && audience[0] === asked.audience,
    )
    return credential.result.outcome === 'passed' && result.outcome === 'passed' && isForUs
  }
}

/** The text of a document with one of its values changed. */
export const forgeDocument = (document: JsonObject): string =>
  JSON.stringify({ ...document, validFrom: '2026-03-02T09:00:01Z' })
